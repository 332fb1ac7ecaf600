"""What a label is made of: blocks at their places, and the values that fill them."""

import math
import re
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from itertools import zip_longest

from .errors import BlockName, LabelError

SYMBOLS = ("gs1_128", "gs1_datamatrix", "digital_link", "ean13")
KINDS = ("text", *SYMBOLS, "image", "line", "box")
TURNS = (0, 90, 180, 270)
ALIGNMENTS = ("left", "center", "right")
SMALLEST_LETTERS, LARGEST_LETTERS = 4, 200
#: a line may have no width or no height of its own
LINE = 0.25
TERM = re.compile(r"([0-9]{2,4})(\??)")
FIELD = re.compile(r"\{(\w+)\}")
PARTING = " ·|,;/–"


@dataclass(frozen=True)
class Block:
    """One thing on a label; places and sizes are mm from its upper left corner.

    - ``content``: of a text a template such as ``{lot}``; of a symbol the application
      identifiers that it carries, ``01 17? 10``, with ``?`` where one may be missing;
      of an image its name
    - ``caption``: small letters above a text or below a symbol of two dimensions
    - ``font_size`` in points, which shrinks to ``least_size`` where a text is long;
      then it is cut if it ``may_cut``, else the label is refused
    - ``module``: the least width of a symbol's modules in mm, if GS1's is not enough
    - ``rotation``: degrees clockwise; width and height are those of the turned block

    :raises LabelError: if this is no such block
    """

    kind: str
    x: float
    y: float
    width: float
    height: float
    content: str = ""
    font_size: float = 8.0
    bold: bool = False
    align: str = "left"
    rotation: int = 0
    caption: str = ""
    module: float | None = None
    least_size: float = 5.0
    may_cut: bool = False

    def __post_init__(self):
        if self.kind not in KINDS:
            raise LabelError("kind", kind=self.kind, known=", ".join(KINDS))
        self._check_numbers()
        self._check_size()
        self._check_look()
        if self.is_symbol:
            _ = self.terms

    @property
    def name(self):
        """How sentences call it."""
        return BlockName(self.kind, self.content)

    @property
    def right(self):
        return self.x + (self.width or LINE)

    @property
    def bottom(self):
        return self.y + (self.height or LINE)

    @property
    def is_symbol(self):
        return self.kind in SYMBOLS

    @cached_property
    def terms(self):
        """The application identifiers of a symbol: pairs of code, whether needed."""
        found = [TERM.fullmatch(term) for term in self.content.split()]
        if not found or None in found:
            at = found.index(None) if found else 0
            term = self.content.split()[at] if found else ""
            raise LabelError("terms", block=self.name, term=term)
        return tuple((one.group(1), not one.group(2)) for one in found)

    def error(self, code, **values):
        return LabelError(code, block=self.name, **values)

    def _check_numbers(self):
        for name in ("x", "y", "width", "height", "font_size", "least_size", "module"):
            value = getattr(self, name)
            if name == "module" and value is None:
                continue
            if not isinstance(value, int | float) or not math.isfinite(value):
                raise self.error("block_number", field=name, value=value)

    def _check_size(self):
        sides = (self.width, self.height)
        is_thin_line = self.kind == "line" and min(sides) == 0 and max(sides) > 0
        if min(sides) <= 0 and not is_thin_line:
            raise self.error("block_size", width=self.width, height=self.height)

    def _check_look(self):
        if self.rotation not in TURNS:
            raise self.error("rotation", rotation=self.rotation)
        if self.align not in ALIGNMENTS:
            raise self.error("align", align=self.align)
        for size in (self.font_size, self.least_size):
            if not SMALLEST_LETTERS <= size <= LARGEST_LETTERS:
                raise self.error("font_size", size=size)


@dataclass
class Values:
    """What one label shows.

    - ``texts``: fields of text templates, ``{"lot": "MG-26-001"}``
    - ``elements``: values of application identifiers, ``{"10": "MG-26-001"}``
    - ``images``: PNG or JPEG files by name
    - ``domain``: resolver of Digital Links, with or without ``https://``
    """

    texts: dict = field(default_factory=dict)
    elements: dict = field(default_factory=dict)
    images: dict = field(default_factory=dict)
    domain: str = "id.gs1.org"

    def filled(self, block, template):
        """A template with its fields filled in; empty if all of them are.

        What parts two fields is left out at the ends.

        :raises LabelError: if there is no such field
        """
        parts, names = _parts(template)
        for name in names:
            if name not in self.texts:
                known = ", ".join(sorted(self.texts))
                raise block.error("unknown_field", field=name, known=known)
        values = [self.texts[name] or "" for name in names]
        if names and not any(values):
            return ""
        pairs = zip_longest(parts, values, fillvalue="")
        text = "".join([part + value for part, value in pairs])
        return text if all(values) else text.strip(PARTING)


@lru_cache(maxsize=500)
def _parts(template):
    """What stands around the fields of a template, and their names."""
    parts = FIELD.split(template)
    return parts[::2], parts[1::2]
