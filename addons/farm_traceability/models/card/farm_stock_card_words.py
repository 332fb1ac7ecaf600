from odoo import models
from odoo.tools import format_datetime
from odoo.tools.misc import formatLang

from ...wording import number_text
from .figures import Column

_PART_MODELS = {
    "lot": "stock.lot",
    "owner": "res.partner",
    "package": "stock.package",
    "place": "stock.location",
    "warehouse": "stock.warehouse",
}


class FarmStockCard(models.TransientModel):
    """The words of a card, in the reader's language."""

    _inherit = "farm.stock.card"

    def _get_columns(self):
        _ = self.env._
        groups = self.env.user.has_group
        columns = [
            Column("date", _("Date"), 2.5, 17),
            Column("document", _("Document"), 3, 26),
            Column("partner", _("Partner"), 2.4, 24),
            Column("source", _("From Place"), 2.8, 28),
            Column("target", _("To Place"), 2.8, 28),
        ]
        if self.part != "lot":
            columns.append(Column("lot", _("Lot"), 2.9, 20))
        if groups("stock.group_tracking_lot"):
            columns.append(Column("package", _("Package"), 1.7, 18))
        if groups("stock.group_tracking_owner") and self.part != "owner":
            columns.append(Column("owner", _("Owner"), 1.8, 20))
        columns += [
            Column("came", _("In"), 1.3, 12, True),
            Column("went", _("Out"), 1.3, 12, True),
            Column("balance", _("Running Balance"), 1.7, 12, True),
        ]
        if self._shows_values():
            columns.append(Column("value", _("Value"), 2.4, 16, True))
        return columns

    def _get_kinds(self):
        """Names of the documents that are no transfers."""
        return {
            "operation": self.env._("Lot operation"),
            "scrap": self.env._("Scrap"),
            "inventory": self.env._("Inventory adjustment"),
            None: self.env._("Stock move"),
        }

    def _get_figure_labels(self):
        return {
            "opening": self.env._("Opening"),
            "came": self.env._("In"),
            "went": self.env._("Out"),
            "closing": self.env._("Closing"),
        }

    def _product_name(self, section):
        return self.env["product.product"].browse(section.product).display_name

    def _part_name(self, section):
        if self.part == "product":
            return ""
        if not section.part:
            return {
                "lot": self.env._("No lot"),
                "owner": self.env._("Own goods"),
                "package": self.env._("In no package"),
                "place": "",
                "warehouse": self.env._("In no warehouse"),
            }[self.part]
        # Lines that one may read show their names, whoever may open what they name.
        part = self.env[_PART_MODELS[self.part]].sudo().browse(section.part)
        return part.display_name

    def _unit(self, section):
        return self.env["product.product"].browse(section.product).uom_id.name

    def _unmoved_text(self, section):
        """What a reader must know when stock and movements do not agree."""
        if self.date_from or not round(section.opening, 6):
            return ""
        return self.env._(
            "%(quantity)s %(unit)s have no movement: they were entered without one, or"
            " a lot was given to goods that had none. They stand in the opening.",
            quantity=self._number(section.opening),
            unit=self._unit(section),
        )

    def _empty_text(self):
        return self.env._(
            "Nothing was there and nothing moved in this period. Choose other dates, or"
            " fewer filters."
        )

    def _range_text(self, offset, count, total):
        if not count:
            return ""
        return self.env._(
            "%(first)s–%(last)s of %(total)s",
            first=self._number(offset + 1),
            last=self._number(offset + count),
            total=self._number(total),
        )

    def _number(self, value):
        digits = self.env["decimal.precision"].precision_get("Product Unit")
        return number_text(self.env, value or 0.0, digits=max(1, digits))

    def _money(self, amount):
        if not self._shows_values():
            return ""
        return formatLang(self.env, amount, currency_obj=self.env.companies.currency_id)

    def _moment_text(self, moment):
        zone = self.env.tz.zone  # by which the days of the card begin
        return format_datetime(self.env, moment, tz=zone, dt_format="short")
