"""A village for tests: what a device carries, cards of the authority, taps."""

from __future__ import annotations

import datetime
from collections.abc import Callable

import farmtag
from farm_edge.store import Store
from farm_edge.store.snapshot import Record
from farm_edge.work.desk import Desk
from farm_edge.work.view import View
from farmtag.payload import CropRight
from store_world import item, open_store, page

TODAY = datetime.date(2026, 6, 15)
AUTHORITY = farmtag.SigningKey.from_bytes(bytes(range(100, 132)))
NUMBER = 9
FARMER, CROP, OTHER_CROP = 12, 3, 4
CARD_UID = bytes.fromhex("04C0C0C0C0C001")
LINK = "https://farm.example/"


def tag_uid(number: int) -> bytes:
    return bytes.fromhex("04B0B0B0B0") + number.to_bytes(2, "big")


def authority_record(**more) -> Record:
    key = AUTHORITY.verify_key
    return {
        "number": NUMBER,
        "key_id": key.key_id.hex(),
        "public_key": key.public.hex(),
        "from": "2026-01-01",
        "to": None,
        "state": "active",
    } | more


def items(**more):
    """What is carried; ``certificate=…`` and so on change a record."""
    records = {
        "authority_key": (1, authority_record()),
        "crop": (CROP, {"code": "AJ", "name": "Pisang Ambon"}),
        "grade": (1, {"crop": CROP, "code": "A", "name": "Mutu A", "rank": 1}),
        "farmer": (FARMER, {"code": "F-12", "name": "Siti", "region": "3510"}),
        "certificate": (
            7,
            {
                "number": "CERT-7",
                "farmer": FARMER,
                "state": "valid",
                "valid_from": "2026-01-01",
                "valid_to": "2026-12-31",
            },
        ),
        "card": (5, {"code": str(card_code()), "farmer": FARMER, "state": "active"}),
    }
    found = [item("crop", OTHER_CROP, code="PP", name="Pepaya")]
    for kind, (id, values) in records.items():
        change = more.get(kind, {})
        if change is not None:
            found.append(item(kind, id, **(values | change)))
    return found + more.get("also", [])


def carry(store: Store, **more) -> None:
    store.intake.begin_anew("")
    store.intake.take("", page(*items(**more)))


def world(path, carried=True, **more) -> Store:
    """A device that has seen the server today."""
    store = open_store(path)
    if store.identity and carried:
        carry(store, **more)
    return store


def card_code(counter=1):
    return farmtag.LineageCode(NUMBER, counter)


def card(uid=CARD_UID, key=AUTHORITY, counter=1, **more) -> bytes:
    """The message of a farmer's card."""
    values = {
        "code": card_code(counter),
        "written": TODAY,
        "farmer": FARMER,
        "region": 3510,
        "certificate": "CERT-7",
        "valid_from": datetime.date(2026, 1, 1),
        "valid_until": datetime.date(2026, 12, 31),
        "crops": (CropRight(CROP, 2, 1),),
    }
    payload = farmtag.FarmerCard(**(values | more))
    return write(payload, key, uid)


def write(payload, key, uid, chip=farmtag.Chip.NTAG215) -> bytes:
    draft = farmtag.Draft(payload, LINK, LINK)
    return farmtag.write(draft, chip, key, uid).message


class Hand:
    """Somebody's hand: lays tags on the reader of a desk."""

    def __init__(self, field, reader, desk: Desk) -> None:
        self.field, self.reader, self.desk = field, reader, desk

    def tap(self, uid, message=None, chip=farmtag.Chip.NTAG215):
        """Lay a tag there (new, if a message is given), and take it away again."""
        self.lay(uid, message, chip)
        try:
            self.desk.tap(self.reader, self.reader.sense(1))
        finally:
            self.field.take(uid.hex())
        return self.desk.view()

    def lay(self, uid, message=None, chip=farmtag.Chip.NTAG215):
        if message is not None:
            self.field.make(uid.hex(), chip, uid, message)
        self.field.put(uid.hex())

    def buy_first(self, bunches=1):
        """Begin a purchase, up to the tag of its first bunch."""
        self.desk.act("farmer", farmer="F-12")
        self.desk.act("crop", crop="PP")
        self.desk.act("count", bunches=bunches)
        self.desk.act("bunch", hands=8, grams=12_000)
        return self.tap(tag_uid(1), b"")

    def read(self, uid) -> bytes:
        """What stands on a tag."""
        self.field.put(uid.hex())
        try:
            return self.reader.sense(1).read()
        finally:
            self.field.take(uid.hex())


def until(desk: Desk, is_there: Callable[[View], bool]) -> View:
    """The view as soon as it is as is waited for."""
    version = -1
    for _change in range(100):
        if is_there(desk.view()):
            return desk.view()
        version = desk.wait(version, 5)
    raise AssertionError(desk.view())
