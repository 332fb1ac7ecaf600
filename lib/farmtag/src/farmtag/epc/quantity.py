"""How much of a lot: a quantity element of EPCIS, attributes of a Digital Link."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from ..errors import WrongValue
from .identity import Lgtin

KILOGRAM = "KGM"
COUNT_AI = "30"
_MOST_PIECES = 99_999_999
_MOST_DIGITS = 6
_MOST_DECIMALS = 5


@dataclass(frozen=True)
class LotQuantity:
    """So many pieces of a lot, or so many kilograms.

    - ``unit``: ``None`` for pieces, else the code of UN/ECE recommendation 20

    :raises WrongValue: if it is not positive, or there are parts of a piece
    """

    lot: Lgtin
    quantity: Decimal
    unit: str | None = None

    def __post_init__(self) -> None:
        if not self.quantity.is_finite() or self.quantity <= 0:
            raise WrongValue(f"{self.quantity} is no quantity")
        is_whole = self.quantity == self.quantity.to_integral_value()
        if self.unit is None and not (is_whole and self.quantity <= _MOST_PIECES):
            raise WrongValue(f"{self.quantity} are no pieces")

    def to_epcis(self) -> dict[str, object]:
        """The ``quantityElement``."""
        element: dict[str, object] = {"epcClass": self.lot.urn}
        element["quantity"] = float(self.quantity) if self.unit else int(self.quantity)
        return {**element, "uom": self.unit} if self.unit else element

    def to_attribute(self) -> tuple[str, str]:
        """Application identifier and value: 30 for pieces, 310n for kilograms.

        :raises WrongValue: on another unit, or on too many digits
        """
        if self.unit is None:
            return COUNT_AI, str(int(self.quantity))
        if self.unit != KILOGRAM:
            raise WrongValue(f"a link has no quantity in {self.unit}")
        return _net_weight(self.quantity)


def from_attribute(lot: Lgtin, code: str, value: str) -> LotQuantity | None:
    """The quantity that an attribute is, ``None`` if it is another.

    :raises WrongValue: if the value is no number of its form
    """
    decimals = int(code[3]) if code[:3] == "310" and code[3:].isdecimal() else None
    if code != COUNT_AI and (decimals is None or decimals > _MOST_DECIMALS):
        return None
    if not (value.isascii() and value.isdecimal() and _has_length(code, value)):
        raise WrongValue(f"{code}={value} is no quantity")
    if decimals is None:
        return LotQuantity(lot, Decimal(value))
    return LotQuantity(lot, Decimal(value).scaleb(-decimals), KILOGRAM)


def _has_length(code: str, value: str) -> bool:
    return len(value) <= 8 if code == COUNT_AI else len(value) == _MOST_DIGITS


def _net_weight(kilograms: Decimal) -> tuple[str, str]:
    """By the fewest decimals that are exact."""
    for decimals in range(_MOST_DECIMALS + 1):
        number = kilograms.scaleb(decimals)
        if number == number.to_integral_value() and number < 10**_MOST_DIGITS:
            return f"310{decimals}", str(int(number)).zfill(_MOST_DIGITS)
    raise WrongValue(f"{kilograms} kg have too many digits")
