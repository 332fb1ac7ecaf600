"""Writing: the richest message that fits, and what is said to be left out."""

import dataclasses

import pytest
from farmtag import (
    Chip,
    DoesNotFit,
    Draft,
    Revocations,
    SigningKey,
    Text,
    TrustedKey,
    WrongValue,
    read,
    write,
)
from farmtag.envelope import Algorithm
from farmtag.payload import FarmerCard
from farmtag.tag import chip_with
from farmtag_samples import (
    BUNCH,
    CARD,
    DEVICE,
    HAND,
    LINK,
    OFFICE,
    SHORT_LINK,
    TEXT,
    TODAY,
    UID,
    draft,
    payloads,
    ring,
)
from hypothesis import given
from hypothesis import strategies as st

CAPACITIES = {137, 492, 868, 716, 764}
SMALL = "https://tani.example/"


def test_the_chips_hold_what_was_measured():
    assert {chip.capacity for chip in Chip} == CAPACITIES
    assert chip_with(137) is Chip.NTAG213
    assert chip_with(138) is None


@pytest.mark.parametrize("payload", [CARD, BUNCH, HAND])
@pytest.mark.parametrize("chip", [chip for chip in Chip if chip != Chip.NTAG213])
def test_a_large_chip_has_everything(chip, payload):
    written = write(draft(payload), chip, OFFICE, UID)
    assert written.left_out == ()
    found = read(written.message, ring(), UID, TODAY)
    assert (found.payload, found.link, found.text) == (payload, LINK, TEXT)


def test_the_smallest_chip_has_what_a_consumer_needs():
    written = write(draft(HAND), Chip.NTAG213, DEVICE)
    assert len(written.message) <= 137
    found = read(written.message, ring()).payload
    assert (found.code, found.crop, found.grade) == (HAND.code, HAND.crop, HAND.grade)
    assert found.harvested == HAND.harvested
    assert written.left_out == (
        *("text", "link", "guide", "age", "supplier", "farmer"),
        *("weight", "sequence", "region"),
    )


@pytest.mark.parametrize("length", range(4, 16))
def test_a_host_of_up_to_15_characters_fits_on_the_smallest_chip(length):
    host = f"https://{'a' * (length - 3)}.id/"
    piece = dataclasses.replace(HAND, code=HAND.code.child(3))
    written = write(draft(piece, short_link=host), Chip.NTAG213, DEVICE)
    assert len(written.message) <= 137


def test_a_container_on_the_smallest_chip_is_counted_at_least():
    written = write(draft(BUNCH), Chip.NTAG213, DEVICE, UID)
    found = read(written.message, ring(), UID).payload
    assert (found.code, found.pieces, found.type) == (BUNCH.code, 11, BUNCH.type)


def test_a_card_needs_more_than_the_smallest_chip():
    with pytest.raises(DoesNotFit, match="FarmerCard in 137 bytes"):
        write(draft(CARD), Chip.NTAG213, OFFICE, UID)


def test_the_least_worth_goes_first_and_what_still_fits_stays():
    heavy = dataclasses.replace(BUNCH, sealed=bytes(140))
    written = write(draft(heavy), Chip.NTAG215, DEVICE, UID, reserve=150)
    assert written.left_out == ("sealed",)
    written = write(draft(heavy), Chip.NTAG215, DEVICE, UID, reserve=250)
    assert "sealed" in written.left_out
    assert "treatments" in written.left_out
    assert len(written.message) <= 492 - 250
    assert read(written.message, ring(), UID).payload.weight == BUNCH.weight


def test_room_is_left_free_on_demand():
    full = len(write(draft(BUNCH), Chip.NTAG215, DEVICE, UID).message)
    written = write(draft(BUNCH), Chip.NTAG215, DEVICE, UID, reserve=492 - full + 1)
    assert written.left_out == ("treatments",)


@pytest.mark.parametrize("payload", [CARD, BUNCH])
def test_cards_and_containers_hold_for_one_chip(payload):
    with pytest.raises(WrongValue, match="holds for one chip"):
        write(draft(payload), Chip.NTAG216, OFFICE)


@pytest.mark.parametrize("uid", [b"", bytes(11)])
def test_no_chip_has_such_a_uid(uid):
    with pytest.raises(WrongValue, match="no chip has a UID"):
        write(draft(HAND), Chip.NTAG216, DEVICE, uid)


@pytest.mark.parametrize(
    "link",
    [
        "",
        "http://a.id/",
        "https://",
        "https://a.id/#x",
        "https://a.id/ x",
        "https://é.id",
        "https://a.id/?m=04A1B2C3D4E5F6",
    ],
)
def test_no_tag_has_such_a_link(link):
    with pytest.raises(WrongValue, match="is no link for a tag"):
        Draft(HAND, link, SHORT_LINK)
    with pytest.raises(WrongValue, match="is no link for a tag"):
        Draft(HAND, LINK, link)


@pytest.mark.parametrize(
    "text", [Text("a\nb"), Text("\ud800"), Text("x", ""), Text("x", "é")]
)
def test_no_tag_has_such_a_text(text):
    with pytest.raises(WrongValue, match="is no text for a tag"):
        draft(HAND, text=text)


def test_no_tag_begins_with_a_list_of_revocations():
    with pytest.raises(WrongValue, match="no tag begins with a Revocations"):
        draft(Revocations(code=CARD.code, written=TODAY))


def test_the_chip_shows_its_uid_in_the_link():
    written = write(draft(HAND, mirror=True), Chip.NTAG215, DEVICE, UID)
    message, at = written.message, written.mirror_at
    assert message[at - 3 : at + 14] == b"?m=00000000000000"
    shown = message[:at] + UID.hex().upper().encode() + message[at + 14 :]
    assert read(shown, ring()).payload == HAND
    assert read(message, ring(), UID).payload == HAND


def test_a_chip_that_mirrors_nothing_says_so():
    written = write(draft(HAND, mirror=True), Chip.MIFARE_CLASSIC_1K, DEVICE, UID)
    assert (written.left_out, written.mirror_at) == (("mirror",), None)


def test_es256_is_for_chips_with_records():
    key = SigningKey.generate(Algorithm.ES256)
    message = write(draft(HAND), Chip.NTAG215, key).message
    holder = TrustedKey(key.verify_key, 7)
    assert read(message, ring(keys=[holder])).key == holder
    with pytest.raises(WrongValue, match="Ed25519 only"):
        write(draft(HAND), Chip.NTAG213, key)


@given(payloads, st.sampled_from(Chip), st.booleans(), st.sampled_from([None, UID]))
def test_what_is_written_fits_and_is_read(payload, chip, mirror, uid):
    uid = UID if payload.BOUND else uid
    try:
        written = write(draft(payload, mirror=mirror), chip, OFFICE, uid)
    except DoesNotFit:
        assert chip == Chip.NTAG213 or isinstance(payload, FarmerCard)
        return
    assert len(written.message) <= chip.capacity
    fields = [name for _rank, name in payload.can_lose()]
    lost = [name for name in written.left_out if name in fields]
    found = read(written.message, ring(as_of=payload.written), uid)
    assert found.payload == payload.without(lost)
