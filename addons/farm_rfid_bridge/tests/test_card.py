import farmtag
from odoo.exceptions import UserError
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger
from psycopg2.errors import UniqueViolation

from .tag_common import NOW, CardCase

HOUR = 3_600_000


@tagged("post_install", "-at_install")
class TestCard(CardCase):
    """An officer issues a card, the writer writes it, the certificate ends it."""

    def test_a_card_is_issued_signed_and_written(self):
        card = self.issue()
        self.assertRecordValues(
            card,
            [
                {
                    "kind": "card",
                    "state": "issued",
                    "uid": False,
                    "partner_id": self.farmer.id,
                    "certificate_id": self.certificate.id,
                }
            ],
        )
        [told] = self.writer.sudo()._card_orders()
        self.assertEqual(told["code"], card.lineage_code)
        self.assertEqual((told["uid"], told["message"]), (b"", b""))
        signed = self.take(card, self.uid(1))
        event = self.written(self.uid(1), signed["message"], chip="NTAG215")
        self.assertEvent(event, "applied")
        self.assertEqual(event.tag_ids, card)
        self.assertRecordValues(
            card,
            [
                {
                    "state": "active",
                    "uid": self.uid(1).hex(),
                    "chip": "NTAG215",
                    "is_revoked": False,
                    "verdict": "genuine",
                    "written_at": event.at,
                }
            ],
        )
        self.assertEqual(card.order_ids.state, "written")
        self.assertFalse(self.writer.sudo()._card_orders())
        self.assertEqual(card.change_ids.sorted("id").mapped("deed"),
                         ["ordered", "written"])  # fmt: skip

    def test_a_card_has_codes_and_no_name(self):
        card = self.make_card()
        ring = self.env["farm.key.ring"]._ring()
        message = bytes.fromhex(card.payload)
        found = farmtag.read(message, ring, self.uid(1)).payload
        self.assertEqual(str(found.code), card.lineage_code)
        self.assertEqual(found.certificate, self.certificate.name)
        self.assertEqual(found.valid_until, self.certificate.valid_to)
        self.assertEqual([one.crop for one in found.crops], [self.crop.id])
        self.assertNotIn(self.farmer.name.encode(), message)
        self.assertIn(self.certificate.name, card.payload_text)
        self.assertIn(self.crop.name, card.payload_text)
        self.assertIn(self.authority.name, card.payload_text)

    def test_a_certificate_without_a_guide_has_its_card(self):
        crop = self.make_crop()
        self.certificate = self.make_certificate(crop=crop)
        self.assertIn(crop.name, self.make_card().payload_text)

    def test_a_card_says_how_many_bunches_a_plot_gives(self):
        self.cycle.bunch_cap = 40
        card = self.make_card()
        ring = self.env["farm.key.ring"]._ring()
        found = farmtag.read(bytes.fromhex(card.payload), ring, self.uid(1)).payload
        plot, crop = self.cycle.plot_id, self.crop
        self.assertFalse(found.is_over_cap(plot.id, crop.id, 40))
        self.assertTrue(found.is_over_cap(plot.id, crop.id, 41))
        self.assertIn(f"{plot.display_name} 40", card.payload_text)

    # -- the order -----------------------------------------------------------------

    def test_an_order_for_one_chip_is_signed_at_once(self):
        card = self.issue(uid=self.uid(3).hex())
        [told] = self.writer.sudo()._card_orders()
        self.assertEqual(told["uid"], self.uid(3))
        self.assertTrue(told["message"])
        with self.assertRaisesRegex(UserError, "for the chip"):
            self.take(card, self.uid(4))
        self.assertEqual(self.take(card, self.uid(3))["message"], told["message"])

    def test_a_signed_order_is_good_for_no_other_chip(self):
        card = self.issue()
        first = self.take(card, self.uid(1))
        self.assertEqual(self.take(card, self.uid(1)), first)
        with self.assertRaisesRegex(UserError, "for the chip"):
            self.take(card, self.uid(2))
        event = self.written(self.uid(2), first["message"])
        self.assertEvent(event, "conflict", "card-forged")

    def test_a_writer_has_one_order_for_the_next_blank(self):
        self.issue()
        farmer = self.make_farmer()
        other = self.make_certificate(farmer)
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaisesRegex(UniqueViolation, "one_blank_per_writer"),
            self.env.cr.savepoint(),
        ):
            self.issue(other)

    def test_an_order_that_is_over_is_not_signed(self):
        card = self.issue()
        with freeze_time("2026-06-15 04:00:01"):
            self.assertFalse(self.writer.sudo()._card_orders())
            with self.assertRaisesRegex(UserError, "is over"):
                self.take(card, self.uid(1))
            self.issue()
        self.assertEqual(card.state, "retired")
        self.assertEqual(card.order_ids.state, "expired")

    def test_a_card_that_was_written_in_time_and_told_late_counts(self):
        card = self.issue()
        signed = self.take(card, self.uid(1))
        with freeze_time("2026-06-15 09:00:00"):
            with self.enter_registry_test_mode():
                self.env.ref(
                    "farm_rfid_bridge.cron_expire_card_orders"
                ).method_direct_trigger()
            self.assertEqual(card.order_ids.state, "expired")
            event = self.written(self.uid(1), signed["message"])
        self.assertEvent(event, "applied")
        self.assertEqual(card.state, "active")

    def test_a_card_that_was_written_too_late_does_not_count(self):
        card = self.issue()
        signed = self.take(card, self.uid(1))
        with freeze_time("2026-06-15 09:00:00"):
            event = self.written(self.uid(1), signed["message"], at=NOW + 2 * HOUR)
        self.assertEvent(event, "refused", "refused")
        self.assertIn("after its order was over", event.message)
        self.assertEqual(card.state, "issued")

    def test_an_order_is_cancelled(self):
        card = self.issue()
        signed = self.take(card, self.uid(1))
        card.order_ids.with_user(self.officer).action_cancel()
        self.assertEqual(card.state, "retired")
        event = self.written(self.uid(1), signed["message"])
        self.assertEvent(event, "refused", "refused")
        self.assertIn("cancelled", event.message)

    # -- what a writer tells ---------------------------------------------------------

    def test_a_card_that_nobody_ordered_is_a_conflict(self):
        card = self.make_card()
        event = self.written(self.uid(1), bytes.fromhex(card.payload))
        self.assertEvent(event, "conflict", "card-not-ordered")

    def test_what_is_no_card_of_ours_is_a_conflict(self):
        own = farmtag.SigningKey.generate()
        draft = self.issue()._draft_card()
        chip = farmtag.Chip.NTAG215
        forged = farmtag.write(draft, chip, own, self.uid(1)).message
        signer = self.key.sudo()._signer()
        bad_id = farmtag.SigningKey(own._private, signer.key_id)
        named = farmtag.write(draft, chip, bad_id, self.uid(1)).message
        device_key = farmtag.SigningKey(
            self.journal.key, bytes.fromhex(self.device.key_id.key_id)
        )
        by_device = farmtag.write(draft, chip, device_key, self.uid(1)).message
        for message, code in (
            (b"\x00", "card-damaged"),
            (b"\xd1\x01\x02U\x04a", "card-not-ours"),
            (forged, "card-unknown-key"),
            (named, "card-forged"),
            (by_device, "card-not-allowed"),
        ):
            with self.subTest(code=code):
                event = self.written(self.uid(1), message)
                self.assertEvent(event, "conflict", code)

    def test_a_device_that_writes_no_cards_is_refused(self):
        card = self.issue()
        message = self.take(card, self.uid(1))["message"]
        body = {"uid": self.uid(1), "payload": message}
        self.assertEvent(self.tell("card", body), "refused", "refused")
        self.assertFalse(self.device.sudo()._card_orders())
        self.assertIsNone(
            self.device.sudo()._take_card_order(card.order_ids.id, self.uid(1))
        )

    def test_a_chip_that_is_another_tag_is_refused(self):
        self.tell_purchase(self.bunch(1, uid=1))
        card = self.issue()
        with self.assertRaisesRegex(UserError, "This chip is the tag"):
            self.take(card, self.uid(1))
        self.assertTrue(self.take(card, self.uid(2))["message"])

    # -- at the desk -----------------------------------------------------------------

    def test_the_wizard_takes_a_uid_as_it_is_typed(self):
        wizard = self.env["farm.card.issue"].with_user(self.officer)
        wizard = wizard.create({"certificate_id": self.certificate.id})
        self.assertEqual(wizard.device_id, self.writer)
        for text in ("04A1", "04A1B2C3D4E5F", "fingers", "04A1B2C3D4E5F6F7"):
            wizard.uid = text
            with self.subTest(uid=text), self.assertRaisesRegex(UserError, "A UID has"):
                wizard.action_issue()
        wizard.uid = "04:A1:B2:C3:D4:E5:F6"
        card = self.env["farm.tag"].browse(wizard.action_issue()["res_id"])
        self.assertEqual(card.order_ids.uid, "04a1b2c3d4e5f6")
