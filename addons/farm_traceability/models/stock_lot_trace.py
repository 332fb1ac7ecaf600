from odoo import api, models

from ..trace import BOTH, DOWN, UP, trace
from ..trace.destination_sheet import DestinationSheet
from ..trace.origin_sheet import OriginSheet

# Lots in a direction that a tab of the form looks at.
TAB_LIMIT = 2000


class StockLot(models.Model):
    _name = "stock.lot"
    _inherit = ["stock.lot", "farm.traceable"]

    def _trace(self, direction=BOTH, limit=None):
        """Trace lots that the user may read; see ``trace``."""
        self.check_access("read")
        return trace(self.env, self.ids, direction, limit)

    @api.readonly
    def get_trace_origins(self):
        """What the tab Origins shows, as the user may see it."""
        self.ensure_one()
        return OriginSheet(self.env, self._trace(UP, TAB_LIMIT), self).sheet()

    @api.readonly
    def get_trace_destinations(self):
        """What the tab Where It Went shows, as the user may see it."""
        self.ensure_one()
        return DestinationSheet(self.env, self._trace(DOWN, TAB_LIMIT)).sheet()
