from datetime import date
from unittest.mock import patch

import farmtag
from farmtag.payload import CropRight, wire
from odoo.tests import tagged

from .bridge_common import NOW, BridgeCase
from .tag_common import CardCase

HOUR = 3_600_000
HOST = "https://tani.example/"
UID, OTHER_UID = b"\x04" * 7, b"\x05" * 7


@tagged("post_install", "-at_install")
class TestPurchaseCard(BridgeCase):
    """The farmer's card that was read says who sold, if it is genuine."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # The clock that stands still has dates of a class that farmtag does not take.
        cls.startClassPatcher(patch.object(wire.Day, "encode", encode_day))
        cls.key = farmtag.SigningKey.generate()

    def setUp(self):
        super().setUp()
        self.authority_key = self.make_key(self.key)

    def make_key(self, key):
        record = self.env["farm.signing.key"].create(
            {
                "name": "Office",
                "authority_id": self.authority.id,
                "valid_from": self.days(-10),
                "foreign_key": key.verify_key.public.hex(),
            }
        )
        record.action_activate()
        return record

    def card(self, key=None, uid=UID, **vals):
        """The message on a card of the farmer."""
        payload = farmtag.FarmerCard(
            **{
                "code": farmtag.LineageCode(99, 1),
                "written": date(2026, 6, 10),
                "farmer": self.farmer.id,
                "region": 1,
                "certificate": self.certificate.name,
                "valid_from": date(2026, 6, 1),
                "valid_until": date(2027, 1, 1),
                "crops": (CropRight(self.crop.id, self.guide.id, 1),),
            }
            | vals
        )
        draft = farmtag.Draft(payload, link=HOST, short_link=HOST)
        return farmtag.write(draft, farmtag.Chip.NTAG216, key or self.key, uid).message

    def buy_with(self, message, uid=UID, **vals):
        body = self.purchase("A-1", card=message, card_uid=uid) | {"at": NOW - HOUR}
        self.journal.add("purchase", {**body, "farmer": None} | vals)
        self.push()
        return self.events()

    def assertEvent(self, event, state, code=""):
        told = event.state, event.reason_code or ""
        self.assertEqual(told, (state, code), event.message)

    def test_a_genuine_card_names_the_farmer(self):
        event = self.buy_with(self.card())
        self.assertEvent(event, "applied")
        self.assertEqual(event.harvest_id.farmer_id, self.farmer)

    def test_a_card_on_another_chip_is_forged(self):
        event = self.buy_with(self.card(), uid=OTHER_UID)
        self.assertEvent(event, "conflict", "card-forged")
        self.assertFalse(self.lots("A-1"))

    def test_a_card_of_an_authority_that_is_not_known_waits_for_its_key(self):
        stranger = farmtag.SigningKey.generate()
        event = self.buy_with(self.card(stranger))
        self.assertEvent(event, "refused", "refused")
        self.assertIn("whose key is not known", event.message)
        self.make_key(stranger)
        event.with_user(self.keeper).action_try_again()
        self.assertEvent(event, "applied")

    def test_a_card_of_another_farmer_is_a_conflict(self):
        other = self.make_farmer(farm_code="OTHER")
        event = self.buy_with(self.card(farmer=other.id))
        self.assertEvent(event, "conflict", "card-other")

    def test_a_card_and_another_farmer_named_are_a_conflict(self):
        self.make_farmer(farm_code="OTHER")
        event = self.buy_with(self.card(), farmer="OTHER")
        self.assertEvent(event, "conflict", "card-other")

    def test_what_is_no_card_is_refused(self):
        event = self.buy_with(b"\xd1\x01\x01T\x00")
        self.assertEvent(event, "refused", "refused")

    def test_a_card_of_a_revoked_key_is_a_conflict(self):
        self.authority_key._revoke("Stolen", self.days(-9))
        self.assertEvent(self.buy_with(self.card()), "conflict", "card-revoked")


@tagged("post_install", "-at_install")
class TestPurchaseCardRevoked(CardCase):
    """A card that an officer issued, a writer wrote, and somebody took back."""

    def setUp(self):
        super().setUp()
        self.made = self.make_card()
        self.message = bytes.fromhex(self.made.payload)
        self.admin = self.env.ref("base.user_admin")

    def lose(self, at):
        """The officer says at a moment that the card is lost."""
        self.made.with_user(self.officer)._lose("In the river")
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE farm_tag_change SET create_date = %s WHERE tag_id = %s",
            [at, self.made.id],
        )
        self.env.invalidate_all()

    def revoke_key(self, from_day):
        self.key.with_user(self.admin)._revoke("Stolen", from_day)

    def buy_with_card(self):
        """An hour ago, told now."""
        vals = {"card": self.message, "card_uid": self.uid(1), "at": NOW - HOUR}
        return self.tell("purchase", self.purchase("A-1") | vals)

    def test_a_card_revoked_before_the_read_is_a_conflict(self):
        self.lose("2026-06-15 01:00:00")
        self.assertEvent(self.buy_with_card(), "conflict", "card-revoked")

    def test_a_card_revoked_after_the_read_is_a_flag(self):
        self.lose("2026-06-15 02:30:00")
        event = self.buy_with_card()
        self.assertEvent(event, "applied", "card-revoked")
        self.assertIn("was revoked on", event.harvest_id.note)

    def test_a_card_of_a_revoked_key_is_a_conflict_though_it_was_marked_now(self):
        self.revoke_key(self.day)
        self.assertTrue(self.made.is_revoked)
        self.assertEvent(self.buy_with_card(), "conflict", "card-revoked")

    def test_a_card_that_was_signed_before_the_key_was_stolen_stands(self):
        self.revoke_key(self.days(1))
        self.assertEvent(self.buy_with_card(), "applied")


def encode_day(_wire, value):
    if not wire.FIRST_DAY <= value <= wire.LAST_DAY:
        raise farmtag.WrongValue(f"{value} is out of range")
    return (value - wire.FIRST_DAY).days
