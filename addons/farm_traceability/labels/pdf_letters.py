"""Letters in a PDF: those of texts, and bars as letters of a font of their own."""

import re
from functools import cache
from itertools import product

from reportlab.pdfbase.pdfmetrics import getFont

from ..gs1.code128 import WIDTHS

#: what a string of a PDF has to say in another way; brackets only without their pair
ESCAPES = {"\\": "\\\\", "\r": "\\r", "\n": "\\n"}
BRACKETS = str.maketrans({"(": "\\(", ")": "\\)"})
PAIRS = re.compile(r"\([^()]*\)")
#: each letter of the font of bars is a bar and the space behind it, in modules; being
#: digits for the most part, like the text below bars, they take less room
STRIPES = {
    f"{bar}{space}": chr(ord("-") + at)
    for at, (bar, space) in enumerate(product(range(1, 5), repeat=2))
}
FIRST, LAST = (ord(letter) for letter in (min(STRIPES.values()), max(STRIPES.values())))
#: who copies the text of a page finds spaces instead of bars
UNICODE = b"""/CIDInit/ProcSet findresource begin 12 dict begin begincmap
/CMapName/Bars def/CMapType 2 def 1 begincodespacerange<00><FF>endcodespacerange
%d beginbfchar
%s
endbfchar endcmap CMapName currentdict/CMap defineresource pop end end"""


class Letters(dict):
    """The letters of a font as strings of one document have them: a table for
    ``str.translate``, which has each letter from its first use.

    reportlab's own way to write a line takes several times as long.

    :param font: name of a registered font
    :param name: that of its first part in the document
    """

    def __init__(self, font, document, name):
        super().__init__()
        self.font, self.document, self.name = getFont(font), document, name
        self.is_whole = True

    def __missing__(self, code):
        ((subset, letter),) = self.font.splitString(chr(code), self.document)
        self.is_whole = self.is_whole and subset == 0
        self[code] = _escaped(letter)
        return self[code]

    def parts(self, text):
        """The parts of a text: the name of a part of the font, its string."""
        letters = text.translate(self)
        if self.is_whole:
            return [(self.name, _string(letters))]
        return [
            (f"{self.name}{subset or ''}", _string(_escaped(part)))
            for subset, part in self.font.splitString(text, self.document)
        ]

    def add_fonts(self):
        """Have reportlab make what is used of the font.

        :return: names of its parts in the document, and those that reportlab has
        """
        state = self.font.state.get(self.document)
        count = len(state.subsets) if state else 0
        names = {
            f"{self.name}{at or ''}": self.font.getSubsetInternalName(at, self.document)
            for at in range(count)
        }
        if names:
            self.font.addObjects(self.document)
        return names

    def forget(self):
        """Let go of the document, which the font keeps otherwise."""
        self.font.state.pop(self.document, None)


def bars_text(words):
    """Code words of Code 128 as letters of the font of bars, a module wide and high."""
    letters = _word_letters()
    return "".join([letters[word] for word in words])


def add_bars_font(file):
    """Write the font of bars.

    :param file: the ``PdfFile``
    :return: its number
    """
    glyphs, widths = [], []
    for stripe in STRIPES:
        bar, space = map(int, stripe)
        box = f"{bar + space} 0 0 0 {bar} 1 d1 0 0 {bar} 1 re f"
        glyphs.append(f"/b{stripe} {file.add_stream(box.encode())} 0 R")
        widths.append(str(bar + space))
    spaces = [b"<%02X><0020>" % code for code in range(FIRST, LAST + 1)]
    unicode_ = file.add_stream(UNICODE % (len(spaces), b"\n".join(spaces)))
    names = "".join(f"/b{stripe}" for stripe in STRIPES)
    font = (
        "<</Type/Font/Subtype/Type3/FontBBox[0 0 8 1]/FontMatrix[1 0 0 1 0 0]"
        f"/CharProcs<<{''.join(glyphs)}>>/Resources<<>>/ToUnicode {unicode_} 0 R"
        f"/Encoding<</Type/Encoding/Differences[{FIRST}{names}]>>"
        f"/FirstChar {FIRST}/LastChar {LAST}/Widths[{' '.join(widths)}]>>"
    )
    return file.add(font.encode())


@cache
def _word_letters():
    # The last bar of a stop has a space behind it like all others.
    even = [widths + "1" * (len(widths) % 2) for widths in WIDTHS]
    return tuple(
        "".join(STRIPES[one[at : at + 2]] for at in range(0, len(one), 2))
        for one in even
    )


def _escaped(letters):
    text = letters.decode("latin-1")
    return "".join(ESCAPES.get(one, one) for one in text)


def _string(letters):
    rest = PAIRS.sub("", letters)
    is_even = "(" not in rest and ")" not in rest
    return f"({letters if is_even else letters.translate(BRACKETS)})"
