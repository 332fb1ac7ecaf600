"""Dates and times (GS1 General Specifications, sections 3.4, 3.8 and 7.12)."""

from calendar import monthrange

from ..errors import Gs1Error
from .characters import csetnumeric


def hh(value):
    _part(value, "hour", 23)


def mi(value):
    _part(value, "minute", 59)


def ss(value):
    _part(value, "second", 59)


def hhmi(value):
    _length(value, 4, "hour_with_minute")
    hh(value[:2])
    try:
        mi(value[2:])
    except Gs1Error as error:
        raise error.moved(2) from None


def yymmd0(value):
    """YYMMDD, in which the day may be 00: the last one of the month."""
    _date(value, 2, first_day=0)


def yymmdd(value):
    _date(value, 2, first_day=1)


def yyyymmd0(value):
    """YYYYMMDD, in which the day may be 00: the last one of the month."""
    _date(value, 4, first_day=0)


def yyyymmdd(value):
    _date(value, 4, first_day=1)


def _part(value, name, last):
    _length(value, 2, name)
    csetnumeric(value)
    if int(value) > last:
        raise Gs1Error(f"illegal_{name}", 0, 2, text=value)


def _length(value, length, name, **values):
    if len(value) != length:
        kind = "short" if len(value) < length else "long"
        raise Gs1Error(f"{name}_too_{kind}", 0, len(value), **values)


def _date(value, digits, first_day):
    """:param digits: how many digits the year has"""
    pattern = "Y" * digits + "MMDD"
    _length(value, len(pattern), "date", pattern=pattern)
    csetnumeric(value)
    year, month, day = value[:digits], value[digits:-2], value[-2:]
    if not 1 <= int(month) <= 12:
        raise Gs1Error("illegal_month", digits, 2, text=month, pattern=pattern)
    # Of two digits all years divisible by four are leap years, 2000 as well.
    last_day = monthrange(2000 + int(year) if digits == 2 else int(year), int(month))[1]
    if not first_day <= int(day) <= last_day:
        raise Gs1Error("illegal_day", digits + 2, 2, text=day, pattern=pattern)
