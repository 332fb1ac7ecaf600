import cbor2
import farmtag
from odoo.tests import tagged

from ..protocol import chain
from ..protocol.cbor import write_cbor
from ..protocol.envelope import LARGEST_QUESTION
from .tag_common import CardCase
from .test_api import ApiCase

CARDS = "/farm_rfid/v1/cards"


@tagged("post_install", "-at_install")
class TestCardRoute(CardCase, ApiCase):
    """A writer asks for its orders, and has one signed for the chip it sees."""

    freeze_time = None

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.card = cls.certificate.with_user(cls.officer)._issue_card(
            cls.writer.with_user(cls.officer)
        )
        cls.order = cls.card.order_ids

    def ask(self, journal=None, **body):
        body = {"v": 1} | body
        return self.send(write_cbor(body), journal or self.writer_journal, CARDS)

    def sign(self, uid, order=None, key=None, other=None):
        order = order or self.order.id
        part = chain.card_part(self.writer_journal.number, order, uid)
        signature = (key or self.writer_journal.key).sign(part)
        body = {"order": order, "uid": uid, "chip": "NTAG215", "signature": signature}
        return self.ask(**body | (other or {}))

    def test_what_a_writer_asks_is_short(self):
        answer = self.ask(more=bytes(LARGEST_QUESTION))
        self.assertProblem(answer, 413, "too-large")

    def test_a_writer_is_told_its_orders_and_has_one_signed(self):
        answer = self.ask()
        self.assertEqual(answer.status_code, 200, answer.text)
        [told] = cbor2.loads(answer.content)["orders"]
        self.assertEqual(told["order"], self.order.id)
        self.assertEqual(told["certificate"], self.certificate.name)
        answer = self.sign(self.uid(1))
        [told] = cbor2.loads(answer.content)["orders"]
        ring = self.env["farm.key.ring"]._ring()
        found = farmtag.read(told["message"], ring, self.uid(1))
        self.assertEqual(str(found.payload.code), self.card.lineage_code)

    def test_what_is_not_signed_for_is_refused(self):
        with self.assertOneLine():
            answer = self.sign(self.uid(1), key=self.journal.key)
        self.assertProblem(answer, 401, "bad-signature")
        with self.assertOneLine():
            answer = self.sign(self.uid(1), order=2**40)
        self.assertProblem(answer, 404, "not-found")
        self.sign(self.uid(1))
        with self.assertOneLine():
            answer = self.sign(self.uid(2))
        self.assertProblem(answer, 409, "card-refused")

    def test_nonsense_is_refused(self):
        for vals in (
            {"uid": b"\x04"},
            {"uid": "04"},
            {"chip": "GOLD"},
            {"order": -1},
            {"signature": b""},
        ):
            with self.subTest(vals=vals), self.assertOneLine():
                self.assertProblem(self.sign(self.uid(1), other=vals), 400, "damaged")
        with self.assertOneLine():
            self.assertProblem(self.ask(v=2), 400, "too-new")
        with self.assertOneLine():
            self.assertProblem(self.ask(uid=self.uid(1)), 400, "damaged")

    def test_another_device_is_told_nothing(self):
        with self.assertOneLine():
            answer = self.ask(self.journal)
        self.assertProblem(answer, 403, "forbidden")

    def test_who_is_no_officer_any_more_has_no_card_signed(self):
        self.officer.group_ids = self.env.ref("farm_traceability.group_collector")
        for ask in (self.ask, lambda: self.sign(self.uid(1))):
            with self.assertOneLine():
                self.assertProblem(ask(), 403, "forbidden")
        self.assertFalse(self.order.sudo().message)
