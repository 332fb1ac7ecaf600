"""Which elements may stand together in a message (General Specifications, 4.13).

Each rule is a function of elements whose values are right; :func:`check` asks for
both.
"""

from functools import lru_cache
from itertools import pairwise

from . import identifiers
from .errors import Gs1Error
from .message import checked

# The value is a key of this many digits, a serial number follows it.
SERIALISED = {"253": 13, "255": 13, "8003": 14}
# Dates in the order in which they can only follow each other.
EARLIER, LATER = ("11", "13"), ("15", "16", "17")
PERIODS = {"7007": 6}
NOT_BEFORE, NOT_AFTER = "4324", "4325"


def check(elements):
    """Values and company of elements.

    :raises Gs1Error: for the first value that is wrong, or the first rule broken
    """
    elements = checked(elements, unknown=True)
    for rule in RULES:
        rule(elements)


def check_repeated(elements):
    """The same identifier twice must have the same value."""
    values = {}
    for code, value in elements:
        first = values.setdefault(code, value)
        if first != value:
            raise Gs1Error("repeated", ai=code, first=first, second=value)


def check_excluded(elements):
    _check_excluded(_codes(elements))


@lru_cache(maxsize=500)
def _check_excluded(codes):
    for code in codes:
        for pattern in _identifier(code).bars:
            for other in codes:
                if other != code and identifiers.matches(pattern, other):
                    raise Gs1Error("excluded", ai=code, other=other)


def check_required(elements):
    _check_required(_codes(elements))


@lru_cache(maxsize=500)
def _check_required(codes):
    for code in codes:
        groups = _identifier(code).needs
        if groups and not any(_has_all(group, code, codes) for group in groups):
            problem = "required" if len(groups) == 1 else "required_one_of"
            raise Gs1Error(problem, ai=code, groups=_ways(groups))


def check_signature(elements):
    """A signature belongs to one thing: the key beside it needs its serial number."""
    if "8030" not in _codes(elements):
        return
    for code, value in elements:
        if code in SERIALISED and len(value) <= SERIALISED[code]:
            raise Gs1Error("signature_without_serial", ai=code)


def check_dates(elements):
    """Produced, packed, then best before, sold by, used by; periods run forward."""
    values = dict(elements)
    dates = [code for code in EARLIER if code in values]
    for earlier, later in pairwise(dates):
        _check_order(values, earlier, later)
    for earlier in dates:
        for later in LATER:
            _check_order(values, earlier, later)
    _check_order(values, NOT_BEFORE, NOT_AFTER)
    for code, length in PERIODS.items():
        first, last = values.get(code, "")[:length], values.get(code, "")[length:]
        if last and _is_before(last, first):
            raise Gs1Error("period_reversed", ai=code, first=first, last=last)


RULES = (
    check_repeated,
    check_excluded,
    check_required,
    check_signature,
    check_dates,
)


def _check_order(values, earlier, later):
    if (
        earlier in values
        and later in values
        and _is_before(values[later], values[earlier])
    ):
        raise Gs1Error("dates_reversed", earlier=earlier, later=later)


def _is_before(later, earlier):
    """Whether YYMMDD… of ``later`` is before ``earlier``, within 50 years (7.12).

    Day 00 of ``later`` is the end of its month.
    """
    years = (int(later[:2]) - int(earlier[:2])) % 100
    if years:
        return years > 50
    day = "99" if later[4:6] == "00" else later[4:6]
    return later[2:4] + day + later[6:] < earlier[2:]


def _codes(elements):
    return tuple(dict.fromkeys([code for code, _value in elements]))


def _identifier(code):
    return identifiers.get(code, unknown=True)


def _has_all(group, code, codes):
    return all(
        any(other != code and identifiers.matches(pattern, other) for other in codes)
        for pattern in group
    )


def _ways(groups):
    return ", ".join("+".join(f"({one})" for one in group) for group in groups)
