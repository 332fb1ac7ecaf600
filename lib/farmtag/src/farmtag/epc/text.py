"""The characters of serials and lots, and the digits of keys."""

from __future__ import annotations

import re
from urllib.parse import unquote

from ..errors import WrongValue

#: GS1's character set 82
SERIAL = re.compile(r"[!\"%&'()*+,\-./0-9:;<=>?A-Z_a-z]{1,20}")
_ESCAPED = {ord(char): f"%{ord(char):02X}" for char in '"%&/<>?'}
_DIGITS = re.compile(r"[0-9]+")


def check_serial(text: str) -> str:
    """A serial or lot of 1 to 20 characters of set 82.

    :raises WrongValue: on another
    """
    if not SERIAL.fullmatch(text):
        raise WrongValue(f"{text!r} is no serial or lot number")
    return text


def escaped(text: str) -> str:
    """As a URN has it."""
    return text.translate(_ESCAPED)


def unescaped(text: str) -> str:
    """As people have it; what the writer should have escaped is taken as it is."""
    return unquote(text)


def is_digits(text: str, count: int) -> bool:
    """Whether a text is so many digits."""
    return len(text) == count and bool(_DIGITS.fullmatch(text))


def check_digit(digits: str) -> str:
    """The digit after those of a GTIN or an SSCC."""
    odd, even = digits[-1::-2], digits[-2::-2]
    total = 3 * sum(map(int, odd)) + sum(map(int, even))
    return str(-total % 10)
