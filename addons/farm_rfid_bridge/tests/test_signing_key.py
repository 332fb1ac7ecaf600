import farmtag
from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger
from psycopg2 import IntegrityError

from .tag_common import CardCase, with_secret


@tagged("post_install", "-at_install")
class TestSigningKey(CardCase):
    """The authority's key: made here, rotated, revoked; its private half stays."""

    def test_a_pair_is_made_and_signs(self):
        self.assertRecordValues(
            self.key, [{"state": "active", "signs_here": True, "foreign_key": False}]
        )
        public = farmtag.VerifyKey(
            farmtag.envelope.Algorithm.EDDSA, bytes.fromhex(self.key.public_key)
        )
        self.assertEqual(public.key_id.hex(), self.key.key_id)
        signature = self.key.sudo()._signer().sign(b"it")
        self.assertTrue(public.has_signed(signature, b"it"))

    def test_the_private_half_goes_to_nobody(self):
        admin = self.make_user("officer")
        admin.group_ids += self.env.ref("base.group_system")
        key = self.key.with_user(admin)
        self.assertNotIn("locked_seed", key.read()[0])
        self.assertNotIn("locked_seed", key.fields_get())
        for ask in (
            lambda: key.read(["locked_seed"]),
            lambda: key.locked_seed,
            lambda: key.export_data(["locked_seed"]),
            lambda: key.search([("locked_seed", "like", "0")]),
            lambda: key.write({"locked_seed": "00"}),
        ):
            with self.assertRaises(UserError):
                ask()

    def test_only_an_administrator_keeps_keys(self):
        for user in (self.officer, self.quality, self.keeper, self.collector):
            with self.subTest(user=user.name):
                key = self.key.with_user(user)
                for act in (key.action_rotate, lambda k=key: k._revoke("No", self.day)):
                    with self.assertRaises(AccessError):
                        act()
                with self.assertRaises(AccessError):
                    key.create({"name": "Mine", "authority_id": self.authority.id})

    def test_a_server_without_a_secret_makes_no_key(self):
        key = self.key.copy({"name": "Next"})
        with with_secret(""), self.assertRaisesRegex(UserError, "FARM_RFID_KEY_SECRET"):
            key.action_activate()
        with with_secret("x" * 40), self.assertRaisesRegex(UserError, "another secret"):
            self.key.sudo()._signer()

    def test_the_public_half_of_another_server_is_trusted(self):
        foreign = farmtag.SigningKey.generate()
        public = foreign.verify_key.public.hex()
        key = self.key.copy({"name": "Province", "foreign_key": public})
        key.action_activate()
        self.assertEqual((key.state, key.signs_here), ("active", False))
        draft = self.issue()._draft_card()
        written = farmtag.write(draft, farmtag.Chip.NTAG215, foreign, self.uid(1))
        ring = self.env["farm.key.ring"]
        verdict, _found, _why = ring._read_tag(written.message, self.uid(1))
        self.assertEqual(verdict, "genuine")
        for text in ("nonsense", "00", public[:-2]):
            key = self.key.copy({"name": "Bad", "foreign_key": text})
            with self.subTest(text=text), self.assertRaisesRegex(UserError, "64 hex"):
                key.action_activate()
        again = self.key.copy({"name": "Again", "foreign_key": public})
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(IntegrityError),
            self.env.cr.savepoint(),
        ):
            again.action_activate()

    def test_a_key_is_made_once_and_stays_on_record(self):
        with self.assertRaisesRegex(UserError, "in use already"):
            self.key.action_activate()
        with self.assertRaisesRegex(UserError, "stays on record"):
            self.key.unlink()
        self.key.copy({"name": "Draft"}).unlink()
        admin = self.env.ref("base.user_admin")
        with self.assertRaisesRegex(UserError, "in use already"):
            self.key.with_user(admin).valid_from = self.days(-100)

    # -- rotation -------------------------------------------------------------------

    def test_a_new_key_takes_over_tomorrow(self):
        old = self.make_card()
        action = self.key.action_rotate()
        new = self.key.browse(action["res_id"])
        self.assertEqual((self.key.state, self.key.valid_to), ("retired", self.day))
        self.assertEqual(new.valid_from, self.days(1))
        self.assertNotEqual(new.number, self.key.number)
        self.assertEqual(self.key._current(self.authority), self.key)
        with self.assertRaisesRegex(UserError, "not active any more"):
            self.key.action_rotate()
        with freeze_time("2026-06-16 03:00:00"):
            self.assertEqual(self.key._current(self.authority), new)
            old.invalidate_recordset()
            self.assertEqual(old.verdict, "genuine")

    # -- revocation -----------------------------------------------------------------

    def test_what_was_signed_since_a_day_is_not_believed(self):
        card = self.make_card()
        with self.assertRaisesRegex(UserError, "Say why"):
            self.key._revoke(" ", self.day)
        self.key._revoke("Stolen", self.day)
        self.assertTrue(card.is_revoked)
        self.assertEqual(card.verdict, "revoked")
        with self.assertRaisesRegex(UserError, "earlier day"):
            self.key._revoke("Again", self.days(1))

    def test_what_was_signed_before_stands(self):
        card = self.make_card()
        self.key._revoke("Stolen", self.days(1))
        self.assertFalse(card.is_revoked)
        self.assertEqual(card.verdict, "genuine")
