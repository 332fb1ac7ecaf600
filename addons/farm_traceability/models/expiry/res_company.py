from odoo import fields, models


class ResCompany(models.Model):
    _name = "res.company"
    _inherit = ["res.company", "farm.expiry.stages"]

    expiry_alert_stages = fields.Char(default="14, 7, 3")
    expiry_user_id = fields.Many2one(
        "res.users", "Responsible for Expiry", domain="[('share', '=', False)]"
    )

    def _get_expiry_people(self):
        """Who can be told of stock: inventory users who work in the company.

        :rtype: res.users
        """
        group = self.env.ref("stock.group_stock_user")
        # Whom to tell does not depend on who asks.
        users = self.env["res.users"].sudo()
        return users.search(
            [
                ("all_group_ids", "in", group.ids),
                ("company_ids", "in", self.ids),
                ("share", "=", False),
            ],
            order="id",
        )

    def _get_expiry_fallback(self, people):
        """Who is told where nobody is named, or the one named has left."""
        self.ensure_one()
        if self.expiry_user_id in people:
            return self.expiry_user_id
        managers = people.filtered(
            lambda user: user.has_group("stock.group_stock_manager")
        )
        # Core tells its own robot as well when a product has nobody.
        return managers[:1] or people[:1] or self.env.ref("base.user_root")
