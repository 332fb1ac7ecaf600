"""Labels: what stands on them, within their edges, and no name is a command."""

import re
from dataclasses import replace

import pytest
from farm_edge.screen.paper.zpl import SYMBOLS, Size, labels_of
from farm_edge.screen.speech import Speech
from hypothesis import given, settings
from hypothesis import strategies as st
from screen_views import RECEIPT

SIZES = ["60x40", "100x50", "50x30", "40x25", "100x150", "60x40@300", "57x32@600"]
FIELD = re.compile(
    r"\^FO(?P<x>[0-9]+),(?P<y>[0-9]+)"
    r"(?:\^A0N,(?P<high>[0-9]+),(?P<wide>[0-9]+)|\^BXN,(?P<module>[0-9]+),200,,,,@,1)"
    r"\^FH\\\^FD(?P<data>.*?)\^FS"
)
LABEL = re.compile(
    r"\^XA\^CI28\^PW(?P<width>[0-9]+)\^LL(?P<height>[0-9]+)\^LH0,0\^LT0\n"
    r"(?P<fields>.*?)\n\^PQ1\^XZ\n",
    re.DOTALL,
)


def labels(receipt=RECEIPT, paper="60x40", language="en"):
    zpl = labels_of(receipt, Speech(language), Size.of(paper)).decode()
    found = list(LABEL.finditer(zpl))
    assert "".join(one[0] for one in found) == zpl
    return found


def fields(label):
    found = list(FIELD.finditer(label["fields"]))
    assert "\n".join(one[0] for one in found) == label["fields"]
    return found


def texts(label):
    said = [one["data"] for one in fields(label) if one["high"]]
    return [
        re.sub(r"\\([0-9A-F]{2})", lambda m: chr(int(m[1], 16)), one) for one in said
    ]


def test_the_farmer_has_one_and_each_bunch_has_one():
    farmer, *bunches = labels()
    said = texts(farmer)
    assert said[0] == "Receipt 4711-1207"
    assert "Total 51.3 kg" in said and "4 bunches - 35 hands" in said
    for label, piece in zip(bunches, RECEIPT.bunches, strict=True):
        (symbol,) = (one for one in fields(label) if one["module"])
        assert symbol["data"] == piece.code
        said = texts(label)
        assert said[0] == "Ni Kadek Ayu Lestari"
        assert "Cavendish Banana - Grade A" in said
        assert said[-1] == f"{piece.number}/4   {piece.code}"
    assert "12.63 kg - 9 hands" in texts(bunches[0])


def test_a_label_says_the_day_of_harvest_if_it_was_said():
    said = texts(labels(replace(RECEIPT, harvest_date="2026-06-14"), language="id")[1])
    assert "Panen 14 Jun 2026" in said


@pytest.mark.parametrize("paper", SIZES)
def test_nothing_is_beyond_the_edge_or_over_the_symbol(paper):
    long = replace(RECEIPT, farmer_name="W" * 60, crop_name="Organic Banana " * 5)
    code = "1G7400N6-0B-03-VJ"
    long = replace(long, bunches=(replace(long.bunches[0], code=code),))
    for label in labels(long, paper):
        width, height = int(label["width"]), int(label["height"])
        symbol = next((one for one in fields(label) if one["module"]), None)
        edge = int(symbol["x"]) if symbol else width
        for one in fields(label):
            if one["high"]:
                across = len(one["data"]) * int(one["wide"]) * 0.58
                assert int(one["x"]) + across <= edge
                assert int(one["y"]) + int(one["high"]) <= height
        if symbol:
            side = 18 * int(symbol["module"])  # of 13 to 18 characters
            assert int(symbol["x"]) + side <= width
            assert int(symbol["y"]) + side <= height


def test_a_symbol_is_large_enough_for_a_phone():
    """A third of a millimetre for each module, on the smallest label that is usual."""
    (symbol,) = (one for one in fields(labels(paper="50x30")[1]) if one["module"])
    assert int(symbol["module"]) / 8 > 0.33
    assert [count for _most, count in SYMBOLS] == sorted({n for _m, n in SYMBOLS})


@settings(deadline=None, max_examples=200)
@given(name=st.text(min_size=1, max_size=80), crop=st.text(max_size=80))
def test_no_name_is_a_command(name, crop):
    receipt = replace(RECEIPT, farmer_name=name, crop_name=crop)
    for label in labels(receipt):
        for one in fields(label):
            assert not set("^~\n\r\0") & set(one["data"])


def test_what_a_printer_is_told_by_a_name_is_that_name():
    receipt = replace(RECEIPT, farmer_name="A ^XZ~JR \\5E")
    assert texts(labels(receipt, "100x50")[1])[0] == "A ^XZ~JR \\5E"
