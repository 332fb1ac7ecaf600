"""Lineage codes: what is read, what is refused, what the check symbols see."""

import itertools

import pytest
from farmtag import Damaged, LineageCode, WrongValue
from farmtag.lineage import check_mix, from_bytes, parse, parts
from farmtag.lineage.alphabet import SYMBOLS
from farmtag_samples import codes
from hypothesis import given

BUNCH = LineageCode(12345, 678)
TEXTS = {
    "1G7400N6-HW": BUNCH,
    "1G7400N6-0B-JB": BUNCH.child(11),
    "1G7400N6-0B-03-VJ": BUNCH.child(11).child(3),
    "00000000-00": LineageCode(0, 0),
}


@pytest.mark.parametrize(("text", "code"), TEXTS.items())
def test_a_code_is_written_and_read(text, code):
    assert str(code) == text
    assert parse(text) == code


@pytest.mark.parametrize(
    "text", ["1g7400n6-hw", "IG74OON6HW", " 1G7400N6 HW ", "lg7400n6-hw"]
)
def test_what_people_type_is_understood(text):
    assert parse(text) == BUNCH


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "does not have 0 symbols"),
        ("1G7400N6", "does not have 8 symbols"),
        ("1G7400N6-H", "does not have 9 symbols"),
        ("1G7400N6-0B-0B-0B-0B-0B-00", "does not have 20 symbols"),
        ("1G7400N6-HU", "'U' is not in a lineage code"),
        ("1G7400N6-H√", "'√' is not in a lineage code"),
        ("1G7400N6-HX", "check symbols"),
        ("00000000-00-00", "no lineage code has part 0"),
    ],
)
def test_other_texts_are_damaged(text, message):
    with pytest.raises(Damaged, match=message):
        parse(text)


@pytest.mark.parametrize("text", TEXTS)
def test_no_change_of_one_or_two_symbols_goes_unseen(text):
    plain = text.replace("-", "")
    for places in itertools.combinations(range(len(plain)), 2):
        for symbols in itertools.product(SYMBOLS, repeat=2):
            changed = list(plain)
            for place, symbol in zip(places, symbols, strict=True):
                changed[place] = symbol
            other = "".join(changed)
            if other != plain:
                with pytest.raises(Damaged, match="check symbols"):
                    parse(other)


@given(codes)
def test_a_code_comes_back_from_text_and_bytes(code):
    assert parse(str(code)) == code
    assert from_bytes(code.to_bytes()) == code
    assert len(code.to_bytes()) == (5, 7, 8, 9, 10)[code.depth]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "does not have 0 bytes"),
        (bytes(6), "does not have 6 bytes"),
        (bytes(11), "does not have 11 bytes"),
        (bytes(7), "part 0"),
        (b"\x0c\x0e\x40\x02\xa6\x02\xc1", "spare bits"),
    ],
)
def test_other_bytes_are_damaged(data, message):
    with pytest.raises(Damaged, match=message):
        from_bytes(data)


@pytest.mark.parametrize(
    "arguments",
    [
        (-1, 0),
        (1 << 18, 0),
        (0, 1 << 22),
        (0, 0, (0,)),
        (0, 0, (1024,)),
        (0, 0, (1,) * 5),
    ],
)
def test_numbers_out_of_range_make_no_code(arguments):
    with pytest.raises(WrongValue, match="no lineage code has"):
        LineageCode(*arguments)


def test_a_part_knows_where_it_comes_from():
    piece = BUNCH.child(11).child(3)
    assert (piece.depth, piece.root, piece.parent) == (2, BUNCH, BUNCH.child(11))
    assert BUNCH.parent is None
    assert piece.descends_from(BUNCH)
    assert piece.descends_from(BUNCH.child(11))
    assert not piece.descends_from(piece)
    assert not piece.descends_from(BUNCH.child(12))
    assert not BUNCH.descends_from(piece)
    assert not piece.descends_from(LineageCode(12345, 679))


def test_parts_have_their_numbers_alone():
    assert parts(BUNCH, [1, 3]) == (BUNCH.child(1), BUNCH.child(3))
    with pytest.raises(WrongValue, match="its number alone"):
        parts(BUNCH, [1, 1])
    with pytest.raises(WrongValue, match="5 splits"):
        parts(LineageCode(1, 1, (1, 2, 3, 4)), [1])


def test_a_mix_is_a_new_root_with_its_parents():
    mixed, other = LineageCode(9, 1), LineageCode(9, 2)
    check_mix(mixed, [BUNCH, other.child(1)])
    for code, parents in (
        (mixed.child(1), [BUNCH, other]),
        (mixed, [BUNCH]),
        (mixed, [BUNCH, BUNCH]),
        (mixed, [BUNCH, mixed.child(2)]),
    ):
        with pytest.raises(WrongValue):
            check_mix(code, parents)
