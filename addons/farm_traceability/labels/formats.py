"""The shape of labels and of what they are printed on."""

from dataclasses import dataclass, fields

from .errors import LabelError

#: dots per mm of print heads; 203 dpi heads have 8 dots a mm
DOTS = {203: 8.0, 300: 300 / 25.4, 600: 600 / 25.4}
#: 300 dpi fit printers of offices with 600 and 1,200 dpi as well
ROLL_DPI, SHEET_DPI = 203, 300
LARGEST = 1000.0
TOLERANCE = 1e-6


@dataclass(frozen=True)
class Format:
    """A label of ``width`` × ``height`` as it is read, all in mm.

    ``rotated`` labels lie turned a quarter clockwise on their page or roll. With the
    size of a page they are a sheet of ``rows`` × ``columns``, else a roll.

    :raises LabelError: if this is no label that can be printed
    """

    width: float
    height: float
    margin_left: float = 0
    margin_top: float = 0
    margin_right: float = 0
    margin_bottom: float = 0
    rotated: bool = False
    page_width: float | None = None
    page_height: float | None = None
    rows: int = 1
    columns: int = 1
    page_left: float = 0
    page_top: float = 0
    gap_x: float = 0
    gap_y: float = 0

    def __post_init__(self):
        self._check_size()
        self._check_margins()
        self._check_page()

    @property
    def is_sheet(self):
        return bool(self.page_width)

    @property
    def dpi(self):
        """The resolution that symbols are drawn for when no printer is named."""
        return SHEET_DPI if self.is_sheet else ROLL_DPI

    @property
    def places(self):
        """How many labels are on a page."""
        return self.rows * self.columns

    @property
    def lying(self):
        """Width and height of a label as it lies on its page."""
        size = (self.width, self.height)
        return size[::-1] if self.rotated else size

    @property
    def page(self):
        """Width and height of a page."""
        return (self.page_width, self.page_height) if self.is_sheet else self.lying

    @property
    def inner(self):
        """What the margins leave: left, top, right, bottom edge."""
        return (
            self.margin_left,
            self.margin_top,
            self.width - self.margin_right,
            self.height - self.margin_bottom,
        )

    def place(self, number):
        """Left and top edge of a label on its page; places count from 0, row by row."""
        row, column = divmod(number, self.columns)
        width, height = self.lying
        return (
            self.page_left + column * (width + self.gap_x),
            self.page_top + row * (height + self.gap_y),
        )

    def check_start(self, start):
        """:raises LabelError: if the first label cannot lie at this place, from 1"""
        if not 1 <= start <= self.places:
            raise LabelError("start", start=start, places=self.places)

    def _check_size(self):
        if not (0 < self.width <= LARGEST and 0 < self.height <= LARGEST):
            raise LabelError("size", width=self.width, height=self.height)
        for field in fields(self)[2:]:
            value = getattr(self, field.name)
            if value is not None and not 0 <= value <= LARGEST:
                raise LabelError("negative", field=field.name, value=value)

    def _check_margins(self):
        left, top, right, bottom = self.inner
        if left >= right or top >= bottom:
            raise LabelError("margins", width=self.width, height=self.height)

    def _check_page(self):
        if self.rows < 1 or self.columns < 1:
            raise LabelError("grid", rows=self.rows, columns=self.columns)
        if bool(self.page_width) != bool(self.page_height):
            raise LabelError("half_page")
        if not self.is_sheet:
            if self.places > 1:
                raise LabelError("roll_grid")
            return
        left, top = self.place(self.places - 1)
        width, height = left + self.lying[0], top + self.lying[1]
        if width > self.page_width + TOLERANCE:
            raise LabelError(
                "page_too_narrow",
                columns=self.columns,
                needed=width,
                has=self.page_width,
            )
        if height > self.page_height + TOLERANCE:
            raise LabelError(
                "page_too_short", rows=self.rows, needed=height, has=self.page_height
            )


def dots_per_mm(dpi):
    """:raises LabelError: for a resolution that no printer has"""
    if dpi not in DOTS:
        raise LabelError("dpi", dpi=dpi, known=", ".join(map(str, DOTS)))
    return DOTS[dpi]
