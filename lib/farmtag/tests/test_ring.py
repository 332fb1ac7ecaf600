"""The key ring: who may sign what, what is revoked, when nothing can be said."""

import datetime
from datetime import date

import pytest
from farmtag import (
    KeyRing,
    Kind,
    LineageCode,
    NotAllowed,
    NotOurs,
    Revocations,
    Revoked,
    StaleKeys,
    TrustedKey,
    WrongValue,
)
from farmtag.envelope import Bond, read_revocations, statement
from farmtag.payload import RevokedCode, RevokedKey
from farmtag_samples import (
    BUNCH,
    CARD,
    DEVICE,
    HAND,
    OFFICE,
    STRANGER,
    TODAY,
    ring,
)

PRINT = DEVICE.verify_key.fingerprint
KEY = TrustedKey(DEVICE.verify_key, 12345)


def listed(*keys, codes=(), written=TODAY):
    return Revocations(
        code=LineageCode(1, 1),
        written=written,
        keys=keys,
        codes=tuple(map(RevokedCode, codes)),
    )


def test_a_device_signs_containers_but_no_cards():
    ring().judge(BUNCH, KEY)
    with pytest.raises(NotAllowed, match="may not sign FARMER_CARD"):
        ring().judge(CARD, KEY)


@pytest.mark.parametrize(
    ("first", "last", "is_good"),
    [
        (None, None, True),
        (date(2026, 11, 2), date(2026, 11, 2), True),
        (date(2026, 11, 3), None, False),
        (None, date(2026, 11, 1), False),
    ],
)
def test_a_key_holds_from_its_first_day_to_its_last(first, last, is_good):
    key = TrustedKey(DEVICE.verify_key, 1, first_day=first, last_day=last)
    if is_good:
        ring().judge(BUNCH, key)
        return
    with pytest.raises(NotAllowed, match="does not hold on 2026-11-02"):
        ring().judge(BUNCH, key)


@pytest.mark.parametrize(
    ("revoked", "is_good"),
    [
        (RevokedKey(PRINT, None, None), False),
        (RevokedKey(PRINT, BUNCH.sequence, None), False),
        (RevokedKey(PRINT, BUNCH.sequence + 1, None), True),
        (RevokedKey(PRINT, None, BUNCH.written), False),
        (RevokedKey(PRINT, None, date(2026, 11, 3)), True),
        (RevokedKey(PRINT, BUNCH.sequence + 1, BUNCH.written), False),
        (RevokedKey(PRINT, BUNCH.sequence + 1, date(2026, 11, 3)), True),
        (RevokedKey(STRANGER.verify_key.fingerprint, None, None), True),
    ],
)
def test_a_key_is_revoked_from_an_event_or_a_day_on(revoked, is_good):
    judging = ring(revocations=listed(revoked))
    if is_good:
        judging.judge(BUNCH, KEY)
        return
    with pytest.raises(Revoked, match="the key of 12345 is revoked"):
        judging.judge(BUNCH, KEY)


def test_who_says_no_sequence_is_refused_where_only_that_would_tell():
    silent = HAND.without(["sequence"])
    with pytest.raises(Revoked):
        ring(revocations=listed(RevokedKey(PRINT, 1_000, None))).judge(silent, KEY)
    by_day = RevokedKey(PRINT, 1_000, date(2026, 11, 6))
    ring(revocations=listed(by_day)).judge(silent, KEY)


@pytest.mark.parametrize("code", [HAND.code, BUNCH.code])
def test_what_is_split_from_a_revoked_code_is_revoked(code):
    judging = ring(revocations=listed(codes=[code]))
    with pytest.raises(Revoked, match="is revoked"):
        judging.judge(HAND, KEY)


def test_a_revoked_part_leaves_the_whole_alone():
    ring(revocations=listed(codes=[HAND.code])).judge(BUNCH, KEY)


def test_an_old_ring_does_not_tell():
    old = ring(as_of=date(2026, 10, 1))
    with pytest.raises(StaleKeys, match="the key ring is of 2026-10-01"):
        old.judge(BUNCH, KEY)
    fresh = ring(as_of=date(2026, 10, 10))
    fresh.judge(BUNCH, KEY)
    fresh.judge(BUNCH, KEY, date(2026, 11, 9))
    with pytest.raises(StaleKeys):
        fresh.judge(BUNCH, KEY, date(2026, 11, 10))
    week = datetime.timedelta(days=7)
    with pytest.raises(StaleKeys):
        KeyRing([KEY], date(2026, 10, 25), good_for=week).judge(BUNCH, KEY)


def test_a_newer_list_replaces_an_older_one():
    before = ring(as_of=date(2026, 10, 1))
    after = before.updated(listed(RevokedKey(PRINT, None, None)))
    assert after.as_of == TODAY
    with pytest.raises(Revoked):
        after.judge(BUNCH, KEY)
    with pytest.raises(WrongValue, match="older than the one here"):
        after.updated(listed(written=date(2026, 11, 19)))


def test_a_signed_list_freshens_a_ring_however_old():
    old = ring(as_of=date(2026, 1, 1))
    newest = listed(RevokedKey(PRINT, None, None))
    signed = statement.sign(newest, OFFICE, Bond(), is_bound=False).to_bytes()
    fresh = old.updated(read_revocations(signed, old))
    assert (fresh.as_of, fresh.revocations) == (TODAY, newest)


def test_a_list_is_the_offices():
    by_device = statement.sign(listed(), DEVICE, Bond(), is_bound=False)
    with pytest.raises(NotAllowed, match="may not sign REVOCATIONS"):
        read_revocations(by_device.to_bytes(), ring())
    no_list = statement.sign(HAND, OFFICE, Bond(), is_bound=False)
    with pytest.raises(NotOurs, match="no list of revocations"):
        read_revocations(no_list.to_bytes(), ring())


def test_a_new_key_takes_over_on_its_first_day():
    new = TrustedKey(STRANGER.verify_key, 12345, first_day=date(2026, 11, 3))
    rotated = ring(keys=[KEY]).rotated(DEVICE.verify_key, new)
    old = rotated.keys[0]
    assert old.last_day == BUNCH.written
    rotated.judge(BUNCH, old)
    rotated.judge(HAND, new)
    with pytest.raises(NotAllowed):
        rotated.judge(HAND, old)
    with pytest.raises(NotAllowed):
        rotated.judge(BUNCH, new)


@pytest.mark.parametrize("key", [DEVICE, OFFICE])
def test_a_key_does_not_take_over_from_nowhere(key):
    new = TrustedKey(STRANGER.verify_key, 1, frozenset(Kind))
    with pytest.raises(WrongValue):
        ring(keys=[KEY]).rotated(key.verify_key, new)
