from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ..protocol.sightings import LONGEST_AGO


class FarmDeviceEvent(models.Model):
    """Reads of an event that were refused while others of it were done.

    The device has it applied; a person finds it in the inbox, and what was refused is
    tried again, and nothing else of it.
    """

    _inherit = "farm.device.event"

    has_refused_reads = fields.Boolean("Reads Refused", readonly=True)

    _refused_reads_index = models.Index(
        "(company_id, received_at) WHERE has_refused_reads IS TRUE"
    )

    @api.depends("has_refused_reads")
    def _compute_is_open(self):
        return super()._compute_is_open()

    def _get_open_domain(self):
        refused = Domain("state", "=", "applied") & Domain(
            "has_refused_reads", "=", True
        )
        return super()._get_open_domain() | refused

    def _check_unsettled(self):
        self.check_access("write")
        open_still = self.filtered(
            lambda event: event.state == "applied" and event.has_refused_reads
        )
        return super(FarmDeviceEvent, self - open_still)._check_unsettled()

    def _settled_tags(self):
        """Pairs of an event and a tag that an earlier try did not refuse."""
        tried = self.filtered("reason_code")
        if not tried:
            return set()
        times = tried.mapped("at")
        rows = self.env.execute_query(
            SQL(
                """
                SELECT event_id, tag FROM farm_read_log
                 WHERE event_id = ANY(%s) AND at BETWEEN %s AND %s
                 GROUP BY event_id, tag
                HAVING bool_or(outcome = 'counted') OR NOT bool_or(outcome = 'refused')
                """,
                tried.ids,
                min(times) - timedelta(seconds=LONGEST_AGO),
                max(times),
            )
        )
        return {(self.browse(event), tag) for event, tag in rows}
