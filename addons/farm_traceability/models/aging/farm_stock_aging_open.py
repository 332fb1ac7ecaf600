from odoo import models
from odoo.fields import Domain

from .settings import settings_of


class FarmStockAging(models.Model):
    """The records behind a row."""

    _inherit = "farm.stock.aging"

    def action_open_moves(self):
        """What came to these shelves and what left them, up to the date."""
        until = self._get_end(settings_of(self.env).date)
        shelves = Domain.OR(row._get_lines_domain() for row in self)
        return self._open(
            "stock.move.line",
            self.env._("Moves behind Ages"),
            shelves & Domain("state", "=", "done") & Domain("date", "<", until),
        )

    def action_open_quants(self):
        """What lies there now."""
        shelves = Domain.OR(row._get_shelf_domain("location_id") for row in self)
        return self._open("stock.quant", self.env._("Stock Now"), shelves)

    def action_open_lots(self):
        lots = Domain("id", "in", self.lot_id.ids)
        return self._open("stock.lot", self.env._("Lots"), lots)

    def _get_lines_domain(self):
        return self._get_shelf_domain("location_id") | self._get_shelf_domain(
            "location_dest_id"
        )

    def _get_shelf_domain(self, place):
        return Domain.AND(
            Domain(name, "=", self[source].id)
            for name, source in (
                (place, "location_id"),
                ("product_id", "product_id"),
                ("lot_id", "lot_id"),
                ("owner_id", "owner_id"),
            )
        )

    def _open(self, model, name, domain):
        return {
            "type": "ir.actions.act_window",
            "name": name,
            "res_model": model,
            "view_mode": "list,form",
            "domain": list(domain),
            # Neither groups nor settings of the report mean anything there.
            "context": {"create": False},
        }
