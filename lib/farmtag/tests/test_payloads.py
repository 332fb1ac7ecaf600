"""What payloads take, refuse, and how they come back from their maps."""

import dataclasses
from datetime import date, datetime

import pytest
from farmtag import Damaged, LineageCode, Retired, TooNew, WrongValue, cbor
from farmtag.payload import CropRight, Form, IssuedRange, Kind, Person, SplitRecord
from farmtag.payload import person_from as person
from farmtag.payload.forms import form_of, from_content_type, from_number
from farmtag_samples import BUNCH, CARD, HAND, day_number, payloads, statements
from hypothesis import given

SPLIT = SplitRecord(
    code=BUNCH.code,
    written=BUNCH.written,
    origin=bytes(8),
    issued=(IssuedRange(1, 3),),
    weight=5_000,
)


@given(statements)
def test_a_payload_comes_back_from_its_map(payload):
    is_bound = bool(payload.BOUND)
    plain = cbor.decode(cbor.encode(payload.to_plain()))
    assert form_of(payload, is_bound).read(plain) == payload


@given(payloads)
def test_what_may_be_lost_can_be_left_out(payload):
    names = [name for _rank, name in payload.can_lose()]
    less = payload.without(names)
    assert less.can_lose() == []
    assert less.code == payload.code


@pytest.mark.parametrize(
    ("payload", "change", "message"),
    [
        (CARD, {"farmer": -1}, "farmer: -1 is not in 0 to 4294967295"),
        (CARD, {"farmer": True}, "farmer: True"),
        (CARD, {"region": 10**10}, "region"),
        (CARD, {"certificate": ""}, "certificate: '' does not have 1 to 24 bytes"),
        (CARD, {"certificate": "é" * 13}, "certificate"),
        (CARD, {"certificate": "a\nb"}, "certificate: 'a\\\\nb' is no text"),
        (CARD, {"valid_from": date(2019, 12, 31)}, "valid_from"),
        (CARD, {"valid_until": date(2199, 6, 8)}, "valid_until"),
        (CARD, {"valid_from": datetime(2026, 10, 1)}, "valid_from.* is no date"),
        (CARD, {"valid_from": "2026-10-01"}, "valid_from.* is no date"),
        (CARD, {"valid_until": date(2026, 9, 30)}, "ends before it begins"),
        (CARD, {"code": BUNCH.code.child(1)}, "a card is no part of anything"),
        (CARD, {"code": "1G7400N6-HW"}, "is no lineage code"),
        (CARD, {"crops": ()}, "crops: not a tuple of 1 to 16"),
        (CARD, {"crops": [CropRight(1, 1, 1)]}, "crops: not a tuple"),
        (CARD, {"crops": (CropRight(1, 1, -1),)}, "crops: -1"),
        (CARD, {"sealed": bytes(50)}, "sealed: not 51 to 320 bytes"),
        (BUNCH, {"type": 1}, "type: 1 is no ContainerType"),
        (BUNCH, {"pieces": 0}, "pieces"),
        (BUNCH, {"pieces": 1024}, "pieces"),
        (BUNCH, {"treatments": tuple(range(17))}, "treatments"),
        (BUNCH, {"parents": (HAND.code,)}, "several parents"),
        (BUNCH, {"code": HAND.code, "parents": (HAND.code,) * 2}, "a root of its own"),
        (HAND, {"grade": 2}, "grade: 2 is no Grade"),
        (SPLIT, {"origin": bytes(7)}, "origin"),
        (SPLIT, {"issued": (IssuedRange(3, 2),)}, "not in order"),
        (SPLIT, {"issued": (IssuedRange(1, 2), IssuedRange(3, 4))}, "not in order"),
        (SPLIT, {"issued": (IssuedRange(5, 6), IssuedRange(1, 2))}, "not in order"),
    ],
)
def test_a_value_out_of_range_is_refused(payload, change, message):
    with pytest.raises(WrongValue, match=message):
        dataclasses.replace(payload, **change)


