"""Tags verified and decoded on one core, against the signature check alone.

Seconds are those of the processor, not of the clock. The peer does the least that can
be done for a tag that is believed: one check of an Ed25519 signature by
``cryptography`` (two where a split record follows). The target is a rate of 2,000 tags
a second, written as the ratio to the peer at which ours would have just this rate.
"""

import statistics
import time
from datetime import date

from farmtag import (
    Chip,
    Container,
    Draft,
    FarmerCard,
    KeyRing,
    Kind,
    LineageCode,
    SigningKey,
    Text,
    TrustedKey,
    Unit,
    add_split,
    balance_of,
    read,
    write,
)
from farmtag.payload import ContainerType, CropRight, Grade, Guide

from bench._measure import row

NEEDS_DATABASE = False
TAGS = 4_000
ROUNDS = 5
RATE = 2_000
UID = bytes.fromhex("04A1B2C3D4E5F6")
DAY = date(2026, 11, 20)
KEY = SigningKey.from_bytes(bytes(range(32)))
RING = KeyRing([TrustedKey(KEY.verify_key, 1, frozenset(Kind))], DAY)
LINK = "https://id.tani.example/01/08991234567897/10/"
PEER = "cryptography: the signature alone"


def run(_env, scale=1.0):
    """Read tags of each kind, each with a code of its own.

    :param float scale: share of the 4,000 tags
    :return: rows as ``make bench`` prints them
    """
    count = max(int(TAGS * scale), 50)
    kinds = {
        "farmer card, NTAG215": (_card, Chip.NTAG215, 1),
        "bunch, NTAG216": (_bunch, Chip.NTAG216, 1),
        "bunch with a split record, NTAG216": (_split_bunch, Chip.NTAG216, 2),
        "hand, NTAG213": (_hand, Chip.NTAG213, 1),
    }
    return [
        _row(name, [make(number, chip) for number in range(count)], signatures)
        for name, (make, chip, signatures) in kinds.items()
    ]


def _row(name, tags, signatures):
    readings = [read(message, RING, UID, DAY) for _payload, message in tags]
    same = [one.payload.code for one in readings] == [p.code for p, _m in tags]
    ours = _median(lambda: [read(m, RING, UID, DAY) for _payload, m in tags])
    peer = _median(lambda: _check_signatures(len(tags) * signatures))
    target = peer / (len(tags) / RATE)
    return row(f"{name}: verified, decoded", len(tags), ours, PEER, peer, target, same)


def _median(job):
    return statistics.median(_seconds(job) for _ in range(ROUNDS))


def _seconds(job):
    begin = time.process_time()
    job()
    return time.process_time() - begin


def _check_signatures(count):
    data = bytes(150)
    signature = KEY.sign(data)
    for _ in range(count):
        assert KEY.verify_key.has_signed(signature, data)


def _written(payload, chip):
    draft = Draft(
        payload, LINK + str(payload.code), "https://tani.id/", Text("Pisang · 11 sisir")
    )
    return write(draft, chip, KEY, UID).message


def _card(number, chip):
    card = FarmerCard(
        code=LineageCode(1, number),
        written=DAY,
        sequence=number,
        farmer=number,
        region=33_1311_0001,
        certificate="GAP-33-2026-000123",
        valid_from=DAY,
        valid_until=date(2028, 11, 19),
        crops=(CropRight(12, 300, 2), CropRight(13, 301, 1)),
        group=55,
    )
    return card, _written(card, chip)


def _bunch(number, chip):
    bunch = Container(
        code=LineageCode(2, number),
        written=DAY,
        sequence=number,
        type=ContainerType.BUNCH,
        crop=12,
        pieces=11,
        weight=18_450,
        days_since_harvest=0,
        grade=Grade.A,
        farmer=number,
        region=33_1311_0001,
        certificate="GAP-33-2026-000123",
        guide=Guide(300, 2),
        plot=900,
        age=92,
        treatments=(1, 4),
    )
    return bunch, _written(bunch, chip)


def _split_bunch(number, chip):
    bunch, message = _bunch(number, chip)
    balance = balance_of(read(message, RING, UID)).issue([1, 2, 3], 5_000)
    record = balance.record(DAY, number)
    return bunch, add_split(message, record, chip, KEY, UID).message


def _hand(number, chip):
    code = LineageCode(2, number, (11,))
    hand = Unit(code=code, written=DAY, crop=12, days_since_harvest=3, grade=Grade.A)
    return hand, _written(hand, chip)
