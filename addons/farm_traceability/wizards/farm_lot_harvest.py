from odoo import api, fields, models
from odoo.exceptions import UserError


class FarmLotHarvest(models.TransientModel):
    """Give a harvest to lots that came in by an ordinary receipt."""

    _name = "farm.lot.harvest"
    _description = "Set the Harvest of Lots"

    lot_ids = fields.Many2many(
        "stock.lot",
        string="Lots",
        required=True,
        default=lambda self: self._default_lot_ids(),
    )
    crop_id = fields.Many2one("farm.crop", compute="_compute_crop_id")
    harvest_id = fields.Many2one(
        "farm.harvest",
        required=True,
        domain="[('state', '=', 'done'), ('crop_id', '=', crop_id)]",
    )

    @api.model
    def _default_lot_ids(self):
        if self.env.context.get("active_model") != "stock.lot":
            return []
        return self.env.context.get("active_ids", [])

    @api.depends("lot_ids")
    def _compute_crop_id(self):
        for wizard in self:
            wizard.crop_id = wizard.lot_ids.product_id.farm_crop_id[:1]

    def action_apply(self):
        self.ensure_one()
        settled = self.lot_ids.filtered("harvest_id")
        if settled:
            raise UserError(
                self.env._(
                    "%(lots)s have their provenance already: take them off the list.",
                    lots=", ".join(settled.mapped("name")),
                )
            )
        self.lot_ids._set_harvest(self.harvest_id)
        return {"type": "ir.actions.act_window_close"}
