from odoo import api, fields, models
from odoo.fields import Domain


class FarmPromiseAllow(models.TransientModel):
    """Allow lots on a transfer that a rule stops.

    1. lots that are stopped on the transfer, and others that are there
    2. what speaks against them, and the reason to take them all the same
    3. allowed; what is still missing on the transfer is taken from them
    """

    _name = "farm.promise.allow"
    _description = "Allow Lots on a Transfer"

    picking_id = fields.Many2one("stock.picking", required=True, readonly=True)
    lot_ids = fields.Many2many(
        "stock.lot",
        string="Lots",
        required=True,
        compute="_compute_lot_ids",
        store=True,
        readonly=False,
        domain="[('id', 'in', there_ids)]",
    )
    there_ids = fields.Many2many("stock.lot", compute="_compute_there_ids")
    objections = fields.Text(compute="_compute_objections")
    reason = fields.Text(required=True)
    takes_missing = fields.Boolean(
        "Reserve What Is Missing",
        default=True,
        help="Reserve for this transfer what it still lacks from the lots allowed.",
    )

    @api.depends("picking_id")
    def _compute_lot_ids(self):
        for wizard in self:
            wizard.lot_ids = wizard.picking_id._get_stopped_lots()

    @api.depends("picking_id")
    def _compute_there_ids(self):
        for wizard in self:
            picking = wizard.picking_id
            groups = self.env["stock.quant"]._read_group(
                Domain("product_id", "in", picking.move_ids.product_id.ids)
                & Domain("location_id", "child_of", picking.location_id.ids)
                & Domain("quantity", ">", 0)
                & Domain("lot_id", "!=", False)
                & Domain("is_on_hold", "=", False),
                ["lot_id"],
            )
            there = self.env["stock.lot"].union(*(lot for (lot,) in groups))
            wizard.there_ids = there | picking.move_line_ids.lot_id

    @api.depends("picking_id", "lot_ids")
    def _compute_objections(self):
        for wizard in self:
            picking, lots = wizard.picking_id, wizard.lot_ids._origin
            objections = picking and picking._get_objections(lots)
            wizard.objections = "\n".join((objections or {}).values())

    def action_allow(self):
        self.ensure_one()
        self.env["farm.promise.waiver"]._allow(
            self.picking_id, self.lot_ids, self.reason
        )
        if self.takes_missing:
            self.picking_id._reserve_allowed(self.lot_ids)
        return {"type": "ir.actions.act_window_close"}
