from odoo import api, fields, models
from odoo.tools import format_date

UNREACHED = ("to_tell", "failed", "bounced", "phone")
SILENT = ("queued", "sent")


class FarmRecall(models.Model):
    """What needs somebody now, above the list of recalls."""

    _inherit = "farm.recall"

    @api.readonly
    @api.model
    def get_overview(self):
        """Cards for the user's companies.

        :return: dicts with ``value`` and ``label`` (texts), ``filter`` (name of a
            filter of the list) and ``urgent``
        """
        _ = self.env._
        running = self.search_count(
            [("state", "=", "running"), ("is_mock", "=", False)]
        )
        unreached = self._count_customers(UNREACHED)
        silent = self._count_customers(SILENT)
        due = self._next_due()
        today = fields.Date.context_today(self)
        when = format_date(self.env, due) if due else "–"
        return [
            self._card(running, _("recalls running"), "running", running),
            self._card(unreached, _("customers not reached"), "unreached", unreached),
            self._card(silent, _("customers without an answer"), "unanswered"),
            self._card(when, _("next mock recall due"), "mock", due and due <= today),
        ]

    @api.model
    def _card(self, value, label, name, urgent=False):
        return {
            "value": str(value),
            "label": label,
            "filter": name,
            "urgent": bool(urgent),
        }

    @api.model
    def _count_customers(self, states):
        return self.env["farm.recall.customer"].search_count(
            [
                ("state", "in", states),
                ("recall_id.state", "=", "running"),
                ("recall_id.is_mock", "=", False),
            ]
        )

    @api.model
    def _next_due(self):
        """The earliest day of the user's companies, ``False`` for none."""
        dates = self.env.companies._get_next_drill_dates().values()
        return min(filter(None, dates), default=False)
