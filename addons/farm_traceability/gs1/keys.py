"""Keys made of a company prefix: GTIN, GLN, SSCC (General Specifications, chapter 2).

All are digits with a check digit at the end (section 7.9).
"""

from typing import NamedTuple

from biip import ParseError
from biip.gs1_prefixes import GS1CompanyPrefix

from .errors import Gs1Error
from .linters.checks import check_digit, csum

SHORTEST_PREFIX, LONGEST_PREFIX = 4, 12
LENGTHS = {"GTIN": (8, 12, 13, 14), "GLN": (13,), "SSCC": (18,)}


class Parts(NamedTuple):
    """A key taken apart; ``first`` is the indicator or extension digit, if any."""

    first: str
    prefix: str
    reference: str
    check_digit: str


def verify(kind, number):
    """Whether a number is a key of this kind.

    :param kind: one of ``LENGTHS``
    :return: the number
    :raises Gs1Error: if its length or its check digit is wrong
    """
    lengths = LENGTHS[kind]
    try:
        csum(number)
        if len(number) not in lengths:
            raise Gs1Error(
                "key_length",
                kind=kind,
                lengths=", ".join(map(str, lengths)),
                text=number,
                count=len(number),
            )
    except Gs1Error as error:
        raise error.within(number) from None
    return number


def make_gtin(prefix, reference):
    """A GTIN-13 of an item: ``reference`` is a number, or digits."""
    return _complete(_filled(prefix, reference, 12))


def make_gln(prefix, reference):
    """The GLN of a party or place."""
    return _complete(_filled(prefix, reference, 12))


def make_sscc(prefix, serial, extension="0"):
    """The SSCC of a logistic unit.

    :param serial: a number below :func:`sscc_room`, or digits
    :param extension: one digit that makes the room ten times larger
    """
    extension = str(extension)
    if len(extension) != 1 or not _is_digits(extension):
        raise Gs1Error("extension_digit", text=extension)
    return _complete(extension + _filled(prefix, serial, 16))


def sscc_room(prefix):
    """How many serial numbers a company prefix has, for each extension digit."""
    return 10 ** (16 - len(check_prefix(prefix)))


def gtin_of_package(gtin, indicator):
    """The GTIN-14 of a package of items; indicator 9 is for a variable measure."""
    indicator = str(indicator)
    if indicator not in "123456789" or len(indicator) != 1:
        raise Gs1Error("indicator_digit", text=indicator)
    return _complete(indicator + gtin_14(gtin)[1:-1])


def gtin_14(gtin):
    """Any GTIN with fourteen digits, as element strings have it."""
    return verify("GTIN", gtin).zfill(14)


def gtin_shortest(gtin):
    """A GTIN as EAN and UPC symbols and shops have it: 8, 12, 13 or 14 digits."""
    digits = gtin_14(gtin)
    for length in LENGTHS["GTIN"]:
        if not digits[:-length].strip("0"):
            return digits[-length:]
    return digits


def split(kind, number, prefix):
    """Take a key apart.

    :param prefix: the company prefix that it should have
    :rtype: Parts
    :raises Gs1Error: if it is no such key, or has another prefix
    """
    check_prefix(prefix)
    number = gtin_14(number) if kind == "GTIN" else verify(kind, number)
    first = "" if kind == "GLN" else number[0]
    body = number[len(first) : -1]
    if not body.startswith(prefix):
        raise Gs1Error("key_prefix", kind=kind, text=number, prefix=prefix)
    return Parts(first, prefix, body[len(prefix) :], number[-1])


def check_prefix(prefix):
    """:return: the prefix, if it can be a company prefix"""
    if not _is_digits(prefix) or not SHORTEST_PREFIX <= len(prefix) <= LONGEST_PREFIX:
        raise Gs1Error("prefix_length", text=prefix)
    return prefix


def known_prefix(number):
    """The company prefix that a number starts with, in the list that biip has.

    :rtype: str | None
    """
    try:
        found = GS1CompanyPrefix.extract(number)
    except ParseError:
        return None
    return found.value if found else None


def _filled(prefix, reference, length):
    room = length - len(check_prefix(prefix))
    text = str(reference)
    if not _is_digits(text):
        raise Gs1Error("reference_digits", text=text)
    if len(text) > room:
        raise Gs1Error("reference_too_long", text=text, room=room)
    return prefix + text.zfill(room)


def _complete(digits):
    return digits + check_digit(digits)


def _is_digits(text):
    return text.isascii() and text.isdigit()
