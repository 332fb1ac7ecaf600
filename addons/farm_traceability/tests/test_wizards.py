from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from .common import FarmCase


@tagged("post_install", "-at_install")
class TestGuideCorrection(FarmCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.officer = cls.make_user("officer", cls.regency)

    def correct(self, guide, reason="The dose was wrong", user=None):
        wizard = (
            self.env["farm.guide.correction"]
            .with_user(user or self.officer)
            .create({"guide_id": guide.id, "reason": reason})
        )
        action = wizard.action_correct()
        return self.env[action["res_model"]].browse(action["res_id"])

    def test_a_correction_is_the_next_version_with_its_reason(self):
        newer = self.correct(self.guide)
        self.assertRecordValues(
            newer,
            [
                {
                    "code": self.guide.code,
                    "version": 2,
                    "state": "draft",
                    "previous_id": self.guide.id,
                    "correction_reason": "The dose was wrong",
                }
            ],
        )
        self.assertEqual(
            newer.shelf_life_ids.mapped("days"),
            self.guide.shelf_life_ids.mapped("days"),
        )
        self.assertTrue(self.guide.is_current)

    def test_a_published_correction_supersedes(self):
        newer = self.correct(self.guide)
        newer.with_user(self.officer).action_publish()
        self.assertTrue(newer.is_current)
        self.assertFalse(self.guide.is_current)

    def test_one_correction_at_a_time(self):
        newer = self.correct(self.guide)
        with self.assertRaisesRegex(UserError, f"go on with {newer.name}"):
            self.correct(self.guide)

    def test_a_superseded_version_is_not_corrected(self):
        newer = self.correct(self.guide)
        newer.action_publish()
        with self.assertRaisesRegex(UserError, f"superseded by {newer.name}"):
            self.correct(self.guide)

    def test_a_draft_is_edited_not_corrected(self):
        draft = self.make_guide(publish=False)
        with self.assertRaisesRegex(UserError, "edit it directly"):
            self.correct(draft)

    def test_a_blank_reason_is_none(self):
        with self.assertRaisesRegex(UserError, "Give the reason"):
            self.correct(self.guide, "  ")

    def test_a_collector_cannot_correct(self):
        with self.assertRaises(AccessError):
            self.correct(self.guide, user=self.make_user("collector"))


@tagged("post_install", "-at_install")
class TestCertificateChange(FarmCase):
    def change(self, action, user=None, reason="Residues", date=None):
        wizard = self.env["farm.certificate.change"].with_user(
            user or self.make_user("officer", self.regency)
        )
        form = Form(
            wizard.with_context(
                default_action=action, default_certificate_id=self.certificate.id
            )
        )
        form.reason = reason
        if date:
            form.date = date
        return form.save().action_apply()

    def test_suspend_reinstate_revoke(self):
        for action, state in (
            ("suspend", "suspended"),
            ("reinstate", "valid"),
            ("revoke", "revoked"),
        ):
            self.change(action)
            self.assertEqual(self.certificate.state, state)

    def test_the_day_and_the_reason_stay_on_record(self):
        self.change("suspend", date=self.days(-3))
        last = self.certificate.status_ids.sorted("id")[-1]
        self.assertEqual((last.date, last.reason), (self.days(-3), "Residues"))
        self.assertFalse(self.certificate.is_valid_for(self.crop, self.days(-2)))
        self.assertTrue(self.certificate.is_valid_for(self.crop, self.days(-4)))

    def test_what_does_not_fit_the_state_is_refused(self):
        with self.assertRaises(UserError):
            self.change("reinstate")

    def test_a_collector_cannot_change_certificates(self):
        with self.assertRaises(AccessError):
            self.change("suspend", self.make_user("collector"))


@tagged("post_install", "-at_install")
class TestLotHarvest(FarmCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.stock_user = cls.make_user("stock")
        cls.harvest = cls.env["farm.harvest"].create({"cycle_id": cls.cycle.id})
        cls.harvest.action_post()
        cls.lots = cls.env["stock.lot"].create(
            [{"name": name, "product_id": cls.product.id} for name in ("L1", "L2")]
        )

    def set_harvest(self, lots, harvest=None):
        wizard = (
            self.env["farm.lot.harvest"]
            .with_user(self.stock_user)
            .with_context(active_model="stock.lot", active_ids=lots.ids)
        )
        form = Form(wizard)
        form.harvest_id = harvest or self.harvest
        return form.save().action_apply()

    def test_lots_chosen_in_the_list_take_the_provenance(self):
        self.set_harvest(self.lots)
        self.assertEqual(self.lots.harvest_id, self.harvest)
        self.assertEqual(set(self.lots.mapped("provenance_plot")), {self.plot.name})

    def test_lots_that_have_a_provenance_keep_it(self):
        self.set_harvest(self.lots[0])
        with self.assertRaisesRegex(UserError, "L1 have their provenance already"):
            self.set_harvest(self.lots)

    def test_a_lot_of_another_crop_is_refused(self):
        other = self.make_product(self.make_crop())
        lot = self.env["stock.lot"].create({"name": "L3", "product_id": other.id})
        with self.assertRaisesRegex(UserError, "is not a product of"):
            self.set_harvest(lot)

    def test_a_draft_harvest_gives_nothing(self):
        draft = self.env["farm.harvest"].create({"cycle_id": self.cycle.id})
        with self.assertRaisesRegex(UserError, "Post .* first"):
            self.set_harvest(self.lots, draft)


@tagged("post_install", "-at_install")
class TestHarvestWaiver(FarmCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.certificate.suspend("Residues")
        cls.harvest = cls.env["farm.harvest"].create({"cycle_id": cls.cycle.id})

    def waiver(self, role):
        return Form(
            self.env["farm.harvest.waiver"]
            .with_user(self.make_user(role, self.regency))
            .with_context(default_harvest_id=self.harvest.id)
        )

    def test_a_quality_manager_sees_the_objection_and_waives_it(self):
        form = self.waiver("quality")
        self.assertIn("Residues", form.objections)
        form.reason = "Analysed again, clean"
        form.save().action_post()
        self.assertEqual(self.harvest.state, "done")
        self.assertEqual(self.harvest.waiver_reason, "Analysed again, clean")

    def test_a_collector_cannot_waive(self):
        with self.assertRaises(AccessError):
            self.waiver("collector")
