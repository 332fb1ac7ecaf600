from odoo import fields, models

# The later, the more is asked.
POLICIES = [("free", "Free"), ("reason", "Ask for a Reason"), ("stop", "Stop")]


class StockPickingType(models.Model):
    _inherit = "stock.picking.type"

    deviation_policy = fields.Selection(
        POLICIES,
        "Another Lot Is Taken",
        default="free",
        required=True,
        help="When somebody takes another lot than the removal strategy gave.\n"
        "Free: nothing is asked and nothing is recorded.\n"
        "Ask for a Reason: the transfer is validated with a reason from the list, and"
        " the deviation is on record.\n"
        "Stop: it is refused. Inventory managers and quality managers may still"
        " validate it, with a reason.",
    )

    def _get_strictness(self):
        """How much is asked, to compare; nothing where there is no operation type."""
        policies = [policy for policy, _name in POLICIES]
        return policies.index(self.deviation_policy or "free")

    def _may_pass_stop(self):
        """Whether the user goes on with a reason where others are stopped."""
        return self.env.user.has_groups(
            "stock.group_stock_manager,farm_traceability.group_quality_manager"
        )
