import json
from pathlib import Path
from unittest import SkipTest, TestCase

from ..protocol import chain, problems
from ..protocol.body import read_body
from ..protocol.cbor import write_cbor
from ..protocol.envelope import (
    CBOR,
    JSON,
    SentEvent,
    read_card_asked,
    read_enrolment,
    read_map,
    read_push,
    write_answer,
)
from ..protocol.resume import Asked, read_asked
from .journal import Journal, as_cbor, as_json

VECTORS = Path(__file__).parents[3] / "tests" / "contract" / "farm_rfid_v1.json"


def read_vectors():
    if not VECTORS.exists():
        raise SkipTest(f"{VECTORS} is not there: the add-on stands alone")
    return json.loads(VECTORS.read_text(encoding="utf-8"))


def meant(value):
    """What “says” of a vector stands for."""
    if isinstance(value, list):
        return [meant(one) for one in value]
    if not isinstance(value, dict):
        return value
    if set(value) == {"hex"}:
        return bytes.fromhex(value["hex"])
    return {name: meant(one) for name, one in value.items()}


class TestContract(TestCase):
    """The bytes of messages never change: devices in the field write and sign them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.vectors = read_vectors()

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

    # -- bodies of events -------------------------------------------------------------

    def test_bodies_are_written_and_read_so(self):
        for vector in self.vectors["bodies"]:
            with self.subTest(vector["name"]):
                body = meant(vector["says"])
                self.assertEqual(write_cbor(body), self.hex("cbor", vector))
                self.assertEqual(read_body(self.hex("cbor", vector)).values, body)

    # -- what else is asked -----------------------------------------------------------

    def test_cards_are_asked_so(self):
        for vector in self.vectors["cards"]:
            with self.subTest(vector["name"]):
                said = meant(vector["says"])
                self.assertEqual(write_cbor(said), self.hex("cbor", vector))
                asked = read_card_asked(self.hex("cbor", vector), CBOR)
                self.assertEqual(asked, read_card_asked(vector["json"].encode(), JSON))
                told = {name: one for name, one in vars(asked).items() if one}
                self.assertEqual(told, {k: v for k, v in said.items() if k != "v"})

    def test_what_a_writer_signs_is_this(self):
        vector = self.vectors["cards"][-1]
        said = meant(vector["says"])
        signed = chain.card_part(self.vectors["number"], said["order"], said["uid"])
        self.assertEqual(signed, self.hex("signed", vector))
        chain.check_signature(self.hex("public_key"), said["signature"], signed)

    def test_a_snapshot_is_asked_so(self):
        for vector in self.vectors["snapshots"]:
            with self.subTest(vector=vector):
                parameters = {name: str(one) for name, one in vector.items() if one}
                self.assertEqual(read_asked(parameters), Asked(**vector))

    # -- what is answered -------------------------------------------------------------

    def test_answers_are_written_and_read_so(self):
        for vector in self.vectors["answers"]:
            with self.subTest(vector["name"]):
                answer = meant(vector["says"])
                raw = self.hex("cbor", vector)
                self.assertEqual(write_answer(answer, CBOR), raw)
                self.assertEqual(write_answer(answer, JSON).decode(), vector["json"])
                self.assertEqual(read_map(raw, CBOR), answer)

    def test_there_is_an_answer_with_each_state(self):
        results = [
            result["state"]
            for vector in self.vectors["answers"]
            for result in vector["says"].get("results", ())
        ]
        self.assertEqual(
            set(results), {"applied", "parked", "refused", "conflict", "settled"}
        )

    def test_problems_are_written_so(self):
        made = {problem.code: problem for problem in self.problems()}
        vectors = {vector["code"]: vector for vector in self.vectors["problems"]}
        self.assertEqual(made.keys(), vectors.keys())
        for code, problem in made.items():
            with self.subTest(code):
                self.assertEqual(problem.status, vectors[code]["status"])
                self.assertEqual(json.dumps(problem.as_json()), vectors[code]["json"])

    def problems(self):
        """One of each kind that there is."""
        given = {
            problems.Gap: {"send_from": 5},
            problems.DeviceRevoked: {
                "detail": "Only events before 9 are taken",
                "until_seq": 8,
            },
            problems.WrongMethod: {"allow": "POST"},
        }
        kinds = [problems.Problem]
        while kinds:
            kind = kinds.pop()
            kinds += kind.__subclasses__()
            yield kind(**given.get(kind, {}))
