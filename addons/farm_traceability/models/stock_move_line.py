from odoo import fields, models


class StockMoveLine(models.Model):
    _inherit = "stock.move.line"

    harvest_id = fields.Many2one(
        "farm.harvest",
        index="btree_not_null",
        check_company=True,
        domain="[('state', '=', 'done'), ('company_id', '=', company_id)]",
        help="A new lot received on this line carries this harvest's provenance.",
    )

    def _prepare_new_lot_vals(self):
        vals = super()._prepare_new_lot_vals()
        harvest = self.harvest_id or self.picking_id.harvest_id
        if harvest and self.product_id.farm_crop_id == harvest.crop_id:
            vals |= harvest._prepare_lot_vals(self.product_id, self.location_dest_id)
        return vals
