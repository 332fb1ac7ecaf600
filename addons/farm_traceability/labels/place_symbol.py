"""Symbols in their blocks: as large as fits, on whole dots of the printer."""

import math

from .formats import TOLERANCE
from .place_text import LEAST_CAPTION, check_letters, stacked
from .primitives import Bars, Box, Matrix, Text
from .symbols import GUARD_DEPTH, GUARDS, make_symbol
from .texts import LEADING, in_few_lines

#: ISO/IEC 15417: bars are 5 mm high or 15 % of their length, whichever is more
LEAST_BARS, LEAST_BARS_SHARE = 5.0, 0.15
#: printers know modules of up to ten dots
MOST_DOTS = 10
#: what people read below bars: its least letters in points, its distance in mm
LEAST_READABLE, READABLE_GAP = 6.0, 0.4
#: digits of an EAN-13, six of which fill the space between two guards, in modules
EAN_LETTERS = 8.5
EAN_DIGITS = ((slice(0, 1), -10, -2), (slice(1, 7), 3, 46), (slice(7, 13), 49, 92))


def place_symbol(block, values, dots):
    """A symbol and what people read of it; nothing where it carries nothing.

    :param dots: of the printer, a mm
    :raises LabelError: if it does not fit, or its data are wrong
    """
    symbol = make_symbol(block, values)
    if not symbol:
        return ()
    caption = symbol.text if symbol.is_bars else values.filled(block, block.caption)
    check_letters(block, caption)
    space = _Space(block, symbol, caption, dots)
    items = space.bars() if symbol.is_bars else space.matrix()
    return [space.box.place(item) for item in items]


class _Space:
    """The space of a block for its symbol, from its first whole dot to its last."""

    def __init__(self, block, symbol, caption, dots):
        self.block, self.symbol, self.caption = block, symbol, caption
        self.dots = dots
        self.box = self._box()
        self.room, self.height = self.box.inner
        self.least, self.most = self._module_limits()

    def bars(self):
        for module in self._modules(self.room / self.symbol.full_columns):
            full = self.symbol.full_columns * module
            below = _EanBelow(self, module) if self.is_ean else _Below(self, full)
            height = self._whole(self.height - below.height)
            least = max(LEAST_BARS, LEAST_BARS_SHARE * self.symbol.columns * module)
            if full <= self.room + TOLERANCE and height >= least - TOLERANCE:
                return self._bars(module, full, height, below)
        raise self._too_small(least + below.height)

    def _bars(self, module, full, height, below):
        left = self._aligned(full)
        x, length = left + self.symbol.sizes.left * module, self.symbol.columns * module
        row = self.symbol.rows[0]
        bars = Bars(x, 0.0, length, height, 0, row, module, self.symbol)
        return [bars, *below.items(left, height)]

    def matrix(self):
        lines = self._caption_lines()
        taken = lines.height if lines else 0.0
        columns, rows = self.symbol.full_columns, self.symbol.full_rows
        height = self.height - taken
        module = next(self._modules(min(self.room / columns, height / rows)))
        if max(columns * module - self.room, rows * module - height) > TOLERANCE:
            raise self._too_small(rows * module + taken)
        align = self.block.align
        below = stacked(lines, 0.0, rows * module, self.room, align) if lines else []
        return [self._matrix(module, self._aligned(columns * module)), *below]

    def _matrix(self, module, left):
        sizes, rows = self.symbol.sizes, self.symbol.rows
        return Matrix(
            left + sizes.left * module,
            sizes.above * module,
            self.symbol.columns * module,
            len(rows) * module,
            0,
            rows,
            module,
            self.symbol,
        )

    @property
    def is_ean(self):
        return self.symbol.kind == "ean13"

    def _box(self):
        block, dots = self.block, self.dots
        left, top = _up(block.x * dots), _up(block.y * dots)
        width = max(_down(block.right * dots) - left, 0)
        height = max(_down(block.bottom * dots) - top, 0)
        return Box(left / dots, top / dots, width / dots, height / dots, block.rotation)

    def _module_limits(self):
        """The fewest and the most dots that a module may be wide."""
        sizes = self.symbol.sizes
        least = _up(max(sizes.least, self.block.module or 0) * self.dots)
        most = min(_down(sizes.most * self.dots), MOST_DOTS)
        return least, max(least, most)

    def _modules(self, room):
        """The allowed modules from the largest in a room of mm; at least the least."""
        largest = max(min(_down(room * self.dots), self.most), self.least)
        for count in range(largest, self.least - 1, -1):
            yield count / self.dots

    def _caption_lines(self):
        if not self.caption.strip():
            return None
        size = self.block.font_size
        return in_few_lines(self.caption, size, min(size, LEAST_CAPTION), self.room)

    def _aligned(self, length):
        spare = self.room - length
        share = {"left": 0, "center": 0.5, "right": 1}[self.block.align]
        return self._whole(spare * share)

    def _whole(self, length):
        return _down(length * self.dots) / self.dots

    def _too_small(self, height):
        width = self.symbol.full_columns * self.least / self.dots
        if self.block.rotation in (90, 270):
            width, height = height, width
        # Enough wherever the block lies between the dots; in tenths of a mm.
        lost = 3 / self.dots
        return self.block.error(
            "symbol_too_small",
            needed_width=math.ceil((width + lost) * 10) / 10,
            needed_height=math.ceil((height + lost) * 10) / 10,
            has_width=float(self.block.width),
            has_height=float(self.block.height),
        )


class _Below:
    """What people read below a GS1-128."""

    def __init__(self, space, room):
        size = space.block.font_size
        least = min(size, LEAST_READABLE)
        self.room = room
        self.lines = in_few_lines(space.caption, size, least, room)
        self.height = self.lines.height + READABLE_GAP

    def items(self, left, top):
        return stacked(self.lines, left, top + READABLE_GAP, self.room, "center")


class _EanBelow:
    """The digits below an EAN-13, between guards that reach down."""

    def __init__(self, space, module):
        self.symbol, self.module = space.symbol, module
        self.size = EAN_LETTERS * module
        self.height = READABLE_GAP + self.size * LEADING

    def items(self, left, top):
        left += self.symbol.sizes.left * self.module
        columns = self.symbol.columns
        row = bytes(0 if at in GUARDS else 255 for at in range(columns))
        width, depth = columns * self.module, GUARD_DEPTH * self.module
        yield Bars(left, top, width, depth, 0, row, self.module, None)
        for part, first, last in EAN_DIGITS:
            x, room = left + first * self.module, (last - first) * self.module
            yield self._digits(self.symbol.data[part], x, top + READABLE_GAP, room)

    def _digits(self, text, x, y, room):
        height = self.size * LEADING
        return Text(x, y, room, height, 0, text, self.size, False, "center")


def _up(number):
    return math.ceil(number - 1e-4)


def _down(number):
    return math.floor(number + 1e-4)
