from odoo.tests import tagged

from .tag_common import CardCase
from .test_snapshot import SnapshotCase


@tagged("post_install", "-at_install")
class TestSnapshotCards(CardCase, SnapshotCase):
    """A device carries the cards of its farmers, and what tells a good one from a bad
    one: keys of authorities, and what was revoked."""

    def setUp(self):
        super().setUp()
        self.elsewhere, _journal = self.make_device(region_ids=self.other_village.ids)

    def items_elsewhere(self):
        return self.page(self.elsewhere)["items"]

    def test_a_card_of_the_region_is_told(self):
        card = self.make_card()
        told = self.told(self.sync(), "card")[card.id]
        self.assertEqual(
            told,
            {
                "code": card.lineage_code,
                "farmer": self.farmer.id,
                "certificate": self.certificate.id,
                "uid": self.uid(1).hex(),
                "state": "active",
            },
        )
        self.assertNotIn(card.id, self.told(self.items_elsewhere(), "card"))

    def test_a_card_that_is_not_written_yet_has_no_chip(self):
        card = self.issue()
        told = self.told(self.sync(), "card")[card.id]
        self.assertEqual(told["state"], "issued")
        self.assertNotIn("uid", told)

    def test_a_lost_card_is_gone_and_everybody_is_told_that_it_is_revoked(self):
        card = self.make_card()
        self.sync()
        self.assertNotIn(card.id, self.told(self.items_elsewhere(), "revocation"))
        card.with_user(self.officer)._lose("In the river")
        told = {(item["kind"], item["id"]): item["data"] for item in self.sync()}
        revoked = {"code": card.lineage_code}
        self.assertEqual(
            told, {("card", card.id): None, ("revocation", card.id): revoked}
        )
        elsewhere = self.told(self.items_elsewhere(), "revocation")
        self.assertEqual(elsewhere[card.id], revoked)

    def test_a_card_whose_certificate_is_suspended_is_revoked_until_it_is_reinstated(
        self,
    ):
        card = self.make_card()
        self.sync()
        certificate = self.certificate.with_user(self.officer)
        certificate.suspend("Inspection")
        self.assertIn(card.id, self.told(self.sync(), "revocation"))
        certificate.reinstate("Put right")
        self.assertEqual(self.told(self.sync(), "revocation"), {card.id: None})

    def test_keys_of_authorities_are_told_everywhere(self):
        for items in (self.sync(), self.items_elsewhere()):
            self.assertEqual(
                self.told(items, "authority_key")[self.key.id],
                {
                    "number": self.key.number,
                    "key_id": self.key.key_id,
                    "public_key": self.key.public_key,
                    "from": str(self.key.valid_from),
                    "state": "active",
                },
            )

    def test_nothing_private_is_told_of_a_key(self):
        self.assertNotIn(self.key.sudo().locked_seed, str(self.sync()))

    def test_a_key_that_is_drafted_is_not_told_and_a_revoked_one_is(self):
        draft = self.key.copy({"name": "Next"})
        self.assertNotIn(draft.id, self.told(self.sync(), "authority_key"))
        self.key._revoke("Stolen", self.day)
        told = self.told(self.sync(), "authority_key")[self.key.id]
        self.assertEqual(told["state"], "revoked")
        self.assertEqual(told["revoked_from"], str(self.day))
