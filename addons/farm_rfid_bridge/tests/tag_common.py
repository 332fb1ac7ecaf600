import os
from unittest.mock import patch

import farmtag
from odoo.addons.farm_rfid_bridge.protocol import vault

from .bridge_common import NOW, BridgeCase

MASTER = "a secret of the server that is long enough"


class TagCase(BridgeCase):
    """A collector's device that buys, splits and merges; receipts are done at once."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.warehouse.in_type_id.validate_farm_receipts = True
        cls.hand = cls.make_product(
            name="Hand",
            default_code=f"HAND-{next(cls.numbers)}",
            uom_id=cls.env.ref("uom.product_uom_unit").id,
        )
        cls.device.may_split = True

    # -- what is on tags --------------------------------------------------------------

    def code(self, counter, *steps):
        """A lineage code of this device."""
        return str(farmtag.LineageCode(self.journal.number, counter, steps))

    def uid(self, number):
        return bytes.fromhex(f"04{number:012x}")

    def bunch(self, counter, uid=None, grams=12_000, **vals):
        bunch = {"code": self.code(counter), "grams": grams, "hands": 8} | vals
        return bunch | ({"uid": self.uid(uid)} if uid else {})

    def tags(self, *codes):
        return self.env["farm.tag"].search([("lineage_code", "in", codes)], order="id")

    # -- what devices do --------------------------------------------------------------

    def tell(self, kind, body, device=None, journal=None):
        """Write an event down and push it; gives the event."""
        journal = journal or self.journal
        journal.add(kind, {"at": NOW} | body)
        answer = self.push(device, journal, first=len(journal.events))
        self.assertEqual(len(answer["results"]), 1)
        return self.events(device)[-1]

    def tell_purchase(self, *bunches, device=None, journal=None):
        body = self.purchase() | {"bunches": list(bunches)}
        return self.tell("purchase", body, device, journal)

    def split_body(self, counter, *indexes, grams=0, **vals):
        hands = [
            {"index": index, "code": self.code(counter, index)}
            | ({"grams": grams} if grams else {})
            for index in indexes
        ]
        return {"parent": self.code(counter), "hands": hands} | vals

    def tell_split(self, counter, *indexes, device=None, journal=None, **vals):
        body = self.split_body(counter, *indexes, **vals)
        return self.tell("split", body, device, journal)

    def assertEvent(self, event, state, code=""):
        self.assertEqual(
            (event.state, event.reason_code or ""), (state, code), event.message
        )


class CardCase(TagCase):
    """An officer with a writer, and an authority with a key."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.startClassPatcher(patch.dict(os.environ, {vault.VARIABLE: MASTER}))
        cls.officer = cls.make_user("officer", cls.village)
        cls.writer, cls.writer_journal = cls.make_device(
            user_id=cls.officer.id, kind="writer", may_write_cards=True
        )
        cls.key = cls.env["farm.signing.key"].create(
            {
                "name": "Office",
                "authority_id": cls.authority.id,
                "valid_from": cls.days(-10),
            }
        )
        cls.key.action_activate()

    def setUp(self):
        super().setUp()
        self.writer_journal = self.writer_journal.twin()

    def issue(self, certificate=None, uid="", user=None):
        certificate = certificate or self.certificate
        device = self.writer.with_user(user or self.officer)
        certificate = certificate.with_user(user or self.officer)
        return certificate._issue_card(device, "NTAG215", uid)

    def take(self, card, uid):
        """The writer sees a chip; gives what it is to write."""
        order = card.sudo().order_ids[:1]
        return self.writer.sudo()._take_card_order(order.id, uid)

    def written(self, uid, message, **vals):
        body = {"uid": uid, "payload": message} | vals
        return self.tell("card", body, self.writer, self.writer_journal)

    def make_card(self, number=1, **vals):
        """A card that is issued, signed and written."""
        card = self.issue(**vals)
        told = self.take(card, self.uid(number))
        self.assertEvent(self.written(self.uid(number), told["message"]), "applied")
        return card


def with_secret(text):
    return patch.dict(os.environ, {vault.VARIABLE: text})
