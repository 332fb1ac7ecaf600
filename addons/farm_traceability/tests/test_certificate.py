from unittest.mock import patch

from odoo.addons.farm_traceability.models import farm_certificate_status
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import mute_logger
from psycopg2 import IntegrityError

from .common import FarmCase


@tagged("post_install", "-at_install")
class TestCertificateValidity(FarmCase):
    def ask(self, days=0, crop=None, plot=None, certificate=None):
        certificate = certificate or self.certificate
        return certificate.is_valid_for(crop or self.crop, self.days(days), plot)

    def test_an_issued_certificate_is_valid_from_its_first_to_its_last_day(self):
        for days in (-100, 0, 265):
            with self.subTest(days=days):
                self.assertEqual(self.ask(days), (True, ""))
                self.assertTrue(self.ask(days))

    def test_a_draft_is_not_valid(self):
        draft = self.make_certificate(issue=False, name="D-1")
        answer = self.ask(certificate=draft)
        self.assertFalse(answer)
        self.assertEqual(
            answer.reason, "Certificate D-1 is a draft: it has not been issued."
        )

    def test_the_day_before_the_first_is_not_covered(self):
        self.assertEqual(
            self.ask(-101).reason,
            f"Certificate {self.certificate.name} is valid from 03/07/2026 only.",
        )

    def test_the_day_after_the_last_is_not_covered(self):
        self.assertEqual(
            self.ask(266).reason,
            f"Certificate {self.certificate.name} expired on 03/07/2027.",
        )

    def test_a_suspension_counts_from_its_day_and_not_before(self):
        self.certificate.suspend("Residue found", self.days(-5))
        self.assertTrue(self.ask(-6), "a later suspension does not touch that day")
        for days in (-5, 0, 30):
            self.assertEqual(
                self.ask(days).reason,
                f"Certificate {self.certificate.name} is suspended since 06/10/2026:"
                " Residue found",
            )
        self.assertEqual(self.certificate.state, "suspended")

    def test_a_reinstatement_leaves_the_suspended_days_suspended(self):
        self.certificate.suspend("Residue found", self.days(-20))
        self.certificate.reinstate("Second sample clean", self.days(-10))
        answers = [bool(self.ask(days)) for days in (-21, -20, -11, -10, 0)]
        self.assertEqual(answers, [True, False, False, True, True])
        self.assertEqual(self.certificate.state, "valid")

    def test_suspended_and_reinstated_on_one_day_is_valid_on_it(self):
        self.certificate.suspend("By mistake", self.days(-1))
        self.certificate.reinstate("Put right", self.days(-1))
        self.assertTrue(self.ask(-1))

    def test_a_revocation_is_final(self):
        self.certificate.revoke("Sold other fruit", self.days(-3))
        self.assertTrue(self.ask(-4))
        self.assertIn("was revoked on 06/12/2026: Sold other", self.ask().reason)
        with self.assertRaisesRegex(UserError, "is revoked; this cannot be done"):
            self.certificate.reinstate("Please")
        with self.assertRaisesRegex(UserError, "is revoked; this cannot be done"):
            self.certificate.suspend("Again")

    def test_a_suspended_certificate_can_be_revoked(self):
        self.certificate.suspend("Residue found", self.days(-5))
        self.certificate.revoke("Confirmed")
        self.assertIn("suspended", self.ask(-1).reason)
        self.assertIn("revoked", self.ask(0).reason)

    def test_a_suspension_from_before_the_first_day_is_refused(self):
        with self.assertRaisesRegex(UserError, "begins on 03/07/2026; choose that day"):
            self.certificate.suspend("Too early", self.days(-200))
        self.assertTrue(self.ask())

    def test_changes_are_recorded_in_the_order_of_time(self):
        self.certificate.suspend("Residue found", self.days(-5))
        with self.assertRaisesRegex(
            UserError, "last change .* is of 06/10/2026; choose that day or a later one"
        ):
            self.certificate.reinstate("Earlier", self.days(-6))

    def test_a_change_of_tomorrow_is_refused(self):
        with self.assertRaisesRegex(UserError, "Choose today or a day before"):
            self.certificate.suspend("Next week", self.days(7))

    def test_a_change_needs_a_reason(self):
        for reason in ("", "   ", None):
            with self.assertRaisesRegex(UserError, "Give the reason"):
                self.certificate.suspend(reason)

    def test_a_crop_that_is_not_listed_is_not_covered(self):
        other = self.make_crop(name="Ambon")
        self.assertEqual(
            self.ask(crop=other).reason,
            f"Certificate {self.certificate.name} does not cover Ambon.",
        )

    def test_plots_count_only_where_the_certificate_lists_plots(self):
        other = self.make_plot(name="Far Field")
        listed = self.make_certificate(plot_ids=[Command.set(self.plot.ids)])
        self.assertTrue(self.ask(plot=other))
        self.assertTrue(self.ask(plot=self.plot, certificate=listed))
        self.assertTrue(self.ask(certificate=listed), "asked without a plot")
        self.assertEqual(
            self.ask(plot=other, certificate=listed).reason,
            f"Certificate {listed.name} does not cover plot Far Field.",
        )

    def test_plots_of_another_farmer_cannot_be_listed(self):
        strange = self.make_plot(self.make_farmer())
        with self.assertRaisesRegex(ValidationError, "only list plots of its farmer"):
            self.make_certificate(plot_ids=[Command.set(strange.ids)])

    def test_a_certificate_issued_for_the_past_covers_the_past(self):
        late = self.make_certificate(
            valid_from=self.days(-400), valid_to=self.days(-300), name="L-1"
        )
        self.assertTrue(self.ask(-350, certificate=late))
        self.assertEqual(late.state, "expired")

    def test_the_nightly_job_shows_what_is_over_as_expired(self):
        over, early, running, suspended = (self.make_certificate() for _ in range(4))
        suspended.suspend("Residue found")
        self.env.cr.execute(
            "UPDATE farm_certificate SET valid_to = %s WHERE id IN %s",
            [self.days(-1), (over.id, early.id, suspended.id)],
        )
        self.env.invalidate_all()
        job = self.env.ref("farm_traceability.cron_expire_certificates")
        with (
            patch.object(farm_certificate_status, "EXPIRED_AT_ONCE", 1),
            self.enter_registry_test_mode(),
        ):
            job.method_direct_trigger()
        self.assertEqual(early.state, "expired")
        self.assertEqual(over.state, "expired")
        self.assertEqual(running.state, "valid")
        self.assertEqual(suspended.state, "suspended")

    # -- which certificate ----------------------------------------

    def test_the_farmer_without_certificates_is_told_so(self):
        farmer = self.make_farmer(name="Sri")
        certificate, answer = farmer._farm_certificate_for(self.crop, self.day)
        self.assertFalse(certificate)
        self.assertEqual(answer.reason, "Sri has no certificate.")

    def test_of_several_certificates_the_one_that_covers_the_day_is_taken(self):
        old = self.make_certificate(
            valid_from=self.days(-500), valid_to=self.days(-101)
        )
        other = self.make_certificate(crop=self.make_crop())
        find = self.farmer._farm_certificate_for
        self.assertEqual(find(self.crop, self.days(-200)), (old, (True, "")))
        self.assertEqual(find(self.crop, self.day)[0], self.certificate)
        self.assertEqual(find(other.line_ids.crop_id, self.day)[0], other)

    def test_without_a_valid_one_the_latest_says_why(self):
        farmer = self.make_farmer()
        self.make_certificate(
            farmer, valid_from=self.days(-500), valid_to=self.days(-101)
        )
        last = self.make_certificate(farmer)
        last.suspend("Residue found")
        certificate, answer = farmer._farm_certificate_for(self.crop, self.day)
        self.assertEqual(certificate, last)
        self.assertIn("suspended", answer.reason)


