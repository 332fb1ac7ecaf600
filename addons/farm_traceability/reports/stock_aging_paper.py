"""The aging report on paper."""

from odoo.tools.misc import formatLang

from ..wording import number_text
from .paper import Paper


class AgingPaper:
    """Draws a table of ages on wide pages.

    :param AgingTable table: what to show
    """

    def __init__(self, table):
        self.table, self.env = table, table.env

    def render(self):
        """:return: the PDF as bytes"""
        _, table = self.env._, self.table
        by = _("by %(group)s", group=table.ask._get_group_label())
        paper = Paper(self.env, _("Stock Aging"), by, landscape=True)
        paper.facts(table.facts())
        if not table.groups:
            paper.paragraph(_("Nothing was in stock."))
            return paper.render()
        paper.heading(_("Quantity"))
        columns = [*self._columns(), (table.issued_label, 1.5, "right")]
        paper.table(columns, (self._quantities(one) for one in table.groups))
        if table.shows_values:
            paper.heading(_("Value (%(currency)s)", currency=self._currency().name))
            paper.table(self._columns(), self._value_rows())
        return paper.render()

    def _columns(self):
        _, table = self.env._, self.table
        buckets = [(label, 1.7, "right") for label in table.buckets.values()]
        return [
            (table.ask._get_group_label(), 4, "left"),
            (_("Unit"), 1.1, "left"),
            *buckets,
            (_("Total"), 1.9, "right"),
            (_("Oldest (days)"), 1.3, "right"),
            (_("Average (days)"), 1.4, "right"),
        ]

    def _quantities(self, group):
        cells = [group.quantities.get(number) for number in self.table.buckets]
        texts = [self._number(cell) for cell in [*cells, group.quantity]]
        return [*self._row(group, texts), self._number(group.issued)]

    def _value_rows(self):
        for group in self.table.groups:
            cells = [group.values.get(number) for number in self.table.buckets]
            texts = [self._money(cell) for cell in [*cells, group.value]]
            yield self._row(group, texts)
        totals = self.table.value_totals
        texts = [
            self._money(value) for value in [*totals.values(), sum(totals.values())]
        ]
        yield [self.env._("Total"), "", *texts, "", ""]

    def _row(self, group, texts):
        average = number_text(self.env, group.average, digits=1)
        ages = [str(group.oldest), average]
        return [group.name or "–", group.unit, *texts, *ages]

    def _number(self, value):
        return number_text(self.env, value) if value else ""

    def _money(self, value):
        return formatLang(self.env, value, digits=self._currency().decimal_places) if (
            value
        ) else ""  # fmt: skip

    def _currency(self):
        return self.env.company.currency_id
