"""Write ``farmtag.json``: the bytes of everything that ``lib/farmtag`` writes.

    PYTHONPATH=lib/farmtag/src python tests/contract/make_farmtag.py

Run it when a form is added, never to make a test pass: tags with these bytes are out.
"""

import json
import sys
from datetime import date
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from farmtag import (
    Chip,
    Container,
    Draft,
    FarmerCard,
    KeyRing,
    Kind,
    LineageCode,
    Revocations,
    SigningKey,
    Text,
    TrustedKey,
    Unit,
    add_split,
    balance_of,
    cbor,
    epc,
    read,
    write,
)
from farmtag.envelope import Bond, RegionKeys, region_key, seal, statement
from farmtag.payload import (
    ContainerType,
    CropRight,
    Grade,
    Guide,
    Person,
    PlotRight,
    RevokedCode,
    RevokedKey,
)
from plain_json import to_json

HOME = Path(__file__).parent
SEED = bytes(range(32))
KEY = SigningKey.from_bytes(SEED)
TODAY = date(2026, 11, 20)
RING = KeyRing([TrustedKey(KEY.verify_key, 12345, frozenset(Kind))], TODAY)
UID = bytes.fromhex("04A1B2C3D4E5F6")
LINK = "https://id.tani.example/01/08991234567897/10/1G7400N6-HW"
SHORT_LINK = "https://tani.example/"
TEXT = Text("Pisang emas · 11 sisir · kelas A")
REGION, MASTER = 33_1311_0001, bytes(range(32, 64))
EPHEMERAL, SERVER = bytes(range(64, 96)), bytes(range(96, 128))
PERSON = Person("Sri Wahyuni", "+62 812-0000-0001", None)
CODE = LineageCode(12345, 678)
CARD_CODE = LineageCode(1, 77)

PRIVATE = RegionKeys({(REGION, 3): region_key(MASTER, REGION, 3)}).lock(
    PERSON.to_bytes(), CARD_CODE, REGION
)
SEALED = seal(
    PERSON.to_bytes(),
    CARD_CODE,
    b"\0\1",
    X25519PrivateKey.from_private_bytes(SERVER).public_key(),
    X25519PrivateKey.from_private_bytes(EPHEMERAL),
)
CARD = FarmerCard(
    code=CARD_CODE,
    written=date(2026, 10, 1),
    sequence=4711,
    farmer=1234,
    region=REGION,
    certificate="GAP-33-2026-000123",
    valid_from=date(2026, 10, 1),
    valid_until=date(2028, 9, 30),
    crops=(CropRight(12, 300, 2), CropRight(13, 301, 1)),
    group=55,
    plots=(PlotRight(900, 12, 120),),
    private=PRIVATE,
    sealed=SEALED,
)
BUNCH = Container(
    code=CODE,
    written=date(2026, 11, 2),
    sequence=4712,
    type=ContainerType.BUNCH,
    crop=12,
    pieces=11,
    weight=18_450,
    days_since_harvest=0,
    grade=Grade.A,
    farmer=1234,
    region=REGION,
    certificate="GAP-33-2026-000123",
    guide=Guide(300, 2),
    plot=900,
    age=92,
    treatments=(1, 4),
)
CRATE = Container(
    code=LineageCode(54321, 1),
    written=date(2026, 11, 4),
    type=ContainerType.CRATE,
    crop=12,
    pieces=40,
    parents=(CODE.child(1), CODE.child(2), LineageCode(12345, 679)),
)
HAND = Unit(
    code=CODE.child(11),
    written=date(2026, 11, 5),
    sequence=99,
    crop=12,
    days_since_harvest=3,
    grade=Grade.A,
    region=REGION,
    weight=1_500,
    farmer=1234,
    supplier=66,
    age=92,
    guide=Guide(300, 2),
)
LEAST_HAND = Unit(code=CODE.child(11).child(3), written=date(2026, 11, 5), crop=12)
REVOKED = Revocations(
    code=LineageCode(0, 1),
    written=TODAY,
    keys=(
        RevokedKey(bytes(8), None, None),
        RevokedKey(b"\1" * 8, 5_000, None),
        RevokedKey(b"\2" * 8, None, date(2026, 11, 1)),
        RevokedKey(b"\3" * 8, 5_000, date(2026, 11, 1)),
    ),
    codes=(RevokedCode(CARD_CODE), RevokedCode(CODE.child(2))),
)
WRITTEN = {
    "farmer card on NTAG215": (CARD, Chip.NTAG215, UID, False),
    "bunch on NTAG215": (BUNCH, Chip.NTAG215, UID, False),
    "bunch on MIFARE Classic": (BUNCH, Chip.MIFARE_CLASSIC_1K, UID[:4], False),
    "bunch on a plain chip of 768 bytes": (BUNCH, Chip.TYPE2_768, UID, False),
    "bunch on NTAG213": (BUNCH, Chip.NTAG213, UID, False),
    "mixed crate on NTAG216": (CRATE, Chip.NTAG216, UID, False),
    "hand on NTAG215 with a mirrored UID": (HAND, Chip.NTAG215, UID, True),
    "hand on NTAG215 for any chip": (HAND, Chip.NTAG215, None, False),
    "hand on NTAG213": (HAND, Chip.NTAG213, None, False),
    "piece of a hand on NTAG213": (LEAST_HAND, Chip.NTAG213, None, False),
}
CODES = (CODE, CODE.child(11), CODE.child(11).child(3), LineageCode(0, 0))
TOP_CODE = LineageCode((1 << 18) - 1, (1 << 22) - 1, (1023,) * 4)
ITEM = ("0614141", "712345")


