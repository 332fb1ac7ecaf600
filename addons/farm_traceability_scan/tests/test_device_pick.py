import json

from odoo.tests import tagged
from odoo.tests.common import HOST

from .device_case import DeviceCase

GTIN = "09501101530003"
LOTS = 24


@tagged("post_install", "-at_install")
class TestDevicePick(DeviceCase):
    """A picker picks with a handheld: by its scanner, by touch, without network."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.category.removal_strategy_id = cls.strategy("fefo")
        cls.product.write({"name": "Banana", "barcode": GTIN[1:]})
        cls.names = {}
        cls.cold, cls.rack = cls.make_place("Cold 1"), cls.make_place("Rack 7")

    def deliver(self, quantity):
        picking = self.make_delivery(quantity)
        picking.action_assign()
        self.assertEqual(picking.state, "assigned")
        self.names[picking.id] = picking.name
        return picking

    def open(self, device, picking):
        device.see(".fs-tile", "Pick")
        device.choose("pick")
        device.tap(f"[data-document='{picking.id}']")
        device.see(".fs-title", self.names[picking.id])

    def scanned(self, picking):
        return {
            line.lot_id.name: line.scanned_quantity for line in picking.move_line_ids
        }

    def events(self, picking):
        return self.env["farm.scan.event"].search([("picking_id", "=", picking.id)])

    def test_by_scanner_and_by_touch(self):
        self.make_stock("LOT-1", 20, 30, self.cold)
        self.make_stock("LOT-2", 40, 30, self.rack)
        picking = self.deliver(40)
        with self.device() as device:
            self.open(device, picking)
            device.see(".fs-task", "Cold 1")
            device.scan("COLD 1")
            device.see(".fs-strip.is-right", "Cold 1")
            device.scan(f"]C101{GTIN}10LOT-1\x1d3012")
            device.see(".fs-strip.is-right", "LOT-1")
            device.see(".fs-status.is-right")
            device.scan("FARM:UNDO")
            device.see(".fs-strip.is-right", "Taken back")
            device.scan("LOT-1", end="Tab")
            device.see(".fs-task", "Rack 7")
            device.tap("[data-tool=quantity]")
            device.tap("[data-key='4']")
            device.tap("[data-act=done]")
            device.see(".fs-task__number.is-typed", "4")
            device.tap("[data-command=OK]")
            device.see(".fs-task__part", "4 / 10")
            device.tap("[data-tool=finish]")
            device.see(".fs-short", "LOT-2")
            device.tap(".fs-panel [data-command=FINISH]")
            device.see(".fs-title", "Pick")
            device.see(".fs-strip.is-right", self.names[picking.id])
        self.assertEqual(picking.state, "done")
        self.assertEqual(
            {line.lot_id.name: line.quantity for line in picking.move_line_ids},
            {"LOT-1": 30, "LOT-2": 4},
        )
        self.assertEqual(picking.backorder_ids.move_ids.product_uom_qty, 6)

    def test_without_network_nothing_is_lost_and_nothing_doubled(self):
        lots = [
            self.make_stock(f"LOT-{number}", 20 + number, 1, self.cold)
            for number in range(LOTS)
        ]
        names = [lot.name for lot in lots]
        picking = self.deliver(LOTS)
        with self.device() as device:
            self.open(device, picking)
            for name in names[:2]:
                device.scan(name)
            device.see(".fs-task", names[2])
            device.see(".fs-status.is-right")
            device.lose_network()
            for name in names[2:12]:
                device.scan(name)
            device.see(".fs-status.is-attention", "10 waiting")
            device.reload()
            device.see(".fs-title", self.names[picking.id])
            device.see(".fs-status.is-attention", "10 waiting")
            for name in names[12:22]:
                device.scan(name)
            device.see(".fs-status.is-attention", "20 waiting")
            device.scan("NEVER-SEEN")
            device.see(".fs-strip.is-attention", "checked")
            device.set_offline(False)
            device.see(".fs-status.is-wrong", "1 refused")
            device.scan("FARM:LOG")
            device.see(".fs-open.is-wrong", "NEVER-SEEN")
            device.scan("FARM:OK")
            device.see(".fs-status.is-right")
        expected = {name: int(name in names[:22]) for name in names}
        self.assertEqual(self.scanned(picking), expected)
        applied = self.events(picking).filtered(lambda one: one.state == "applied")
        self.assertEqual(sorted(applied.mapped("text")), sorted(names[:22]))

    def test_a_burst_is_taken_in_its_order(self):
        lots = [
            self.make_stock(f"LOT-{number}", 20 + number, 1, self.cold)
            for number in range(10)
        ]
        names = [lot.name for lot in lots]
        picking = self.deliver(10)
        with self.device() as device:
            self.open(device, picking)
            for name in names:
                device.scan(name)
            device.see(".fs-alldone")
            device.see(".fs-status.is-right")
        self.assertEqual(set(self.scanned(picking).values()), {1})
        events = self.events(picking).sorted("id")
        self.assertEqual(events.mapped("text"), names)

    def test_another_lot_asks_for_the_reason(self):
        self.warehouse.out_type_id.deviation_policy = "reason"
        self.make_stock("FIRST", 20, 30, self.cold)
        self.make_stock("SECOND", 60, 30, self.cold)
        picking = self.deliver(10)
        reason = self.env.ref("farm_traceability.deviation_reason_other")
        reason.needs_note = True
        with self.device() as device:
            self.open(device, picking)
            device.scan("SECOND")
            device.see(".fs-question", "FIRST")
            device.tap(f"[data-key='{reason.id}']")
            device.enter("textarea.fs-field", "Wet crates")
            device.scan("FARM:OK")
            device.see(".fs-strip.is-right", "SECOND")
        line = picking.move_line_ids
        self.assertRecordValues(
            line,
            [
                {
                    "scanned_quantity": 10,
                    "deviation_reason_id": reason.id,
                    "deviation_note": "Wet crates",
                }
            ],
        )
        self.assertEqual(line.lot_id.name, "SECOND")

    def test_into_packages_by_scanner_and_by_touch(self):
        self.make_stock("LOT-1", 20, 30, self.cold)
        self.env["stock.package"].create([{"name": "BOX-1"}, {"name": "BOX-2"}])
        picking = self.deliver(30)
        with self.device() as device:
            self.open(device, picking)
            device.scan("BOX-1")
            device.see(".fs-task__into", "BOX-1")
            device.scan("FARM:QTY:8")
            device.scan("LOT-1")
            device.scan("BOX-2")
            device.see(".fs-task__into", "BOX-2")
            device.see(".fs-task__number", "22")
            device.scan("FARM:QTY:10")
            device.scan("LOT-1")
            device.see(".fs-task__part", "10 / 22")
            device.tap("[data-act=pack]")
            device.see(".fs-strip.is-right", "BOX-2")
            device.wait("!document.querySelector('.fs-task__into')")
            device.scan("FARM:UNDO")
            device.see(".fs-task__into", "BOX-2")
            device.scan("FARM:PACK")
            device.wait("!document.querySelector('.fs-task__into')")
            device.see(".fs-task__number", "12")
            device.tap("[data-tool=lines]")
            device.see(".fs-panel .fs-lines", "BOX-1")
            device.scan("FARM:BACK")
            device.scan("LOT-1")
            device.see(".fs-alldone")
            device.scan("FARM:PACK")
            device.see(".fs-strip.is-right", "PACK")
            device.scan("FARM:FINISH")
            device.scan("FARM:OK")
            device.see(".fs-title", "Pick")
        packed = {
            line.result_package_id.name: line.quantity for line in picking.move_line_ids
        }
        self.assertEqual([packed.pop("BOX-1"), packed.pop("BOX-2")], [8, 10])
        self.assertEqual(list(packed.values()), [12])

    def office(self, device, model, method, *args):
        """What somebody does in the office meanwhile, by Odoo's own screens."""
        params = {"model": model, "method": method, "args": args, "kwargs": {}}
        body = json.dumps({"jsonrpc": "2.0", "method": "call", "params": params})
        device.js(
            f"""fetch("/web/dataset/call_kw", {{
                method: "POST",
                headers: {{"Content-Type": "application/json"}},
                body: {json.dumps(body)},
            }}).then((response) => response.json()).then(({{error}}) => {{
                if (error) throw new Error(error.data.message);
            }})"""
        )

    def test_what_the_office_changes_is_seen(self):
        self.make_stock("LOT-1", 20, 30, self.cold)
        self.make_stock("LOT-2", 40, 30, self.rack)
        picking = self.deliver(40)
        move, lines = picking.move_ids.id, picking.move_line_ids.sorted("id").ids
        with self.device() as device:
            self.open(device, picking)
            device.scan("LOT-1")
            device.see(".fs-task__place", "Rack 7")
            device.see(".fs-status.is-right")
            self.office(device, "stock.move.line", "unlink", [lines[1]])
            self.office(device, "stock.move", "write", [move], {"product_uom_qty": 25})
            device.scan("LOT-2")
            device.see(".fs-missing", "Put 5 ")
            device.see(".fs-strip.is-wrong", "Nothing of Banana is left")
            device.scan("FARM:FINISH")
            device.scan("FARM:OK")
            device.see(".fs-question", "Is it put back?")
            device.scan("FARM:OK")
            device.see(".fs-title", "Pick")
        self.assertEqual((picking.state, picking.move_ids.quantity), ("done", 25))
        self.assertFalse(picking.backorder_ids)

    def test_cancelled_in_the_office(self):
        self.make_stock("LOT-1", 20, 30, self.cold)
        picking = self.deliver(20)
        with self.device() as device:
            self.open(device, picking)
            device.scan("FARM:QTY:5")
            device.scan("LOT-1")
            device.see(".fs-task__part", "5 / 20")
            device.see(".fs-status.is-right")
            self.office(device, "stock.picking", "action_cancel", [picking.id])
            device.scan("LOT-1")
            device.see(".fs-strip.is-wrong", "cancelled")
        self.assertEqual(picking.state, "cancel")

    def test_who_is_logged_out_logs_in_again_and_goes_on(self):
        self.make_stock("LOT-1", 20, 30, self.cold)
        picking = self.deliver(10)
        again = self.log_in(self.picker)
        with self.device() as device:
            self.open(device, picking)
            device.delete_cookie("session_id", domain=HOST)
            device.scan("LOT-1")
            device.see(".fs-notice", "You are logged out")
            device.see(".fs-status.is-attention", "1 waiting")
            device.navigate_to("about:blank")
            device.be(again)
            device.open(f"/farm/scan#/pick/{picking.id}")
            device.see(".fs-alldone")
            device.see(".fs-status.is-right")
        self.assertEqual(self.scanned(picking), {"LOT-1": 10})

    def test_scans_of_one_person_are_not_sent_by_another(self):
        self.make_stock("LOT-1", 20, 30, self.cold)
        picking = self.deliver(10)
        other = self.make_user("stock")
        own_name, other_name = self.picker.name, other.name
        others, again = self.log_in(other), self.log_in(self.picker)
        with self.device() as device:
            self.open(device, picking)
            device.set_offline(True)
            device.scan("LOT-1")
            device.see(".fs-status.is-attention", "1 waiting")
            device.be(others)
            device.set_offline(False)
            device.see(".fs-notice", other_name)
            device.open("/farm/scan")
            device.see(".fs-note", own_name)
            device.navigate_to("about:blank")
            device.be(again)
            device.open("/farm/scan")
            device.see(".fs-title", own_name)
            device.see(".fs-status.is-right")
        self.assertEqual(self.scanned(picking), {"LOT-1": 10})
        self.assertEqual(self.events(picking).user_id, self.picker)
