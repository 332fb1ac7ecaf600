"""Buckets of ages: the columns of the aging report, as people set them: “7, 14, 30”."""

from itertools import pairwise

from odoo.tools import SQL

MOST_DAYS, MOST_LIMITS = 36_500, 10
#: what has no age because less than nothing lies there; what has no date of harvest
GAP, UNDATED = 0, 15


def parse_limits(text):
    """The last day of each bucket but the last one, which has no end.

    :raises ValueError: for what are no days that go up
    """
    limits = [int(part) for part in (text or "").replace(";", ",").split(",")]
    rising = all(one < two for one, two in pairwise(limits))
    if not rising or len(limits) > MOST_LIMITS:
        raise ValueError(text)
    if limits[0] < 0 or limits[-1] > MOST_DAYS:
        raise ValueError(text)
    return limits


class Buckets:
    """Buckets between limits.

    :param list[int] limits: as :func:`parse_limits` gives them
    """

    def __init__(self, env, limits):
        self.env, self.limits = env, limits

    def labels(self):
        """:return: dict of bucket number and its name, the youngest first"""
        _ = self.env._
        starts = [0, *(limit + 1 for limit in self.limits)]
        names = [
            _("%(first)s–%(last)s days", first=first, last=last)
            if first < last
            else _("%(days)s days", days=first)
            for first, last in zip(starts, self.limits, strict=False)
        ]
        names.append(_("over %(days)s days", days=self.limits[-1]))
        return {GAP: _("Below zero")} | dict(enumerate(names, 1)) | {
            UNDATED: _("No harvest date")
        }  # fmt: skip

    def number_to_sql(self, days):
        """The bucket of a number of days."""
        cases = [
            SQL("WHEN %s <= %s THEN %s", days, limit, number)
            for number, limit in enumerate(self.limits, 1)
        ]
        return SQL("CASE %s ELSE %s END", SQL(" ").join(cases), len(self.limits) + 1)

    def label_to_sql(self, number):
        cases = [
            SQL("WHEN %s THEN %s", key, label) for key, label in self.labels().items()
        ]
        return SQL("CASE %s %s END", number, SQL(" ").join(cases))