@tagged("post_install", "-at_install")
class TestCertificateRecord(FarmCase):
    """What an officer can and cannot do to a certificate, by RPC as well."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.officer = cls.make_user("officer", cls.village)
        cls.draft = cls.make_certificate(issue=False)

    def as_officer(self, record):
        return record.with_user(self.officer).with_context(tracking_disable=False)

    def test_the_officer_issues_suspends_reinstates_and_revokes(self):
        certificate = self.as_officer(self.draft)
        certificate.action_issue()
        certificate.suspend("Residue found")
        certificate.reinstate("Clean")
        certificate.revoke("Sold other fruit")
        self.assertRecordValues(
            certificate.status_ids.sorted("id"),
            [
                {"state": "valid", "date": certificate.valid_from, "reason": ""},
                {"state": "suspended", "date": self.day, "reason": "Residue found"},
                {"state": "valid", "date": self.day, "reason": "Clean"},
                {"state": "revoked", "date": self.day, "reason": "Sold other fruit"},
            ],
        )
        self.assertEqual(certificate.status_ids.create_uid, self.officer)
        self.assertIn("Residue found", str(certificate.message_ids.mapped("body")))

    def test_a_draft_without_crops_is_not_issued(self):
        empty = self.make_certificate(issue=False, line_ids=[])
        with self.assertRaisesRegex(UserError, "covers no crop yet. Add one first"):
            self.as_officer(empty).action_issue()

    def test_a_certificate_is_issued_once(self):
        with self.assertRaisesRegex(UserError, "has been issued already"):
            self.as_officer(self.certificate).action_issue()

    def test_the_state_cannot_be_written(self):
        for state in ("valid", "draft", "revoked"):
            with self.assertRaisesRegex(UserError, "Status .* never typed in"):
                self.as_officer(self.draft).write({"state": state})
        self.assertEqual(self.draft.state, "draft")

    def test_the_state_cannot_be_created(self):
        vals = self.draft.copy_data({"name": "X-1"})[0]
        certificates = self.env["farm.certificate"].with_user(self.officer)
        with self.assertRaisesRegex(UserError, "Status .* never typed in"):
            certificates.create(vals | {"state": "valid"})
        made = certificates.with_context(default_state="valid").create(vals)
        self.assertEqual(made.state, "draft")

    def test_the_history_cannot_be_created_edited_or_deleted(self):
        statuses = self.env["farm.certificate.status"].with_user(self.officer)
        vals = {"state": "valid", "date": self.days(-50)}
        with self.assertRaises(AccessError):
            statuses.create(vals | {"certificate_id": self.draft.id})
        with self.assertRaisesRegex(UserError, "never typed in"):
            self.as_officer(self.draft).write({"status_ids": [Command.create(vals)]})
        status = self.as_officer(self.certificate).status_ids
        with self.assertRaises(UserError):
            status.write({"reason": "Nothing happened"})
        with self.assertRaises(AccessError):
            status.unlink()

    def test_the_history_is_never_edited_even_by_the_system(self):
        with self.assertRaisesRegex(UserError, "is never edited"):
            self.certificate.status_ids.sudo().date = self.days(-1)
        with self.assertRaisesRegex(UserError, "is never edited"):
            self.certificate.status_ids.sudo().unlink()

    def test_what_was_issued_stays_as_it_is(self):
        certificate = self.as_officer(self.certificate)
        for vals in (
            {"valid_to": self.days(900)},
            {"valid_from": self.days(-900)},
            {"farmer_id": self.make_farmer().id},
            {"name": "X-2"},
            {"plot_ids": [Command.set(self.plot.ids)]},
            {"line_ids": [Command.clear()]},
        ):
            with (
                self.subTest(vals=vals),
                self.assertRaisesRegex(UserError, "on record"),
            ):
                certificate.write(vals)

    def test_crops_of_an_issued_certificate_stay_as_they_are(self):
        lines = self.as_officer(self.certificate).line_ids
        crop = self.make_crop()
        with self.assertRaisesRegex(UserError, "stays on record"):
            lines.write({"crop_id": crop.id})
        with self.assertRaisesRegex(UserError, "stays on record"):
            lines.create({"certificate_id": self.certificate.id, "crop_id": crop.id})
        with self.assertRaisesRegex(UserError, "stays on record"):
            lines.unlink()
        loose = self.as_officer(self.draft).line_ids
        with self.assertRaisesRegex(UserError, "stays on record"):
            loose.write({"certificate_id": self.certificate.id})

    def test_only_a_draft_is_deleted(self):
        with self.assertRaisesRegex(UserError, "stays on record"):
            self.as_officer(self.certificate).unlink()
        self.as_officer(self.draft).unlink()

    def test_who_cannot_write_a_certificate_cannot_change_its_state(self):
        reader = self.make_user("manager")
        for call in ("suspend", "reinstate", "revoke"):
            with self.assertRaises(AccessError):
                getattr(self.certificate.with_user(reader), call)("Because")
        with self.assertRaises(AccessError):
            self.draft.with_user(reader).action_issue()

    def test_the_number_is_unique_in_its_scheme(self):
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
            self.make_certificate(name=self.certificate.name)
        other = self.make_certificate(
            name=self.certificate.name, scheme_id=self.make_scheme().id
        )
        self.assertEqual(other.name, self.certificate.name)

    def test_the_end_cannot_lie_before_the_begin(self):
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
            self.make_certificate(valid_to=self.days(-101))

    def test_a_copy_is_a_draft_with_the_same_crops(self):
        copy = self.as_officer(self.certificate).copy()
        self.assertEqual(copy.state, "draft")
        self.assertEqual(copy.line_ids.crop_id, self.crop)
        self.assertFalse(copy.status_ids)
        self.assertEqual(copy.name, f"{self.certificate.name} (copy)")

    def test_a_line_takes_a_guide_of_its_crop_only(self):
        with self.assertRaisesRegex(ValidationError, "is not a guide for"):
            self.make_certificate(
                line_ids=[
                    Command.create(
                        {"crop_id": self.make_crop().id, "guide_id": self.guide.id}
                    )
                ]
            )
