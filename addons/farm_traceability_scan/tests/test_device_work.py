from odoo.fields import Command
from odoo.tests import tagged

from .device_case import DeviceCase


@tagged("post_install", "-at_install")
class TestDeviceWork(DeviceCase):
    """Other work with a handheld: check, put away, move."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.category.removal_strategy_id = cls.strategy("fefo")
        cls.cold, cls.rack = cls.make_place("Cold 1"), cls.make_place("Rack 7")

    def lying(self, lot):
        quants = lot.quant_ids.filtered("quantity")
        return {quant.location_id.name: quant.quantity for quant in quants}

    def begin(self, device, scenario, document=None):
        device.choose(scenario)
        if document:
            device.tap(f"[data-document='{document.id}']")
            device.see(".fs-work")

    # -- check ------------------------------------------------------------------------

    def delivery(self):
        self.make_stock("FIRST", 20, 10, self.cold)
        self.make_stock("SECOND", 40, 10, self.cold)
        self.make_stock("FOREIGN", 60, 10, self.cold)
        picking = self.make_delivery(20)
        picking.action_assign()
        return picking

    def test_check_by_scanner(self):
        picking = self.delivery()
        with self.device() as device:
            self.begin(device, "check", picking)
            device.scan("FOREIGN")
            device.see(".fs-strip.is-wrong", "off the truck")
            device.scan("FIRST")
            device.see(".fs-strip.is-right", "FIRST")
            device.see(".fs-status.is-right")
            device.scan("FARM:FINISH")
            device.see(".fs-question", "SECOND")
            device.scan("FARM:OK")
            device.see(".fs-strip.is-right", "is done")
        self.assertEqual(picking.state, "done")
        self.assertEqual(picking.move_line_ids.lot_id.name, "FIRST")
        self.assertEqual(picking.backorder_ids.move_ids.product_uom_qty, 10)

    def test_check_by_touch(self):
        picking = self.delivery()
        with self.device() as device:
            self.begin(device, "check", picking)
            for name in ("FIRST", "SECOND"):
                device.see(".fs-task", name)
                device.tap("[data-command=OK]")
            device.see(".fs-alldone")
            device.tap("[data-command=FINISH]")
            device.tap(".fs-panel [data-command=FINISH]")
            device.see(".fs-strip.is-right", "is done")
        self.assertEqual(picking.state, "done")

    # -- put away ---------------------------------------------------------------------

    def transfer(self):
        places = {"location_id": self.cold.id, "location_dest_id": self.stock.id}
        move = {"product_id": self.product.id, "product_uom_qty": 10} | places
        kind = self.warehouse.int_type_id
        picking = self.env["stock.picking"].create(
            places | {"picking_type_id": kind.id, "move_ids": [Command.create(move)]}
        )
        picking.action_confirm()
        picking.action_assign()
        return picking

    def test_put_away(self):
        lot = self.make_stock("FIRST", 20, 10, self.cold)
        picking = self.transfer()
        with self.device() as device:
            self.begin(device, "put_away", picking)
            device.scan("FIRST")
            device.see(".fs-put")
            device.scan("NO PLACE")
            device.see(".fs-strip.is-wrong", "NO PLACE")
            device.see(".fs-put")
            device.scan("RACK 7")
            device.see(".fs-strip.is-right", "Rack 7")
            device.see(".fs-alldone")
            device.scan("FARM:OK")
            device.scan("FARM:OK")
            device.see(".fs-strip.is-right", "is done")
        self.assertEqual(self.lying(lot), {"Rack 7": 10})

    def test_put_away_by_touch(self):
        lot = self.make_stock("FIRST", 20, 10, self.cold)
        other = self.make_stock("SECOND", 30, 5, self.cold)
        self.stock_up(other, 2, self.rack)
        picking = self.transfer()
        with self.device() as device:
            self.begin(device, "put_away", picking)
            device.tap("[data-tool=quantity]")
            device.tap("[data-key='4']")
            device.tap("[data-act=done]")
            device.tap("[data-command=OK]")
            device.see(".fs-put")
            device.tap("[data-act=elsewhere]")
            device.see(".fs-choice:first-child", "Rack 7")
            device.tap(".fs-choice")
            device.see(".fs-strip.is-right", "Rack 7")
            device.tap("[data-tool=finish]")
            device.see(".fs-question", "not put away")
            device.tap(".fs-panel [data-command=FINISH]")
            device.see(".fs-strip.is-right", "is done")
        self.assertEqual(self.lying(lot), {"Cold 1": 6, "Rack 7": 4})

    # -- move -------------------------------------------------------------------------

    def test_move(self):
        lot = self.make_stock("FIRST", 20, 50, self.cold)
        with self.device() as device:
            self.begin(device, "move")
            device.scan("FIRST")
            device.see(".fs-step.is-known", "Cold 1")
            device.tap("[data-tool=quantity]")
            device.tap("[data-key='8']")
            device.tap("[data-act=done]")
            device.see(".fs-task__number.is-typed", "8")
            device.scan("RACK 7")
            device.see(".fs-strip.is-right", "8 kg to")
        self.assertEqual(self.lying(lot), {"Cold 1": 42, "Rack 7": 8})

    def test_move_typed(self):
        lot = self.make_stock("FIRST", 20, 50, self.cold)
        with self.device() as device:
            self.begin(device, "move")
            for text, seen in (("first", ".fs-step.is-known"), ("rack 7", ".is-right")):
                device.tap("[data-tool=type]")
                device.enter(".fs-panel input", text)
                device.tap(".fs-panel .is-main")
                device.see(seen)
            device.see(".fs-strip.is-right", "50 kg to")
        self.assertEqual(self.lying(lot), {"Rack 7": 50})

    def test_move_by_touch(self):
        """Place, item, quantity and place are chosen, and nothing is written."""
        lot = self.make_stock("FIRST", 20, 50, self.cold)
        self.stock_up(lot, 3, self.rack)
        with self.device() as device:
            self.begin(device, "move")
            device.tap("[data-act=choose]")
            device.tap(f"[data-key='location,{self.cold.id}']")
            device.see("[data-step=source].is-known", "Cold 1")
            device.tap("[data-act=choose]")
            device.see(f"[data-key='lot,{lot.id}']", "50")
            device.tap(f"[data-key='lot,{lot.id}']")
            device.see("[data-step=target].is-now")
            device.tap("[data-tool=quantity]")
            device.tap("[data-key='8']")
            device.tap("[data-act=done]")
            device.tap("[data-act=choose]")
            device.see(".fs-choice:first-child", "Rack 7")
            here = f"[data-key='location,{self.cold.id}']"
            self.assertFalse(device.js(f'!!document.querySelector("{here}")'))
            device.enter(".fs-choose__filter", "rack")
            device.wait("document.querySelectorAll('.fs-choice').length === 1")
            device.tap(f"[data-key='location,{self.rack.id}']")
            device.see(".fs-strip.is-right", "8 kg to")
        self.assertEqual(self.lying(lot), {"Cold 1": 42, "Rack 7": 11})

    def test_move_by_keys(self):
        """A place above the item's places asks again; a number is a scan as well."""
        lot = self.make_stock("FIRST", 20, 50, self.cold)
        self.stock_up(lot, 3, self.rack)
        with self.device() as device:
            self.begin(device, "move")
            device.scan("FIRST")
            device.see("[data-step=source].is-now")
            device.scan("FARM:LIST")
            device.see(".fs-choice:first-child", "Cold 1")
            device.scan("FARM:1")
            device.see("[data-step=target].is-now")
            device.scan("FARM:QTY:8")
            device.see(".fs-task__number.is-typed", "8")
            device.scan("RACK 7")
            device.see(".fs-strip.is-right", "8 kg to")
        self.assertEqual(self.lying(lot), {"Cold 1": 42, "Rack 7": 11})

    def test_move_by_touch_without_network(self):
        """The places of the last time are there."""
        lot = self.make_stock("FIRST", 20, 50, self.cold)
        with self.device() as device:
            self.begin(device, "move")
            device.tap("[data-act=choose]")
            device.see(".fs-choice", "Rack 7")
            device.scan("FARM:BACK")
            device.set_offline(True)
            device.scan("FIRST")
            device.see(".fs-status.is-attention", "1 waiting")
            device.tap("[data-act=choose]")
            device.tap(f"[data-key='location,{self.rack.id}']")
            device.see(".fs-status.is-attention", "2 waiting")
            device.set_offline(False)
            device.see(".fs-strip.is-right", "50 kg to")
        self.assertEqual(self.lying(lot), {"Rack 7": 50})

    def test_move_without_network(self):
        lot = self.make_stock("FIRST", 20, 50, self.cold)
        with self.device() as device:
            self.begin(device, "move")
            device.set_offline(True)
            device.scan("FIRST")
            device.scan("RACK 7")
            device.see(".fs-status.is-attention", "2 waiting")
            device.set_offline(False)
            device.see(".fs-strip.is-right", "50 kg to")
        self.assertEqual(self.lying(lot), {"Rack 7": 50})
