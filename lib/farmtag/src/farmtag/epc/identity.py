"""What is named: a trade item, a lot of it, a unit of it, a logistic unit.

``prefix`` is the company prefix of 6 to 12 digits; ``reference`` begins with the
indicator (of a GTIN) or the extension digit (of an SSCC).
"""

from __future__ import annotations

from dataclasses import dataclass

from ..errors import WrongValue
from .text import check_digit, check_serial, escaped, is_digits

PREFIX_DIGITS = range(6, 13)
GTIN_DIGITS = 13
SSCC_DIGITS = 17


@dataclass(frozen=True)
class Gtin:
    """A trade item; as an EPC, the pattern of all its serials.

    :raises WrongValue: if prefix and reference are not 13 digits together
    """

    prefix: str
    reference: str

    def __post_init__(self) -> None:
        _check_key(self.prefix, self.reference, GTIN_DIGITS)

    @property
    def gtin(self) -> str:
        """The 14 digits."""
        return _key(self.prefix, self.reference)

    @property
    def urn(self) -> str:
        """As EPCIS has it."""
        return f"urn:epc:idpat:sgtin:{self.prefix}.{self.reference}.*"


@dataclass(frozen=True)
class Sgtin(Gtin):
    """One unit of a trade item, by a serial of 1 to 20 characters."""

    serial: str

    def __post_init__(self) -> None:
        super().__post_init__()
        check_serial(self.serial)

    @property
    def urn(self) -> str:
        """As EPCIS has it."""
        return f"urn:epc:id:sgtin:{self.prefix}.{self.reference}.{escaped(self.serial)}"


@dataclass(frozen=True)
class Lgtin(Gtin):
    """A lot of a trade item, by a number of 1 to 20 characters."""

    lot: str

    def __post_init__(self) -> None:
        super().__post_init__()
        check_serial(self.lot)

    @property
    def urn(self) -> str:
        """As EPCIS has it."""
        return f"urn:epc:class:lgtin:{self.prefix}.{self.reference}.{escaped(self.lot)}"


@dataclass(frozen=True)
class Sscc:
    """A logistic unit: a crate, a pallet.

    :raises WrongValue: if prefix and reference are not 17 digits together
    """

    prefix: str
    reference: str

    def __post_init__(self) -> None:
        _check_key(self.prefix, self.reference, SSCC_DIGITS)

    @property
    def sscc(self) -> str:
        """The 18 digits."""
        return _key(self.prefix, self.reference)

    @property
    def urn(self) -> str:
        """As EPCIS has it."""
        return f"urn:epc:id:sscc:{self.prefix}.{self.reference}"


Epc = Gtin | Sscc


def split_key(key: str, prefix_digits: int, check: bool = True) -> tuple[str, str]:
    """Prefix and reference of a GTIN of 14 digits or an SSCC of 18.

    :param prefix_digits: of the company prefix, which the key does not tell
    :param check: look at the check digit
    :raises WrongValue: if it is no key, or has no such prefix
    """
    if not is_digits(key, len(key)) or prefix_digits not in PREFIX_DIGITS:
        raise WrongValue(f"no key with a prefix of {prefix_digits} digits: {key!r}")
    if check and check_digit(key[:-1]) != key[-1]:
        raise WrongValue(f"the check digit of {key} is wrong")
    end = 1 + prefix_digits
    return key[1:end], key[0] + key[end:-1]


def _key(prefix: str, reference: str) -> str:
    digits = reference[0] + prefix + reference[1:]
    return digits + check_digit(digits)


def _check_key(prefix: str, reference: str, digits: int) -> None:
    if len(prefix) not in PREFIX_DIGITS or not is_digits(prefix, len(prefix)):
        raise WrongValue(f"{prefix!r} is no company prefix")
    if not is_digits(reference, digits - len(prefix)):
        raise WrongValue(f"{prefix}.{reference} does not have {digits} digits")
