from odoo.fields import Command
from odoo.tests import tagged

from .scan_common import ScanCase


@tagged("post_install", "-at_install")
class TestPutAway(ScanCase):
    """A planned transfer inside the warehouse: item, then place."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.lot = cls.make_lot("FIRST", 30)
        cls.dock, cls.room = cls.env["stock.location"].create(
            [
                {"name": name, "location_id": cls.stock.id, "barcode": name}
                for name in ("DOCK", "ROOM")
            ]
        )
        cls.shelf = cls.dock.create(
            {"name": "SHELF", "location_id": cls.room.id, "barcode": "SHELF"}
        )
        cls.stock_up(cls.lot, 10, cls.dock)
        places = {"location_id": cls.dock.id, "location_dest_id": cls.room.id}
        cls.picking = cls.env["stock.picking"].create(
            places
            | {
                "picking_type_id": cls.warehouse.int_type_id.id,
                "move_ids": [
                    Command.create(
                        places | {"product_id": cls.product.id, "product_uom_qty": 10}
                    )
                ],
            }
        )
        cls.picking.action_confirm()
        cls.picking.action_assign()

    def put(self, text="", **more):
        return self.post("put_away", self.picking, text, **more)

    def test_item_then_place(self):
        answer = self.put("FIRST", quantity=10)
        self.assertEqual(answer["state"], "applied", answer["message"])
        answer = self.put("SHELF", line_id=answer["line_id"])
        self.assertEqual(answer["state"], "applied", answer["message"])
        self.put(kind="finish")
        self.assertEqual(self.picking.state, "done")
        self.assertEqual(self.lot.location_id, self.shelf)

    def test_a_place_elsewhere_is_refused(self):
        line = self.put("FIRST", quantity=10)["line_id"]
        answer = self.put("DOCK", line_id=line)
        self.assertEqual(answer["state"], "refused")
        self.assertEqual(self.picking.move_line_ids.location_dest_id, self.room)
