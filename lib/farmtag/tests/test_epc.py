"""EPC: URNs, tag bits, Digital Links, and what they refuse."""

import contextlib
from decimal import Decimal

import pytest
from farmtag import Damaged, NotOurs, TagError, TooNew, WrongValue
from farmtag.epc import (
    SGTIN_96,
    SGTIN_198,
    Gtin,
    Lgtin,
    LotQuantity,
    Sgtin,
    Sscc,
    from_bits,
    from_link,
    from_urn,
    to_bits,
    to_link,
    to_quantity_link,
)
from farmtag.epc.text import check_digit
from hypothesis import given
from hypothesis import strategies as st

ALPHABET = "!\"%&'()*+,-./0123456789:;<=>?ABCXYZ_abcxyz"
LOT = Lgtin("0614141", "712345", "32a/b")


@st.composite
def keys(draw, digits):
    length = draw(st.integers(6, 12))
    text = draw(st.text("0123456789", min_size=digits, max_size=digits))
    return text[:length], text[length:]


serials = st.text(ALPHABET, min_size=1, max_size=20) | st.integers(0, 1 << 39).map(str)
gtins = st.builds(lambda key: Gtin(*key), keys(13))
sgtins = st.builds(lambda key, serial: Sgtin(*key, serial), keys(13), serials)
lgtins = st.builds(lambda key, lot: Lgtin(*key, lot), keys(13), serials)
ssccs = st.builds(lambda key: Sscc(*key), keys(17))


@given(gtins | sgtins | lgtins | ssccs)
def test_a_name_comes_back_from_urn_and_link(epc):
    assert from_urn(epc.urn) == epc
    assert from_link(to_link(epc), len(epc.prefix)).epc == epc


@given(sgtins | ssccs, st.integers(0, 7))
def test_a_name_comes_back_from_its_bits(epc, filter):
    data = to_bits(epc, filter)
    assert len(data) in (12, 26)
    assert from_bits(data)[:2] == (epc, filter)


@pytest.mark.parametrize(
    ("epc", "urn"),
    [
        (Sgtin("0614141", "812345", "6789"), "urn:epc:id:sgtin:0614141.812345.6789"),
        (LOT, "urn:epc:class:lgtin:0614141.712345.32a%2Fb"),
        (Gtin("0614141", "812345"), "urn:epc:idpat:sgtin:0614141.812345.*"),
        (Sscc("0614141", "1234567890"), "urn:epc:id:sscc:0614141.1234567890"),
        (Sgtin("061414", "1812345", '%?<"&>'), None),
    ],
)
def test_urns(epc, urn):
    assert epc.urn == (urn or "urn:epc:id:sgtin:061414.1812345.%25%3F%3C%22%26%3E")
    assert from_urn(epc.urn) == epc


@pytest.mark.parametrize(
    ("urn", "error"),
    [
        ("", NotOurs),
        ("urn:epc:id:sgln:0614141.12345.0", NotOurs),
        ("urn:epc:class:sgtin:0614141.812345.6789", NotOurs),
        ("URN:EPC:id:sgtin:0614141.812345.6789", NotOurs),
        ("urn:epc:id:sgtin:٠٦١٤١٤١.812345.6789", NotOurs),
        ("urn:epc:id:sgtin:0614141.812345", Damaged),
        ("urn:epc:id:sgtin:06141.81234567.1", Damaged),
        ("urn:epc:id:sgtin:0614141.81234.1", Damaged),
        ("urn:epc:id:sgtin:0614141.812345.é", Damaged),
        ("urn:epc:id:sgtin:0614141.812345.%00", Damaged),
        ("urn:epc:id:sgtin:0614141.812345." + "1" * 21, Damaged),
        ("urn:epc:idpat:sgtin:0614141.812345.1", Damaged),
        ("urn:epc:id:sscc:0614141.1234567890.1", Damaged),
    ],
)
def test_other_urns_are_refused(urn, error):
    with pytest.raises(error):
        from_urn(urn)


@pytest.mark.parametrize(
    ("link", "error"),
    [
        ("https://id.gs1.org/", NotOurs),
        ("ftp://id.gs1.org/01/00614141123452", NotOurs),
        ("https://id.gs1.org/01/0061414112345", NotOurs),
        ("https://id.gs1.org/01/00614141123452/11/1", NotOurs),
        ("https://id.gs1.org/01/00614141123453", Damaged),
        ("https://id.gs1.org/00/106141412345678907", Damaged),
        ("https://id.gs1.org/01/00614141123452/10/%C3%A9", Damaged),
        ("https://id.gs1.org/01/00614141123452/10/a?30=-1", Damaged),
        ("https://id.gs1.org/01/00614141123452/10/a?30=0", Damaged),
        ("https://id.gs1.org/01/00614141123452/10/a?3103=1", Damaged),
        ("https://id.gs1.org/01/00614141123452/10/a?30=%D9%A1", Damaged),
    ],
)
def test_other_links_are_refused(link, error):
    with pytest.raises(error):
        from_link(link, 7)


