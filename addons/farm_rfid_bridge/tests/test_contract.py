import json
from pathlib import Path
from unittest import SkipTest, TestCase

from ..protocol import chain
from ..protocol.cbor import write_cbor
from ..protocol.envelope import CBOR, JSON, SentEvent, read_enrolment, read_push
from .journal import Journal, as_cbor, as_json

VECTORS = Path(__file__).parents[3] / "tests" / "contract" / "farm_rfid_v1.json"


class TestContract(TestCase):
    """The bytes of messages never change: devices in the field write and sign them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        if not VECTORS.exists():
            raise SkipTest(f"{VECTORS} is not there: the add-on stands alone")
        cls.vectors = json.loads(VECTORS.read_text(encoding="utf-8"))

    def journal(self):
        journal = Journal(self.vectors["number"], seed=self.hex("seed"))
        for event in self.vectors["events"]:
            body, id = bytes.fromhex(event["body"]), bytes.fromhex(event["id"])
            journal.add(event["kind"], body, id)
        return journal

    def hex(self, name, within=None):
        return bytes.fromhex((within or self.vectors)[name])

    def test_events_have_these_hashes(self):
        hashes = [self.hex("hash", event) for event in self.vectors["events"]]
        self.assertEqual(self.journal().hashes[1:], hashes)

    def test_keys_have_this_id(self):
        self.assertEqual(self.journal().public_key, self.hex("public_key"))
        self.assertEqual(chain.key_id_of(self.hex("public_key")), self.hex("key_id"))

    def test_pushes_are_written_so(self):
        for vector in self.vectors["pushes"]:
            push = self.journal().push(
                vector["from_seq"], clock=vector["clock"], **vector["status"]
            )
            with self.subTest(vector["name"]):
                signed = chain.signed_part(self.vectors["number"], push)
                self.assertEqual(signed, self.hex("signed", vector))
                self.assertEqual(push.signature, self.hex("signature", vector))
                self.assertEqual(as_cbor(push), self.hex("cbor", vector))
                self.assertEqual(as_json(push).decode(), vector["json"])

    def test_pushes_are_read_so(self):
        events = [
            SentEvent(
                event["seq"],
                self.hex("id", event),
                event["kind"],
                self.hex("body", event),
            )
            for event in self.vectors["events"]
        ]
        for vector in self.vectors["pushes"]:
            with self.subTest(vector["name"]):
                push = read_push(self.hex("cbor", vector), CBOR)
                self.assertEqual(push, read_push(vector["json"].encode(), JSON))
                self.assertEqual(list(push.events), events[push.from_seq - 1 :])
                chain.check_push(self.hex("public_key"), self.vectors["number"], push)

    def test_an_enrolment_is_written_and_read_so(self):
        vector = self.vectors["enrolment"]
        asked = self.journal().enrolment(vector["code"])
        self.assertEqual(asked["proof"], self.hex("proof", vector))
        self.assertEqual(write_cbor(asked), self.hex("cbor", vector))
        read = read_enrolment(self.hex("cbor", vector), CBOR)
        self.assertEqual(vars(read), asked)
        self.assertEqual(read, read_enrolment(vector["json"].encode(), JSON))
