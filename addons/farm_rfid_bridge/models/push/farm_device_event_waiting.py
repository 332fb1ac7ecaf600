from odoo import api, models
from odoo.fields import Domain

# Those that wait beyond these are applied by the job.
AT_ONCE = 200


class FarmDeviceEvent(models.Model):
    """Events that came before the lot which they speak of."""

    _inherit = "farm.device.event"

    @api.model
    def _apply_waiting(self, codes):
        """Apply what waits for lineage codes; what arrives by that, too."""
        left = AT_ONCE
        while codes and left > 0:
            waiting = self.search(
                Domain("state", "=", "parked") & Domain("wait_code", "in", codes),
                order="id",
                limit=left,
            ).try_lock_for_update(allow_referencing=True)
            left -= len(waiting)
            codes = [code for event in waiting for code in event._apply_run()]

    @api.model
    def _cron_apply_waiting(self):
        """Apply what waits for a lot that is there: the net below ``_apply_waiting``.

        A lot and what waits for it may come at the same moment, unseen by each other.
        """
        codes = self._arrived_codes()
        for done, code in enumerate(codes, 1):
            self._apply_waiting([code])
            if not self.env["ir.cron"]._commit_progress(1, remaining=len(codes) - done):
                break

    @api.model
    def _arrived_codes(self):
        """Codes that something waits for, and that are known."""
        rows = self._read_group([("state", "=", "parked")], ["wait_code"])
        codes = [code for (code,) in rows if code]
        lots = self.env["stock.lot"].search([("lineage_code", "in", codes)])
        return lots.mapped("lineage_code")