@pytest.mark.parametrize("digits", [-1, 0, 5, 13])
def test_no_company_prefix_has_so_many_digits(digits):
    with pytest.raises(Damaged, match=f"a prefix of {digits} digits"):
        from_link("https://id.gs1.org/01/00614141123452", digits)


def test_a_unit_may_say_its_lot():
    unit = Sgtin("0614141", "712345", "7/8")
    link = to_link(unit, "https://tani.example/x", lot=LOT.lot)
    assert link == "https://tani.example/x/01/70614141123451/10/32a%2Fb/21/7%2F8"
    assert from_link(link, 7)[:2] == (unit, LOT)


@pytest.mark.parametrize(
    ("quantity", "unit", "query"),
    [
        ("11", None, "30=11"),
        ("18.45", "KGM", "3102=001845"),
        ("2", "KGM", "3100=000002"),
    ],
)
def test_a_lot_says_how_much_of_it_there_is(quantity, unit, query):
    amount = LotQuantity(LOT, Decimal(quantity), unit)
    link = to_quantity_link(amount)
    assert link.endswith(f"/10/32a%2Fb?{query}")
    assert from_link(link, 7).quantity == amount
    element = {"epcClass": LOT.urn, "quantity": float(quantity)}
    assert amount.to_epcis() == {**element, **({"uom": unit} if unit else {})}


@pytest.mark.parametrize(
    ("quantity", "unit"),
    [("0", None), ("-1", "KGM"), ("1.5", None), ("NaN", "KGM"), ("1E9", None)],
)
def test_no_lot_has_such_a_quantity(quantity, unit):
    with pytest.raises(WrongValue):
        LotQuantity(LOT, Decimal(quantity), unit)


@pytest.mark.parametrize(("quantity", "unit"), [("1", "LTR"), ("1.0000001", "KGM")])
def test_no_link_says_such_a_quantity(quantity, unit):
    with pytest.raises(WrongValue):
        to_quantity_link(LotQuantity(LOT, Decimal(quantity), unit))


def test_a_link_without_a_quantity_has_none():
    assert from_link(to_link(LOT) + "?17=261231&x=1&3106=000001", 7).quantity is None


BITS = to_bits(Sgtin("0614141", "812345", "6789"), 3)


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (b"", NotOurs),
        (bytes(12), NotOurs),
        (b"\x2f" + BITS[1:], NotOurs),
        (b"\xf7" + BITS[1:], TooNew),
        (BITS[:-1], Damaged),
        (BITS + b"\0", Damaged),
        (b"\x30\x7c" + BITS[2:], Damaged),
        (b"\x30\x7b" + b"\xff" * 10, Damaged),
        (b"\x31" + BITS[1:], Damaged),
        (to_bits(Sgtin("0614141", "812345", "a"))[:-1] + b"\1", Damaged),
        (b"\x36" + BITS[1:7] + bytes(19), Damaged),
    ],
)
def test_other_bits_are_refused(data, error):
    with pytest.raises(error):
        from_bits(data)


def test_the_shortest_scheme_is_taken():
    assert from_bits(to_bits(Sgtin("0614141", "812345", "0"))).scheme == SGTIN_96
    for serial in ("01", "a", str(1 << 38)):
        unit = Sgtin("0614141", "812345", serial)
        assert from_bits(to_bits(unit)).scheme == SGTIN_198
        with pytest.raises(WrongValue):
            to_bits(unit, scheme=SGTIN_96)


@pytest.mark.parametrize("epc", [LOT, Gtin("0614141", "812345")])
def test_a_lot_has_no_tag_bits(epc):
    with pytest.raises(WrongValue, match="has no"):
        to_bits(epc)
    with pytest.raises(WrongValue, match="has no"):
        to_bits(epc, scheme=SGTIN_198)
    with pytest.raises(WrongValue, match="8 is no filter value"):
        to_bits(epc, 8)


@given(st.binary(max_size=30))
def test_any_bits_are_read_or_refused_and_have_one_form(data):
    try:
        tagged = from_bits(data)
    except TagError:
        return
    assert to_bits(tagged.epc, tagged.filter, tagged.scheme) == data


@given(st.text(max_size=60), st.integers(0, 20))
def test_any_text_is_read_or_refused(text, digits):
    for prefix in ("", "urn:epc:id:sgtin:", "https://id.gs1.org/01/"):
        with contextlib.suppress(TagError):
            from_urn(prefix + text)
        with contextlib.suppress(TagError):
            from_link(prefix + text, digits)


@pytest.mark.parametrize(
    ("digits", "check"),
    [("0061414112345", "2"), ("7061414112345", "1"), ("0" * 17, "0")],
)
def test_check_digits(digits, check):
    assert check_digit(digits) == check
