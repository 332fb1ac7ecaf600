"""Labels of a farm as they come ready made, and what stands on them.

``TEMPLATES`` are (format, blocks) by name; fields and identifiers are those of
``short_values`` and ``long_values``.
"""

import io

from PIL import Image, ImageDraw

from ..gs1.keys import gtin_14, make_gtin, make_sscc
from ..labels import Block, Format, Values

GTIN = gtin_14(make_gtin("8991234", 56789))
SSCC = make_sscc("8991234", 17)
SHORT_LOT, LONGEST_LOT = "MK-26-0117", "TWM/2026-11_HAND-042"


def text(x, y, width, height, content, caption="", **look):
    return Block("text", x, y, width, height, content, caption=caption, **look)


def symbol(kind, x, y, width, height, content, **look):
    return Block(kind, x, y, width, height, content, **look)


def logistic(y, height, content):
    """As GS1 wants them on pallets: modules of 0.495 mm, letters 3 mm high."""
    look = {"font_size": 12, "module": 0.495, "align": "center"}
    return symbol("gs1_128", 2, y, 101, height, content, **look)


def image(x, y, width, height, name, align="center"):
    return Block("image", x, y, width, height, name, align=align)


def line(x, y, width):
    return Block("line", x, y, width, 0)


BUNCH = (
    Format(100, 50, 2, 2, 2, 2),
    (
        text(2, 2, 54, 7, "{product}", font_size=14, bold=True, may_cut=True),
        image(57, 2, 12, 9, "logo"),
        text(2, 10, 54, 9, "{lot}", "Lot", font_size=15, bold=True),
        text(2, 20, 33, 6.5, "{harvest_date}", "Harvested", font_size=10),
        text(36, 20, 33, 6.5, "{expiry}", "Best before", font_size=10, bold=True),
        text(2, 27, 33, 6.5, "{farmer}", "Farmer", font_size=9, may_cut=True),
        text(36, 27, 33, 6.5, "{group}", "Group", font_size=9, may_cut=True),
        text(2, 34, 67, 6.5, "{region}", "Plot", font_size=9, may_cut=True),
        text(2, 41.5, 14, 6.5, "{grade}", "Grade", font_size=10, bold=True),
        text(17, 41.5, 18, 6.5, "{weight}", "Weight", font_size=10, bold=True),
        text(36, 41.5, 33, 6.5, "{certificate}", "Certificate", font_size=9),
        symbol("gs1_datamatrix", 72, 2, 26, 19.5, "01 17? 10", align="right"),
        symbol("digital_link", 72, 22, 26, 26, "01 10 17?", align="right"),
    ),
)

HAND = (
    Format(50, 30, 1.5, 1.5, 1.5, 1.5),
    (
        text(1.5, 1.5, 23, 7.5, "{product}", font_size=9, bold=True, may_cut=True),
        text(1.5, 9.5, 23, 7, "{lot}", "Lot", font_size=8, bold=True),
        text(1.5, 16.7, 23, 5.5, "{expiry}", "Best before", font_size=8),
        text(1.5, 23, 23, 5.5, "{price}", font_size=12, bold=True),
        symbol("digital_link", 25, 1.5, 23.5, 23, "01 10 17?", align="right"),
        text(25, 25, 22.5, 3.5, "{grade} · {weight}", font_size=8, align="right"),
    ),
)

CRATE = (
    Format(100, 150, 3, 3, 3, 3),
    (
        image(3, 3, 24, 14, "logo", "left"),
        image(58, 3, 14, 14, "certification", "right"),
        text(3, 19, 69, 15, "{product}", font_size=22, bold=True, may_cut=True),
        line(3, 35.5, 69),
        text(3, 37, 69, 12, "{lot}", "Lot", font_size=24, bold=True),
        text(3, 50, 34, 10, "{harvest_date}", "Harvested", font_size=14),
        text(38, 50, 34, 10, "{expiry}", "Best before", font_size=14, bold=True),
        line(3, 61, 69),
        text(
            3, 62.5, 69, 9, "{farmer} · {group}", "Farmer", font_size=12, may_cut=True
        ),
        text(3, 72.5, 69, 9, "{region}", "Plot", font_size=12, may_cut=True),
        line(3, 83, 69),
        text(3, 84.5, 22, 11, "{grade}", "Grade", font_size=18, bold=True),
        text(26, 84.5, 23, 11, "{weight}", "Weight", font_size=18, bold=True),
        text(50, 84.5, 22, 11, "{count}", "Count", font_size=18, bold=True),
        text(3, 97, 69, 9, "{certificate}", "Certificate", font_size=12),
        line(3, 107.5, 69),
        symbol("digital_link", 3, 109, 36, 38, "01 10 17?"),
        symbol("gs1_datamatrix", 42, 109, 30, 38, "01 17? 10", align="right"),
        symbol("gs1_128", 75, 3, 22, 144, "01 17? 10", rotation=90, align="center"),
    ),
)

