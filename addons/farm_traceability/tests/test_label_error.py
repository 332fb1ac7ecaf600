import re
from pathlib import Path

from odoo.tests import BaseCase

from ..gs1 import Gs1Error
from ..labels import Block, Format, LabelError, Values, draw, render_pdf, render_zpl
from ..labels.errors import BLOCK_NAMES, SENTENCES
from .label_samples import GTIN, short_values


class TestLabelError(BaseCase):
    """Wrong input: one clear sentence each, and nothing is printed."""

    def says(self, sentence, make, *arguments, **values):
        with self.assertRaises(LabelError) as caught:
            make(*arguments, **values)
        self.assertEqual(str(caught.exception), sentence)

    def test_a_format_that_cannot_be(self):
        for values, sentence in (
            (
                {"width": 0, "height": 50},
                "A label needs a width and a height above 0 and at most 1,000 mm, "
                "0 × 50 mm are given; correct its size.",
            ),
            (
                {"width": 100, "height": float("nan")},
                "A label needs a width and a height above 0 and at most 1,000 mm, "
                "100 × nan mm are given; correct its size.",
            ),
            (
                {"width": 50, "height": 30, "margin_left": 25, "margin_right": 25},
                "The margins leave no room on a label of 50 × 30 mm; make them "
                "smaller.",
            ),
            (
                {"width": 50, "height": 30, "margin_top": -1},
                "margin_top is -1 mm; write 0 or more.",
            ),
            (
                {"width": 50, "height": 30, "rows": 0},
                "A sheet needs at least one row and one column, 0 × 1 are given; "
                "correct them.",
            ),
            (
                {"width": 50, "height": 30, "page_width": 210},
                "A sheet needs both the width and the height of its page; write "
                "both, or none for a roll.",
            ),
            (
                {"width": 50, "height": 30, "rows": 3},
                "A roll has one label after another; write 1 row and 1 column, or "
                "the size of a page.",
            ),
            (
                {
                    "width": 70.5,
                    "height": 37,
                    "page_width": 210,
                    "page_height": 297,
                    "rows": 8,
                    "columns": 3,
                },
                "3 columns need 211.5 mm, the page is 210 mm wide; take fewer "
                "columns, narrower labels or smaller gaps.",
            ),
            (
                {
                    "width": 70,
                    "height": 37,
                    "page_width": 210,
                    "page_height": 297,
                    "rows": 8,
                    "columns": 3,
                    "page_top": 2,
                },
                "8 rows need 298 mm, the page is 297 mm high; take fewer rows, lower "
                "labels or smaller gaps.",
            ),
        ):
            with self.subTest(sentence):
                self.says(sentence, Format, **values)

    def test_a_block_that_cannot_be(self):
        for values, sentence in (
            (
                ("qr", 0, 0, 9, 9),
                "“qr” is no kind of block; choose one of text, gs1_128, "
                "gs1_datamatrix, digital_link, ean13, image, line, box.",
            ),
            (
                ("text", 0, 0, 0, 9, "{lot}"),
                "The text “{lot}” is 0 × 9 mm large; make both sides larger than 0.",
            ),
            (
                ("text", float("inf"), 0, 9, 9, "{lot}"),
                "The text “{lot}” has “inf” as x; write a number there.",
            ),
            (
                ("text", 0, 0, 9, 9, "{lot}", 3),
                "The text “{lot}” has letters of 3 points; choose 4 to 200 points.",
            ),
            (
                ("text", 0, 0, 9, 9, "{lot}", 8, False, "middle"),
                "The text “{lot}” cannot be aligned “middle”; choose left, center "
                "or right.",
            ),
            (
                ("ean13", 0, 0, 9, 9, "01", 8, False, "left", 45),
                "The EAN-13 “01” cannot be turned by 45°; choose 0, 90, 180 or 270.",
            ),
            (
                ("gs1_128", 0, 0, 9, 9, "01 lot"),
                "“lot” in the GS1-128 “01 lot” is no application identifier; write "
                "them such as 01 17? 10, with a question mark behind one that may be "
                "missing.",
            ),
        ):
            with self.subTest(sentence):
                self.says(sentence, Block, *values)

    def test_a_symbol_that_is_too_large_for_its_block(self):
        for block, sentence in (
            (
                Block("gs1_datamatrix", 0, 0, 8, 20, "01 17 10"),
                "The GS1 DataMatrix “01 17 10” needs 8.7 × 8.7 mm to be readable, it "
                "has 8 × 20 mm; make it larger or put less into it.",
            ),
            (
                Block("gs1_128", 0, 0, 90, 30, "00", module=0.6),
                "The GS1-128 “00” needs 110.4 × 18.8 mm to be readable, it has 90 × "
                "30 mm; make it larger or put less into it.",
            ),
            (
                Block("gs1_128", 0, 0, 90, 7, "00"),
                "The GS1-128 “00” needs 44.4 × 10 mm to be readable, it has 90 × 7 "
                "mm; make it larger or put less into it.",
            ),
            (
                Block("ean13", 0, 0, 30, 40, "01", rotation=90),
                "The EAN-13 “01” needs 9.9 × 42.8 mm to be readable, it has 30 × 40 "
                "mm; make it larger or put less into it.",
            ),
        ):
            with self.subTest(sentence):
                self.says(sentence, self.draw, block)

    def test_a_symbol_of_the_size_that_was_told_is_drawn(self):
        for kind, content in (
            ("gs1_128", "01 17 10"),
            ("gs1_datamatrix", "01 17 10"),
            ("digital_link", "01 17 10"),
            ("ean13", "01"),
        ):
            for rotation in (0, 90):
                with self.subTest(kind, rotation=rotation):
                    block = Block(kind, 0.07, 0.07, 2, 2, content, rotation=rotation)
                    with self.assertRaises(LabelError) as caught:
                        self.draw(block)
                    told = caught.exception.values
                    size = (told["needed_width"], told["needed_height"])
                    self.draw(
                        Block(kind, 0.07, 0.07, *size, content, rotation=rotation)
                    )

    def test_values_that_do_not_go_into_a_symbol(self):
        for content, elements, sentence in (
            (
                "01 10",
                {"10": "A"},
                "The GS1-128 “01 10” needs (01), which is not known here; fill it "
                "in, or write 01? in the template if it may be missing.",
            ),
            (
                "01 10",
                {"01": GTIN[:-1] + "8", "10": "A"},
                "The GS1-128 “01 10” cannot be made: (01) GTIN “08991234567898”, "
                "character 14: the check digit is 8 but should be 1; compare the "
                "number with its source.",
            ),
            (
                "01 37",
                {"01": GTIN, "37": "12"},
                "The GS1-128 “01 37” cannot be made: (01) and (37) cannot stand "
                "together; leave one out.",
            ),
            (
                "10",
                {"10": "A"},
                "The GS1-128 “10” cannot be made: (10) needs one of (01), (02), "
                "(03), (8006), (8026) in the same message; add what is missing.",
            ),
            (
                "01 11 17",
                {"01": GTIN, "11": "261201", "17": "261130"},
                "The GS1-128 “01 11 17” cannot be made: The date in (17) is before "
                "the date in (11); check both.",
            ),
            (
                "01 21 10",
                {"01": GTIN, "21": "S" * 20, "10": "A" * 20},
                f"The GS1-128 “01 21 10” cannot hold “(01){GTIN}(21){'S' * 20}(10)"
                f"{'A' * 20}”; shorten it or leave something out.",
            ),
        ):
            with self.subTest(content, elements=elements):
                block = Block("gs1_128", 0, 0, 200, 50, content)
                self.says(sentence, self.draw, block, Values(elements=elements))

    def test_a_rule_counts_for_all_symbols_of_a_label(self):
        """The lot stands in one symbol, its GTIN in the other."""
        form = Format(200, 100)
        blocks = [
            Block("gs1_128", 0, 0, 100, 40, "10"),
            Block("gs1_128", 0, 50, 100, 40, "01"),
        ]
        self.assertTrue(draw(form, blocks, short_values()).items)
        with self.assertRaises(LabelError):
            draw(form, blocks[:1], short_values())

    def test_a_gtin_without_ean13(self):
        values = Values(elements={"01": "18991234567898"})
        sentence = (
            "The GTIN 18991234567898 has no EAN-13; use the GTIN of the consumer "
            "unit, or a GS1-128."
        )
        self.says(sentence, self.draw, Block("ean13", 0, 0, 60, 30, "01"), values)

    def test_texts(self):
        self.says(
            "“Pisang Mas Kirana” does not fit into the text “{product}” of 5 × 3 mm; "
            "make the block larger or its letters smaller, or let it be cut.",
            self.draw,
            Block("text", 0, 0, 5, 3, "{product}"),
        )
        with self.assertRaisesRegex(LabelError, "“crop” in the text “{crop}” is no"):
            self.draw(Block("text", 0, 0, 50, 5, "{crop}"))
        with self.assertRaisesRegex(LabelError, "has the character “香”"):
            self.draw(Block("text", 0, 0, 50, 5, "香蕉"))

    def test_a_block_outside_of_the_margins(self):
        form = Format(50, 30, 2, 2, 2, 2)
        block = Block("text", 40, 2, 10.5, 5, "{lot}")
        self.says(
            "The text “{lot}” lies 2.5 mm outside of the label and its margins; move "
            "it or make it smaller.",
            draw,
            form,
            [block],
            short_values(),
        )

    def test_a_picture_that_is_none(self):
        values = Values(images={"logo": b"<svg/>"})
        self.says(
            "The picture “logo” cannot be read; use a PNG or JPEG file.",
            self.draw,
            Block("image", 0, 0, 10, 10, "logo"),
            values,
        )

    def test_printers_and_places(self):
        form = Format(50, 30)
        drawing = draw(form, [], Values())
        self.says(
            "The label was drawn for 203 dpi and cannot be sent to a printer of 300 "
            "dpi; draw it for this printer.",
            render_zpl,
            form,
            [drawing],
            300,
        )
        self.says(
            "72 dpi is no known resolution; choose one of 203, 300, 600.",
            render_zpl,
            form,
            [drawing],
            72,
        )
        self.says(
            "0 copies cannot be printed; choose 1 to 9,999.",
            render_zpl,
            form,
            [drawing],
            copies=0,
        )
        self.says(
            "The first label cannot lie at place 2; the sheet has places 1 to 1.",
            render_pdf,
            form,
            [drawing],
            2,
        )

    def test_a_sentence_is_translated_with_all_its_parts(self):
        block = Block("gs1_128", 0, 0, 200, 50, "01")
        with self.assertRaises(LabelError) as caught:
            self.draw(block, Values(elements={"01": "1"}))
        error = caught.exception
        self.assertIsInstance(error.values["problem"], Gs1Error)
        asked = []
        error.sentence(lambda text: asked.append(text) or text)
        self.assertIn(SENTENCES["symbol_data"], asked)
        self.assertIn(BLOCK_NAMES["gs1_128"], asked)
        self.assertTrue([text for text in asked if "too short" in text])

    def test_every_sentence_is_used(self):
        """Each code of the table is raised somewhere in the package."""
        folder = Path(__file__).parents[1] / "labels"
        source = "".join(path.read_text() for path in folder.glob("*.py"))
        for code in SENTENCES:
            self.assertGreater(len(re.findall(f'"{code}"', source)), 1, code)

    def draw(self, block, values=None):
        return draw(Format(300, 300), [block], values or short_values())
