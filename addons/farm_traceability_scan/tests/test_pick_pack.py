from odoo.tests import tagged

from .scan_common import ScanCase


@tagged("post_install", "-at_install")
class TestPickPack(ScanCase):
    """A picker packs: by "Pack", or by scanning the package before or after."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.category.removal_strategy_id = cls.strategy("fefo")
        cls.first, cls.second = cls.make_lot("FIRST", 30), cls.make_lot("SECOND", 60)
        for lot in (cls.first, cls.second):
            cls.stock_up(lot, 10)
        cls.picking = cls.make_delivery(20)
        cls.picking.action_assign()
        cls.box, cls.crate = cls.env["stock.package"].create(
            [{"name": "BOX-1"}, {"name": "CRATE-2"}]
        )

    def pick(self, text="", state="applied", **more):
        answer = self.post("pick", self.picking, text, **more)
        self.assertEqual(answer["state"], state, answer["message"])
        return answer

    def lots(self):
        """What is packed, by package, lot and quantity; scanned and not."""
        return sorted(
            (
                line.result_package_id.name or "",
                line.lot_id.name,
                line.quantity,
                line.scanned_quantity,
            )
            for line in self.picking.move_line_ids
        )

    def test_the_same_lot_goes_on_loose_after_packing(self):
        self.pick("FIRST", quantity=6)
        name = self.pick(kind="pack")["package"]["name"]
        answer = self.pick("FIRST", quantity=4)
        self.assertEqual(
            self.lots(),
            [("", "FIRST", 4, 4), ("", "SECOND", 10, 0), (name, "FIRST", 6, 6)],
        )
        self.assertEqual(
            sorted(
                (line["packed"], line["scanned"]) for line in answer["sheet"]["lines"]
            ),
            [("", 0), ("", 4), (name, 6)],
        )

    def test_what_the_office_puts_onto_a_packed_line_is_not_scanned_into_it(self):
        self.pick("FIRST", quantity=6)
        self.pick(kind="pack")
        packed = self.picking.move_line_ids.filtered("result_package_id")
        self.pick("FIRST", quantity=4)
        packed.quantity = 8
        self.pick("FIRST", quantity=1)
        self.assertEqual(packed.scanned_quantity, 6)

    def test_a_package_after_its_items(self):
        self.pick("FIRST", quantity=6)
        answer = self.pick("BOX-1")
        self.assertIn("Packed into BOX-1", answer["message"])
        self.assertEqual(answer["sheet"]["open_package"], "")
        self.assertEqual(
            self.lots(),
            [("", "FIRST", 4, 0), ("", "SECOND", 10, 0), ("BOX-1", "FIRST", 6, 6)],
        )

    def test_a_package_before_its_items_until_the_next_one_and_the_end(self):
        self.assertEqual(self.pick("BOX-1")["sheet"]["open_package"], "BOX-1")
        self.pick("FIRST", quantity=6)
        self.assertEqual(self.pick("CRATE-2")["sheet"]["open_package"], "CRATE-2")
        self.pick("FIRST", quantity=4)
        self.pick("SECOND", quantity=10)
        self.pick(kind="finish")
        self.assertEqual(self.picking.state, "done")
        self.assertEqual(
            [one[:3] for one in self.lots()],
            [("BOX-1", "FIRST", 6), ("CRATE-2", "FIRST", 4), ("CRATE-2", "SECOND", 10)],
        )

    def test_pack_closes_the_open_package(self):
        self.pick("BOX-1")
        self.pick("FIRST", quantity=10)
        answer = self.pick(kind="pack")
        self.assertEqual(answer["package"]["name"], "BOX-1")
        self.assertEqual(answer["sheet"]["open_package"], "")

    def test_undo_opens_closes_and_unpacks(self):
        events = [
            self.event("pick", self.picking, text, **more)
            for text, more in (("BOX-1", {}), ("FIRST", {"quantity": 6}), ("BOX-1", {}))
        ]
        answers = self.scan.post(events)
        self.assertEqual({one["state"] for one in answers}, {"applied"})
        self.pick(kind="undo", of=events[2]["uuid"])
        self.assertFalse(self.picking.move_line_ids.result_package_id)
        answer = self.pick(kind="undo", of=events[1]["uuid"])
        self.assertEqual(answer["sheet"]["open_package"], "BOX-1")
        answer = self.pick(kind="undo", of=events[0]["uuid"])
        self.assertEqual(answer["sheet"]["open_package"], "")

    def test_by_its_sscc(self):
        self.box.sscc = "395011000000000171"
        self.pick("FIRST", quantity=10)
        self.pick("00395011000000000171")
        self.assertEqual(self.picking.move_line_ids.result_package_id, self.box)

    def test_a_package_in_use_is_refused(self):
        other = self.make_delivery(1)
        self.stock_up(self.make_lot("THIRD", 90), 1)
        other.action_assign()
        other.move_line_ids.result_package_id = self.box
        answer = self.pick("BOX-1", state="refused")
        self.assertIn(other.name, answer["message"])
        self.stock_up(self.make_lot("FOURTH", 90), 1, package_id=self.crate.id)
        answer = self.pick("CRATE-2", state="refused")
        self.assertIn("not empty", answer["message"])

    def test_a_reserved_package_is_taken_whole(self):
        lot = self.make_lot("WHOLE", 10)
        self.stock_up(lot, 5, package_id=self.crate.id)
        picking = self.make_delivery(5)
        picking.action_assign()
        self.assertEqual(picking.move_line_ids.package_id, self.crate)
        answer = self.post("pick", picking, "CRATE-2")
        self.assertEqual(answer["state"], "applied", answer["message"])
        self.assertEqual(picking.move_line_ids.scanned_quantity, 5)
        answer = self.post("pick", picking, "CRATE-2")
        self.assertIn("already", answer["message"])

    def test_what_the_office_has_packed_before_is_scanned(self):
        self.picking.move_line_ids.result_package_id = self.box
        self.pick("FIRST", quantity=4)
        self.pick("FIRST", quantity=6)
        self.assertEqual(
            self.lots(), [("BOX-1", "FIRST", 10, 10), ("BOX-1", "SECOND", 10, 0)]
        )

    def test_what_another_picker_holds_is_not_packed(self):
        other = self.make_user("stock")
        self.pick("FIRST", quantity=10)
        self.pick("SECOND", quantity=10, user=other)
        self.pick("BOX-1")
        packed = {name: lot for name, lot, *_rest in self.lots()}
        self.assertEqual(packed, {"BOX-1": "FIRST", "": "SECOND"})
        self.pick(kind="pack", user=other)
        self.assertEqual(len(self.picking.move_line_ids.result_package_id), 2)
