import io
import re
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from odoo.tests import BaseCase
from PIL import Image

from ..gs1.code128 import STOP
from ..labels import Block, Format, Values, draw, render_zpl
from ..labels.symbols import make_symbol
from ..labels.zpl_code128 import zpl_data
from .label_samples import GTIN, TEMPLATES, long_values, picture, short_values
from .test_label_symbol import LOTS

FILES = Path(__file__).parent / "labels"
PATIENT = settings(deadline=None)
#: Code 128 as ZPL names its words: ZPL II Programming Guide, ^BC, invocation characters
STARTS = {":": 104, ";": 105}
WORDS = {"0": 30, "5": 99, "6": 100, "8": 102}


def zpl_words(data):
    """The code words that a printer draws for the data of ^BC, with the check word."""
    words, pairs, at = [STARTS[data[1]]], data[1] == ";", 2
    while at < len(data):
        if data[at] == ">":
            words.append(WORDS[data[at + 1]])
            pairs = {"5": True, "6": False}.get(data[at + 1], pairs)
        elif pairs:
            words.append(int(data[at : at + 2]))
        else:
            words.append(ord(data[at]) - 32)
        at += 1 if not pairs and data[at] != ">" else 2
    check = words[0] + sum(place * word for place, word in enumerate(words))
    return [*words, check % 103]


class TestLabelZpl(BaseCase):
    def fields(self, blocks, values, **form):
        form = Format(150, 100, **form)
        zpl = render_zpl(form, [draw(form, blocks, values)]).decode()
        return zpl.splitlines()

    def test_a_label_as_it_was_checked_by_hand(self):
        form, template = Format(100, 60), (
            Block("text", 2, 2, 50, 5, "{lot}", bold=True),
            Block("text", 2, 8, 50, 5, "{farmer}", align="right"),
            Block("text", 84, 2, 5, 30, "{grade}", rotation=90),
            Block("gs1_128", 2, 15, 80, 20, "01 17?"),
            Block("gs1_datamatrix", 2, 40, 16, 16, "01 10"),
            Block("ean13", 40, 40, 50, 18, "01"),
            Block("line", 2, 37, 96, 0),
            Block("box", 1, 1, 98, 58),
            Block("image", 90, 2, 8, 8, "logo"),
        )  # fmt: skip
        values = short_values()
        values.texts |= {"farmer": "Bu Sri ^XA~JR"}
        values.images["logo"] = picture((20, 10))
        for dpi in (203, 300):
            zpl = render_zpl(form, [draw(form, template, values, dpi)], dpi, copies=3)
            file = FILES / f"checked_{dpi}.zpl"
            self.assertEqual(zpl.decode(), file.read_text(encoding="utf-8"))

    @PATIENT
    @given(
        text=st.text(st.characters(min_codepoint=32, max_codepoint=126), min_size=1),
        align=st.sampled_from(["left", "center", "right"]),
    )
    def test_no_text_is_a_command(self, text, align):
        values = Values({"lot": text})
        block = Block("text", 2, 2, 140, 90, "{lot}", align=align)
        zpl = "\n".join(self.fields([block], values))
        data = re.findall(r"\^FH\\\^FD(.*?)\^FS", zpl)
        rest = re.sub(r"\^FH\\\^FD.*?\^FS", "", zpl)
        self.assertNotRegex("".join(data), r"[\^~]")
        allowed = "XA|CI28|PW1200|LL800|LH0,0|LT0|FO[0-9]+,[0-9]+|A0N,[0-9]+,[0-9]+"
        allowed += "|FB[0-9]+,1,0,[CR],0|PQ1|XZ"
        self.assertRegex(rest, rf"\A(\^({allowed})\s*)+\Z")

    @PATIENT
    @given(lot=LOTS)
    def test_bars_of_the_printer_are_those_of_the_pdf(self, lot):
        values = Values(elements={"01": GTIN, "17": "261130", "10": lot})
        block = Block("gs1_128", 0, 0, 1, 1, "01 17 10")
        words = make_symbol(block, values).words
        data = zpl_data(words)
        self.assertIn(data[:4], (">;>8", ">:>8"))
        self.assertEqual((*zpl_words(data), STOP), words)

    def test_a_datamatrix_has_fnc1_where_it_must(self):
        values = short_values()
        values.elements |= {"10": "A_1%", "21": "7"}
        block = Block("gs1_datamatrix", 2, 2, 30, 30, "01 10 21", rotation=270)
        (field,) = self.fields([block], values)[1:-1]
        self.assertEqual(
            field, f"^FO23,123^BXB,7,200,,,,@,1^FH\\^FD@101{GTIN}10A_1%@1217^FS"
        )

    def test_a_qr_code_is_sent_dot_by_dot(self):
        values = short_values()
        block = Block("digital_link", 2, 2, 30, 30, "01 10")
        (field,) = self.fields([block], values)[1:-1]
        symbol = make_symbol(block, values)
        count, row, figures = re.fullmatch(
            r"\^FO\d+,\d+\^GFA,(\d+),\1,(\d+),([0-9A-F:]+)\^FS", field
        ).groups()
        rows = []
        for one in re.findall(rf":|[0-9A-F]{{{2 * int(row)}}}", figures):
            rows.append(rows[-1] if one == ":" else one)
        self.assertEqual(len(rows) * int(row), int(count))
        module = len(rows) // len(symbol.rows)
        for at, line in enumerate(rows):
            bits = f"{int(line, 16):0{4 * len(line)}b}"
            dark = "".join(
                "1" if one == 0 else "0" for one in symbol.rows[at // module]
            )
            self.assertEqual(bits[: len(rows) : module], dark)

    def test_each_label_has_its_copies(self):
        form, template = TEMPLATES["hand"]
        drawings = [
            draw(form, template, make()) for make in (short_values, long_values)
        ]
        zpl = render_zpl(form, drawings, copies=7).decode()
        self.assertEqual(zpl.count("^XA"), 2)
        self.assertEqual(zpl.count("^PQ7^XZ"), 2)

    def test_a_turned_label_has_turned_fields(self):
        block = Block("text", 2, 2, 50, 5, "{lot}")
        head, field, _end = self.fields([block], short_values(), rotated=True)
        self.assertIn("^PW800^LL1200", head)
        self.assertRegex(field, r"\^FO75\d,16\^A0R,23,23\^FH")

    def test_a_logo_is_black_where_it_is_dark(self):
        drawn = Image.new("RGBA", (4, 2), "white")
        drawn.putpixel((0, 0), (0, 80, 0, 255))
        drawn.putpixel((3, 1), (0, 0, 0, 0))
        file = io.BytesIO()
        drawn.save(file, "PNG")
        values = Values(images={"logo": file.getvalue()})
        block = Block("image", 0, 0, 0.5, 0.25, "logo")
        (field,) = self.fields([block], values)[1:-1]
        self.assertEqual(field, "^FO0,0^GFA,2,2,1,8000^FS")