def vectors():
    """All of them."""
    return {
        "about": "What lib/farmtag writes, byte for byte. See make_farmtag.py.",
        "key": {
            "ed25519_seed": SEED.hex(),
            "key_id": KEY.key_id.hex(),
            "holder": 12345,
        },
        "today": str(TODAY),
        "lineage": [_code(code) for code in (*CODES, TOP_CODE)],
        "payloads": [
            _payload(p) for p in (CARD, BUNCH, CRATE, HAND, LEAST_HAND, REVOKED)
        ],
        "tags": [_tag(name, *given) for name, given in WRITTEN.items()],
        "split": _split(),
        "revocations": _revocations(),
        "private": _private(),
        "sealed": _sealed(),
        "epc": [_epc(one) for one in _names()],
    }


def _code(code):
    described = {"device": code.device, "counter": code.counter}
    written = {"text": str(code), "bytes": code.to_bytes().hex()}
    return {**described, "steps": list(code.steps), **written}


def _payload(payload):
    head = {"kind": payload.KIND.name, "version": payload.VERSION}
    plain = cbor.encode(payload.to_plain()).hex()
    return {**head, "says": to_json(payload), "cbor": plain}


def _tag(name, payload, chip, uid, mirror):
    draft = Draft(payload, LINK, SHORT_LINK, TEXT, mirror)
    written = write(draft, chip, KEY, uid)
    return {
        "name": name,
        "kind": payload.KIND.name,
        "says": to_json(payload),
        "chip": chip.name,
        "uid": uid and uid.hex(),
        "link": LINK,
        "short_link": SHORT_LINK,
        "text": [TEXT.words, TEXT.language],
        "mirror": mirror,
        "message": written.message.hex(),
        "left_out": list(written.left_out),
        "mirror_at": written.mirror_at,
    }


def _split():
    draft = Draft(BUNCH, LINK, SHORT_LINK, TEXT)
    before = write(draft, Chip.NTAG216, KEY, UID).message
    balance = balance_of(read(before, RING, UID)).issue([1, 2, 3, 7], 6_400)
    record = balance.record(date(2026, 11, 5), 100)
    after = add_split(before, record, Chip.NTAG216, KEY, UID).message
    head = {"chip": "NTAG216", "uid": UID.hex(), "steps": [1, 2, 3, 7], "weight": 6_400}
    messages = {"before": before.hex(), "after": after.hex()}
    return {**head, "says": to_json(record), **messages}


def _revocations():
    signed = statement.sign(REVOKED, KEY, Bond(), is_bound=False)
    return {"says": to_json(REVOKED), "cose": signed.to_bytes().hex()}


def _private():
    return {
        "master": MASTER.hex(),
        "region": REGION,
        "epoch": 3,
        "key": region_key(MASTER, REGION, 3).hex(),
        "subject": str(CARD_CODE),
        "person": to_json(PERSON),
        "content": PERSON.to_bytes().hex(),
        "ciphertext": PRIVATE.ciphertext.hex(),
    }


def _sealed():
    return {
        "server": SERVER.hex(),
        "ephemeral": EPHEMERAL.hex(),
        "key_id": "0001",
        "subject": str(CARD_CODE),
        "content": PERSON.to_bytes().hex(),
        "sealed": SEALED.hex(),
    }


def _names():
    return (
        epc.Sgtin(*ITEM, "6789"),
        epc.Sgtin(*ITEM, "32a/b"),
        epc.Sgtin(*ITEM, "1G7400N6-0B-JB"),
        epc.Lgtin(*ITEM, "1G7400N6-HW"),
        epc.Gtin(*ITEM),
        epc.Sscc("0614141", "1234567890"),
    )


def _epc(name):
    has_bits = isinstance(name, epc.Sscc | epc.Sgtin)
    bits = epc.to_bits(name, 3).hex() if has_bits else None
    return {"urn": name.urn, "link": epc.to_link(name), "bits": bits, "filter": 3}


if __name__ == "__main__":
    text = json.dumps(vectors(), indent=1, ensure_ascii=False)
    (HOME / "farmtag.json").write_text(text + "\n", encoding="utf-8")
    sys.stdout.write("farmtag.json is written\n")
