"""Count results as a table: places, their rows and their sums, for paper and sheet."""

from typing import NamedTuple

from odoo.fields import Datetime
from odoo.tools import format_date, format_datetime
from odoo.tools.misc import formatLang

from ..models.expiry.farm_expiry_board import MANAGERS
from ..wording import number_text
from .workbook import workbook

#: columns of the arithmetic: last count + in - out … = by the books
FIGURES = (
    "last_quantity", "came", "went", "came_inner", "went_inner", "adjusted", "gap",
    "book_quantity", "counted_quantity", "difference",
)  # fmt: skip


class Sums(NamedTuple):
    """What rows come to together; quantities are added within a unit alone."""

    rows: int
    differences: int
    investigated: int
    value: float
    unit: str
    figures: dict


class CountResultTable:
    """The rows of the screen, read the same way.

    :param results: ``farm.count.result``; their environment gives language and rights
    :param facts: pairs of label and text that say what was asked
    """

    def __init__(self, results, facts=()):
        self.rows, self.env = results, results.env
        self.asked = list(facts)
        self.shows_values = self.env.user.has_groups(MANAGERS)
        groups = self.env.user.has_group
        self.shows_owner = groups("stock.group_tracking_owner")
        self.shows_package = groups("stock.group_tracking_lot")

    @property
    def places(self):
        """:return: dict of place and rows, in the order of their names"""
        by_place = self.rows.grouped("location_id")
        ordered = sorted(by_place, key=lambda place: place.complete_name or "")
        return {place: by_place[place] for place in ordered}

    @property
    def differing(self):
        return self.rows.filtered(lambda row: row.difference or row.gap)

    def sums(self, rows):
        units = rows.uom_id
        figures = {name: sum(rows.mapped(name)) for name in FIGURES}
        return Sums(
            len(rows),
            len(rows.filtered("difference")),
            len(rows.filtered(lambda row: row.investigation == "done")),
            sum(rows.mapped("value")) if self.shows_values else 0.0,
            units.name if len(units) == 1 else "",
            figures if len(units) == 1 else {},
        )

    def facts(self):
        """What was asked and what was found, as pairs of label and text."""
        _, sums = self.env._, self.sums(self.rows)
        facts = [
            *self.asked,
            (_("Counted on"), self._days()),
            (_("Shelves"), self.number(sums.rows)),
            (_("With Difference"), self.number(sums.differences)),
            (_("Investigated"), self.number(sums.investigated)),
        ]
        if self.shows_values:
            facts.append((_("Value of Differences"), self.money(sums.value)))
        return facts

    def _days(self):
        dates = sorted(filter(None, self.rows.mapped("date")))
        ends = [self.day(date) for date in dates[:1] + dates[-1:]]
        return " – ".join(dict.fromkeys(ends))

    def people(self, row):
        """Who counted a shelf and when."""
        return ", ".join(filter(None, [row.user_id.name, self.moment(row.date)]))

    def remark(self, row):
        return ": ".join(filter(None, [row.reason_id.name, row.note or ""]))

    # -- numbers in the reader's language ----------------------------------------------

    def number(self, value):
        digits = self.env["decimal.precision"].precision_get("Product Unit")
        return number_text(self.env, value or 0.0, digits=max(1, digits))

    def signed(self, value):
        return f"+{self.number(value)}" if value > 0 else self.number(value)

    def money(self, value):
        currency = self.env.company.currency_id
        return formatLang(self.env, value, currency_obj=currency)

    def day(self, value):
        local = value and Datetime.context_timestamp(self.rows, value)
        return format_date(self.env, local) if local else ""

    def moment(self, value):
        return format_datetime(self.env, value, dt_format="short") if value else ""


def count_result_sheet(table):
    """The rows as an XLSX file.

    :param CountResultTable table: what to show
    :rtype: bytes
    """
    _ = table.env._
    sheets = [
        (_("Count Results"), _columns(table), (_row(table, row) for row in table.rows)),
        (_("Asked"), [(_("What"), 24), (_("Value"), 60)], map(list, table.facts())),
    ]
    return workbook(sheets)


# Fields in the order of their columns, with the width of each.
_SHEET = {
    "location_id": 28, "product_id": 30, "lot_id": 18, "package_id": 16,
    "owner_id": 20, "uom_id": 8, "last_date": 16, "last_quantity": 13, "came": 10,
    "went": 10, "came_inner": 11, "went_inner": 11, "adjusted": 12, "gap": 13,
    "book_quantity": 13, "counted_quantity": 11, "difference": 11, "value": 16,
    "documents": 11, "date": 16, "moment": 16, "user_id": 20, "meanwhile": 13,
    "late": 11, "later": 11, "pending_in": 11, "pending_out": 11,
    "reserved_quantity": 11,
    "likely_reasons": 50, "reason_id": 22, "note": 40, "investigator_id": 20,
    "investigation_date": 16,
}  # fmt: skip


def _names(table):
    hidden = {
        "value": not table.shows_values,
        "owner_id": not table.shows_owner,
        "package_id": not table.shows_package,
    }
    return [name for name in _SHEET if not hidden.get(name)]


def _columns(table):
    labels = table.rows.fields_get(_names(table), ["string"])
    return [(labels[name]["string"], _SHEET[name]) for name in _names(table)]


def _row(table, row):
    return [_cell(row, name) for name in _names(table)]


def _cell(row, name):
    value, kind = row[name], row._fields[name].type
    if kind == "many2one":
        return value.display_name
    if kind == "datetime" and value:
        return _local(row, value)
    return value


def _local(row, moment):
    """A moment as the reader's clock shows it, as sheets have no time zones."""
    return Datetime.context_timestamp(row, moment).replace(tzinfo=None)
