r"""Labels as ZPL II, which Zebra's printers and many others understand.

Bars and GS1 DataMatrix are drawn by the printer itself. A QR code is sent as a picture:
printers choose its size on their own, which may be more than its place has.
``^CI28`` makes texts UTF-8; ``^FH\`` lets them have any character, so that no lot name
is a command.
"""

from functools import lru_cache

from PIL import Image

from ..gs1 import GS, write
from ..letters import clean
from .errors import LabelError
from .formats import dots_per_mm
from .png import WHITE, grey_picture
from .primitives import Bars, Frame, Matrix, Picture, Rule, Text
from .symbols import runs
from .texts import LEADING
from .zpl_code128 import zpl_data

MOST_COPIES = 9_999
TURNS = {0: "N", 90: "R", 180: "I", 270: "B"}
ALIGNED = {"left": "L", "center": "C", "right": "R"}
#: what ends a field or a command, and the sign of what is written by its number
SPECIAL = {ord(one): f"\\{ord(one):02X}" for one in "\\^~"}
#: of a DataMatrix: no character of a GS1 value, so that no value holds one
ESCAPE = "@"
#: what is darker is black
THRESHOLD = 128


def render_zpl(form, drawings, dpi=None, copies=1):
    """Labels one after another, each with its copies.

    :param form: their :class:`Format`; sheets are for other printers, only the label
        itself counts
    :param drawings: any iterable of drawings for this resolution
    :param dpi: of the printer, 203 without it
    :param copies: of each label
    :rtype: bytes
    :raises LabelError: if the drawings are for other printers
    """
    if not 1 <= copies <= MOST_COPIES:
        raise LabelError("copies", copies=copies)
    dpi = dpi or 203
    dots = dots_per_mm(dpi)
    return "".join(_label(form, one, dpi, dots, copies) for one in drawings).encode()


def _label(form, drawing, dpi, dots, copies):
    if drawing.dpi != dpi:
        raise LabelError("dpi_differs", drawn=drawing.dpi, dpi=dpi)
    if form.rotated:
        drawing = drawing.turned()
    width, height = round(drawing.width * dots), round(drawing.height * dots)
    fields = [_WRITERS[type(item)](item, dots) for item in drawing.items]
    head = f"^XA^CI28^PW{width}^LL{height}^LH0,0^LT0"
    return "\n".join([head, *fields, f"^PQ{copies}^XZ\n"])


def _origin(item, dots):
    return f"^FO{round(item.x * dots)},{round(item.y * dots)}"


def _data(text):
    return f"^FH\\^FD{text.translate(SPECIAL)}^FS"


def _text(item, dots):
    turn = TURNS[item.rotation]
    size = round(item.size * dots)
    origin = _origin(_lowered(item), dots)
    head = f"{origin}^A0{turn},{size},{size}"
    text = clean(item.text)
    # Within ^FB, which aligns, a backslash would be a sign of its own.
    if item.align == "left" or "\\" in text:
        return head + _data(text)
    room = item.height if item.rotation in (90, 270) else item.width
    block = f"^FB{round(room * dots)},1,0,{ALIGNED[item.align]},0"
    return head + block + _data(text)


def _lowered(item):
    """A text where the printer's letters start; they have less room above them."""
    free = item.size * (LEADING - 1)
    if item.rotation == 0:
        return item._replace(y=item.y + free)
    if item.rotation == 270:
        return item._replace(x=item.x + free)
    return item


def _bars(item, dots):
    turn, high = TURNS[item.rotation], item.height
    if item.rotation in (90, 270):
        high = item.width
    if not item.symbol:
        return _rules(item, dots)
    head = f"{_origin(item, dots)}^BY{round(item.module * dots)}"
    high = round(high * dots)
    if item.symbol.kind == "ean13":
        # The printer adds the check digit.
        return f"{head}^BE{turn},{high},N,N{_data(item.symbol.data[:12])}"
    return f"{head}^BC{turn},{high},N,N,N,N{_data(zpl_data(item.symbol.words))}"


def _rules(item, dots):
    """Parts of bars, each as a black rectangle."""
    return "".join(
        _rule(_stretch(item, first, last), dots) for first, last in runs(item.row)
    )


def _stretch(item, first, last):
    start, length = first * item.module, (last - first) * item.module
    x, y, width, height = item[:4]
    return {
        0: Rule(x + start, y, length, height),
        90: Rule(x, y + start, width, length),
        180: Rule(x + width - start - length, y, length, height),
        270: Rule(x, y + height - start - length, width, length),
    }[item.rotation]


def _matrix(item, dots):
    turn, module = TURNS[item.rotation], round(item.module * dots)
    if item.symbol.kind == "digital_link":
        return _origin(item, dots) + _graphic(_modules(item, module))
    head = f"{_origin(item, dots)}^BX{turn},{module},200,,,,{ESCAPE},1"
    data = ESCAPE + "1" + write(item.symbol.data).replace(GS, ESCAPE + "1")
    return head + _data(data)


def _modules(item, module):
    """The picture of a symbol, a module as many dots wide."""
    count = len(item.rows)
    image = Image.frombytes("L", (count, count), b"".join(item.rows))
    image = image.resize((count * module, count * module), Image.Resampling.NEAREST)
    return image.rotate(-item.rotation)


def _picture(item, dots):
    width, height = (max(round(side * dots), 1) for side in item[2:4])
    return _origin(item, dots) + _picture_graphic(
        item.data, width, height, item.rotation
    )


@lru_cache(maxsize=50)
def _picture_graphic(data, width, height, rotation):
    size = (height, width) if rotation in (90, 270) else (width, height)
    return _graphic(grey_picture(data, *size).rotate(-rotation, expand=True))


def _graphic(grey):
    """A picture as a field: black or white, a row that repeats as a colon."""
    black = grey.point(lambda one: WHITE if one < THRESHOLD else 0).convert("1")
    row = (black.width + 7) // 8
    figures = black.tobytes().hex().upper()
    rows = [figures[at : at + 2 * row] for at in range(0, len(figures), 2 * row)]
    short = [
        ":" if last == one else one
        for last, one in zip([None, *rows], rows, strict=False)
    ]
    count = row * black.height
    return f"^GFA,{count},{count},{row},{''.join(short)}^FS"


def _rule(item, dots):
    width, height = (max(round(side * dots), 1) for side in item[2:4])
    return f"{_origin(item, dots)}^GB{width},{height},{min(width, height)}^FS"


def _frame(item, dots):
    width, height = (max(round(side * dots), 1) for side in item[2:4])
    line = max(round(item.line * dots), 1)
    return f"{_origin(item, dots)}^GB{width},{height},{line}^FS"


_WRITERS = {
    Text: _text,
    Bars: _bars,
    Matrix: _matrix,
    Picture: _picture,
    Rule: _rule,
    Frame: _frame,
}
