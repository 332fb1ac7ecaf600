"""Which characters a value may have (GS1 General Specifications, section 7.11)."""

import re

from ..errors import Gs1Error

OUTSIDE_82 = re.compile(r"""[^!"%&'()*+,\-./0-9:;<=>?A-Z_a-z]""")
OUTSIDE_39 = re.compile(r"[^#\-/0-9A-Z]")
OUTSIDE_64 = re.compile(r"[^A-Za-z0-9_-]")
OUTSIDE_DIGITS = re.compile(r"[^0-9]")
BAD_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")


def csetnumeric(value):
    _refuse(OUTSIDE_DIGITS, value, "non_digit_character")


def cset82(value):
    _refuse(OUTSIDE_82, value, "invalid_cset82_character")


def cset39(value):
    _refuse(OUTSIDE_39, value, "invalid_cset39_character")


def cset64(value):
    """base64url; where it is padded at all, as the Syntax Dictionary wants it."""
    text = value.rstrip("=")
    padding = value[len(text) :]
    if padding and (len(padding) > 2 or len(value) % 3):
        raise Gs1Error("invalid_cset64_padding", len(text), len(padding), text=padding)
    _refuse(OUTSIDE_64, text, "invalid_cset64_character")


def hasnondigit(value):
    if not OUTSIDE_DIGITS.search(value):
        raise Gs1Error("requires_non_digit_character", 0, len(value))


def pcenc(value):
    found = BAD_PERCENT.search(value)
    if found:
        text = value[found.start() : found.start() + 3]
        raise Gs1Error("invalid_percent_sequence", found.start(), len(text), text=text)


def hyphen(value):
    if not value or value.strip("-"):
        raise Gs1Error("not_hyphen", 0, len(value), text=value)


def importeridx(value):
    if len(value) != 1:
        raise Gs1Error("importer_idx_must_be_one_character", 0, len(value))
    _refuse(OUTSIDE_64, value, "invalid_import_idx_character")


def _refuse(outside, value, code):
    found = outside.search(value)
    if found:
        raise Gs1Error(code, found.start(), 1, text=found.group())