PALLET = (
    Format(105, 148, 2, 2, 2, 2),
    (
        image(3.5, 3, 24, 12, "logo", "left"),
        text(30, 3, 72, 12, "{company}", "From", font_size=11, may_cut=True),
        line(2, 16, 101),
        text(3.5, 17, 66, 9, "{product}", "Content", font_size=14, may_cut=True),
        text(3.5, 26.5, 66, 8, "{sscc}", "SSCC", font_size=12, bold=True),
        text(3.5, 35, 40, 8, "{gtin}", "Content GTIN", font_size=12),
        text(45, 35, 24, 8, "{count}", "Count", font_size=12, bold=True),
        text(3.5, 43.5, 40, 8, "{lot}", "Lot", font_size=12),
        text(45, 43.5, 24, 8, "{expiry}", "Best before", font_size=12, bold=True),
        symbol("gs1_datamatrix", 71, 17, 31, 34, "00 02 37 17? 10", align="right"),
        line(2, 53, 101),
        logistic(55, 38, "02 37"),
        line(2, 95, 101),
        logistic(98, 47.5, "00"),
    ),
)

SHEET_24 = (
    Format(
        70, 37, 4, 4, 4, 4, page_width=210, page_height=297, rows=8, columns=3,
        page_top=0.5,
    ),
    (
        text(4, 4, 40, 5, "{product}", font_size=10, bold=True, may_cut=True),
        text(4, 9, 40, 4, "{lot}", font_size=9, bold=True),
        text(4, 13.3, 20, 5.2, "{expiry}", "Best before", font_size=8),
        text(24, 13.3, 20, 5.2, "{price}", font_size=10, bold=True, align="right"),
        symbol("ean13", 4, 19, 40, 14, "01"),
        symbol("digital_link", 46, 4, 20, 20, "01 10 17?", align="right"),
        text(46, 24.5, 20, 8.5, "{farmer}", "Farmer", font_size=7, may_cut=True),
    ),
)  # fmt: skip

SHEET_65 = (
    Format(
        38.1, 21.2, 1.5, 1.5, 1.5, 1.5, page_width=210, page_height=297, rows=13,
        columns=5, page_left=4.75, page_top=10.7, gap_x=2.5,
    ),
    (
        text(1.5, 1.5, 35.1, 3.4, "{product}", font_size=8, bold=True, may_cut=True),
        text(1.5, 5.2, 19.3, 6.4, "{lot}", "Lot", font_size=8, bold=True),
        text(1.5, 11.8, 19.3, 5, "{expiry}", "Best before", font_size=7),
        text(1.5, 16.8, 19.3, 2.9, "{grade} · {weight}", font_size=7),
        symbol("gs1_datamatrix", 21.3, 5, 15.3, 14.7, "01 17? 10", align="right"),
    ),
)  # fmt: skip

TEMPLATES = {
    "bunch": BUNCH,
    "hand": HAND,
    "crate": CRATE,
    "pallet": PALLET,
    "sheet_24": SHEET_24,
    "sheet_65": SHEET_65,
}


def short_values():
    """A label as most are."""
    texts = {
        "product": "Pisang Mas Kirana",
        "lot": SHORT_LOT,
        "farmer": "Bu Sri Wahyuni",
        "group": "KT Sumber Makmur",
        "region": "Tawangmangu, Karanganyar",
        "company": "Kebun Lawu",
        "harvest_date": "17/11/2026",
        "expiry": "30/11/2026",
        "grade": "A",
        "weight": "12,5 kg",
        "count": "120",
        "certificate": "ID-ORG-0042",
        "price": "Rp 24.500",
        "gtin": GTIN,
        "sscc": SSCC,
    }
    return Values(texts, elements(SHORT_LOT), images())


def long_values():
    """The longest lot name that GS1 allows, and long words all over."""
    texts = short_values().texts | {
        "product": "Pisang Cavendish Organik Pilihan Ekspor Grade Super Tawangmangu",
        "lot": LONGEST_LOT,
        "farmer": "Raden Mas Kartosuwiryo Hadiwidjojo bin Sastroamidjojo",
        "group": "Gabungan Kelompok Tani Sumber Makmur Sejahtera Bersama",
        "region": "Dusun Gondosuli Kidul, Kecamatan Tawangmangu, Kabupaten Karanganyar",
        "company": "Koperasi Produsen Petani Pisang Lereng Lawu Sejahtera Bersama",
        "weight": "1.012,50 kg",
        "certificate": "ID-BIO-140-2026/000123456",
        "price": "Rp 1.250.000",
    }
    return Values(texts, elements(LONGEST_LOT), images())


def bare_values():
    """A lot of which hardly anything is known: nothing stands there instead."""
    known = {"lot", "product", "expiry", "count", "gtin", "sscc"}
    texts = {
        name: value if name in known else ""
        for name, value in short_values().texts.items()
    }
    return Values(texts, elements(SHORT_LOT))


def elements(lot):
    return {
        "00": SSCC, "01": GTIN, "02": GTIN, "10": lot, "17": "261130", "37": "120"
    }  # fmt: skip


def images():
    return {"logo": picture((300, 150)), "certification": picture((200, 200))}


def picture(size):
    """A PNG: a leaf on nothing."""
    drawn = Image.new("RGBA", size, (0, 0, 0, 0))
    pen = ImageDraw.Draw(drawn)
    width, height = size
    pen.ellipse((2, 2, width - 3, height - 3), "#1f6b45")
    pen.line((width * 0.2, height * 0.8, width * 0.8, height * 0.2), "white", 8)
    output = io.BytesIO()
    drawn.save(output, "PNG")
    return output.getvalue()
