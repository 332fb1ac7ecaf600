from odoo.addons.farm_traceability_scan.tests.device_case import DeviceCase
from odoo.tests import tagged

from .batch_common import BatchWorld

GTIN = "09501101530003"


@tagged("post_install", "-at_install")
class TestDeviceBatch(BatchWorld, DeviceCase):
    """A picker picks a batch with a handheld: by its scanner, and by touch."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.product.write({"name": "Banana", "barcode": GTIN[1:]})
        cls.cold, cls.rack = cls.make_place("Cold 1"), cls.make_place("Rack 7")
        cls.make_stock("LOT-1", 20, 10, cls.cold)
        cls.make_stock("LOT-2", 40, 10, cls.rack)
        cls.for_shop = cls.make_delivery(6, partner=cls.shop)
        cls.for_hotel = cls.make_delivery(8, partner=cls.hotel)
        cls.batch = cls.make_batch(cls.for_shop, cls.for_hotel)
        cls.names = {
            record: record.name for record in (cls.for_shop, cls.for_hotel, cls.batch)
        }
        cls.row = f"[data-work=pick_batch][data-document='{cls.batch.id}']"

    def scanned(self, picking):
        lines = picking.move_line_ids
        return {line.lot_id.name: line.scanned_quantity for line in lines}

    def test_by_the_scanners_keys_alone(self):
        shop, hotel, batch = (self.names[one] for one in self.names)
        with self.device() as device:
            device.see(".fs-tile", "Pick")
            device.scan("FARM:PICK")
            device.see(".fs-row", batch)
            device.scan(batch)
            device.see(".fs-task__place", "Cold 1")
            device.see(".fs-task__into", shop)
            device.scan(f"]C101{GTIN}310300900010LOT-1")
            device.see(".fs-strip.is-right", f"6 kg of LOT-1 into {shop}")
            device.see(".fs-strip.is-right", f"3 kg of LOT-1 into {hotel}")
            device.see(".fs-task__into", hotel)
            device.scan("FARM:UNDO")
            device.see(".fs-task__into", shop)
            device.scan(hotel)
            device.see(".fs-strip.is-right", f"Now for {hotel}")
            device.see(".fs-task__into", hotel)
            device.scan("LOT-1")
            device.see(".fs-strip.is-right", f"4 kg of LOT-1 into {hotel}")
            device.scan("LOT-1")
            device.see(".fs-strip.is-right", f"6 kg of LOT-1 into {shop}")
            device.scan("FARM:PACK")
            device.see(".fs-strip.is-right", f"for {hotel}")
            device.see(".fs-task__place", "Rack 7")
            device.scan("FARM:QTY:1")
            device.scan("LOT-2")
            device.see(".fs-task__part", "1 / 4")
            device.scan("FARM:FINISH")
            device.see(".fs-short", "LOT-2")
            device.scan("FARM:OK")
            device.see(".fs-title", "Pick")
            device.see(".fs-strip.is-right", f"{batch} is done.")
            device.see(".fs-row", "Hotel")
        self.assertEqual(self.batch.state, "done")
        self.assertEqual(self.for_hotel.backorder_ids.move_ids.product_uom_qty, 3)
        self.assertEqual(len(self.for_shop.move_line_ids.result_package_id), 1)
        self.assertEqual(self.for_shop.move_line_ids.quantity, 6)

    def test_by_touch_alone_also_without_network(self):
        shop, hotel, batch = (self.names[one] for one in self.names)
        hotels = self.for_hotel.move_line_ids.filtered(
            lambda line: line.lot_id.name == "LOT-1"
        ).id
        with self.device() as device:
            device.choose("pick")
            device.tap(self.row)
            device.see(".fs-title", batch)
            device.set_offline(True)
            device.tap("[data-tool=lines]")
            device.tap(f".fs-panel [data-line='{hotels}']")
            device.see(".fs-task__into", hotel)
            device.tap("[data-command=OK]")
            device.see(".fs-strip.is-right", f"into {hotel}")
            device.see(".fs-task__into", shop)
            device.tap("[data-command=OK]")
            device.see(".fs-strip.is-right", f"into {shop}")
            device.tap("[data-act=pack]")
            device.see(".fs-status.is-attention", "3 waiting")
            device.set_offline(False)
            device.see(".fs-status.is-right")
            device.tap("[data-command=OK]")
            device.see(".fs-alldone")
            device.tap("[data-tool=finish]")
            device.tap(".fs-panel [data-command=FINISH]")
            device.see(".fs-strip.is-right", f"{batch} is done.")
        self.assertEqual(self.batch.state, "done")
        self.assertEqual(
            {bool(line.result_package_id) for line in self.for_shop.move_line_ids},
            {True},
        )
        lots = {
            line.lot_id.name: bool(line.result_package_id)
            for line in self.for_hotel.move_line_ids
        }
        self.assertEqual(lots, {"LOT-1": True, "LOT-2": False})

    def test_the_load_of_a_truck(self):
        shop, _hotel, batch = (self.names[one] for one in self.names)
        lines = self.for_shop.move_line_ids
        lines.result_package_id = self.env["stock.package"].create({"name": "BOX-1"})
        self.env["stock.package"].create({"name": "FOREIGN"})
        with self.device() as device:
            device.see(".fs-tile", "Check and Ship")
            device.scan("FARM:CHECK")
            device.scan(batch)
            device.see(".fs-task__into", shop)
            device.see(".fs-task__into", "BOX-1")
            device.scan("BOX-1")
            device.see(".fs-strip.is-right", "BOX-1")
            device.scan("FOREIGN")
            device.see(".fs-strip.is-wrong", f"is not on {batch}")
            device.scan("LOT-1")
            device.see(".fs-task__place", "Rack 7")
            device.see(".fs-status.is-right")
            device.tap("[data-tool=finish]")
            device.see(".fs-question", "LOT-2")
            device.tap(".fs-panel .fs-button:not(.is-main)")
            device.wait("!document.querySelector('.fs-panel')")
            device.tap("[data-command=OK]")
            device.see(".fs-alldone")
            device.scan("FARM:BACK")
            device.see(".fs-title", "Check and Ship")
            device.scan(batch)
            device.see(".fs-alldone")
            device.tap("[data-command=FINISH]")
            device.tap(".fs-panel [data-command=FINISH]")
            device.see(".fs-strip.is-right", f"{batch} is done.")
        self.assertEqual(self.batch.state, "done")
        self.assertFalse((self.for_shop | self.for_hotel).backorder_ids)
