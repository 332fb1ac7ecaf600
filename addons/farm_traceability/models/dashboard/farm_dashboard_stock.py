from collections import defaultdict
from datetime import timedelta

from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL

from ..expiry.bands import EXPIRED
from .tiles import COUNT, make_table, make_tile

#: first days of the classes of age
AGES = (0, 3, 8, 15, 31)
OVER = (EXPIRED,)
WITHIN = {
    3: ("1_today", "2_days"),
    7: ("1_today", "2_days", "3_days"),
    14: ("1_today", "2_days", "3_days", "4_days"),
    30: ("1_today", "2_days", "3_days", "4_days", "5_days"),
}
QUANTS = "farm_traceability.farm_dashboard_quant_view_list"


class FarmDashboard(models.AbstractModel):
    """What is in stock: how old, and how long yet."""

    _inherit = "farm.dashboard"

    # -- by age and grade ------------------------------------------------------------

    @api.model
    def _make_age_tile(self, filters):
        if not self._may_read("stock.quant", "stock.lot"):
            return None
        return make_tile(
            "age",
            self.env._("Stock by Age and Grade"),
            when=self._today_text(filters),
            note=self.env._("Days since the harvest; since it came in, without one."),
            tables=self._make_age_tables(filters),
            empty=self.env._("There is nothing in stock."),
        )

    @api.model
    def _get_age_domain(self, filters):
        return Domain(
            [("location_id.usage", "=", "internal"), ("quantity", ">", 0)]
        ) & filters.to_domain(
            warehouse="location_id.warehouse_id", crop="product_id.farm_crop_id"
        )

    @api.model
    def _make_age_tables(self, filters):
        """A table for each unit, as kilograms and bunches are not added up."""
        domain = self._get_age_domain(filters)
        by_unit = defaultdict(dict)
        for age, grade, unit, quantity in self._read_ages(filters, domain):
            by_unit[unit][age, grade] = quantity
        units = self.env["uom.uom"].browse(by_unit)
        return [
            self._make_age_table(filters, domain, unit, by_unit[unit.id])
            for unit in units.sorted(lambda unit: -sum(by_unit[unit.id].values()))
        ]

    @api.model
    def _read_ages(self, filters, domain):
        """Rows of class of age, id of the grade, id of the unit, and quantity."""
        quants = self.env["stock.quant"]
        query = quants._search(domain)
        if query.is_empty():
            return []
        keys = SQL(", ").join(
            (
                self._age_to_sql(filters, query.table),
                quants._read_group_groupby(query.table, "lot_id.grade_id", query),
                quants._read_group_groupby(query.table, "product_id.uom_id", query),
            )
        )
        query.groupby = SQL("1, 2, 3")
        total = quants._read_group_select("quantity:sum", query)
        return self.env.execute_query(query.select(keys, total))

    @api.model
    def _age_to_sql(self, filters, alias):
        day = SQL(
            "COALESCE(%s, (%s AT TIME ZONE 'UTC' AT TIME ZONE %s)::date)",
            SQL.identifier(alias, "harvest_date"),
            SQL.identifier(alias, "in_date"),
            str(filters.tz),
        )
        cases = SQL(" ").join(
            SQL("WHEN %s <= %s THEN %s", day, filters.today - timedelta(first), number)
            for number, first in reversed(list(enumerate(AGES)))
        )
        return SQL("CASE %s ELSE 0 END", cases)

    @api.model
    def _get_age_class_domain(self, filters, number):
        """Quants of a class of age, as :meth:`_age_to_sql` puts them into it."""
        parts = []
        if number > 0:
            parts.append(self._older_domain(filters, AGES[number]))
        if number + 1 < len(AGES):
            parts.append(~self._older_domain(filters, AGES[number + 1]))
        return Domain.AND(parts)

    @api.model
    def _older_domain(self, filters, days):
        harvest_limit = filters.today - timedelta(days)
        arrived = Domain("harvest_date", "=", False) & Domain(
            "in_date", "<", filters.midnight(filters.today, 1 - days)
        )
        return Domain("harvest_date", "<=", harvest_limit) | arrived

    @api.model
    def _make_age_table(self, filters, domain, unit, quantities):
        grades = self._name_grades({grade for _age, grade in quantities})
        domain &= Domain("product_id.uom_id", "=", unit.id)
        rows = []
        for number, label in enumerate(self._name_ages()):
            old = domain & self._get_age_class_domain(filters, number)
            cells = [
                self._make_age_cell(old, number, ids, quantities)
                for ids in grades.values()
            ]
            rows.append((label, cells))
        return make_table(
            list(grades), rows, unit.name, kind="bar", stacked=True,
            horizontal=True, draws=list(range(len(grades))),
        )  # fmt: skip

    @api.model
    def _make_age_cell(self, domain, number, grade_ids, quantities):
        value = sum(quantities.get((number, grade), 0) for grade in grade_ids)
        if not value:
            return None
        of_grade = Domain("lot_id.grade_id", "in", grade_ids)
        if None in grade_ids:
            of_grade = Domain("lot_id", "=", False) | Domain(
                "lot_id.grade_id", "=", False
            )
        name = self.env._("Stock by Age")
        action = self._open("stock.quant", domain & of_grade, name, QUANTS, ("list",))
        return self._quantity_figure(value, action, "quantity:sum")

    @api.model
    def _name_grades(self, ids):
        """Ids of grades under each name, the best first: crops call them alike."""
        names = {}
        known = self.env["farm.grade"].browse(ids - {None})
        for grade in known.sorted(lambda one: (one.sequence, one.name)):
            names.setdefault(grade.name, []).append(grade.id)
        if None in ids:
            names[self.env._("No grade")] = [None]
        return names

    @api.model
    def _name_ages(self):
        _ = self.env._
        return (
            _("Up to 2 days"),
            _("3 to 7 days"),
            _("8 to 14 days"),
            _("15 to 30 days"),
            _("Over 30 days"),
        )

    # -- expiring --------------------------------------------------------------------

    @api.model
    def _make_expiring_tile(self, filters):
        board = self.env["farm.expiry.board"]
        if not board.has_access("read"):
            return None
        domain = filters.to_domain(
            warehouse="warehouse_id", crop="product_id.farm_crop_id"
        )
        return make_tile(
            "expiring",
            self.env._("Expiring Soon"),
            when=self._today_text(filters),
            tables=[self._make_expiring_table(filters, domain)],
        )

    @api.model
    def _make_expiring_table(self, filters, domain):
        spans = {self.env._("Expired"): OVER} | {
            self.env._("Within %(days)s days", days=days): bands
            for days, bands in WITHIN.items()
        }
        moneys = self._get_currencies(filters)
        asked = {
            (label, money): (
                self._get_band_domain(bands, money),
                "value:sum" if money else COUNT,
            )
            for label, bands in spans.items()
            for money in (False, *moneys)
        }
        near = domain & Domain("band", "in", [*OVER, *WITHIN[30]])
        numbers = self._measure("farm.expiry.board", near, asked)
        rows = [
            (label, [self._make_expiring_cell(domain, bands, numbers, label, money)
                     for money in (False, *moneys)])
            for label, bands in spans.items()
        ]  # fmt: skip
        columns = [self.env._("Lots and Places"), *map(self._name_value, moneys)]
        return make_table(columns, rows, kind="bar", horizontal=True, draws=[0])

    @api.model
    def _get_currencies(self, filters):
        """Currencies of the values, none for those who may not see values."""
        board = self.env["farm.expiry.board"]
        if not board._has_field_access(board._fields["value"], "read"):
            return []
        return list(filters.companies.currency_id)

    @api.model
    def _name_value(self, currency):
        return self.env._("Value (%(currency)s)", currency=currency.name)

    @api.model
    def _get_band_domain(self, bands, currency=False):
        domain = Domain("band", "in", list(bands))
        if currency:
            domain &= Domain("currency_id", "=", currency.id)
        return domain

    @api.model
    def _make_expiring_cell(self, domain, bands, numbers, label, currency):
        value = numbers[label, currency]
        action = self._open(
            "farm.expiry.board",
            domain & self._get_band_domain(bands, currency),
            self.env._("Expiry Board"),
            kinds=("list", "kanban", "form"),
        )
        if currency:
            return self._money_figure(value, currency, action, "value:sum")
        urgent = bool(value) and bands in (OVER, WITHIN[3])
        tone = {"tone": "danger", "hint": self.env._("Urgent")} if urgent else {}
        return self._quantity_figure(value, action, COUNT, **tone)
