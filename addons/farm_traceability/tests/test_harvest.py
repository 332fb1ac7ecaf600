from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.service.model import call_kw
from odoo.tests import tagged
from odoo.tools import mute_logger
from psycopg2 import IntegrityError

from .common import FarmCase


@tagged("post_install", "-at_install")
class TestHarvest(FarmCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.collector = cls.make_user("collector", cls.village)
        cls.quality = cls.make_user("quality")

    def draft(self, user=None, cycle=None, **vals):
        return self.make_harvest(cycle, post=False, **vals).with_user(
            user or self.collector
        )

    def spray(self):
        self.env["farm.activity"].create(
            {
                "cycle_id": self.cycle.id,
                "kind": "spraying",
                "date": self.days(-1),
                "pre_harvest_days": 7,
            }
        )

    def test_posting_takes_certificate_and_guide_on_record(self):
        harvest = self.draft()
        harvest.action_post()
        self.assertRecordValues(
            harvest,
            [
                {
                    "state": "done",
                    "certificate_id": self.certificate.id,
                    "guide_id": self.guide.id,
                    "objections": False,
                    "waived_by_id": False,
                    "fruit_age": 90,
                    "farmer_id": self.farmer.id,
                }
            ],
        )
        self.assertRegex(harvest.name, r"^HRV/2026/\d{5}$")
        self.assertEqual(self.cycle.state, "harvesting")

    def test_without_a_guide_on_the_cycle_the_certificates_counts(self):
        harvest = self.draft(cycle=self.make_cycle(guide_id=False))
        harvest.action_post()
        self.assertEqual(harvest.guide_id, self.guide)

    def test_the_certificate_is_asked_for_the_day_of_the_harvest(self):
        self.certificate.suspend("Residue found", self.days(-2))
        self.draft(date=self.days(-3)).action_post()
        with self.assertRaisesRegex(UserError, "cannot be received:\n.*suspended"):
            self.draft(date=self.days(-2)).action_post()

    def test_the_certificate_is_asked_for_crop_and_plot(self):
        with self.assertRaisesRegex(UserError, "does not cover Banana"):
            self.draft(cycle=self.make_cycle(crop=self.make_crop())).action_post()
        farmer = self.make_farmer()
        listed, other = self.make_plot(farmer), self.make_plot(farmer, name="Hill")
        self.make_certificate(farmer, plot_ids=[Command.set(listed.ids)])
        self.draft(cycle=self.make_cycle(listed)).action_post()
        with self.assertRaisesRegex(UserError, "does not cover plot Hill"):
            self.draft(cycle=self.make_cycle(other)).action_post()

    def test_every_objection_is_named(self):
        self.spray()
        self.certificate.suspend("Residue found")
        with self.assertRaisesRegex(
            UserError, r"(?s)suspended.*wait until 06/21/2026\..*A quality manager can"
        ):
            self.draft().action_post()

    def test_an_interval_that_the_collector_cannot_read_holds_all_the_same(self):
        self.spray()
        elsewhere = self.make_user("collector", self.other_village)
        with self.assertRaisesRegex(UserError, "wait until"):
            self.draft().with_user(self.quality).action_post()
        self.assertIn(
            "wait until",
            self.cycle.with_user(elsewhere)._reason_against_harvest(self.day),
        )

    def test_a_certificate_that_the_collector_cannot_read_counts_all_the_same(self):
        commuter = self.make_farmer(self.other_village)
        self.make_certificate(commuter)
        plot = self.make_plot(commuter, region_id=self.village.id)
        harvest = self.draft(cycle=self.make_cycle(plot, guide_id=False))
        harvest.action_post()
        self.assertEqual((harvest.state, harvest.guide_id), ("done", self.guide))

    # -- waivers ----------------------------------------

    def test_a_quality_manager_waives_with_a_reason_that_stays(self):
        self.spray()
        harvest = self.draft(self.quality)
        harvest.action_post("Sample was clean")
        self.assertRecordValues(
            harvest,
            [
                {
                    "state": "done",
                    "waiver_reason": "Sample was clean",
                    "waived_by_id": self.quality.id,
                    "certificate_id": self.certificate.id,
                }
            ],
        )
        self.assertIn("wait until 06/21/2026", harvest.objections)

    def test_a_waived_certificate_is_not_on_the_harvest(self):
        self.certificate.suspend("Residue found")
        harvest = self.draft(self.quality)
        harvest.action_post("Sample was clean")
        self.assertFalse(harvest.certificate_id)
        self.assertIn("suspended", harvest.objections)

    def test_a_collector_does_not_waive(self):
        self.spray()
        with self.assertRaisesRegex(UserError, "Only a quality manager can waive this"):
            self.draft().action_post("I need it")

    def test_a_waiver_needs_a_reason(self):
        self.spray()
        with self.assertRaisesRegex(UserError, "cannot be received"):
            self.draft(self.quality).action_post("  ")

    def test_a_reason_without_objections_is_no_waiver(self):
        harvest = self.draft()
        harvest.action_post("Just in case")
        self.assertFalse(harvest.waiver_reason or harvest.waived_by_id)

    # -- nothing is forged ----------------------------------------

    def forgeries(self):
        certified = self.make_farmer()
        return (
            {"state": "done"},
            {"certificate_id": self.make_certificate(certified).id},
            {"guide_id": self.guide.id},
            {"objections": "None"},
            {"waiver_reason": "All fine"},
            {"waived_by_id": self.quality.id},
            {"farmer_id": certified.id},
            {"plot_id": self.make_plot(certified).id},
            {"region_id": self.other_village.id},
            {"crop_id": self.crop.id},
            {"fruit_age": 3},
        )

    def test_what_posting_sets_is_not_written_by_rpc(self):
        harvest = self.draft()
        for vals in self.forgeries():
            with (
                self.subTest(vals=vals),
                self.assertRaisesRegex(UserError, "never typed in"),
            ):
                call_kw(harvest.browse(), "write", [harvest.ids, vals], {})

    def test_what_posting_sets_is_not_created_by_rpc(self):
        harvests = self.env["farm.harvest"].with_user(self.collector)
        base = {"cycle_id": self.cycle.id, "date": self.day}
        for vals in self.forgeries():
            with self.subTest(vals=vals):
                with self.assertRaisesRegex(UserError, "never typed in"):
                    call_kw(harvests, "create", [[base | vals]], {})
                with self.assertRaisesRegex(UserError, "never typed in"):
                    harvests.receive_at_farm_gate(
                        base | vals,
                        [{"product_id": self.product.id, "quantity": 1}],
                    )

    def test_what_posting_sets_is_not_slipped_in_by_defaults(self):
        (name, value), *_ = {"waiver_reason": "All fine"}.items()
        context = {f"default_{name}": value, "default_state": "done"}
        harvest = (
            self.env["farm.harvest"]
            .with_user(self.collector)
            .with_context(**context)
            .create({"cycle_id": self.cycle.id, "date": self.day})
        )
        self.assertFalse(harvest.waiver_reason)
        self.assertEqual(harvest.state, "draft")

    def test_a_posted_harvest_stays_as_it_is(self):
        harvest = self.draft(self.quality)
        harvest.action_post()
        for vals in (
            {"date": self.days(-1)},
            {"quantity": 3},
            {"cycle_id": self.make_cycle().id},
            {"grade_id": self.grade_a.id},
            {"harvested_by": "collector"},
            {"state": "draft"},
            {"waiver_reason": "Later"},
            {"name": "HRV/1"},
        ):
            for user in (harvest.env.user, self.env.ref("base.user_root")):
                with self.subTest(vals=vals, user=user), self.assertRaises(UserError):
                    harvest.with_user(user).write(vals)
        with self.assertRaisesRegex(UserError, "stays on record"):
            harvest.unlink()
        harvest.note = "Nice bunches"

    def test_the_age_on_record_does_not_follow_later_dates(self):
        harvest = self.make_harvest()
        self.cycle.fruiting_date = self.days(-10)
        self.assertEqual(harvest.fruit_age, 90)

    def test_the_age_of_a_draft_follows_the_dates(self):
        harvest = self.draft()
        self.cycle.fruiting_date = self.days(-10)
        self.assertEqual(harvest.fruit_age, 10)

    def test_a_harvest_is_posted_once(self):
        harvest = self.draft()
        harvest.action_post()
        with self.assertRaisesRegex(UserError, "is posted already"):
            harvest.action_post()

    def test_who_only_reads_does_not_post(self):
        with self.assertRaises(AccessError):
            self.draft(self.make_user("stock")).action_post()

    def test_a_copy_is_a_draft_without_evidence(self):
        self.certificate.suspend("Residue found")
        harvest = self.draft(self.quality)
        harvest.action_post("Sample was clean")
        copy = harvest.copy()
        self.assertEqual(copy.state, "draft")
        self.assertFalse(copy.objections or copy.waiver_reason or copy.waived_by_id)
        self.assertNotEqual(copy.name, harvest.name)

    def test_nothing_is_harvested_before_planting(self):
        with self.assertRaisesRegex(ValidationError, "it cannot be harvested on"):
            self.draft(date=self.days(-301))

    def test_a_harvest_of_tomorrow_is_not_posted(self):
        with self.assertRaisesRegex(UserError, "lies in the future"):
            self.draft(date=self.days(1)).action_post()

    def test_quantities_are_not_negative(self):
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
            self.draft(quantity=-1)

    def test_a_draft_is_deleted(self):
        self.draft().unlink()


@tagged("post_install", "-at_install")
class TestTreatment(FarmCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.guide = cls.make_guide(
            treatment_ids=[
                Command.create(
                    {
                        "kind": "washing",
                        "is_organic": True,
                        "dose_max": 2,
                        "dose_unit": "g/l",
                        "hours_max": 1,
                        "has_temperature": True,
                        "temperature_min": 10,
                        "temperature_max": 25,
                    }
                )
            ]
        )
        cls.cycle.guide_id = cls.guide
        cls.lots = cls.receive(10, 12).lot_ids
        cls.collector = cls.make_user("collector", cls.village)

    def treat(self, post=True, **vals):
        treatment = (
            self.env["farm.treatment"]
            .with_user(self.collector)
            .create(
                {
                    "kind": "washing",
                    "is_organic": True,
                    "lot_ids": [Command.set(self.lots.ids)],
                }
                | vals
            )
        )
        if post:
            treatment.action_post()
        return treatment

    def test_a_treatment_as_the_guide_says_has_no_deviations(self):
        treatment = self.treat(dose=2, hours=1, has_temperature=True, temperature=25)
        self.assertFalse(treatment.deviations)
        self.assertEqual((treatment.state, treatment.lot_count), ("done", 2))
        self.assertEqual(self.lots[0].treatment_ids, treatment.sudo())
        self.assertRegex(treatment.name, r"^TRT/2026/\d{5}$")

    def test_what_is_not_as_the_guide_says_is_kept_on_record(self):
        name = self.guide.name
        for vals, sentence in (
            ({"kind": "waxing"}, f"{name} does not foresee waxing."),
            ({"is_organic": False}, f"{name}: only organic agents are allowed."),
            ({"dose": 2.5}, f"{name}: the dose 2.5 is above 2 g/l."),
            ({"hours": 3}, f"{name}: 3 hours are more than 1."),
            (
                {"has_temperature": True, "temperature": 30},
                f"{name}: 30 °C is outside of 10 to 25 °C.",
            ),
        ):
            with self.subTest(vals=vals):
                self.assertEqual(self.treat(**vals).deviations, sentence)

    def test_a_posted_treatment_stays_as_it_is(self):
        treatment = self.treat(dose=5)
        for vals in (
            {"dose": 1},
            {"deviations": False},
            {"state": "draft"},
            {"lot_ids": [Command.clear()]},
        ):
            with self.subTest(vals=vals), self.assertRaises(UserError):
                treatment.write(vals)
        with self.assertRaises(UserError):
            treatment.sudo().unlink()
        treatment.note = "Water was cold"

    def test_lots_do_not_shake_off_a_posted_treatment(self):
        self.treat()
        with self.assertRaisesRegex(UserError, "never typed in"):
            self.lots.with_user(self.collector).write(
                {"treatment_ids": [Command.clear()]}
            )

    def test_state_and_deviations_are_not_typed_in(self):
        for vals in ({"state": "done"}, {"deviations": "None"}):
            with self.assertRaisesRegex(UserError, "never typed in"):
                self.treat(post=False, **vals)
            with self.assertRaisesRegex(UserError, "never typed in"):
                self.treat(post=False).write(vals)

    def test_a_treatment_without_lots_is_not_posted(self):
        with self.assertRaisesRegex(UserError, "has no lots yet. Add the lots"):
            self.treat(lot_ids=[])

    def test_a_treatment_is_posted_once(self):
        with self.assertRaisesRegex(UserError, "is posted already"):
            self.treat().action_post()
