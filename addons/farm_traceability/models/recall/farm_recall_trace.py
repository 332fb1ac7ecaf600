from odoo import models

from ...trace import BOTH, trace


class FarmRecall(models.Model):
    """A recall is drawn and exported as the trace down from what it began with."""

    _name = "farm.recall"
    _inherit = ["farm.recall", "farm.traceable"]

    def _trace(self, direction=BOTH, limit=None):
        self.check_access("read")
        starts = self._reached_up(self._start_lots())
        added = self.amendment_ids.lot_ids.ids
        return trace(self.env, list(dict.fromkeys([*starts, *added])), direction, limit)
