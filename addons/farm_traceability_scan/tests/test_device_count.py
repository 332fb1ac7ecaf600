from odoo.tests import tagged

from .device_case import DeviceCase

GTIN = "09501101530010"


@tagged("post_install", "-at_install")
class TestDeviceCount(DeviceCase):
    """A place is counted with a handheld: by its scanner, by touch, blind."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.shelf = cls.make_place("Shelf")
        unit = cls.env.ref("uom.product_uom_unit")
        cls.papaya = cls.make_product(name="Papaya", barcode=GTIN[1:], uom_id=unit.id)
        cls.piece = cls.make_stock("PIECE", 20, 3, cls.shelf, cls.papaya)
        cls.bunch = cls.make_stock("BUNCH", 20, 12.5, cls.shelf)
        cls.boss = cls.make_user("stock")
        cls.boss.group_ids += cls.env.ref("stock.group_stock_manager")

    def open(self, device):
        device.choose("count")
        device.see(".fs-row", "Shelf")
        device.scan("SHELF")
        device.see(".fs-title", "Shelf")

    def counted(self):
        quants = (self.piece | self.bunch).quant_ids
        inside = quants.filtered(lambda quant: quant.location_id == self.shelf)
        return {
            quant.lot_id.name: quant.inventory_quantity
            for quant in inside
            if quant.inventory_quantity_set
        }

    def test_by_scanner(self):
        with self.device() as device:
            self.open(device)
            for text in ("PIECE", f"(01){GTIN}(10)PIECE", "PIECE"):
                device.scan(text)
            device.see(".fs-task__number b", "3")
            device.see(".fs-badge", "Agrees")
            device.scan("PIECE")
            device.see(".fs-badge", "+1")
            device.scan("FARM:UNDO")
            device.see(".fs-badge", "Agrees")
            device.scan("FARM:RECOUNT")
            device.see(".fs-task__number b", "–")
            for _piece in range(3):
                device.scan("PIECE")
            device.see(".fs-badge", "Agrees")
            device.scan("BUNCH")
            device.see(".fs-keypad")
            device.scan("FARM:QTY:10.5")
            device.see(".fs-badge", "−2")
            device.scan("FARM:FINISH")
            device.see(".fs-strip.is-right", "counted")
            device.see(".fs-title", "Count")
        self.assertEqual(self.counted(), {"PIECE": 3, "BUNCH": 10.5})
        self.assertEqual(self.bunch.product_qty, 12.5)

    def test_by_touch_and_applied(self):
        line = self.piece.quant_ids.id
        with self.device(self.boss) as device:
            self.open(device)
            device.tap("[data-tool=lines]")
            device.tap(f".fs-panel [data-line='{line}']")
            device.tap("[data-command=OK]")
            device.see(".fs-badge", "Agrees")
            device.tap("[data-act=recount]")
            device.see(".fs-task", "–")
            device.tap("[data-tool=quantity]")
            device.tap("[data-key='2']")
            device.tap("[data-act=done]")
            device.see(".fs-badge", "−1")
            device.see(".fs-status.is-right")
            device.tap("[data-tool=finish]")
            device.see(".fs-question", "BUNCH")
            device.tap("[data-act=accept]")
            device.see(".fs-panel", "Apply")
            device.tap("[data-command=APPLY]")
            device.see(".fs-title", "Count")
        self.assertEqual(self.piece.product_qty, 2)
        self.assertEqual(self.bunch.product_qty, 0)

    def test_blind(self):
        self.warehouse.scan_counts_blind = True
        boss = self.boss.name
        with self.device() as device:
            self.open(device)
            device.scan("PIECE")
            device.see(".fs-task", "PIECE")
            device.see(".fs-status.is-right")
            device.scan("PIECE")
            device.see(".fs-task__number", "2")
            device.see(".fs-status.is-right")
            device.scan("BUNCH")
            device.see(".fs-keypad")
            device.scan("FARM:QTY:12")
            device.see(".fs-task__number", "12")
            self.assertFalse(device.js("!!document.querySelector('.fs-badge')"))
            device.scan("FARM:FINISH")
            device.see(".fs-strip.is-right", boss)
        self.assertEqual(self.counted(), {"PIECE": 2, "BUNCH": 12})

    def test_hands_and_without_network(self):
        """Of a bunch the hands are counted; what waits is seen, and applied later."""
        self.bunch.write({"piece_count": 5, "remaining_count": 5})
        line = self.bunch.quant_ids.id
        with self.device() as device:
            self.open(device)
            device.set_offline(True)
            device.tap("[data-tool=lines]")
            device.tap(f".fs-panel [data-line='{line}']")
            device.see(".fs-task__facts", "5")
            device.tap("[data-act=hands]")
            device.tap("[data-key='4']")
            device.tap("[data-act=done]")
            device.see(".fs-task__number b", "10")
            device.scan("FARM:HANDS:3")
            device.see(".fs-task__number b", "7.5")
            device.scan("FARM:HANDS")
            device.scan("FARM:QTY:4")
            device.see(".fs-task__number b", "10")
            device.scan("PIECE")
            device.scan("FARM:FINISH")
            device.see(".fs-title", "Count")
            device.see(".fs-status.is-attention", "5 waiting")
            device.set_offline(False)
            device.see(".fs-status.is-right")
        self.assertEqual(self.counted(), {"PIECE": 1, "BUNCH": 10})
