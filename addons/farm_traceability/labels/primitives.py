"""What a drawing is made of, in mm.

Each primitive has the upper left corner and the size of the space that it takes on the
label, and ``rotation``: how its content is turned in that space, in degrees clockwise.
"""

from typing import NamedTuple


class Text(NamedTuple):
    """One line; ``size`` is that of its letters in mm."""

    x: float
    y: float
    width: float
    height: float
    rotation: int
    text: str
    size: float
    is_bold: bool
    align: str


class Bars(NamedTuple):
    """A row of modules; without a ``symbol`` it is only a part of one."""

    x: float
    y: float
    width: float
    height: float
    rotation: int
    row: bytes
    module: float
    symbol: object


class Matrix(NamedTuple):
    """Modules of a symbol of two dimensions, ``module`` mm each."""

    x: float
    y: float
    width: float
    height: float
    rotation: int
    rows: tuple
    module: float
    symbol: object


class Picture(NamedTuple):
    """A picture; ``data`` is a file."""

    x: float
    y: float
    width: float
    height: float
    rotation: int
    name: str
    data: bytes


class Rule(NamedTuple):
    """A black rectangle."""

    x: float
    y: float
    width: float
    height: float
    rotation: int = 0


class Frame(NamedTuple):
    """The edge of a rectangle, ``line`` mm thick inwards."""

    x: float
    y: float
    width: float
    height: float
    rotation: int
    line: float


class Drawing(NamedTuple):
    """A label of ``width`` × ``height`` mm for a resolution."""

    width: float
    height: float
    dpi: int
    items: tuple

    def turned(self):
        """The same, a quarter clockwise."""
        box = Box(0, 0, self.height, self.width, 90)
        items = tuple(box.place(item) for item in self.items)
        return Drawing(self.height, self.width, self.dpi, items)


class Box(NamedTuple):
    """A space on the label whose content may be turned."""

    x: float
    y: float
    width: float
    height: float
    rotation: int

    @property
    def inner(self):
        """Width and height for the content."""
        size = (self.width, self.height)
        return size[::-1] if self.rotation in (90, 270) else size

    def place(self, item):
        """A primitive of the content, where it lies on the label."""
        x, y, width, height = item[:4]
        if not self.rotation:
            return item._replace(x=self.x + x, y=self.y + y)
        if self.rotation == 180:
            x, y = self.width - x - width, self.height - y - height
        elif self.rotation == 90:
            x, y, width, height = self.width - y - height, x, height, width
        else:
            x, y, width, height = y, self.height - x - width, height, width
        return item._replace(
            x=self.x + x,
            y=self.y + y,
            width=width,
            height=height,
            rotation=(item.rotation + self.rotation) % 360,
        )
