"""How near the end is: the columns of the expiry board, the most urgent first."""

from datetime import datetime, time, timedelta

import pytz
from odoo.fields import Domain
from odoo.tools import SQL

EXPIRED, LATER, NO_DATE = "0_expired", "6_later", "7_no_date"
# The keys are in the order of the columns.
BANDS = [
    (EXPIRED, "Expired"),
    ("1_today", "Today"),
    ("2_days", "Up to 3 Days"),
    ("3_days", "Up to 7 Days"),
    ("4_days", "Up to 14 Days"),
    ("5_days", "Up to 30 Days"),
    (LATER, "Later"),
    (NO_DATE, "No Date"),
]
#: the most days left of a band
MOST_DAYS = {"1_today": 0, "2_days": 3, "3_days": 7, "4_days": 14, "5_days": 30}


def midnight(day, tz):
    """The moment at which a day begins in a time zone, in UTC and naive."""
    return tz.localize(datetime.combine(day, time.min)).astimezone(pytz.utc).replace(
        tzinfo=None
    )  # fmt: skip


def local_day(moment, tz):
    """The day of a moment (UTC, naive) in a time zone."""
    return pytz.utc.localize(moment).astimezone(tz).date()


class Bands:
    """The bands as they are at a moment, for people of a time zone.

    :param datetime now: UTC, naive
    :param tz: of pytz
    """

    def __init__(self, now, tz):
        self.now, self.tz = now, tz
        self.today = local_day(now, tz)
        #: what expires before this moment is in the band or in an earlier one
        self.ends = {
            band: midnight(self.today + timedelta(days=days + 1), tz)
            for band, days in MOST_DAYS.items()
        }

    def to_sql(self, column):
        """The band of a column with dates."""
        cases = SQL(" ").join(
            SQL("WHEN %s < %s THEN %s", column, end, band)
            for band, end in self.ends.items()
        )
        return SQL(
            """CASE WHEN %(column)s IS NULL THEN %(no_date)s
                    WHEN %(column)s <= %(now)s THEN %(expired)s
                    %(cases)s ELSE %(later)s END""",
            column=column,
            no_date=NO_DATE,
            now=self.now,
            expired=EXPIRED,
            cases=cases,
            later=LATER,
        )

    def days_left_to_sql(self, column):
        """Whole days from today to the day of a column with dates."""
        return SQL(
            "(%s AT TIME ZONE 'UTC' AT TIME ZONE %s)::date - %s::date",
            column,
            str(self.tz),
            self.today,
        )

    def to_domain(self, field, bands):
        """The same as limits of a field with dates, for which there is an index."""
        return Domain.OR(self._limits(field, band) for band in bands)

    def _limits(self, field, band):
        if band == NO_DATE:
            return Domain(field, "=", False)
        if band == EXPIRED:
            return Domain(field, "<=", self.now)
        if band not in self.ends and band != LATER:
            return Domain.FALSE
        begin, end = self._borders(band)
        limits = Domain(field, ">", self.now) & Domain(field, ">=", begin)
        return limits & Domain(field, "<", end) if end else limits

    def _borders(self, band):
        ends = [self.now, *self.ends.values(), None]
        place = [*self.ends, LATER].index(band)
        return ends[place], ends[place + 1]
