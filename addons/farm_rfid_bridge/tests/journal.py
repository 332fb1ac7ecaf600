"""A device for tests: a key, and a journal that it sends."""

import base64
import json
import re
import secrets
import time
from uuid import UUID

import farmtag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from odoo.addons.farm_rfid_bridge.protocol import chain
from odoo.addons.farm_rfid_bridge.protocol.cbor import write_cbor
from odoo.addons.farm_rfid_bridge.protocol.envelope import CBOR, Push, SentEvent


def new_id():
    """A UUID of version 7, as bytes."""
    raw = bytearray(
        int(time.time() * 1000).to_bytes(6, "big") + secrets.token_bytes(10)
    )
    raw[6] = 0x70 | raw[6] & 0x0F
    raw[8] = 0x80 | raw[8] & 0x3F
    return UUID(bytes=bytes(raw)).bytes


class Journal:
    """What a device did, each event with its hash.

    ``number`` and ``token`` are what the enrolment gave.
    """

    def __init__(self, number=0, token="", seed=None):
        self.key = (
            Ed25519PrivateKey.from_private_bytes(seed)
            if seed
            else Ed25519PrivateKey.generate()
        )
        self.number = number
        self.token = token
        self.events = []
        self.hashes = [chain.BEGIN]

    @property
    def public_key(self):
        return self.key.public_key().public_bytes_raw()

    # -- enrolment --------------------------------------------------------------------

    def enrolment(self, code, agent=None):
        """The body of an enrolment, as a map."""
        plain = code.replace("-", "")
        return {
            "code": code,
            "public_key": self.public_key,
            "proof": self.key.sign(plain.encode() + self.public_key),
            "agent": agent or {"version": "1.0"},
        }

    def enrolled(self, answer):
        self.number = answer["device"]["number"]
        self.token = answer["token"]

    # -- events -----------------------------------------------------------------------

    def code(self, name):
        """The lineage code that this device gives a bunch which tests call ``A-1``;
        what is called otherwise has its name as code."""
        short = re.fullmatch(r"([A-Z])-(\d+)", name)
        if not short:
            return name
        counter = ord(short[1]) << 14 | int(short[2])
        return str(farmtag.LineageCode(self.number, counter))

    def add(self, kind, body, id=None):
        """Write an event down; ``body`` is a map, or bytes as they are."""
        raw = body if isinstance(body, bytes) else write_cbor(body)
        event = SentEvent(len(self.events) + 1, id or new_id(), kind, raw)
        self.events.append(event)
        self.hashes.append(chain.hash_of(self.hashes[-1], self.number, event))
        return event

    def part(self, whole, *steps):
        """The code of a part."""
        code = farmtag.lineage.parse(whole)
        return str(farmtag.LineageCode(code.device, code.counter, steps))

    def twin(self):
        """The same device from a backup, or its card in another machine."""
        other = Journal(self.number, self.token)
        other.key = self.key
        other.events, other.hashes = list(self.events), list(self.hashes)
        return other

    # -- what is sent -----------------------------------------------------------------

    def push(self, first=1, last=None, clock=None, key=None, **status):
        """The push of events, from the first to the last, signed."""
        last = len(self.events) if last is None else last
        unsigned = Push(
            from_seq=first,
            prev_hash=self.hashes[first - 1],
            events=tuple(self.events[first - 1 : last]),
            head_hash=self.hashes[last],
            clock=int(time.time() * 1000) if clock is None else clock,
            signature=b"",
            status=status,
        )
        signature = (key or self.key).sign(chain.signed_part(self.number, unsigned))
        return Push(**{**vars(unsigned), "signature": signature})

    def headers(self, media_type=CBOR):
        return {"Authorization": f"Bearer {self.token}", "Content-Type": media_type}


def as_map(push):
    """A push as the map that is sent."""
    return {
        "v": 1,
        "from_seq": push.from_seq,
        "prev_hash": push.prev_hash,
        "events": [[one.seq, one.id, one.kind, one.body] for one in push.events],
        "head_hash": push.head_hash,
        "clock": push.clock,
        "signature": push.signature,
        "status": push.status,
    }


def as_cbor(push):
    return write_cbor(as_map(push))


def as_json(push):
    return json.dumps(as_map(push), default=base64url).encode()


def base64url(raw):
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()
