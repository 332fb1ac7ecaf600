"""Dates and measures as values, and back.

Two digits of a year stand for the one that is nearest to today (General
Specifications, section 7.12); the last digit of a measure's identifier says how many
of its six digits are decimals (section 3.6).
"""

from datetime import date
from decimal import Decimal, InvalidOperation

from biip import ParseError
from biip.gs1_element_strings import GS1ElementString

from . import identifiers
from .errors import Gs1Error
from .message import Element

PERIOD = "7007"
DIGITS, MOST_DECIMALS = 6, 5


def write_date(day, today=None):
    """YYMMDD.

    :raises Gs1Error: if a reader would take it for a day of another century
    """
    today = today or date.today()
    if not -49 <= day.year - today.year <= 50:
        raise Gs1Error("date_year", date=day.isoformat())
    return f"{day:%y%m%d}"


def write_period(first, last=None, today=None):
    """A day or a period, as (7007), the harvest date, has it."""
    period = write_date(first, today)
    return period + write_date(last, today) if last and last != first else period


def read_dates(element):
    """First and last day of a value with a date; day 00 is the last of its month.

    :rtype: tuple[datetime.date, datetime.date]
    :raises Gs1Error: if it has no date
    """
    code, value = element
    parts = [value[:6], value[6:] or value[:6]] if code == PERIOD else [value] * 2
    # biip takes the second day of a period for a time: each is asked as (11).
    asked = "11" if code == PERIOD else code
    days = [_biip(asked, part).date for part in parts]
    if None in days:
        raise Gs1Error("no_date", ai=code)
    return tuple(days)


def write_measure(family, quantity):
    """The element of a measure, with as many decimals as the quantity needs.

    :param family: the first three digits, such as 310 for a net weight in kilograms
    :param quantity: int, Decimal, or the text of one; six digits at most
    :rtype: Element
    """
    number = _positive(quantity)
    decimals = max(0, -number.normalize().as_tuple().exponent)
    code = f"{family}{min(decimals, MOST_DECIMALS)}"
    if code not in identifiers.table() or not "31" <= code[:2] <= "36":
        raise Gs1Error("no_measure", ai=family)
    if decimals > MOST_DECIMALS or number.scaleb(decimals) >= 10**DIGITS:
        raise Gs1Error("measure_too_large", quantity=str(quantity), ai=family)
    return Element(code, f"{int(number.scaleb(decimals)):0{DIGITS}}")


def read_measure(element):
    """The number of a measure, an amount or a percentage.

    :rtype: decimal.Decimal
    :raises Gs1Error: if the identifier has no decimals
    """
    number = _biip(*element).decimal
    if number is None:
        raise Gs1Error("no_measure", ai=element[0])
    return number


def _positive(quantity):
    try:
        number = Decimal(quantity)
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite() or number <= 0:
        raise Gs1Error("measure_negative", quantity=str(quantity))
    return number


def _biip(code, value):
    """biip's reading of an element that was checked before."""
    identifiers.get(code).check(value)
    try:
        return GS1ElementString.parse(code + value)
    except ParseError:
        raise Gs1Error("no_date", ai=code).within(value) from None
