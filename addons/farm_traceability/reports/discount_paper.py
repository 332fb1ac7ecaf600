"""The discount list on paper: what is sold for less, to hang up or hand on."""

from odoo.tools import format_date
from odoo.tools.misc import formatLang

from ..wording import number_text
from .paper import Paper


class DiscountPaper:
    """Draws the goods of a discount list.

    :param work: ``farm.expiry.work``; its environment gives language and rights
    """

    def __init__(self, work):
        self.work = work
        self.env = work.env
        self.lines = work.line_ids.filtered("quantity").sorted(
            lambda line: (line.expiration_date or line.create_date, line.id)
        )

    def render(self):
        """:return: the PDF as bytes"""
        _ = self.env._
        houses = ", ".join(self.lines.location_id.warehouse_id.mapped("name"))
        paper = Paper(self.env, self.work.title or _("Discount List"), houses)
        paper.facts(
            [
                (_("Date"), format_date(self.env, self.work.date)),
                (_("Lots"), str(len(self.lines))),
            ]
        )
        paper.table(
            [
                (_("Product"), 4, "left"),
                (_("Lot"), 3, "left"),
                (_("Place"), 3, "left"),
                (_("Left"), 2.2, "left"),
                (_("Quantity"), 2.2, "right"),
                (_("Price"), 2.4, "right"),
                (_("Discount"), 1.8, "right"),
                (_("New Price"), 2.4, "right"),
            ],
            (self._row(line) for line in self.lines),
        )
        return paper.render()

    def _row(self, line):
        return [
            line.product_id.display_name,
            line.lot_id.name or "–",
            line.location_id.display_name,
            line.days_text,
            f"{number_text(self.env, line.quantity)} {line.uom_id.name}",
            self._money(line.price),
            f"{number_text(self.env, line.percent, digits=2)} %",
            self._money(line.new_price),
        ]

    def _money(self, amount):
        return formatLang(self.env, amount, currency_obj=self.work.currency_id)
