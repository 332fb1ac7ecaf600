"""Write ``farm_rfid_v1.json``: the bytes of what devices and the server say.

    PYTHONPATH=lib/farmtag/src python tests/contract/make_farm_rfid.py

Run it when a message is added, never to make a test pass: devices with these bytes are
out.
"""

import base64
import json
import sys
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from farm_rfid_says import (
    ANSWERS,
    AT,
    BODIES,
    DEVICE,
    EVENTS,
    UID,
    event_id,
)

HOME = Path(__file__).parent
# The protocol needs no Odoo; as a part of the add-on it would be looked for there.
sys.path.insert(0, str(HOME.parents[1] / "addons" / "farm_rfid_bridge"))
from protocol import chain, envelope, problems  # noqa: E402
from protocol.cbor import write_cbor  # noqa: E402
from protocol.resume import Asked  # noqa: E402

SEED = bytes(range(32))
KEY = Ed25519PrivateKey.from_private_bytes(SEED)
PUBLIC = KEY.public_key().public_bytes_raw()
ENROL_CODE = "7KQ2M-X9TBA"
CLOCK = AT + 120_000
STATUS = {"backlog": 0, "battery": 76, "version": "1.0"}
PUSHES = (("both events", 1, STATUS), ("the second", 2, {}), ("nothing new", 3, {}))
SNAPSHOTS = (
    Asked(),
    Asked(region="33.13.11.2001", since=41),
    Asked(token="My4wLjAuNDEuMi5hYmNkZWY"),
)
SIGNED_ORDER = 7


def vectors():
    """Everything, as JSON has it."""
    sent = [
        envelope.SentEvent(seq, event_id(seq), kind, write_cbor(body))
        for seq, (kind, body) in enumerate(EVENTS.items(), 1)
    ]
    hashes = [chain.BEGIN, *chain.hashes_of(chain.BEGIN, DEVICE, sent)]
    return {
        "about": "Bytes of what devices and the server say, as hex; in “says” they are"
        " maps of “hex”. Ed25519 signatures are deterministic. See make_farm_rfid.py.",
        "seed": SEED.hex(),
        "public_key": PUBLIC.hex(),
        "key_id": chain.key_id_of(PUBLIC).hex(),
        "number": DEVICE,
        "events": [_event(*pair) for pair in zip(sent, hashes[1:], strict=True)],
        "pushes": [_push(sent, hashes, *push) for push in PUSHES],
        "enrolment": _enrolment(),
        "bodies": [_body(*body) for body in BODIES],
        "cards": [_orders_asked(), _card_asked()],
        "snapshots": [asked._asdict() for asked in SNAPSHOTS],
        "answers": [_message(answer, name=name) for name, answer in ANSWERS],
        "problems": [_problem(problem) for problem in _all_problems()],
    }


# -- what devices say -----------------------------------------------------------------


def _event(event, digest):
    return {
        "seq": event.seq,
        "id": event.id.hex(),
        "kind": event.kind,
        "body": event.body.hex(),
        "hash": digest.hex(),
    }


def _push(sent, hashes, name, from_seq, status):
    events = tuple(sent[from_seq - 1 :])
    push = envelope.Push(
        from_seq, hashes[from_seq - 1], events, hashes[-1], CLOCK, b"", status
    )
    signed = chain.signed_part(DEVICE, push)
    signature = KEY.sign(signed)
    message = {
        "v": 1,
        "from_seq": from_seq,
        "prev_hash": push.prev_hash,
        "events": [[one.seq, one.id, one.kind, one.body] for one in events],
        "head_hash": push.head_hash,
        "clock": CLOCK,
        "signature": signature,
        "status": status,
    }
    return {
        "name": name,
        "from_seq": from_seq,
        "head_hash": push.head_hash.hex(),
        "clock": CLOCK,
        "status": status,
        "signed": signed.hex(),
        "signature": signature.hex(),
    } | _bytes(message)


def _enrolment():
    proof = KEY.sign(ENROL_CODE.replace("-", "").encode() + PUBLIC)
    message = {
        "code": ENROL_CODE,
        "public_key": PUBLIC,
        "proof": proof,
        "agent": {"version": "1.0"},
    }
    return {"code": ENROL_CODE, "proof": proof.hex()} | _bytes(message)


def _body(name, kind, body):
    return {
        "name": name,
        "kind": kind,
        "says": _plain(body),
        "cbor": write_cbor(body).hex(),
    }


def _orders_asked():
    return _message({"v": 1}, name="what there is to write")


def _card_asked():
    signed = chain.card_part(DEVICE, SIGNED_ORDER, UID)
    message = {
        "v": 1,
        "order": SIGNED_ORDER,
        "uid": UID,
        "chip": "NTAG215",
        "signature": KEY.sign(signed),
    }
    return _message(message, name="one card for the chip here", signed=signed.hex())


# -- what the server says -------------------------------------------------------------


def _all_problems():
    """One of each kind, by code."""
    made = {
        "gap": problems.Gap(5),
        "device-revoked": problems.DeviceRevoked(
            "Only events before 9 are taken", until_seq=8
        ),
        "wrong-method": problems.WrongMethod("POST"),
    }
    for kind in _kinds(problems.Problem):
        if kind.code not in made:
            made[kind.code] = kind()
    return [made[code] for code in sorted(made)]


def _kinds(kind):
    yield kind
    for one in kind.__subclasses__():
        yield from _kinds(one)


def _problem(problem):
    said = problem.as_json()
    return {
        "code": problem.code,
        "status": problem.status,
        "says": said,
        "json": json.dumps(said),
    }


# -- forms ----------------------------------------------------------------------------


def _message(message, **about):
    return about | {"says": _plain(message)} | _bytes(message)


def _bytes(message):
    return {
        "cbor": write_cbor(message).hex(),
        "json": json.dumps(message, default=_base64url),
    }


def _base64url(value):
    return base64.urlsafe_b64encode(value).rstrip(b"=").decode()


def _plain(value):
    if isinstance(value, dict):
        return {name: _plain(one) for name, one in value.items()}
    if isinstance(value, list):
        return [_plain(one) for one in value]
    return {"hex": value.hex()} if isinstance(value, bytes) else value


if __name__ == "__main__":
    text = json.dumps(vectors(), indent=2, ensure_ascii=False)
    (HOME / "farm_rfid_v1.json").write_text(text + "\n", encoding="utf-8")
    sys.stdout.write("farm_rfid_v1.json is written\n")
