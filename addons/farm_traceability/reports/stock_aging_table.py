"""The aging report as a table: one row for each group and unit, a column per bucket."""

from collections import defaultdict
from typing import NamedTuple

from ..models.aging.buckets import GAP, UNDATED, Buckets, parse_limits
from ..models.expiry.farm_expiry_board import MANAGERS
from ..wording import day_text
from .workbook import workbook

DIGITS = 4


class Group(NamedTuple):
    """A row. ``quantities`` and ``values`` are by bucket number."""

    name: str
    unit: str
    quantities: dict
    values: dict
    oldest: int
    average: float
    issued: float

    @property
    def quantity(self):
        return round(sum(self.quantities.values()), DIGITS)

    @property
    def value(self):
        return sum(self.values.values())


class AgingTable:
    """What paper and sheet show: the numbers of the screen, read the same way.

    :param ask: ``farm.stock.aging.ask``; its environment gives language and rights
    """

    def __init__(self, ask):
        self.ask, self.env = ask, ask.env
        self.report = self.env["farm.stock.aging"].with_context(**ask._get_context())
        self.shows_values = self.env.user.has_groups(MANAGERS)
        self.groups = self._read_groups()
        used = {number for group in self.groups for number in group.quantities}
        labels = Buckets(self.env, parse_limits(ask.limits)).labels()
        #: dict of bucket number and label; the two odd ones only where there are any
        self.buckets = {
            number: label
            for number, label in labels.items()
            if number in used or number not in (GAP, UNDATED)
        }

    def _read_groups(self):
        measures = [
            "quantity:sum",
            "quantity_days:sum",
            "aged_quantity:sum",
            "days:max",
        ]
        measures += ["value:sum"] if self.shows_values else []
        row = [self.ask.group_by, "uom_id"]
        # What was issued is of the whole row, not of a bucket.
        found, totals = self.report._read_grouping_sets(
            self.ask._get_domain(),
            [[*row, "bucket_number"], row],
            [*measures, "issued_quantity:sum"],
        )
        groups = defaultdict(list)
        for record, unit, number, *figures in found:
            groups[record, unit].append((number, *figures))
        issued = {(record, unit): figures[-1] for record, unit, *figures in totals}
        made = [
            self._make_group(*key, cells, issued[key]) for key, cells in groups.items()
        ]
        return sorted(made, key=lambda group: (group.name == "", group.name.lower()))

    def _make_group(self, record, unit, cells, issued):
        quantities = {cell[0]: cell[1] for cell in cells}
        days, aged = (sum(cell[n] or 0 for cell in cells) for n in (2, 3))
        return Group(
            record.display_name or "",
            unit.name or "",
            quantities,
            {cell[0]: cell[5] or 0 for cell in cells} if self.shows_values else {},
            max(cell[4] or 0 for cell in cells),
            round(days / aged, 1) if aged else 0.0,
            round(float(issued or 0), DIGITS),
        )

    @property
    def issued_label(self):
        return self.env._("Issued in %(days)s days", days=self.ask.issue_days)

    @property
    def value_totals(self):
        """:return: dict of bucket number and value; values add up over units"""
        return {
            number: sum(group.values.get(number, 0) for group in self.groups)
            for number in self.buckets
        }

    def facts(self):
        """:return: pairs of label and value that say what was asked"""
        _, ask = self.env._, self.ask
        basis = dict(ask._fields["basis"]._description_selection(self.env))
        facts = [
            (_("At the End of"), day_text(self.env, ask.date)),
            (_("Age since"), basis[ask.basis]),
            (_("Company"), ", ".join(self.env.companies.mapped("name"))),
        ]
        if ask.warehouse_ids:
            names = ", ".join(ask.warehouse_ids.mapped("name"))
            facts.append((_("Warehouses"), names))
        if ask.categ_ids:
            names = ", ".join(ask.categ_ids.mapped("display_name"))
            facts.append((_("Categories"), names))
        if ask.only_slow:
            days = _("%(days)s days without an issue", days=ask.idle_days)
            facts.append((_("Only Slow Movers"), days))
        return facts


def aging_sheet(table):
    """Quantities and, for managers, values as an XLSX file.

    :param AgingTable table: what to show
    :rtype: bytes
    """
    _ = table.env._
    columns = [*_columns(table), (table.issued_label, 14)]
    sheets = [(_("Quantity"), columns, _quantity_rows(table))]
    if table.shows_values:
        sheets.append((_("Value"), _columns(table), _value_rows(table)))
    facts = [[label, value] for label, value in table.facts()]
    sheets.append((_("Asked"), [(_("What"), 24), (_("Value"), 40)], facts))
    return workbook(sheets)


def _columns(table):
    _ = table.env._
    buckets = [(label, 14) for label in table.buckets.values()]
    return [
        (table.ask._get_group_label(), 36),
        (_("Unit"), 10),
        *buckets,
        (_("Total"), 14),
        (_("Oldest (days)"), 12),
        (_("Average Age (days)"), 12),
    ]


def _quantity_rows(table):
    for group in table.groups:
        cells = [group.quantities.get(number) for number in table.buckets]
        yield [*_row(group, cells, group.quantity), group.issued]


def _value_rows(table):
    for group in table.groups:
        cells = [group.values.get(number) for number in table.buckets]
        yield _row(group, cells, group.value)


def _row(group, cells, total):
    ages = group.oldest, group.average
    return [group.name or "–", group.unit, *cells, total, *ages]
