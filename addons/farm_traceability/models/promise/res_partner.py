from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import SQL


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

    def _wait_for_deliveries(self):
        """Let deliveries to customers who ask what they got before happen in turn.

        Others that deliver to them wait until this transaction ends. What it delivered
        is not in their sight, so they have to start again: a row that is only locked
        would let them go on, one that is written does not.
        """
        asking = self.filtered("is_newer_only")
        if asking:
            self.env.cr.execute(
                SQL(
                    """
                    UPDATE res_partner SET is_newer_only = is_newer_only
                     WHERE id IN (
                         SELECT id FROM res_partner WHERE id = ANY(%s)
                          ORDER BY id FOR NO KEY UPDATE
                     )
                    """,
                    asking.ids,
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
