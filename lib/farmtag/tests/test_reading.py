"""Reading: every kind of wrong tag has its error, and what still counts is told."""

import dataclasses
from datetime import date

import ndef
import pytest
from farmtag import (
    Chip,
    Damaged,
    DoesNotFit,
    Empty,
    Forged,
    LineageCode,
    NotAllowed,
    NotOurs,
    Reading,
    Retired,
    Revocations,
    Revoked,
    SplitRecord,
    StaleKeys,
    TooNew,
    UnknownChip,
    UnknownKey,
    WrongValue,
    add_split,
    balance_of,
    read,
    write,
)
from farmtag.envelope import Bond, sign1, statement
from farmtag.payload import RevokedCode
from farmtag.tag.message import Message
from farmtag_samples import (
    BUNCH,
    BUNCH_CODE,
    CARD,
    DEVICE,
    HAND,
    LINK,
    OFFICE,
    OTHER_UID,
    STRANGER,
    TODAY,
    UID,
    draft,
    ring,
)

TAG = write(draft(BUNCH), Chip.NTAG216, DEVICE, UID).message
HAND_TAG = write(draft(HAND), Chip.NTAG213, DEVICE).message


def signed_tag(payload=b"\xa0", number=23, key=DEVICE, uid=UID, link=LINK):
    """A tag of a form's number with any bytes as its signed payload."""
    external = Bond(uid, link).external(statement.form_of(BUNCH, uid is not None))
    signed = sign1.sign(payload, 65000 + number, key, external)
    return Message(link, None, (signed.to_bytes(),)).to_bytes()


def ndef_of(*records):
    return b"".join(ndef.message_encoder(records))


FOREIGN = {
    "a link alone": [ndef.UriRecord("https://other.example/")],
    "a link with a fragment": [ndef.UriRecord("https://other.example/#section-2")],
    "a long fragment of 4n + 1": [ndef.UriRecord(f"https://o.example/#{'a' * 102}")],
    "a long fragment that begins with %": [
        ndef.UriRecord(f"https://o.example/#%{'a' * 100}")
    ],
    "a text": [ndef.TextRecord("hello")],
    "a text before the link": [ndef.TextRecord("x"), ndef.UriRecord("https://o.id/#a")],
    "something else": [ndef.Record("application/json", "", b"{}")],
    "an empty record": [ndef.Record()],
    "a list of revocations": [],
}


@pytest.mark.parametrize("records", FOREIGN.values(), ids=FOREIGN.keys())
def test_a_tag_of_somebody_else_is_not_ours(records):
    with pytest.raises(NotOurs):
        read(ndef_of(*records), ring(), UID)


def test_a_tag_without_message_is_empty():
    with pytest.raises(Empty):
        read(b"", ring(), UID)


def test_a_message_longer_than_any_chip_is_not_ours():
    with pytest.raises(NotOurs, match="5000 bytes"):
        read(bytes(5_000), ring(), UID)


def test_another_signed_content_is_not_ours():
    signed = sign1.sign(b"", 42, DEVICE, b"").to_bytes()
    with pytest.raises(NotOurs, match="of the type 42"):
        read(Message(LINK, None, (signed,)).to_bytes(), ring(), UID)


@pytest.mark.parametrize("end", [1, 3, 60, 200, len(TAG) - 1])
def test_a_cut_message_is_damaged(end):
    with pytest.raises(Damaged):
        read(TAG[:end], ring(), UID)


def test_a_flipped_bit_in_the_signed_record_is_damaged_not_forged():
    begin = TAG.index(b"farmtag:t") + len(b"farmtag:t")
    for at in range(begin, len(TAG)):
        changed = TAG[:at] + bytes([TAG[at] ^ 4]) + TAG[at + 1 :]
        with pytest.raises(Damaged, match="check sum"):
            read(changed, ring(), UID)


def test_a_copy_on_another_chip_is_forged():
    with pytest.raises(Forged):
        read(TAG, ring(), OTHER_UID)


def test_a_bound_tag_needs_the_uid_of_its_chip():
    with pytest.raises(UnknownChip):
        read(TAG, ring())


def test_another_link_is_forged():
    with pytest.raises(Forged):
        read(TAG.replace(b"tani.example", b"evil.example"), ring(), UID)
    with pytest.raises(Forged):
        read(HAND_TAG.replace(b"tani.example", b"evil.example"), ring())


def test_a_mirrored_uid_of_another_chip_is_forged():
    tag = write(draft(HAND, mirror=True), Chip.NTAG215, DEVICE, UID)
    shown = tag.message.replace(b"0" * 14, OTHER_UID.hex().upper().encode())
    with pytest.raises(Forged, match="UID of another chip"):
        read(shown, ring(), UID)
    with pytest.raises(Forged):
        read(shown, ring())


def test_any_changed_character_of_a_fragment_is_refused():
    begin = HAND_TAG.index(b"#") + 1
    for at in range(begin, len(HAND_TAG)):
        other = b"B" if HAND_TAG[at : at + 1] == b"A" else b"A"
        with pytest.raises((Forged, UnknownKey, TooNew, Damaged, Retired, NotOurs)):
            read(HAND_TAG[:at] + other + HAND_TAG[at + 1 :], ring(), UID)


def test_a_key_that_is_not_in_the_ring_is_unknown():
    tag = write(draft(BUNCH), Chip.NTAG216, STRANGER, UID).message
    with pytest.raises(UnknownKey):
        read(tag, ring(), UID)


