from datetime import datetime, timedelta
from hashlib import sha256
from tracemalloc import get_traced_memory, start, stop
from unittest import TestCase

import cbor2
from hypothesis import given, settings
from hypothesis import strategies as st
from odoo.addons.farm_rfid_bridge.protocol import chain, problems
from odoo.addons.farm_rfid_bridge.protocol.body import read_body
from odoo.addons.farm_rfid_bridge.protocol.cbor import read_cbor, write_cbor
from odoo.addons.farm_rfid_bridge.protocol.clock import in_milliseconds, moment_of
from odoo.addons.farm_rfid_bridge.protocol.envelope import (
    CBOR,
    JSON,
    LARGEST_REQUEST,
    read_enrolment,
    read_push,
)

from .journal import Journal, as_cbor, as_json, as_map

MEBIBYTE = 2**20


def journal(count=3):
    made = Journal(number=7, seed=bytes(range(32)))
    for number in range(count):
        made.add("read", {"at": number, "tags": [{"uid": bytes(7)}]}, bytes(16))
    return made


def with_(**values):
    return write_cbor(as_map(journal().push()) | values)


def without(name):
    values = as_map(journal().push())
    del values[name]
    return write_cbor(values)


EVENT = [1, bytes(16), "read", b"\xa0"]
BAD = {
    "nothing": b"",
    "no map": b"\x80",
    "a number": b"\x01",
    "truncated": as_cbor(journal().push())[:-1],
    "bytes after it": as_cbor(journal().push()) + b"\x00",
    "an endless list": b"\x9f" + b"\x01" * 1000,
    "a list of 2**64 - 1": b"\x9b" + b"\xff" * 8,
    "a map of 2**64 - 1": b"\xbb" + b"\xff" * 8,
    "bytes of 2**63": b"\x5b\x7f" + b"\xff" * 7,
    "deep": b"\x81" * 200_000 + b"\x00",
    "deep maps": b"\xa1\x61a" * 100_000 + b"\x00",
    "a key twice": b"\xa2\x61v\x01\x61v\x01",
    "a key that is no text": b"\xa1\x01\x01",
    "not canonical": b"\xa1\x61v\x18\x01",
    "text that is no UTF-8": b"\xa1\x61v\x62\xff\xff",
    "undefined": b"\xa1\x61v\xf7",
    "a simple value": b"\xa1\x61v\xe0",
    "not a number": b"\xa1\x61v\xf9\x7e\x00",
    "a date": b"\xa1\x61v\xc1\x00",
    "a huge power": b"\xa1\x61v\xc5\x82\x1a\x7f\xff\xff\xff\x01",
    "a reference to itself": b"\xa1\x61v\xd8\x1c\x81\xd8\x1d\x00",
    "a regular expression": b"\xa1\x61v\xd8\x23\x69(a+)+(a+)+",
    "a huge number": b"\xa1\x61v\xc2\x59\x10\x00" + b"\xff" * 4096,
    "no version": without("v"),
    "no events": without("events"),
    "no signature": without("signature"),
    "a version that is text": with_(v="1"),
    "a version that is true": with_(v=True),
    "from 0": with_(from_seq=0),
    "from -1": with_(from_seq=-1),
    "from 2**64 - 1": with_(from_seq=2**64 - 1),
    "events that are a map": with_(events={}),
    "an event that is a map": with_(events=[{}]),
    "an event of three": with_(events=[EVENT[:3]]),
    "a seq that is text": with_(events=[["1", *EVENT[1:]]]),
    "a seq that is not next": with_(events=[[2, *EVENT[1:]]]),
    "an id of 15 bytes": with_(events=[[1, bytes(15), *EVENT[2:]]]),
    "a kind that is bytes": with_(events=[[1, bytes(16), b"read", b""]]),
    "a kind in capitals": with_(events=[[1, bytes(16), "READ", b""]]),
    "a kind with a slash": with_(events=[[1, bytes(16), "../read", b""]]),
    "a kind of 33": with_(events=[[1, bytes(16), "a" * 33, b""]]),
    "a body that is text": with_(events=[[1, bytes(16), "read", "body"]]),
    "a hash of 31 bytes": with_(head_hash=bytes(31)),
    "a signature of 63 bytes": with_(signature=bytes(63)),
    "a clock before 1970": with_(clock=-1),
    "a clock that is a float": with_(clock=1.5),
    "a status that is a list": with_(status=[]),
    "a text that no text has": with_(status={"version": "1\0"}),
    "a key that no text has": with_(status={"ver\0sion": "1"}),
    "half a character": as_cbor(journal().push(version="?!?")).replace(
        b"?!?", b"\xed\xa0\x80"
    ),
}
#: none with NUL, nor with half a character
TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="\0"))
BAD_JSON = {
    "nothing": b"",
    "no JSON": b"{",
    "no UTF-8": b"\xff",
    "deep": b"[" * 200_000,
    "deep maps": b'{"a":' * 100_000,
    "nine deep": b'{"v":' * 9 + b"1" + b"}" * 9,
    "a key twice": b'{"v": 1, "v": 1}',
    "no number": b'{"v": NaN}',
    "endless": b'{"v": 1e999}',
    "a long number": b'{"v": ' + b"9" * 100_000 + b"}",
    "another alphabet": as_json(journal().push()).replace(b'h": "', b'h": "+'),
    "a hash that is a number": b'{"v": 1, "from_seq": 1, "prev_hash": 1}',
    "half a character": as_json(journal().push(version="?")).replace(b"?", b"\\ud800"),
    "a text that no text has": as_json(journal().push(version="\0")),
}  # fmt: skip


