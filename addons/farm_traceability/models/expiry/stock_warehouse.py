from odoo import fields, models


class StockWarehouse(models.Model):
    _inherit = "stock.warehouse"

    expiry_user_id = fields.Many2one(
        "res.users",
        "Responsible for Expiry",
        domain="[('share', '=', False), ('company_ids', 'in', company_id)]",
        help="Is told what expires here, for products without a responsible person.",
    )