def test_a_false_key_with_a_known_id_is_forged():
    false = type(STRANGER).from_bytes(bytes(32), DEVICE.key_id)
    for chip, payload in ((Chip.NTAG216, BUNCH), (Chip.NTAG213, HAND)):
        tag = write(draft(payload), chip, false, UID).message
        with pytest.raises(Forged):
            read(tag, ring(), UID)


@pytest.mark.parametrize(
    ("payload", "number", "error"),
    [
        (b"\xa0", 16 * 2 + 5, TooNew),
        (b"\xa0", 16 * 1 + 13, TooNew),
        (b"\xa0", 0 + 5, Retired),
        (b"\xa0", 16 + 4, Damaged),
        (b"\xa0", 16 + 5, Damaged),
        (b"\x80", 16 + 5, Damaged),
        (b"\xff", 16 + 5, Damaged),
        (b"\xa1\x17\x00", 16 + 5, TooNew),
    ],
)
def test_what_a_good_key_has_signed_is_checked_too(payload, number, error):
    with pytest.raises(error):
        read(signed_tag(payload, number), ring(), UID)


def test_a_tag_does_not_begin_with_a_split_record():
    record = balance_of(read(TAG, ring(), UID)).issue([1]).record(TODAY, 1)
    signed = statement.sign(record, DEVICE, Bond(UID, LINK), is_bound=True)
    with pytest.raises(Damaged, match="does not begin with a SplitRecord"):
        read(Message(LINK, None, (signed.to_bytes(),)).to_bytes(), ring(), UID)


def test_a_card_signed_by_a_device_is_told_with_its_reason():
    tag = write(draft(CARD), Chip.NTAG215, DEVICE, UID).message
    with pytest.raises(NotAllowed) as caught:
        read(tag, ring(), UID)
    assert caught.value.found.payload == CARD


def test_a_revoked_card_is_told_with_what_it_says():
    tag = write(draft(CARD), Chip.NTAG215, OFFICE, UID).message
    listed = Revocations(
        code=LineageCode(1, 1), written=TODAY, codes=(RevokedCode(CARD.code),)
    )
    with pytest.raises(Revoked) as caught:
        read(tag, ring(revocations=listed), UID)
    assert isinstance(caught.value.found, Reading)
    assert caught.value.found.payload == CARD


def test_an_old_ring_tells_what_it_reads_and_that_it_is_old():
    with pytest.raises(StaleKeys) as caught:
        read(TAG, ring(as_of=date(2026, 9, 1)), UID)
    assert caught.value.found.payload == BUNCH
    with pytest.raises(StaleKeys):
        read(TAG, ring(), UID, date(2027, 1, 1))


# split records ------------------------------------------------------------------------


def split(steps=(1, 2), *, tag=TAG, key=OFFICE, **changes):
    record = balance_of(read(tag, ring(), UID)).issue(steps, 900).record(TODAY, 5)
    record = dataclasses.replace(record, **changes)
    return add_split(tag, record, Chip.NTAG216, key, UID).message


def test_a_split_record_stands_beside_what_the_collector_signed():
    found = read(split(), ring(), UID)
    assert (found.payload, found.key.holder) == (BUNCH, 12345)
    assert isinstance(found.split, SplitRecord)
    assert (found.split_key.holder, found.split.weight) == (1, 900)
    assert read(split(tag=split(), steps=[7]), ring(), UID).split.issued[-1].first == 7


def test_a_split_record_of_another_tag_is_forged():
    for changes in ({"origin": bytes(8)}, {"code": BUNCH_CODE.child(1)}):
        with pytest.raises(Forged) as caught:
            read(split(**changes), ring(), UID)
        assert caught.value.found.payload == BUNCH


def test_a_split_record_by_a_stranger_leaves_the_rest_readable():
    with pytest.raises(UnknownKey) as caught:
        read(split(key=STRANGER), ring(), UID)
    assert caught.value.found == read(TAG, ring(), UID)


def test_only_one_split_record_follows():
    first, second = (ndef_message(one).signed for one in (TAG, split()))
    for signed in ((*second, second[1]), (first[0], first[0])):
        with pytest.raises(Damaged, match="one split record"):
            read(Message(LINK, None, signed).to_bytes(), ring(), UID)


def ndef_message(data):
    from farmtag.tag import message

    return message.from_bytes(data)


@pytest.mark.parametrize(
    ("filler", "left_out"), [(51, ()), (115, ("text",)), (150, None)]
)
def test_the_text_goes_when_the_split_record_needs_its_room(filler, left_out):
    full = dataclasses.replace(BUNCH, sealed=bytes(filler))
    tag = write(draft(full), Chip.NTAG215, DEVICE, UID).message
    record = balance_of(read(tag, ring(), UID)).issue([1]).record(TODAY, 5)
    if left_out is None:
        with pytest.raises(DoesNotFit, match="a split record in 492 bytes"):
            add_split(tag, record, Chip.NTAG215, DEVICE, UID)
        return
    written = add_split(tag, record, Chip.NTAG215, DEVICE, UID)
    assert written.left_out == left_out
    assert read(written.message, ring(), UID).split == record


def test_the_mirror_stays_where_it_is():
    tag = write(draft(BUNCH, mirror=True), Chip.NTAG216, DEVICE, UID)
    record = balance_of(read(tag.message, ring(), UID)).issue([1]).record(TODAY, 5)
    written = add_split(tag.message, record, Chip.NTAG216, DEVICE, UID)
    assert written.mirror_at == tag.mirror_at


def test_a_split_record_needs_a_signed_record():
    record = balance_of(read(TAG, ring(), UID)).issue([1]).record(TODAY, 5)
    with pytest.raises(WrongValue, match="beside a signed record"):
        add_split(HAND_TAG, record, Chip.NTAG213, DEVICE, UID)
