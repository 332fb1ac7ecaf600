from odoo.tests import tagged

from .scan_common import ScanCase


@tagged("post_install", "-at_install")
class TestCheck(ScanCase):
    """What goes on the truck: nothing forgotten, nothing foreign."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.category.removal_strategy_id = cls.strategy("fefo")
        cls.first, cls.second, cls.foreign = (
            cls.make_lot(name, days)
            for name, days in (("FIRST", 30), ("SECOND", 60), ("FOREIGN", 90))
        )
        for lot in (cls.first, cls.second, cls.foreign):
            cls.stock_up(lot, 10)
        cls.picking = cls.make_delivery(20)
        cls.picking.action_assign()

    def check(self, text="", **more):
        return self.post("check", self.picking, text, **more)

    def test_all_is_loaded(self):
        for lot in ("SECOND", "FIRST"):
            answer = self.check(lot, quantity=10)
            self.assertEqual(answer["state"], "applied", answer["message"])
        self.assertTrue(self.check(kind="finish")["finished"])
        self.assertEqual(self.picking.state, "done")

    def test_foreign_is_refused(self):
        answer = self.check("FOREIGN", quantity=10)
        self.assertEqual(answer["state"], "refused")
        self.assertIn("off the truck", answer["message"])
        self.assertEqual(self.picking.move_line_ids.lot_id, self.first | self.second)

    def test_forgotten_is_named(self):
        self.check("FIRST", quantity=10)
        asked = self.check(kind="finish")
        self.assertEqual(asked["state"], "asked")
        self.assertIn("SECOND", asked["message"])
        self.assertEqual(self.picking.state, "assigned")
        self.check(kind="finish", confirm=asked["question"]["confirm"])
        self.assertEqual(self.picking.state, "done")
        self.assertEqual(self.picking.backorder_ids.move_ids.product_uom_qty, 10)

    def test_what_was_picked_is_still_to_be_checked(self):
        self.post("pick", self.picking, "FIRST", quantity=10)
        scanned = {
            line["lot"]["name"]: line["scanned"]
            for line in self.scan.open("check", self.picking.id)["lines"]
        }
        self.assertEqual(scanned, {"FIRST": 0, "SECOND": 0})


@tagged("post_install", "-at_install")
class TestCheckPackages(ScanCase):
    """A load of packages: packed while picking, and put onto the truck."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.category.removal_strategy_id = cls.strategy("fefo")
        cls.first, cls.second = cls.make_lot("FIRST", 30), cls.make_lot("SECOND", 60)
        for lot in (cls.first, cls.second):
            cls.stock_up(lot, 10)
        cls.box, cls.crate, cls.pallet = cls.env["stock.package"].create(
            [{"name": name} for name in ("BOX-1", "CRATE-2", "PALLET-3")]
        )
        cls.box.sscc = "395011000000000171"

    def done(self, scenario, picking, text="", state="applied", **more):
        answer = self.post(scenario, picking, text, **more)
        self.assertEqual(answer["state"], state, answer["message"])
        return answer

    def pick_into_packages(self, picking):
        self.done("pick", picking, "FIRST", quantity=10)
        self.done("pick", picking, "BOX-1")
        self.done("pick", picking, "SECOND", quantity=10)
        self.done("pick", picking, "CRATE-2")

    def check_all(self, picking):
        """By name, by SSCC; what is foreign and what is forgotten is told."""
        lines = self.scan.open("check", picking.id)["lines"]
        self.assertEqual({one["package"] for one in lines}, {"BOX-1", "CRATE-2"})
        self.done("check", picking, "00395011000000000171")
        answer = self.done("check", picking, "BOX-1", state="refused")
        self.assertIn("already", answer["message"])
        answer = self.done("check", picking, "PALLET-3", state="refused")
        self.assertIn("off the truck", answer["message"])
        asked = self.done("check", picking, kind="finish", state="asked")
        self.assertIn("SECOND", asked["message"])
        self.done("check", picking, "CRATE-2")
        self.done("check", picking, kind="finish")
        self.assertEqual(picking.state, "done")
        self.assertFalse(picking.backorder_ids)

    def test_of_one_step(self):
        picking = self.make_delivery(20)
        picking.action_assign()
        self.pick_into_packages(picking)
        self.check_all(picking)
        self.assertEqual(
            {line.result_package_id.name for line in picking.move_line_ids},
            {"BOX-1", "CRATE-2"},
        )

    def two_steps(self):
        self.warehouse.delivery_steps = "pick_ship"
        self.env["stock.rule"].run(
            [
                self.env["stock.rule"].Procurement(
                    self.product,
                    20,
                    self.product.uom_id,
                    self.customers,
                    "Order",
                    "Order",
                    self.env.company,
                    {"warehouse_id": self.warehouse},
                )
            ]
        )
        found = self.env["stock.picking"].search(
            [("product_id", "=", self.product.id)], order="id"
        )
        pick = found.filtered(
            lambda one: one.picking_type_id == self.warehouse.pick_type_id
        )
        pick.action_assign()
        return pick

    def test_of_two_steps(self):
        pick = self.two_steps()
        self.assertIn(pick.name, [one["name"] for one in self.scan.documents("pick")])
        self.assertNotIn(
            pick.name, [one["name"] for one in self.scan.documents("check")]
        )
        self.pick_into_packages(pick)
        self.done("pick", pick, kind="finish")
        ship = pick.move_ids.move_dest_ids.picking_id
        self.assertEqual(ship.state, "assigned")
        self.assertIn(ship.name, [one["name"] for one in self.scan.documents("check")])
        self.check_all(ship)

    def test_a_pallet_with_its_packages_at_once(self):
        pick = self.two_steps()
        self.pick_into_packages(pick)
        self.done("pick", pick, kind="finish")
        (self.box | self.crate).parent_package_id = self.pallet
        ship = pick.move_ids.move_dest_ids.picking_id
        self.done("check", ship, "PALLET-3")
        self.done("check", ship, kind="finish")
        self.assertEqual(ship.state, "done")
        self.assertFalse(ship.backorder_ids)
