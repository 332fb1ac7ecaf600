from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import mute_logger
from psycopg2 import IntegrityError

from .common import FarmCase


@tagged("post_install", "-at_install")
class TestCycle(FarmCase):
    def spray(self, days, interval=0, **vals):
        return self.env["farm.activity"].create(
            {
                "cycle_id": self.cycle.id,
                "kind": "spraying",
                "date": self.days(days),
                "pre_harvest_days": interval,
                "input_name": "Mancozeb",
            }
            | vals
        )

    def test_a_cycle_belongs_to_plot_farmer_and_region(self):
        self.assertRecordValues(
            self.cycle,
            [{"farmer_id": self.farmer.id, "region_id": self.village.id}],
        )
        self.assertRegex(self.cycle.name, r"^CYC/2026/\d{5}$")
        self.assertIn(self.crop.name, self.cycle.display_name)

    def test_the_cycle_follows_when_the_plot_changes_hands(self):
        heir = self.make_farmer()
        self.plot.farmer_id = heir
        self.assertEqual(self.cycle.farmer_id, heir)

    def test_a_closed_cycle_stays_the_old_farmers(self):
        closed = self.make_cycle(state="closed")
        self.assertEqual(closed.farmer_id, self.farmer)
        self.plot.write(
            {"farmer_id": self.make_farmer().id, "region_id": self.other_village.id}
        )
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertEqual(closed.farmer_id, self.farmer)
        self.assertEqual(closed.region_id, self.village)

    def test_farmer_and_region_are_not_typed_in(self):
        officer = self.make_user("officer", self.village)
        for vals in (
            {"farmer_id": self.make_farmer().id},
            {"region_id": self.other_village.id},
        ):
            with self.assertRaisesRegex(UserError, "never typed in"):
                self.cycle.with_user(officer).write(vals)

    def test_fruit_cannot_come_before_planting(self):
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
            self.make_cycle(fruiting_date=self.days(-301))

    def test_the_guide_is_one_of_the_crop(self):
        with self.assertRaisesRegex(ValidationError, "is not a guide for"):
            self.make_cycle(crop=self.make_crop(), guide_id=self.guide.id)

    def test_the_age_of_the_fruit_counts_from_fruiting_else_from_planting(self):
        self.assertEqual(self.cycle._fruit_age(self.day), 90)
        self.assertEqual(self.cycle._fruit_age(self.days(-100)), 0)
        self.cycle.fruiting_date = False
        self.assertEqual(self.cycle._fruit_age(self.day), 300)
        self.cycle.planting_date = False
        self.assertEqual(self.cycle._fruit_age(self.day), 0)

    def test_a_harvest_waits_for_the_pre_harvest_interval(self):
        self.spray(-10, interval=14)
        reasons = {d: self.cycle._reason_against_harvest(self.days(d)) for d in (3, 4)}
        self.assertEqual(
            reasons,
            {
                3: "Spraying (Mancozeb) on 06/05/2026 asks for 14 days before harvest:"
                " wait until 06/19/2026.",
                4: "",
            },
        )
        self.assertEqual(self.cycle.safe_from, self.days(4))

    def test_a_new_cycle_of_the_same_crop_on_the_plot_waits_as_well(self):
        self.spray(-10, interval=14)
        collector = self.make_user("collector", self.village)
        again = self.make_cycle(guide_id=False).with_user(collector)
        self.assertRegex(again._reason_against_harvest(self.days(3)), "Mancozeb")
        self.assertEqual(again._reason_against_harvest(self.days(4)), "")
        for other in (
            self.make_cycle(self.make_plot()),
            self.make_cycle(crop=self.make_crop()),
        ):
            self.assertEqual(other._reason_against_harvest(self.days(3)), "")

    def test_what_is_sprayed_later_does_not_touch_a_harvest(self):
        self.spray(1, interval=14)
        self.assertEqual(self.cycle._reason_against_harvest(self.day), "")
        self.assertTrue(self.cycle._reason_against_harvest(self.days(1)))

    def test_the_longest_interval_decides_when_it_is_safe(self):
        self.assertFalse(self.cycle.safe_from)
        self.spray(-10, interval=14)
        self.spray(-2, interval=3)
        self.spray(0)
        self.assertEqual(self.cycle.safe_from, self.days(4))

    def test_an_interval_cannot_be_negative(self):
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
            self.spray(0, interval=-1)

    def test_the_input_lot_is_one_of_the_input(self):
        product = self.make_product(farm_crop_id=False)
        lot = self.env["stock.lot"].create({"name": "B7", "product_id": product.id})
        self.assertEqual(
            self.spray(0, product_id=product.id, lot_id=lot.id).lot_id, lot
        )
        for other in (self.product.id, False):
            with self.assertRaisesRegex(ValidationError, "Lot B7 is not a lot of"):
                self.spray(0, product_id=other, lot_id=lot.id)

    def test_the_state_moves_on_with_start_harvest_and_close(self):
        cycle = self.make_cycle(state="planned")
        cycle.action_start()
        self.assertEqual(cycle.state, "growing")
        self.make_harvest(cycle)
        self.assertEqual(cycle.state, "harvesting")
        cycle.action_close()
        self.assertEqual(cycle.state, "closed")
        cycle.action_reopen()
        self.assertEqual(cycle.state, "harvesting")

    def test_a_cycle_with_harvests_is_not_deleted(self):
        self.make_harvest()
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
            self.cycle.unlink()

    def test_a_collector_adds_activities_but_changes_none(self):
        collector = self.make_user("collector", self.village)
        line = self.spray(-10, interval=14).with_user(collector)
        line.copy()
        for vals in ({"pre_harvest_days": 0}, {"date": self.days(-99)}):
            with self.assertRaises(UserError):
                line.write(vals)
        with self.assertRaises(UserError):
            line.unlink()
        with self.assertRaises(UserError):
            self.cycle.with_user(collector).write(
                {"activity_line_ids": [Command.delete(line.id)]}
            )


