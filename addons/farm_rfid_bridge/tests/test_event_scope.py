from odoo.tests import tagged

from .tag_common import TagCase


@tagged("post_install", "-at_install")
class TestEventScope(TagCase):
    """A device works with what lies where it works, and does what it may."""

    def setUp(self):
        super().setUp()
        self.shop, self.shelf = self.make_place("Shop"), self.make_place("Shelf")
        self.tell_purchase(self.bunch(1, uid=1), self.bunch(2))
        self.device.with_user(self.keeper).location_ids = self.shop

    def make_place(self, name):
        place = {"name": name, "location_id": self.warehouse.lot_stock_id.id}
        return self.env["stock.location"].create(place | {"barcode": name})

    def bodies(self):
        codes = [self.code(1), self.code(2)]
        yield "split", self.split_body(1, 1, grams=1_000)
        yield "merge", {"parents": codes, "code": self.code(100)}
        yield "treatment", {"codes": codes, "kind": "washing"}
        yield "transfer", {"codes": codes, "to": "Shop"}
        yield "retire", {"code": self.code(1), "reason": "Torn"}

    def test_what_lies_elsewhere_is_left_alone(self):
        lots = self.lots(self.code(1), self.code(2))
        for kind, body in self.bodies():
            with self.subTest(kind=kind):
                event = self.tell(kind, body)
                self.assertEvent(event, "refused", "refused")
                self.assertIn("does not work at", event.message)
                self.assertIn("Add the place to the device", event.message)
        self.assertEqual(sum(lots.mapped("product_qty")), 24)
        self.assertFalse(lots.treatment_ids)
        self.assertEqual(self.tags(self.code(1)).state, "active")

    def test_what_lies_at_one_of_its_places_or_within_is_its_work(self):
        self.device.with_user(self.keeper).location_ids = self.warehouse.lot_stock_id
        event = self.tell_split(1, 1, grams=1_000)
        self.assertEvent(event, "applied")

    def test_nothing_is_brought_to_another_place(self):
        device = self.device.with_user(self.keeper)
        device.location_ids = self.warehouse.lot_stock_id
        body = {"codes": [self.code(1)], "to": "Shop"}
        self.assertEvent(self.tell("transfer", body), "applied")
        device.location_ids = self.shop
        event = self.tell("transfer", body | {"to": "Shelf"})
        self.assertEvent(event, "refused", "refused")
        self.assertIn("Shelf", event.message)

    def test_what_lies_nowhere_yet_is_waited_for(self):
        self.device.with_user(self.keeper).location_ids = self.warehouse.lot_stock_id
        self.warehouse.in_type_id.validate_farm_receipts = False
        self.assertEvent(self.tell_purchase(self.bunch(3)), "applied")
        self.device.with_user(self.keeper).location_ids = self.shop
        self.assertEvent(self.tell_split(3, 1, grams=900), "parked", "waits")

    def test_a_quality_manager_accepts_it_all_the_same(self):
        event = self.tell_split(1, 1, grams=1_000)
        event.with_user(self.quality)._accept("Lent to the neighbours")
        self.assertEvent(event, "applied")

    def test_a_crate_s_tag_is_written_by_those_who_may(self):
        device = self.device.with_user(self.keeper)
        device.write({"location_ids": False, "may_write_bunches": False})
        body = {"parents": [self.code(1), self.code(2)], "code": self.code(100)}
        for said in ({"uid": self.uid(9)}, {"payload": b"\xd1\x01"}):
            with self.subTest(said=said):
                event = self.tell("merge", body | said)
                self.assertEvent(event, "refused", "refused")
                self.assertIn("may not write bunch tags", event.message)
        self.assertEvent(self.tell("merge", body), "applied")
        event.with_user(self.keeper)._put_aside("Told again without its tag")

    def test_a_quality_manager_accepts_a_split_by_who_may_not(self):
        device = self.device.with_user(self.keeper)
        device.write({"location_ids": False, "may_split": False})
        event = self.tell_split(1, 1, grams=1_000)
        self.assertEvent(event, "refused", "refused")
        event.with_user(self.quality)._accept("Seen by myself")
        self.assertEvent(event, "applied")
