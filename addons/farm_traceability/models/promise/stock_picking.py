from odoo import api, fields, models
from odoo.exceptions import UserError


class StockPicking(models.Model):
    """A transfer says which stock is not for its customer, and who allowed which."""

    _inherit = "stock.picking"

    promise_text = fields.Text(
        "Stock that Does Not Qualify", compute="_compute_promise_text"
    )
    has_objections = fields.Boolean(compute="_compute_has_objections")
    promise_waiver_ids = fields.One2many(
        "farm.promise.waiver", "picking_id", "Lots Allowed", readonly=True
    )

    def write(self, vals):
        if "partner_id" in vals and not self.env.su:
            self.move_ids._check_receiver_stays(vals["partner_id"])
        return super().write(vals)

    def _get_lead_days(self):
        """Days from leaving our warehouse to arriving; delivery methods know better."""
        self.ensure_one()
        return self.partner_id._get_delivery_lead_days()

    @api.depends("move_ids.promise_note")
    def _compute_promise_text(self):
        for picking in self:
            picking.promise_text = "\n".join(
                f"{move.product_id.display_name}: {move.promise_note}"
                for move in picking.move_ids
                if move.promise_note
            )

    @api.depends("promise_text", "move_line_ids.lot_id", "state")
    def _compute_has_objections(self):
        for picking in self:
            stopped = picking.promise_text or picking._get_stopped_lots()
            picking.has_objections = bool(stopped)

    def _get_stopped_lots(self):
        """Lots on the transfer that may not go as things are."""
        if self.state in ("done", "cancel"):
            return self.env["stock.lot"]
        lines = self.move_line_ids
        reasons = lines._promise_rule() | lines._expired_rule()
        return self.env["stock.lot"].union(*(line.lot_id for line in reasons))

    def _get_objections(self, lots):
        """What speaks against lots on this transfer, whether they are on it or not.

        The expired ones come first.

        :rtype: dict[stock.lot, str]
        """
        self.ensure_one()
        expired, broken, by_product = {}, {}, lots.grouped("product_id")
        for move in self.move_ids.filtered(lambda move: move.state != "cancel"):
            of_move = by_product.get(move.product_id, lots.browse())
            broken |= move._get_promise().reasons(of_move)
            expired |= {
                lot: move._expired_objection(lot)
                for lot in of_move
                if move._is_expired_for(lot)
            }
        return expired | broken | expired

    def action_allow_lots(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Allow Lots on %(transfer)s", transfer=self.name),
            "res_model": "farm.promise.allow",
            "view_mode": "form",
            "target": "new",
            "context": {"default_picking_id": self.id},
        }

    def _reserve_allowed(self, lots):
        """Take what the transfer still lacks from lots that were allowed on it."""
        for move in self.move_ids:
            of_product = lots.grouped("product_id").get(move.product_id)
            if of_product and move.state in ("confirmed", "partially_available"):
                move._take_from(of_product)


class StockMove(models.Model):
    """Who got goods is what later deliveries, and recalls, go by."""

    _inherit = "stock.move"

    def write(self, vals):
        if "partner_id" in vals and not self.env.su:
            self._check_receiver_stays(vals["partner_id"])
        return super().write(vals)

    def _check_receiver_stays(self, partner_id):
        if self.env.user.has_group("stock.group_stock_manager"):
            return
        delivered = self.filtered(
            lambda move: (
                move.state == "done"
                and move.location_dest_id.usage == "customer"
                and move._get_address().id != partner_id
            )
        )
        if delivered:
            raise UserError(
                self.env._(
                    "%(transfer)s is done: to whom it went stays on record. Return the"
                    " goods, or ask an inventory manager to correct it.",
                    transfer=delivered[0].picking_id.name or delivered[0].display_name,
                )
            )
