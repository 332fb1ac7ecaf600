"""What the messages of the vectors say: a bunch from the farm gate to the crate."""

import json
from pathlib import Path

from farmtag import LineageCode

AT = 1_780_000_000_000
DEVICE = 4711
UID = bytes.fromhex("04A1B2C3D4E5F6")
TAGS = json.loads((Path(__file__).parent / "farmtag.json").read_text("utf-8"))["tags"]
CARD, BUNCH = (bytes.fromhex(tag["message"]) for tag in TAGS[:2])


def code(counter, *steps):
    """A lineage code that the device has made."""
    return str(LineageCode(DEVICE, counter, steps))


def uid(number):
    return bytes.fromhex(f"04{number:012x}")


#: the events whose hashes and pushes are pinned
EVENTS = {
    "purchase": {
        "at": AT,
        "farmer": "F-12",
        "crop": "RAJA",
        "bunches": [
            {
                "code": "1G7400N6-HW",
                "uid": UID,
                "grams": 12_000,
                "hands": 8,
                "grade": "A",
            }
        ],
    },
    "read": {"at": AT + 60_000, "point": "GATE-1", "tags": [{"uid": UID, "n": 3}]},
}
#: a body of each kind with all that it may say: name, kind, body
BODIES = (
    (
        "bunches bought of a farmer who is named",
        "purchase",
        {
            "at": AT,
            "farmer": "F-12",
            "crop": "RAJA",
            "cycle": "CYCLE-7",
            "grade": "A",
            "harvested_by": "farmer",
            "harvest_date": "2026-05-28",
            "certificate": "GAP-33-2026-000123",
            "valid_to": "2028-09-30",
            "bunches": [
                {
                    "code": code(1),
                    "grams": 12_000,
                    "hands": 8,
                    "grade": "A",
                    "uid": uid(1),
                    "chip": "NTAG215",
                    "payload": BUNCH,
                },
                {"code": code(2), "grams": 9_500},
            ],
        },
    ),
    (
        "a bunch bought by the farmer's card",
        "purchase",
        {
            "at": AT,
            "card": CARD,
            "card_uid": UID,
            "crop": "RAJA",
            "bunches": [{"code": code(3), "grams": 11_000, "hands": 7}],
        },
    ),
    (
        "lots washed",
        "treatment",
        {
            "at": AT + 60_000,
            "codes": [code(1), code(2)],
            "kind": "washing",
            "product": "SOAP",
            "dose": 2.5,
            "unit": "ml/l",
            "hours": 0.5,
            "temperature": 18,
            "organic": True,
        },
    ),
    (
        "hands taken off, and weighed",
        "split",
        {
            "at": AT + 120_000,
            "parent": code(1),
            "product": "HAND",
            "loss_grams": 200,
            "hands": [
                {"index": 1, "code": code(1, 1), "grams": 1_400, "uid": uid(11)},
                {"index": 2, "code": code(1, 2), "grams": 1_450, "chip": "NTAG213"},
            ],
        },
    ),
    (
        "lots brought to a place",
        "transfer",
        {"at": AT + 180_000, "codes": [code(1, 1), code(1, 2)], "to": "COLD-1"},
    ),
    (
        "hands put into a crate",
        "merge",
        {
            "at": AT + 240_000,
            "parents": [code(1, 1), code(1, 2)],
            "code": code(100),
            "kind": "crate",
            "uid": uid(100),
            "chip": "NTAG216",
            "payload": BUNCH,
        },
    ),
    (
        "tags seen at a read point",
        "read",
        {
            "at": AT + 300_000,
            "point": "GATE-1",
            "tags": [
                {"uid": uid(100), "first": AT + 290_000, "last": AT + 299_000, "n": 9},
                {"code": code(2), "rssi": -61},
                {"epc": "urn:epc:id:sscc:0614141.1234567890"},
            ],
        },
    ),
    (
        "a tag that was torn off",
        "retire",
        {"at": AT + 360_000, "code": code(100), "uid": uid(100), "reason": "Torn off"},
    ),
    (
        "a card written, and read back",
        "card",
        {
            "at": AT + 420_000,
            "uid": UID,
            "chip": "NTAG215",
            "farmer": "F-12",
            "certificate": "GAP-33-2026-000123",
            "payload": CARD,
        },
    ),
)
SERVER_KEY = {"key_id": "0001", "public_key": bytes(range(32))}
ORDER = {
    "order": 7,
    "code": "0004002D-DP",
    "farmer": "F-12",
    "certificate": "GAP-33-2026-000123",
    "chip": "NTAG215",
    "uid": b"",
    "expires": AT + 3_600_000,
    "message": b"",
}


