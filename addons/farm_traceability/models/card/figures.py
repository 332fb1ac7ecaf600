"""What the statements of the stock card answer, named."""

from datetime import datetime
from typing import NamedTuple


class Section(NamedTuple):
    """Sums of a product, or of a part of it; quantities in the product's unit."""

    product: int
    part: int | None
    opening: float
    came: float
    went: float
    closing: float
    opening_value: float
    came_value: float
    went_value: float
    closing_value: float
    lines: int
    #: how many sections there are in all
    total: int

    @property
    def key(self):
        return {"product": self.product, "part": self.part or False}


class Movement(NamedTuple):
    """A line on the card, in the reader's words."""

    id: int
    date: datetime
    came: float
    went: float
    balance: float
    change_value: float
    value: float
    inner: bool
    document: str
    kind: str
    partner: str
    source: str
    target: str
    lot: str
    package: str
    owner: str


class Column(NamedTuple):
    """A column of the card on screen, on paper and in a sheet.

    :param share: of the width of a page
    :param width: in a sheet, in characters
    """

    name: str
    label: str
    share: float
    width: int
    numeric: bool = False
