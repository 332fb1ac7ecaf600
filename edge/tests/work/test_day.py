"""Days are those of the place: in Java it is morning when UTC has yesterday."""

import datetime
import time

import farmtag
import pytest
from farm_edge.work.view import Standing
from store_world import NOW
from work_world import CARD_UID, card, tag_uid

#: 22:00 UTC on 14 June, 05:00 in Java on 15 June
DAWN = NOW - 5 * 3_600_000
TODAY = datetime.date(2026, 6, 15)
YESTERDAY = datetime.date(2026, 6, 14)


@pytest.fixture(autouse=True)
def java(monkeypatch, store):
    with monkeypatch.context() as patch:
        patch.setenv("TZ", "Asia/Jakarta")
        time.tzset()
        store.clock._ticks.now = DAWN
        store.clock.hear(DAWN)
        yield
    time.tzset()


def test_certified_from_the_first_morning_to_the_last_evening(hand):
    first = {"valid_from": TODAY, "certificate": "CERT-8"}
    view = hand.tap(CARD_UID, card(written=YESTERDAY, **first))
    assert view.standing is Standing.UNKNOWN and view.can_buy
    over = {"valid_until": YESTERDAY, "certificate": "CERT-8"}
    view = hand.tap(CARD_UID, card(written=YESTERDAY, **over))
    assert view.standing is Standing.EXPIRED and not view.can_buy


def test_harvested_this_morning(hand, desk, store):
    desk.act("farmer", farmer="F-12")
    desk.act("crop", crop="PP")
    desk.act("count", bunches=1)
    desk.act("harvest", date=TODAY.isoformat())
    assert desk.view().notice is None
    desk.act("harvest", date="2026-06-16")
    assert desk.view().notice.key == "input.date"
    desk.act("bunch", hands=8, grams=12_000)
    hand.tap(tag_uid(1), b"")
    uid = tag_uid(1)
    found = farmtag.read(hand.read(uid), store.keys.ring(YESTERDAY), uid, YESTERDAY)
    assert found.payload.harvested == TODAY