def result(seq, state, code="", message="", **refs):
    """What a device is told of one event."""
    return {
        "seq": seq,
        "id": event_id(seq),
        "state": state,
        "code": code,
        "message": message,
        "refs": refs,
    }


def event_id(seq):
    return bytes.fromhex(f"019e7044880070008000{seq:012x}")


TABLET = {
    "number": DEVICE,
    "key_id": "5647",
    "name": "Tablet of the village",
    "kind": "collector",
    "scope": {
        "company": "Tani",
        "user": "Sri Wahyuni",
        "warehouse": "WH",
        "locations": ["WH/Stock/Dock"],
        "regions": ["33.13.11.2001"],
        "may_write_bunches": True,
        "may_split": True,
        "may_write_cards": False,
    },
}
#: what the server answers: name, answer
ANSWERS = (
    (
        "enrol",
        {
            "device": TABLET,
            "token": "f3Hn0k9pYQ2m-_wT5cX1uA7sLrJ4eVbZ8dKoG6iN0xE",
            "server_time": AT,
            "server_key": SERVER_KEY,
        },
    ),
    (
        "push: an event in each state",
        {
            "ack_seq": 6,
            "ack_hash": bytes(range(32)),
            "results": [
                result(
                    1,
                    "applied",
                    harvest="HRV/2026/00001",
                    receipts=["WH/IN/00001"],
                    lots=["LOT-1", "LOT-2"],
                ),
                result(
                    2,
                    "applied",
                    "certificate-lapsed",
                    "Certificate GAP-33-2026-000123 was valid when the device read it,"
                    " and is not any more.",
                    harvest="HRV/2026/00002",
                    receipts=[],
                    lots=["LOT-3"],
                ),
                result(3, "parked", "waits"),
                result(4, "refused", "bad-body", "grams is no number"),
                result(
                    5,
                    "conflict",
                    "code-taken",
                    "There is a lot of the code 009K0001-QV already: a tag was copied,"
                    " or a bunch bought twice.",
                ),
                result(6, "settled", "refused", "Told twice"),
            ],
            "server_time": AT + 1,
        },
    ),
    (
        "push: nothing new",
        {
            "ack_seq": 6,
            "ack_hash": bytes(range(32)),
            "results": [],
            "server_time": AT + 2,
        },
    ),
    ("cards: none", {"orders": []}),
    ("cards: one for the next blank card", {"orders": [ORDER]}),
    (
        "cards: one signed for a chip",
        {"orders": [ORDER | {"uid": UID, "message": CARD}]},
    ),
    (
        "snapshot: a page, and more to come",
        {
            "is_full": True,
            "items": [
                {
                    "kind": "crop",
                    "id": 3,
                    "version": "9f86d081884c7d65",
                    "data": {"code": "RAJA", "name": "Pisang raja"},
                },
                {
                    "kind": "farmer",
                    "id": 12,
                    "version": "60303ae22b998861",
                    "data": {
                        "code": "F-12",
                        "name": "Sri Wahyuni",
                        "region": "33.13.11.2001",
                    },
                },
            ],
            "token": "My4wLjAuNDEuMi5hYmNkZWY",
            "since": None,
            "state_hash": None,
            "device": None,
            "server_key": SERVER_KEY,
            "server_time": AT,
        },
    ),
    (
        "snapshot: the last page, where one is gone",
        {
            "is_full": False,
            "items": [
                {
                    "kind": "farmer",
                    "id": 12,
                    "version": "60303ae22b998861",
                    "data": None,
                }
            ],
            "token": None,
            "since": 41,
            "state_hash": bytes(range(32, 64)),
            "device": TABLET,
            "server_key": None,
            "server_time": AT,
        },
    ),
)
