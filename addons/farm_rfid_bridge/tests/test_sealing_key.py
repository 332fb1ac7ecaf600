import os
from unittest.mock import patch

import farmtag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PublicKey
from farmtag.envelope import seal
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..protocol import vault
from ..protocol.envelope import Enrolment
from .bridge_common import BridgeCase
from .journal import Journal

SUBJECT = farmtag.LineageCode(7, 1)
MASTER = "a secret of the server that is long enough"


@tagged("post_install", "-at_install")
class TestSealingKey(BridgeCase):
    """What devices seal for the server, the server alone opens."""

    def setUp(self):
        super().setUp()
        self.env["farm.sealing.key"].search([]).unlink()
        self.startPatcher(patch.dict(os.environ, {vault.VARIABLE: MASTER}))
        self.keys = self.env["farm.sealing.key"]

    def told(self):
        """What a device is told of the key when it is enrolled."""
        device, _journal = self.make_device(enrol=False)
        asked = Journal().enrolment(device._new_enrolment_code())
        return self.env["farm.device"]._enrol(Enrolment(**asked))["server_key"]

    def sealed(self, told):
        public = X25519PublicKey.from_public_bytes(told["public_key"])
        return seal(b"who", SUBJECT, bytes.fromhex(told["key_id"]), public)

    def test_an_enrolment_tells_the_key_and_the_server_opens(self):
        told = self.told()
        self.assertEqual(told, self.told())
        self.assertEqual(self.keys._unseal(self.sealed(told), SUBJECT), b"who")

    def test_what_was_sealed_before_a_rotation_is_opened(self):
        before = self.told()
        old = self.sealed(before)
        self.keys.with_user(self.env.ref("base.user_admin")).action_rotate()
        after = self.told()
        self.assertNotEqual(before, after)
        for sealed in (old, self.sealed(after)):
            self.assertEqual(self.keys._unseal(sealed, SUBJECT), b"who")
        self.assertEqual(self.keys.search([]).mapped("state"), ["active", "retired"])

    def test_a_seal_of_another_card_or_server_is_not_opened(self):
        sealed = self.sealed(self.told())
        with self.assertRaises(farmtag.Forged):
            self.keys._unseal(sealed, farmtag.LineageCode(7, 2))
        with self.assertRaises(farmtag.UnknownKey):
            self.keys._unseal(bytes(2) + sealed[2:], SUBJECT)

    def test_the_private_half_is_read_by_nobody(self):
        self.told()
        key = self.keys.search([])
        self.assertNotIn("PRIVATE", key.locked_private)
        for user in (self.env.ref("base.user_admin"), self.keeper, self.collector):
            mine = key.with_user(user)
            for ask in (
                lambda mine=mine: mine.read(["locked_private"]),
                lambda mine=mine: mine.search([("locked_private", "!=", False)]),
                lambda mine=mine: mine.export_data(["locked_private"]),
            ):
                with self.assertRaises(UserError):  # AccessError is one, too
                    ask()
        with self.assertRaises(AccessError):
            key.with_user(self.keeper).action_rotate()
        with self.assertRaises(AccessError):
            key.with_user(self.keeper).read(["public_key"])

    def test_a_copy_of_the_database_opens_nothing(self):
        sealed = self.sealed(self.told())
        another = patch.dict(os.environ, {vault.VARIABLE: "x" * 40})
        with another, self.assertRaises(vault.Locked):
            self.keys._unseal(sealed, SUBJECT)

    def test_without_a_secret_of_the_server_devices_are_told_of_no_key(self):
        with patch.dict(os.environ, {vault.VARIABLE: "short"}):
            self.assertIsNone(self.told())
            with self.assertRaisesRegex(UserError, "FARM_RFID_KEY_SECRET"):
                self.keys.action_rotate()
        self.assertFalse(self.keys.search([]))
