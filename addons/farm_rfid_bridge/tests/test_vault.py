from odoo.tests import BaseCase, tagged

from ..protocol import vault
from .tag_common import MASTER, with_secret


@tagged("post_install", "-at_install")
class TestVault(BaseCase):
    """What is locked opens with the same master secret, for the same record."""

    def test_what_was_locked_is_unlocked(self):
        with with_secret(MASTER):
            locked = vault.lock(b"seed", "key 1")
            self.assertNotIn(b"seed", locked)
            self.assertNotEqual(locked, vault.lock(b"seed", "key 1"))
            self.assertEqual(vault.unlock(locked, "key 1"), b"seed")

    def test_another_record_another_secret_or_other_bytes_open_nothing(self):
        with with_secret(MASTER):
            locked = vault.lock(b"seed", "key 1")
            altered = bytes([*locked[:-1], locked[-1] ^ 1])
            for bytes_, subject in (
                (locked, "key 2"),
                (altered, "key 1"),
                (locked[:10], "key 1"),
                (b"", "key 1"),
            ):
                with self.subTest(subject=subject), self.assertRaises(vault.Locked):
                    vault.unlock(bytes_, subject)
        with with_secret(MASTER + "!"), self.assertRaises(vault.Locked):
            vault.unlock(locked, "key 1")

    def test_without_a_master_secret_nothing_is_locked(self):
        for secret in ("", "short"):
            with with_secret(secret), self.assertRaises(vault.NoMaster):
                vault.lock(b"seed", "key 1")