class TestEnvelope(TestCase):
    """Whatever is sent: a push, or a problem that is documented."""

    def test_a_push_is_read_as_it_was_sent(self):
        push = journal().push(battery=80)
        self.assertEqual(read_push(as_cbor(push), CBOR), push)
        self.assertEqual(read_push(as_json(push), JSON), push)

    def test_a_push_of_nothing_says_how_the_device_is(self):
        push = journal().push(first=4)
        self.assertEqual(push.events, ())
        self.assertEqual(read_push(as_cbor(push), CBOR), push)

    def test_bad_cbor_is_damaged(self):
        for name, raw in BAD.items():
            with self.subTest(name), self.assertRaises(problems.Damaged):
                read_push(raw, CBOR)

    def test_bad_json_is_damaged(self):
        for name, raw in BAD_JSON.items():
            with self.subTest(name), self.assertRaises(problems.Damaged):
                read_push(raw, JSON)

    def test_too_much_is_too_large(self):
        many = [[seq, bytes(16), "read", b""] for seq in range(1, 1002)]
        for raw in (
            bytes(LARGEST_REQUEST + 1),
            with_(events=many),
            with_(events=[[1, bytes(16), "read", bytes(16_385)]]),
        ):
            with self.assertRaises(problems.TooLarge):
                read_push(raw, CBOR)

    def test_a_newer_version_is_told_apart(self):
        with self.assertRaises(problems.TooNew):
            read_push(with_(v=2), CBOR)

    def test_another_media_type_is_wrong(self):
        for media_type in ("text/plain", "", "application/x-www-form-urlencoded"):
            with self.assertRaises(problems.WrongType):
                read_push(as_cbor(journal().push()), media_type)

    def test_memory_is_bounded(self):
        for raw in (b"\x99\xff\xff" + b"\x80" * 900_000, b"[" + b"[]," * 300_000):
            start()
            with self.assertRaises(problems.Problem):
                read_push(raw, CBOR if raw[0] == 0x99 else JSON)
            _now, most = get_traced_memory()
            stop()
            self.assertLess(most, 100 * MEBIBYTE)

    @given(st.binary(max_size=300))
    @settings(max_examples=500, deadline=None)
    def test_any_bytes_give_a_push_or_a_problem(self, raw):
        for reader in (read_push, read_enrolment):
            for media_type in (CBOR, JSON):
                with self.assertRaises(problems.Problem):
                    reader(raw, media_type)

    @given(st.data())
    @settings(max_examples=300, deadline=None)
    def test_a_changed_byte_gives_a_push_or_a_problem(self, data):
        raw = bytearray(as_cbor(journal().push()))
        place = data.draw(st.integers(0, len(raw) - 1))
        raw[place] ^= data.draw(st.integers(1, 255))
        cut = data.draw(st.integers(0, len(raw)))
        try:
            push = read_push(bytes(raw[: cut or None]), CBOR)
            chain.check_push(journal().public_key, 7, push)
        except problems.Problem:
            return
        self.assertEqual(push.events, journal().push().events)

    @given(
        st.recursive(
            st.none() | st.booleans() | st.integers(-(2**63), 2**63) | TEXTS
            | st.binary() | st.floats(allow_nan=False, allow_infinity=False),
            lambda inner: st.lists(inner) | st.dictionaries(TEXTS, inner),
            max_leaves=20,
        )
    )  # fmt: skip
    @settings(max_examples=300, deadline=None)
    def test_any_plain_value_comes_back_or_is_too_deep(self, value):
        try:
            self.assertEqual(read_cbor(write_cbor(value)), value)
        except problems.Damaged as problem:
            self.assertIn("depth", str(problem))

    @given(st.binary(max_size=200))
    @settings(max_examples=500, deadline=None)
    def test_any_body_is_a_map_or_damaged(self, raw):
        try:
            body = read_body(raw)
        except problems.Damaged:
            return
        for kind in ("number", "text", "binary"):
            for name in body.values:
                try:
                    getattr(body, kind)(name)
                except problems.Damaged:
                    continue


