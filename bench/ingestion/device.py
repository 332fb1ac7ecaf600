"""A device as it is outside: a key, and a journal that it pushes."""

import random
import secrets
import time

import requests
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from odoo.addons.farm_rfid_bridge.protocol import chain
from odoo.addons.farm_rfid_bridge.protocol.cbor import read_cbor, write_cbor
from odoo.addons.farm_rfid_bridge.protocol.envelope import (
    CBOR,
    Enrolment,
    Push,
    SentEvent,
)

#: a server that is busy, or begins again because of another device
RETRIED = (500, 503)


class Device:
    """Writes reads down, and sends them."""

    def __init__(self):
        self.key = Ed25519PrivateKey.generate()
        self.number, self.token = 0, ""
        self.events, self.hashes = [], [chain.BEGIN]
        #: how often a push had to be sent again
        self.retries = 0

    def enrol(self, device):
        """Be taken on as this record."""
        code = device._new_enrolment_code()
        public = self.key.public_key().public_bytes_raw()
        proof = self.key.sign(code.replace("-", "").encode() + public)
        told = device._enrol(Enrolment(code, public, proof, {"version": "1"}))
        self.number, self.token = told["device"]["number"], told["token"]

    def see(self, point, codes, at):
        """Note tags that were seen, as one event of that moment."""
        body = {
            "at": int(at.timestamp() * 1000),
            "point": point,
            "tags": [{"code": code} for code in codes],
        }
        seq = len(self.events) + 1
        event = SentEvent(seq, _new_id(), "read", write_cbor(body))
        self.events.append(event)
        self.hashes.append(chain.hash_of(self.hashes[-1], self.number, event))

    def push(self, host, first, last):
        """Send events until they are acknowledged; gives their states."""
        while True:
            answer = self._post(host, first, last)
            if answer is not None and answer.ok:
                results = read_cbor(answer.content, 8)["results"]
                return [one["state"] for one in results]
            if answer is not None and answer.status_code not in RETRIED:
                raise RuntimeError(f"{answer.status_code}: {answer.text}")
            self.retries += 1
            time.sleep(_pause(answer))

    def _post(self, host, first, last):
        """The answer, or None where the line is cut."""
        try:
            return requests.post(
                f"{host}/farm_rfid/v1/push",
                data=write_cbor(self.signed(first, last)),
                headers={
                    "Authorization": f"Bearer {self.token}",
                    "Content-Type": CBOR,
                    "Connection": "close",
                },
                timeout=300,
            )
        except requests.ConnectionError:
            return None

    def signed(self, first, last):
        """The map that is sent of events."""
        events = tuple(self.events[first - 1 : last])
        head = self.hashes[last]
        clock = int(time.time() * 1000)
        push = Push(first, self.hashes[first - 1], events, head, clock, b"")
        return {
            "v": 1,
            "from_seq": first,
            "prev_hash": push.prev_hash,
            "events": [[one.seq, one.id, one.kind, one.body] for one in events],
            "head_hash": head,
            "clock": clock,
            "signature": self.key.sign(chain.signed_part(self.number, push)),
            "status": {},
        }


def _pause(answer):
    """Seconds until the same is sent again, as the server says."""
    told = answer is not None and answer.headers.get("Retry-After")
    return int(told) if told else random.uniform(0.1, 0.5)


def _new_id():
    raw = bytearray(
        int(time.time() * 1000).to_bytes(6, "big") + secrets.token_bytes(10)
    )
    raw[6], raw[8] = 0x70 | raw[6] & 0x0F, 0x80 | raw[8] & 0x3F
    return bytes(raw)
