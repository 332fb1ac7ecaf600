from odoo import api, fields, models
from odoo.exceptions import ValidationError


class ResPartner(models.Model):
    """What a customer asks of the lots that he gets."""

    _inherit = "res.partner"

    delivery_lead_days = fields.Integer(
        "Days on the Way",
        help="From leaving our warehouse to arriving there. Zero: as the contact above"
        " says. A delivery method may say otherwise.",
    )
    shelf_life_term_ids = fields.One2many(
        "farm.shelf.life.term",
        "partner_id",
        "Minimum Shelf Life",
        groups="stock.group_stock_user",
    )
    is_newer_only = fields.Boolean(
        "Newer Lots Only",
        help="Never deliver a lot of a product that expires on an earlier day than one"
        " that any of the customer's addresses got already. What came back completely"
        " does not count. Set it on the company: it holds for all its addresses.",
    )
    is_certified_only = fields.Boolean(
        "Certified Lots Only",
        help="Of crops and food, deliver only lots that were harvested under a valid"
        " certificate. Set it on the company: it holds for all its addresses.",
    )

    @api.constrains("delivery_lead_days")
    def _check_delivery_lead_days(self):
        for partner in self:
            if not 0 <= partner.delivery_lead_days <= 365:
                raise ValidationError(
                    self.env._(
                        "Goods are 0 to 365 days on the way to %(customer)s, not"
                        " %(days)s.",
                        customer=partner.display_name,
                        days=partner.delivery_lead_days,
                    )
                )

    def _get_delivery_chain(self):
        """These contacts and those above, the nearest first."""
        chain = step = self
        while step := step.parent_id - chain:
            chain += step
        return chain

    def _get_delivery_lead_days(self):
        """Days from leaving our warehouse to arriving at this address."""
        days = (partner.delivery_lead_days for partner in self._get_delivery_chain())
        return next(filter(None, days), 0)
