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
            waiting = self._next_waiting(codes, left)
            left -= len(waiting)
            codes = waiting._apply_free()

    @api.model
    def _next_waiting(self, codes, most, after_id=0):
        """So many events that wait for lineage codes, in the order in which they came.

        :param after_id: the last event that was tried; what waits again is not tried
            twice, and keeps nothing from what waits behind it
        """
        domain = self._get_waiting_domain(codes, after_id)
        return self.search(domain, order="id", limit=most)

    @api.model
    def _get_waiting_domain(self, codes, after_id):
        waiting = Domain("state", "=", "parked") & Domain("wait_code", "in", codes)
        return waiting & Domain("id", ">", after_id)

    def _apply_free(self):
        """Apply those of them that nobody else works on; gives codes that arrived."""
        free = self.try_lock_for_update(allow_referencing=True)
        return [code for event in free for code in event._apply_run()]

    @api.model
    def _cron_apply_waiting(self):
        """Apply what waits for a lot that is there: the net below ``_apply_waiting``.

        A lot and what waits for it may come at the same moment, unseen by each other.
        """
        codes, last_id = self._arrived_codes(), 0
        while waiting := self._next_waiting(codes, AT_ONCE, last_id):
            last_id = waiting[-1].id
            self._apply_waiting(waiting._apply_free())
            left = self.search_count(self._get_waiting_domain(codes, last_id))
            if not self.env["ir.cron"]._commit_progress(len(waiting), remaining=left):
                break

    @api.model
    def _arrived_codes(self):
        """Codes that something waits for, and that are known."""
        rows = self._read_group([("state", "=", "parked")], ["wait_code"])
        codes = [code for (code,) in rows if code]
        lots = self.env["stock.lot"].search([("lineage_code", "in", codes)])
        return lots.mapped("lineage_code")
