from odoo import fields, models
from odoo.fields import Domain


class ResUsers(models.Model):
    _inherit = "res.users"

    scan_warehouse_ids = fields.Many2many(
        "stock.warehouse",
        string="Scans in",
        help="Warehouses whose work this user sees in the scan screens. Empty: all of"
        " the user's companies.",
    )

    def _get_scan_warehouses(self):
        """Where a user works with the scan screens, within the companies chosen."""
        self.ensure_one()
        warehouses = self.env["stock.warehouse"].search(Domain.TRUE)
        # People may not read users; here it is their own setting.
        own = self.sudo().scan_warehouse_ids
        return own.with_env(self.env) & warehouses if own else warehouses
