from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

ALLOWED_TO = "farm_traceability.group_quality_manager"


class FarmPromiseWaiver(models.Model):
    """A quality manager allows lots on a transfer that a rule stops, with a reason.

    It says nothing of lots on hold: these are released, never waived.
    """

    _name = "farm.promise.waiver"
    _description = "Lots Allowed on a Transfer"
    _inherit = ["farm.evidence"]
    _order = "id desc"
    _check_company_auto = True

    picking_id = fields.Many2one(
        "stock.picking",
        "Transfer",
        required=True,
        index=True,
        ondelete="cascade",
        readonly=True,
        check_company=True,
    )
    lot_ids = fields.Many2many("stock.lot", string="Lots", required=True, readonly=True)
    customer_ids = fields.Many2many(
        "res.partner",
        string="Customers",
        readonly=True,
        help="For whom the lots were allowed: nobody else gets them by it.",
    )
    reason = fields.Text(required=True, readonly=True)
    rules = fields.Text(
        "What Was Waived",
        readonly=True,
        help="What spoke against these lots when they were allowed.",
    )
    user_id = fields.Many2one("res.users", "Allowed By", required=True, readonly=True)
    date = fields.Datetime("Allowed On", required=True, readonly=True)
    company_id = fields.Many2one(
        related="picking_id.company_id", store=True, index=True
    )

    @api.depends("picking_id")
    def _compute_display_name(self):
        for waiver in self:
            waiver.display_name = self.env._(
                "Lots allowed on %(transfer)s", transfer=waiver.picking_id.name
            )

    @api.model
    def _allow(self, picking, lots, reason):
        """Let lots pass on a transfer although a rule stops them.

        :raises AccessError: who is no quality manager
        :raises UserError: no reason, no lots, or nothing more to allow
        """
        self._check_may_allow(picking)
        reason = (reason or "").strip()
        if not reason or not lots:
            raise UserError(
                self.env._("Name the lots to allow and the reason: it stays on record.")
            )
        if picking.state in ("done", "cancel"):
            raise UserError(
                self.env._(
                    "%(transfer)s is done or cancelled: there is nothing to allow.",
                    transfer=picking.name,
                )
            )
        objections = picking._get_objections(lots)
        # Waivers are not typed in; only this method makes them.
        waiver = self.sudo().create(
            {
                "picking_id": picking.id,
                "lot_ids": [fields.Command.set(lots.ids)],
                "customer_ids": [fields.Command.set(self._get_customers(picking).ids)],
                "reason": reason,
                "rules": "\n".join(dict.fromkeys(objections.values())),
                "user_id": self.env.uid,
                "date": fields.Datetime.now(),
            }
        )
        waiver._log()
        return waiver.sudo(self.env.su)

    @api.model
    def _get_customers(self, picking):
        # The chain may lead over moves that the user cannot open.
        picking = picking.sudo()
        return picking.move_ids._get_customers() | picking.partner_id

    def _is_for_its_customers(self):
        """Whether its transfer still goes to whom it was for."""
        return self._get_customers(self.picking_id) <= self.customer_ids

    def _get_expired_lots(self):
        """Lots that had expired when they were allowed."""
        return self.lot_ids.filtered(
            lambda lot: lot.expiration_date and lot.expiration_date <= self.date
        )

    def _check_may_allow(self, picking):
        if not self.env.user.has_group(ALLOWED_TO):
            raise AccessError(
                self.env._(
                    "Only a quality manager allows lots that a rule stops. Take another"
                    " lot, or ask one."
                )
            )
        picking.check_access("write")

    def _log(self):
        self.picking_id.message_post(
            body=self.env._(
                "%(user)s allowed %(lots)s here: %(reason)s",
                user=self.user_id.name,
                lots=", ".join(self.lot_ids.mapped("name")),
                reason=self.reason,
            )
        )
