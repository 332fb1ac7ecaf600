"""Crockford's base 32: digits and letters without I, L, O and U."""

from ..errors import Damaged

SYMBOLS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_VALUES = {symbol: value for value, symbol in enumerate(SYMBOLS)}
_VALUES |= {symbol.lower(): value for symbol, value in _VALUES.items()}
_READ_AS = {"O": 0, "o": 0, "I": 1, "i": 1, "L": 1, "l": 1}
_LEFT_OUT = str.maketrans("", "", "- ")


def values_of(text: str) -> list[int]:
    """Values (0 to 31) of symbols as people type them; hyphens and spaces are nothing.

    :raises Damaged: on a letter that is no symbol
    """
    try:
        return [_value(symbol) for symbol in text.translate(_LEFT_OUT)]
    except KeyError as error:
        raise Damaged(f"{error.args[0]!r} is not in a lineage code") from None


def _value(symbol: str) -> int:
    return _VALUES[symbol] if symbol in _VALUES else _READ_AS[symbol]


def split(number: int, width: int) -> list[int]:
    """The values of a number in so many symbols, the highest first."""
    return [number >> 5 * place & 31 for place in reversed(range(width))]


def join(values: list[int]) -> int:
    """The number that values are."""
    number = 0
    for value in values:
        number = number << 5 | value
    return number


def text_of(values: list[int]) -> str:
    """The symbols of values."""
    return "".join(SYMBOLS[value] for value in values)