class TestChain(TestCase):
    """What was signed is what is taken."""

    def check(self, push, number=7):
        return chain.check_push(journal().public_key, number, push)

    def test_the_bytes_that_are_hashed_and_signed_never_change(self):
        made = journal()
        body = bytes.fromhex("a262617400647461677381a1637569644700000000000000")
        self.assertEqual(made.events[0].body, body)
        self.assertEqual(
            made.hashes[1],
            sha256(
                bytes(32)
                + b"\0\0\0\7"
                + bytes(7)
                + b"\1"
                + bytes(16)
                + b"\4read"
                + body
            ).digest(),
        )
        push = made.push(clock=1_780_000_000_000)
        self.assertEqual(
            chain.signed_part(7, push).hex(),
            b"farm-rfid/1/push".hex()
            + "00000007"
            + "0000000000000001"
            + made.hashes[3].hex()
            + "0000019e70448800",
        )

    def test_a_whole_push_gives_the_hash_of_each_event(self):
        made = journal()
        self.assertEqual(self.check(made.push()), made.hashes[1:])
        self.assertEqual(self.check(made.push(first=2)), made.hashes[2:])
        self.assertEqual(self.check(made.push(first=4)), [])

    def test_another_key_or_number_is_a_bad_signature(self):
        with self.assertRaises(problems.BadSignature):
            self.check(journal().push(key=Journal().key))
        with self.assertRaises(problems.BadSignature):
            self.check(journal().push(), number=8)

    def test_another_event_than_was_signed_is_damaged(self):
        push = journal().push()
        other = Journal(number=7, seed=bytes(range(32)))
        other.add("read", {"at": 99}, bytes(16))
        events = (*other.events, *push.events[1:])
        with self.assertRaises(problems.Damaged):
            self.check(type(push)(**{**vars(push), "events": events}))


class TestClock(TestCase):
    """The wall time of an event lies between the event before it and now."""

    before = datetime(2026, 6, 1, 8)
    now = datetime(2026, 6, 2, 8)

    def moment(self, at):
        return moment_of(at and in_milliseconds(at), self.before, self.now)

    def test_a_time_between_is_believed(self):
        at = datetime(2026, 6, 1, 20)
        self.assertEqual(self.moment(at), (at, at, False))

    def test_a_clock_that_is_a_little_off_is_put_right_in_silence(self):
        at = self.now + timedelta(minutes=9)
        self.assertEqual(self.moment(at), (self.now, at, False))

    def test_a_clock_that_is_far_off_is_told(self):
        for at, believed in (
            (self.now + timedelta(minutes=11), self.now),
            (self.before - timedelta(minutes=11), self.before),
            (datetime(1970, 1, 1, 1), self.before),
        ):
            self.assertEqual(self.moment(at), (believed, at, True))

    def test_what_says_no_time_leaves_what_comes_after_it_its_own(self):
        for said in (None, 2**62, -(2**62)):
            moment = moment_of(said, self.before, self.now)
            self.assertEqual(moment, (self.before, None, True))

    def test_a_server_whose_clock_was_put_back_believes_nothing_of_tomorrow(self):
        tomorrow = self.now + timedelta(days=1)
        moment = moment_of(in_milliseconds(self.now), tomorrow, self.now)
        self.assertEqual(moment, (self.now, self.now, False))


class TestProblems(TestCase):
    def kinds(self, kind=problems.Problem):
        yield kind
        for one in kind.__subclasses__():
            yield from self.kinds(one)

    def test_every_problem_has_a_code_of_its_own_and_says_who_tries_again(self):
        codes = [kind.code for kind in self.kinds()]
        self.assertEqual(len(codes), len(set(codes)))
        for kind in self.kinds():
            self.assertIn(kind.retry, ("later", "never", "changed"))
            self.assertIn(
                kind.status, (400, 401, 403, 404, 405, 409, 413, 415, 500, 503)
            )

    def test_a_problem_document(self):
        self.assertEqual(
            problems.Gap(12).as_json(),
            {
                "type": "urn:farm-rfid:gap",
                "title": "Events before these are missing",
                "status": 409,
                "detail": "Send from event 12",
                "code": "gap",
                "retry": "changed",
                "send_from": 12,
            },
        )

    def test_cbor2_is_as_strict_as_this_relies_on(self):
        with self.assertRaises(cbor2.CBORDecodeError):
            cbor2.loads(b"\x81\x81\x81\x00", max_depth=2)
