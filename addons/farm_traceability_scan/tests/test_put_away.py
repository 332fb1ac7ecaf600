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

    def test_not_where_it_lies_already(self):
        self.picking.location_dest_id = self.stock
        line = self.put("FIRST", quantity=10)["line_id"]
        answer = self.put("DOCK", line_id=line)
        self.assertEqual(answer["state"], "refused")
        self.assertIn("already", answer["message"])

    def destination(self):
        return self.scan.open("put_away", self.picking.id)["lines"][0]["destination"]

    def make_rule(self):
        self.env["stock.putaway.rule"].create(
            {
                "product_id": self.product.id,
                "location_in_id": self.room.id,
                "location_out_id": self.shelf.id,
            }
        )

    def test_the_place_of_the_rule_is_shown(self):
        self.picking.do_unreserve()
        self.make_rule()
        self.picking.action_assign()
        self.assertEqual(self.destination()["name"], self.shelf.display_name)

    def test_a_rule_that_is_newer_than_the_reservation_is_followed(self):
        self.make_rule()
        self.assertEqual(self.destination()["id"], self.room.id)
        self.put("FIRST", quantity=10)
        self.assertEqual(self.destination()["id"], self.shelf.id)

    def test_parts_go_to_places_of_their_own(self):
        other = self.shelf.copy({"name": "OTHER", "barcode": "OTHER"})
        for name, quantity in (("SHELF", 4), ("OTHER", 6)):
            line = self.put("FIRST", quantity=quantity)["line_id"]
            event = self.event("put_away", self.picking, name, line_id=line)
            [answer] = self.scan.post([event])
            self.assertEqual(answer["state"], "applied", answer["message"])
            if name == "SHELF":
                self.put(kind="undo", of=event["uuid"])
                self.assertEqual(self.picking.move_line_ids.quantity, 10)
                self.put("SHELF", line_id=line)
        self.put(kind="finish")
        lying = {
            quant.location_id: quant.quantity
            for quant in self.lot.quant_ids.filtered("quantity")
        }
        self.assertEqual(lying, {self.shelf: 4, other: 6})

    def test_where_the_same_goods_lie(self):
        self.stock_up(self.make_lot("OLD", 20), 3, self.shelf)
        near = self.scan.open("put_away", self.picking.id)["near"]
        [place] = near[self.product.id]
        self.assertEqual((place["id"], place["amount"][:2]), (self.shelf.id, "3 "))

    def test_what_is_not_put_away_is_said(self):
        lot = self.make_lot("ELSE", 20, product=self.make_product(name="Else"))
        self.stock_up(lot, 3, self.dock)
        answer = self.put("ELSE")
        self.assertEqual(answer["state"], "refused")
        self.assertIn("not to be put away", answer["message"])
