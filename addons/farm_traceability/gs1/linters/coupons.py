"""Coupons of North America (NACC application guideline; GS1 US for AI 8112)."""

from ..errors import Gs1Error, Term
from ..sentences import COUPON_FIELDS
from .characters import csetnumeric
from .prefixes import gcppos1
from .times import yymmdd

REQUIREMENT_CODES = "012349"


class Coupon:
    """Reads a coupon field by field; an error names the field that is wrong."""

    def __init__(self, value, known=None):
        csetnumeric(value)
        self.value = value
        self.known = known
        self.at = 0

    @property
    def rest(self):
        return self.value[self.at :]

    def has(self, indicator):
        """Whether the optional field of this number comes next; steps over it."""
        if not self.rest.startswith(indicator):
            return False
        self.at += 1
        return True

    def code(self, field, allowed="0123456789"):
        """One digit of those that are allowed."""
        return self._digit(field, allowed, "coupon_missing", "coupon_invalid")

    def sized(self, field, allowed, more=0):
        """As many digits as the one before them says, and ``more``."""
        size = self._digit(
            field, allowed, "coupon_missing_length", "coupon_invalid_length"
        )
        return self.digits(field, int(size) + more)

    def digits(self, field, count):
        if len(self.rest) < count:
            self._fail("coupon_truncated", field)
        self.at += count
        return self.value[self.at - count : self.at]

    def prefix(self, field, allowed="0123456"):
        """A company prefix; 9 says that there is none."""
        if "9" in allowed and self.has("9"):
            return
        number = self.sized(field, allowed.replace("9", ""), 6)
        try:
            gcppos1(number, self.known)
        except Gs1Error as error:
            error.start, error.length = self.at - len(number), len(number)
            raise

    def date(self, field):
        if len(self.rest) < 6:
            self._fail("coupon_short_date", field)
        text = self.digits(field, 6)
        try:
            yymmdd(text)
        except Gs1Error:
            start = self.at - 6
            raise self._error("coupon_invalid_date", field, start, 6) from None
        return text

    def purchase(self, number):
        """What has to be bought: how much, of which kind, of which family."""
        self.sized(f"{number}_purchase_requirement", "12345")
        self.code(f"{number}_purchase_requirement_code", REQUIREMENT_CODES)
        self.digits(f"{number}_purchase_family_code", 3)

    def end(self):
        if self.rest:
            raise Gs1Error(
                "coupon_excess_data", self.at, len(self.rest), text=self.rest
            )

    def _digit(self, field, allowed, missing, invalid):
        if not self.rest:
            self._fail(missing, field)
        if self.rest[0] not in allowed:
            raise self._error(invalid, field, self.at, 1)
        self.at += 1
        return self.value[self.at - 1]

    def _fail(self, code, field):
        """The rest is too short; where nothing is left, the whole is wrong."""
        start = self.at if self.rest else 0
        raise self._error(code, field, start, len(self.value) - start)

    def _error(self, code, field, start, length):
        text = self.value[start : start + length]
        error = Gs1Error(code, start, length, text=text)
        error.field = field
        error.values["field"] = Term(COUPON_FIELDS[field])
        return error


def couponcode(value, known=None):
    """AI 8110."""
    coupon = Coupon(value, known)
    coupon.prefix("gcp")
    coupon.digits("offer_code", 6)
    coupon.sized("save_value", "12345")
    coupon.purchase("1st")
    if coupon.has("1"):
        coupon.code("additional_purchase_rules_code", "0123")
        coupon.purchase("2nd")
        coupon.prefix("2nd_purchase_gcp", "01234569")
    if coupon.has("2"):
        coupon.purchase("3rd")
        coupon.prefix("3rd_purchase_gcp", "01234569")
    _dates(coupon)
    if coupon.has("5"):
        coupon.sized("serial_number", "0123456789", 6)
    if coupon.has("6"):
        coupon.prefix("retailer_gcp_or_gln", "1234567")
    if coupon.has("9"):
        coupon.code("save_value_code", "01256")
        coupon.code("save_value_applies_to_item", "012")
        coupon.code("store_coupon_flag")
        coupon.code("dont_multiply_flag", "01")
    coupon.end()


def couponposoffer(value, known=None):
    """AI 8112."""
    coupon = Coupon(value, known)
    coupon.code("format_code", "01")
    coupon.prefix("funder")
    coupon.digits("offer_code", 6)
    coupon.sized("serial_number", "0123456789", 6)
    coupon.end()


def _dates(coupon):
    expires = coupon.date("expiration_date") if coupon.has("3") else None
    if coupon.has("4"):
        starts = coupon.date("start_date")
        if expires and expires < starts:
            raise Gs1Error("coupon_expiration_before_start", coupon.at - 14, 14)
