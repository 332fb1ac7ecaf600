"""Values that are one of a list, and numbers within a range."""

from ..errors import Gs1Error
from .characters import csetnumeric
from .codes import COUNTRIES, COUNTRY_LETTERS, CURRENCIES, PACKAGE_TYPES

MEDIA_TYPES = frozenset(f"{number:02}" for number in (*range(1, 11), *range(80, 100)))
DEGREE = 10_000_000


def iso3166(value):
    _one_of(COUNTRIES, value, "not_iso3166")


def iso3166999(value):
    _one_of(COUNTRIES | {"999"}, value, "not_iso3166_or_999")


def iso3166alpha2(value):
    _one_of(COUNTRY_LETTERS, value, "not_iso3166_alpha2")


def iso4217(value):
    _one_of(CURRENCIES, value, "not_iso4217")


def packagetype(value):
    _one_of(PACKAGE_TYPES, value, "invalid_package_type")


def mediatype(value):
    _one_of(MEDIA_TYPES, value, "invalid_media_type")


def iso5218(value):
    _one_of({"0", "1", "2", "9"}, value, "invalid_biological_sex_code")


def winding(value):
    _one_of({"0", "1", "9"}, value, "invalid_winding_direction")


def yesno(value):
    _one_of({"0", "1"}, value, "not_zero_or_one")


def nonzero(value):
    csetnumeric(value)
    if not value.strip("0"):
        raise Gs1Error("illegal_zero_value", 0, len(value))


def nozeroprefix(value):
    csetnumeric(value)
    if value.startswith("0"):
        raise Gs1Error("illegal_zero_prefix", 0, 1)


def zero(value):
    if not value or value.strip("0"):
        raise Gs1Error("not_zero", 0, len(value), text=value)


def latitude(value):
    """Degrees north of the South Pole, in ten-millionths (section 3.6)."""
    _turn(value, "latitude", 180 * DEGREE)


def longitude(value):
    """Degrees east of Greenwich, in ten-millionths, up to a full turn."""
    _turn(value, "longitude", 360 * DEGREE)


def _turn(value, name, most):
    if len(value) != 10:
        raise Gs1Error(f"{name}_invalid_length", 0, len(value))
    csetnumeric(value)
    if int(value) > most:
        raise Gs1Error(f"invalid_{name}", 0, 10, text=value)


def _one_of(allowed, value, code):
    if value not in allowed:
        raise Gs1Error(code, 0, len(value), text=value)
