from odoo.exceptions import UserError
from odoo.tests import tagged

from .bridge_common import NOW, BridgeCase
from .journal import Journal

HOUR = 3_600_000


@tagged("post_install", "-at_install")
class TestPurchaseCodes(BridgeCase):
    """Bunches have codes that the device itself has made."""

    def assertRefused(self, words):
        self.assertEqual(self.pushed(first=len(self.journal.events)), ["refused"])
        self.assertIn(words, self.events()[-1].message)

    def test_a_code_with_a_wrong_letter_is_refused(self):
        code = self.journal.code("A-1")
        self.buy(code[:-1] + ("0" if code[-1] != "0" else "1"))
        self.assertRefused("is no lineage code: a letter or digit is wrong")
        self.buy("LOT-1")
        self.assertRefused("is no lineage code")

    def test_a_code_is_kept_as_it_is_written_on_tags(self):
        self.buy(self.journal.code("A-1").lower().replace("-", " "))
        self.assertEqual(self.pushed(), ["applied"])
        self.assertTrue(self.lots("A-1"))

    def test_a_code_of_another_device_is_refused(self):
        _other, journal = self.make_device()
        self.buy(journal.code("A-1"))
        self.assertRefused("was not made by")
        self.events()[-1].with_user(self.quality)._accept("It was lent for a day")
        self.assertTrue(self.lots("A-1", journal=journal))

    def test_a_code_of_the_device_s_older_key_is_its_own(self):
        old = self.journal.code("A-1")
        self.journal = Journal()
        self.enrol(self.device, self.journal)
        self.buy(old)
        self.assertEqual(self.pushed(), ["applied"])

    def test_a_part_is_not_bought(self):
        whole = self.journal.code("A-1")
        self.buy(self.journal.part(whole, 3))
        self.assertRefused(f"is a part of {whole}")


@tagged("post_install", "-at_install")
class TestPurchaseScope(BridgeCase):
    """A device buys where it works, and does what it may."""

    def refused(self):
        self.assertEqual(self.pushed(), ["refused"])
        return self.events().message

    def test_a_farmer_of_another_region_is_refused(self):
        self.device.region_ids = self.other_village
        self.buy("A-1")
        self.assertIn("does not work in", self.refused())
        self.device.region_ids = self.subdistrict
        self.events().with_user(self.keeper).action_try_again()
        self.assertEqual(self.events().state, "applied")

    def test_a_quality_manager_accepts_it_all_the_same(self):
        self.device.region_ids = self.other_village
        self.buy("A-1")
        self.refused()
        self.quality.farm_region_ids = self.village
        self.events().with_user(self.quality)._accept("Harvest help of the neighbours")
        self.assertEqual(self.events().state, "applied")

    def test_a_receipt_at_a_place_that_is_not_the_device_s_is_refused(self):
        shop = self.env["stock.location"].create(
            {"name": "Shop", "location_id": self.warehouse.view_location_id.id}
        )
        self.device.location_ids = shop
        self.buy("A-1")
        self.assertIn("does not work at", self.refused())

    def test_tags_are_written_by_those_who_may(self):
        self.device.may_write_bunches = False
        bunch = {"code": self.journal.code("A-1"), "grams": 9_000, "uid": b"\x04" * 7}
        self.buy(bunches=[bunch])
        self.assertIn("may not write bunch tags", self.refused())
        self.buy("A-2")
        self.assertEqual(self.pushed(first=2), ["applied"])


@tagged("post_install", "-at_install")
class TestPurchaseCertificate(BridgeCase):
    """What the device saw counts; what came later is told."""

    def setUp(self):
        super().setUp()
        self.change_history_at("2026-06-14 03:00:00")

    def change_history_at(self, moment):
        """Let what is recorded of the certificate be as old as this."""
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE farm_certificate_status SET create_date = %s"
            " WHERE certificate_id = %s",
            [moment, self.certificate.id],
        )
        self.env.invalidate_all()

    def buy_as_seen(self, **vals):
        self.buy("A-1", at=NOW - HOUR, certificate=self.certificate.name, **vals)

    def assertFlag(self, code):
        self.assertEqual(self.pushed(), ["applied"])
        event = self.events()
        self.assertEqual(event.reason_code or "", code)
        self.assertEqual(bool(event.harvest_id.note), bool(code))
        if code:
            self.assertIn(event.message, event.harvest_id.note)

    def test_more_bunches_than_the_plot_can_give_are_a_flag(self):
        self.cycle.bunch_cap = 2
        self.buy("A-1", "A-2", certificate=self.certificate.name)
        self.assertFlag("")
        self.buy("A-3")
        self.assertEqual(self.pushed(first=2), ["applied"])
        event = self.events()[-1]
        self.assertEqual(event.reason_code, "cap-passed")
        self.assertIn("gave 3 bunches; it can give 2", event.message)

    def test_what_is_as_seen_has_no_flag(self):
        self.buy_as_seen(valid_to=str(self.certificate.valid_to))
        self.assertFlag("")

    def test_a_certificate_revoked_after_the_read_is_a_flag(self):
        self.buy_as_seen()
        self.certificate.revoke("Sprayed")
        self.assertFlag("certificate-lapsed")
        self.assertEqual(self.events().harvest_id.certificate_id, self.certificate)

    def test_a_certificate_revoked_before_the_read_is_refused(self):
        self.certificate.revoke("Sprayed")
        self.change_history_at("2026-06-15 01:30:00")
        self.buy_as_seen()
        self.assertEqual(self.pushed(), ["refused"])
        self.assertIn("was revoked on", self.events().message)

    def test_one_revoked_since_is_not_believed_of_a_device_that_saw_none(self):
        self.buy("A-1", at=NOW - HOUR)
        self.certificate.revoke("Sprayed")
        self.assertEqual(self.pushed(), ["refused"])

    def test_another_certificate_than_the_device_saw_is_a_flag(self):
        self.buy("A-1", certificate="C-OTHER")
        self.assertFlag("certificate-other")
        self.assertIn("C-OTHER", self.events().message)

    def test_another_last_day_than_the_device_saw_is_a_flag(self):
        self.buy_as_seen(valid_to="2030-01-01")
        self.assertFlag("certificate-other")

    def test_a_last_day_that_is_none_is_nonsense(self):
        self.buy_as_seen(valid_to="2030-02-30")
        self.assertEqual(self.pushed(), ["refused"])
        self.assertEqual(self.events().reason_code, "bad-body")


@tagged("post_install", "-at_install")
class TestGiven(BridgeCase):
    """Nobody gives a device rights that he has not himself."""

    def test_a_user_with_more_rights_is_not_acted_for(self):
        with self.assertRaisesRegex(UserError, "who has rights that you have not"):
            self.make_device(enrol=False, user_id=self.quality.id)

    def test_a_device_of_a_user_with_more_rights_is_not_enrolled(self):
        self.device.sudo().user_id = self.quality
        with self.assertRaisesRegex(UserError, "Quality Manager"):
            self.device._new_enrolment_code()
        with self.assertRaisesRegex(UserError, "who has rights that you have not"):
            self.device.may_split = True
        self.device.with_user(self.env.ref("base.user_admin"))._new_enrolment_code()

    def test_a_preference_of_the_user_is_no_right(self):
        self.collector.notification_type = "inbox"
        self.device.may_split = True

    def test_a_user_without_a_role_of_the_trade_is_not_acted_for(self):
        internal = self.make_user("internal")
        with self.assertRaisesRegex(UserError, "neither collector, inventory user"):
            self.make_device(enrol=False, user_id=internal.id)
