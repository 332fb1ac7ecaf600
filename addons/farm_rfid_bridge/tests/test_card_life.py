import farmtag
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .tag_common import CardCase


@tagged("post_install", "-at_install")
class TestCardLife(CardCase):
    """A card goes with its certificate, and belongs to the officers of its region."""

    # -- renewal ---------------------------------------------------------------------

    def test_a_new_card_takes_the_place_of_the_old_one(self):
        old = self.make_card(1)
        new = self.make_card(2)
        self.assertRecordValues(
            old | new,
            [
                {"state": "retired", "is_revoked": True},
                {"state": "active", "is_revoked": False},
            ],
        )
        self.assertEqual((old | new).mapped("verdict"), ["revoked", "genuine"])

    def test_the_same_chip_is_written_anew_for_the_next_certificate(self):
        old = self.make_card(1)
        self.certificate.with_user(self.officer).revoke("Left the group")
        self.certificate = self.make_certificate()
        new = self.make_card(1)
        self.assertEqual((old.uid, old.state), (new.uid, "retired"))
        self.assertEqual(new.state, "active")

    def test_the_card_of_another_scheme_stays(self):
        old = self.make_card(1)
        self.certificate = self.make_certificate(scheme_id=self.make_scheme().id)
        new = self.make_card(2)
        self.assertEqual((old | new).mapped("state"), ["active"] * 2)

    # -- with the certificate --------------------------------------------------------

    def test_a_card_is_refused_while_its_certificate_is_suspended(self):
        card = self.make_card()
        certificate = self.certificate.with_user(self.officer)
        certificate.suspend("Inspection")
        self.assertRecordValues(card, [{"state": "active", "is_revoked": True}])
        self.assertEqual(card.verdict, "revoked")
        certificate.reinstate("Put right")
        card.invalidate_recordset()
        self.assertRecordValues(card, [{"state": "active", "is_revoked": False}])
        self.assertEqual(card.verdict, "genuine")
        certificate.revoke("Sold another's fruit")
        self.assertRecordValues(card, [{"state": "retired", "is_revoked": True}])

    def test_a_suspension_ends_the_order(self):
        card = self.issue()
        self.certificate.with_user(self.officer).suspend("Inspection")
        self.assertEqual(card.order_ids.state, "cancelled")
        self.assertEqual(card.state, "retired")

    def test_there_is_no_card_for_a_certificate_that_is_not_valid(self):
        self.certificate.with_user(self.officer).suspend("Inspection")
        with self.assertRaisesRegex(UserError, "is not valid"):
            self.issue()
        with self.assertRaisesRegex(UserError, "is not valid"):
            self.issue(self.make_certificate(issue=False))
        old = self.make_certificate(valid_from=self.days(-400), valid_to=self.days(-1))
        with self.assertRaisesRegex(UserError, "is not valid"):
            self.issue(old)

    def test_a_certificate_that_does_not_fit_is_told_at_the_desk(self):
        long = self.make_certificate(name="C-" + "9" * 40)
        with self.assertRaisesRegex(UserError, "does not fit on a card"):
            self.issue(long)

    # -- who may ---------------------------------------------------------------------

    def test_an_officer_of_another_region_issues_no_card(self):
        stranger = self.make_user("officer", self.other_village)
        with self.assertRaises(AccessError):
            self.issue(user=stranger)

    def test_others_issue_no_card(self):
        self.collector.farm_region_ids = self.village
        for user in (self.collector, self.quality, self.keeper):
            with self.subTest(user=user.name), self.assertRaises(AccessError):
                self.issue(user=user)

    def test_a_device_that_is_no_writer_gets_no_order(self):
        self.writer.sudo().state = "suspended"
        with self.assertRaisesRegex(UserError, "does not write"):
            self.issue()

    def test_who_sees_cards(self):
        card = self.make_card()
        near = (self.officer, self.collector, self.make_user("manager"))
        for user in near:
            with self.subTest(user=user.name):
                found = card.with_user(user)
                self.assertEqual(found.search([("id", "=", card.id)]), card)
                found.read()
                found.change_ids.read()
        far = (
            self.make_user("officer", self.other_village),
            self.make_user("collector", self.other_village),
            self.make_user("stock"),
        )
        for user in far:
            with self.subTest(user=user.name):
                found = card.with_user(user)
                self.assertFalse(found.search([("id", "=", card.id)]))
                with self.assertRaises(AccessError):
                    found.change_ids.read(["deed"])

    def test_a_collector_does_not_end_a_card(self):
        card = self.make_card()
        with self.assertRaises(UserError):
            card.with_user(self.collector)._lose("Mine now")
        card.with_user(self.officer)._lose("In the river")
        self.assertRecordValues(card, [{"state": "lost", "is_revoked": True}])

    def test_a_collector_s_device_retires_no_card(self):
        card = self.make_card(5)
        event = self.tell("retire", {"uid": self.uid(5), "reason": "Mine"})
        self.assertEvent(event, "refused", "no-right")
        self.assertEqual(card.state, "active")

    def test_a_card_that_is_over_or_unknown_is_not_waited_for(self):
        card = self.make_card()
        card.with_user(self.officer)._lose("In the river")
        card.with_user(self.officer)._retire("Not found")
        body = {"code": card.lineage_code, "reason": "Worn"}
        event = self.tell("retire", body, self.writer, self.writer_journal)
        self.assertEvent(event, "applied", "already-over")
        unknown = str(farmtag.LineageCode(self.key.number, 4_000_000))
        event = self.tell("retire", body | {"code": unknown})
        self.assertEvent(event, "refused", "refused")

    def test_a_card_that_a_collector_s_device_contradicts_is_the_officer_s(self):
        card = self.make_card(1)
        event = self.tell_purchase(self.bunch(1, uid=1))
        self.assertEvent(event, "conflict", "tag-reused")
        self.assertEqual(card.state, "suspected")
        self.env.invalidate_all()
        self.assertFalse(event.with_user(self.keeper).is_suspicion)
        with self.assertRaisesRegex(UserError, "No tag is suspected"):
            event.with_user(self.keeper).action_tag_reused()
        with self.assertRaises(UserError):
            card.with_user(self.collector)._trust("Mine")
        card.with_user(self.officer)._trust("Seen at the desk")
        self.assertEqual(card.state, "active")