@tagged("post_install", "-at_install")
class TestInspection(FarmCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.officer = cls.make_user("officer", cls.village)
        cls.inspection = (
            cls.env["farm.inspection"]
            .with_user(cls.officer)
            .create({"certificate_id": cls.certificate.id, "date": cls.day})
        )

    def give(self, *results):
        for line, result in zip(self.inspection.line_ids, results, strict=True):
            line.result = result

    def test_the_checklist_comes_from_the_scheme(self):
        self.assertRecordValues(
            self.inspection.line_ids,
            [
                {"name": "Boundaries marked", "is_critical": False},
                {"name": "Records kept", "is_critical": True},
            ],
        )
        self.assertRegex(self.inspection.name, r"^INS/2026/\d{5}$")
        self.assertEqual(self.inspection.officer_id, self.officer)

    def test_the_outcome_follows_from_the_results(self):
        for results, outcome, still_open in (
            (("pass", False), False, 0),
            (("pass", "pass"), "pass", 0),
            (("na", "pass"), "pass", 0),
            (("fail", "pass"), "conditional", 1),
            (("pass", "fail"), "fail", 1),
            (("fail", "fail"), "fail", 2),
        ):
            with self.subTest(results=results):
                self.give(*results)
                self.assertEqual(self.inspection.outcome, outcome)
                self.assertEqual(self.inspection.open_count, still_open)

    def test_it_is_not_finished_before_every_point_has_a_result(self):
        self.give("pass", False)
        with self.assertRaisesRegex(UserError, "give every point of the checklist"):
            self.inspection.action_done()

    def test_a_finished_inspection_stays_but_corrections_are_dated(self):
        self.give("fail", "pass")
        self.inspection.action_done()
        line = self.inspection.line_ids[0]
        for change in (
            lambda: line.write({"result": "pass"}),
            lambda: line.write({"due_date": self.day}),
            line.unlink,
            lambda: line.copy({"inspection_id": self.inspection.id}),
            lambda: self.inspection.write({"date": self.days(-1)}),
            lambda: self.inspection.write({"line_ids": [Command.clear()]}),
            lambda: self.inspection.write({"outcome": "pass"}),
            lambda: self.inspection.write({"state": "draft"}),
            self.inspection.unlink,
        ):
            with self.assertRaises(UserError):
                change()
        line.corrected_on = self.days(5)
        self.assertEqual(self.inspection.open_count, 0)
        self.assertEqual(self.inspection.outcome, "conditional")

    def test_outcome_and_state_are_not_typed_in(self):
        for vals in ({"outcome": "pass"}, {"state": "done"}, {"open_count": 0}):
            with self.assertRaisesRegex(UserError, "never typed in"):
                self.inspection.write(vals)
            with self.assertRaisesRegex(UserError, "never typed in"):
                self.inspection.create({"certificate_id": self.certificate.id} | vals)

    def test_an_open_inspection_is_deleted(self):
        self.inspection.unlink()
        self.assertFalse(self.inspection.exists())
