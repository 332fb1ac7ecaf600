from odoo.fields import Command
from odoo.tests import tagged

from .device_case import DeviceCase
from .receive_common import GTIN, ReceiveCase


@tagged("post_install", "-at_install")
class TestDeviceReceive(ReceiveCase, DeviceCase):
    """A picker receives with a handheld: by its scanner, by touch, unannounced."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.product.name = "Banana"
        cls.crate = cls.make_product(
            name="Crate", tracking="none", uom_id=cls.env.ref("uom.product_uom_unit").id
        )

    def open(self, device, picking):
        device.see(".fs-tile", "Receive")
        device.choose("receive")
        device.tap(f"[data-document='{picking.id}']")
        device.see(".fs-work")

    def test_by_scanner(self):
        with self.device() as device:
            self.open(device, self.picking)
            device.scan(f"]C101{GTIN}1729043010NEW-1\x1d3103012500")
            device.see(".fs-task__number", "12.5")
            device.see("[data-lot='NEW-1'], .fs-task__lot", "NEW-1")
            device.see(".fs-status.is-right")
            device.scan(GTIN[1:])
            device.see(".fs-strip.is-right", "Now the lot")
            device.scan("BY HAND")
            device.see(".fs-keypad")
            device.scan("FARM:QTY:10")
            device.see(".fs-strip.is-right", "BY HAND")
            device.scan(f"(01){GTIN}(10)NEW-1(3103)020000")
            device.see(".fs-question", "7.5")
            device.scan("FARM:BACK")
            device.see(".fs-status.is-attention", "1 to answer")
            device.scan(f"(01){GTIN}(10)NEW-1(3103)001000")
            device.see(".fs-task__number", "23.5")
            device.scan("FARM:UNDO")
            device.see(".fs-task__number", "22.5")
            device.scan("FARM:FINISH")
            device.see(".fs-short", "7.5")
            device.scan("FARM:OK")
            device.see(".fs-strip.is-right", "is done")
        self.assertEqual(self.picking.state, "done")
        self.assertEqual(self.done(self.picking), {"NEW-1": 12.5, "BY HAND": 10})
        self.assertEqual(self.picking.backorder_ids.move_ids.product_uom_qty, 7.5)

    def test_by_touch(self):
        picking = self.announce(self.crate, 3)
        more = {"product_id": self.product.id, "product_uom_qty": 10}
        picking.move_ids = [Command.create(self.places | more)]
        picking.action_confirm()
        with self.device() as device:
            self.open(device, picking)
            device.tap("[data-tool=quantity]")
            device.tap("[data-key='3']")
            device.tap("[data-act=done]")
            device.see(".fs-task__number.is-typed", "3")
            device.tap("[data-command=OK]")
            device.see(".fs-strip.is-right", "Crate")
            device.see(".fs-status.is-right")
            device.see("[data-command=OK]", "Next: Banana")
            device.tap("[data-command=OK]")
            device.see(".fs-task", "Banana")
            device.tap("[data-act=pack]")
            device.see(".fs-strip.is-right", "Package")
            device.tap("[data-tool=finish]")
            device.see(".fs-short", "Banana")
            device.tap(".fs-panel [data-command=FINISH]")
            device.see(".fs-strip.is-right", "is done")
        self.assertEqual(picking.state, "done")
        self.assertEqual(picking.move_line_ids.result_package_id.quant_ids.quantity, 3)

    def test_what_nobody_announced(self):
        before = self.env["stock.picking"].search([])
        with self.device() as device:
            device.choose("receive")
            device.tap("[data-command=NEW]")
            device.see(".fs-alldone", "Nothing has come")
            device.scan(f"(01){GTIN}(10)SURPRISE(3103)007000")
            device.see(".fs-task__number b", "7")
            device.scan("FARM:FINISH")
            device.scan("FARM:OK")
            device.see(".fs-strip.is-right", "done")
        picking = self.env["stock.picking"].search([]) - before
        self.assertEqual(picking.state, "done")
        self.assertEqual(self.done(picking), {"SURPRISE": 7})

    def test_more_than_was_ordered_is_answered(self):
        with self.device() as device:
            self.open(device, self.picking)
            device.scan(f"(01){GTIN}(10)MUCH(3103)040000")
            device.see(".fs-question", "30")
            device.tap("[data-act=accept]")
            device.see(".fs-strip.is-right", "40")
            device.see(".fs-status.is-right")
        line = self.picking.move_line_ids.filtered("scanned_quantity")
        self.assertRecordValues(line, [{"lot_name": "MUCH", "scanned_quantity": 40}])

    def test_without_network(self):
        with self.device() as device:
            self.open(device, self.picking)
            device.set_offline(True)
            for _time in range(2):
                device.scan(f"(01){GTIN}(10)OFFLINE(3103)005000")
            device.see(".fs-task__number b", "10")
            device.see(".fs-status.is-attention", "2 waiting")
            device.set_offline(False)
            device.see(".fs-status.is-right")
        self.assertEqual(sum(self.picking.move_line_ids.mapped("scanned_quantity")), 10)

    def test_more_of_a_packed_lot_is_shown_beside_it(self):
        with self.device() as device:
            self.open(device, self.picking)
            device.scan(f"(01){GTIN}(10)LOT(3103)010000")
            device.see(".fs-task__number b", "10")
            device.tap("[data-act=pack]")
            device.see(".fs-strip.is-right", "Package")
            device.scan(f"(01){GTIN}(10)LOT(3103)004000")
            device.see(".fs-task__facts", "4 kg")
            device.see(".fs-status.is-right")
            device.tap("[data-tool=lines]")
            device.see(".fs-panel [data-lot=LOT] .fs-line__amount", "10")
            device.see(".fs-panel [data-lot=LOT] .fs-line__amount", "4")
            device.scan("FARM:BACK")
            device.scan("FARM:FINISH")
            device.scan("FARM:OK")
            device.see(".fs-strip.is-right", "is done")
        lot = self.picking.move_line_ids.lot_id
        quants = lot.quant_ids.filtered(lambda one: one.quantity > 0)
        self.assertEqual(sorted(quants.mapped("quantity")), [4, 10])
        self.assertEqual(len(quants.package_id), 1)
