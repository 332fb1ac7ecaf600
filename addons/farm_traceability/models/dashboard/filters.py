"""What a dashboard is asked for."""

from datetime import date, timedelta
from typing import NamedTuple

from odoo.fields import Domain

from ..expiry.bands import midnight


class Filters(NamedTuple):
    """Checked filters; warehouse and crop are empty records for all.

    ``begin`` and ``end`` are days of the reader's time zone ``tz``, both included, as
    is ``today``. ``period`` is the key of a named period, ``""`` for typed days.
    """

    companies: object
    company: object
    warehouse: object
    crop: object
    begin: date
    end: date
    today: date
    tz: object
    period: str = ""

    def to_domain(self, company="company_id", shared=False, **paths):
        """The filters as a domain of a model.

        :param str company: path to the company; ``""`` for none
        :param bool shared: whether records without a company are everybody's
        :param paths: path to the ``warehouse`` and to the ``crop``; the ``day`` (a
            date) or the ``moment`` (a datetime) that lies in the period
        """
        ids = self.companies.ids + [False] * shared
        parts = [Domain(company, "in", ids)] if company else []
        for name, chosen in (("warehouse", self.warehouse), ("crop", self.crop)):
            if chosen and paths.get(name):
                parts.append(Domain(paths[name], "=", chosen.id))
        if paths.get("day"):
            parts.append(self._days(paths["day"]))
        if paths.get("moment"):
            parts.append(self._moments(paths["moment"]))
        return Domain.AND(parts)

    def _days(self, path):
        return Domain(path, ">=", self.begin) & Domain(path, "<=", self.end)

    def _moments(self, path):
        begin, end = self.midnight(self.begin), self.midnight(self.end, 1)
        return Domain(path, ">=", begin) & Domain(path, "<", end)

    def midnight(self, day, days=0):
        """The moment (UTC, naive) at which so many days after a day begin."""
        return midnight(day + timedelta(days=days), self.tz)