@pytest.mark.parametrize(
    ("change", "error", "message"),
    [
        ({}, None, ""),
        ({1: None}, Damaged, "None is no lineage code"),
        ({1: bytes(6)}, Damaged, "6 bytes"),
        ({2: -1}, Damaged, "-1 is no day"),
        ({2: 65536}, Damaged, "65536 is no day"),
        ({4: 9}, Damaged, "9 is no ContainerType"),
        ({6: ...}, Damaged, "pieces is missing"),
        ({9: []}, Damaged, r"\[\] is no Grade"),
        ({13: [1]}, Damaged, r"\[1\] is no Guide"),
        ({16: []}, Damaged, "not a list of 1 to 16"),
        ({17: [bytes(5)]}, Damaged, "several parents"),
        ({20: 1}, TooNew, r"unknown fields \[20\]"),
        ({"x": 1}, TooNew, "unknown fields"),
        ({"x": 1, 20: 1}, TooNew, "unknown fields"),
    ],
)
def test_a_wrong_map_is_damaged_or_too_new(change, error, message):
    plain = {k: v for k, v in {**BUNCH.to_plain(), **change}.items() if v is not ...}
    form = form_of(BUNCH, is_bound=True)
    if error is None:
        assert form.read(plain) == BUNCH
        return
    with pytest.raises(error, match=message):
        form.read(plain)


@pytest.mark.parametrize(
    ("form", "error"),
    [
        (Form(Kind.UNIT, 2, False), TooNew),
        (Form(0, 1, False), TooNew),
        (Form(7, 0, True), TooNew),
        (Form(Kind.UNIT, 0, False), Retired),
        (Form(Kind.FARMER_CARD, 1, False), Damaged),
        (Form(Kind.REVOCATIONS, 1, True), Damaged),
    ],
)
def test_forms_that_are_not_read(form, error):
    with pytest.raises(error):
        form.read({})


def test_a_form_comes_back_from_its_number():
    forms = [from_number(number) for number in range(256)]
    assert [form.number for form in forms] == list(range(256))
    assert [from_content_type(form.content_type) for form in forms] == forms
    for strange in (None, 0, 64999, 65256, True, "65022", 65000.0):
        assert from_content_type(strange) is None


def test_a_card_says_what_may_be_grown_and_when():
    assert CARD.right_for(12, date(2026, 10, 1)) == CropRight(12, 300, 2)
    assert CARD.right_for(12, date(2028, 9, 30)) == CropRight(12, 300, 2)
    assert CARD.right_for(12, date(2028, 10, 1)) is None
    assert CARD.right_for(12, date(2026, 9, 30)) is None
    assert CARD.right_for(99, date(2027, 1, 1)) is None


def test_a_card_warns_of_more_bunches_than_the_plot_gives():
    assert CARD.is_over_cap(900, 12, 121)
    assert not CARD.is_over_cap(900, 12, 120)
    assert not CARD.is_over_cap(901, 12, 500)


def test_the_harvest_lies_before_the_day_of_writing():
    assert HAND.harvested == date(2026, 11, 2)
    assert BUNCH.harvested == BUNCH.written
    assert HAND.without(["days_since_harvest"]).harvested is None
    old = dataclasses.replace(HAND, written=day_number(0), days_since_harvest=0xFFFF)
    assert old.harvested == date(1840, 7, 28)


def test_a_mixed_crate_lists_its_parents():
    parents = (BUNCH.code, LineageCode(7, 7, (2,)))
    crate = dataclasses.replace(BUNCH, code=LineageCode(9, 1), parents=parents)
    assert form_of(crate, True).read(crate.to_plain()) == crate
    assert "parents" not in [name for _rank, name in crate.can_lose()]


def test_a_person_comes_back():
    someone = Person("Sri Wahyuni", None, "3313110101700001")
    assert person(someone.to_bytes()) == someone
    for content in (b"", b"\xa0", cbor.encode(["", None, None]), cbor.encode([None])):
        with pytest.raises(Damaged):
            person(content)
    with pytest.raises(WrongValue):
        Person("x" * 65, None, None).to_bytes()


def test_dates_of_a_clock_that_stands_still_are_dates():
    class Stopped(date):
        """As tests of other programs have them."""

    stopped = dataclasses.replace(CARD, valid_from=Stopped(2026, 10, 1))
    plain = dataclasses.replace(CARD, valid_from=date(2026, 10, 1))
    assert stopped.to_plain() == plain.to_plain()
