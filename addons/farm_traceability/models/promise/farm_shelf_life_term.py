from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

from .terms import MinimumDays, MinimumPercent


class FarmShelfLifeTerm(models.Model):
    """How much of its life a lot must have left when it reaches a customer.

    The most specific term counts: customer and product together, the address itself
    before its parents; then the customer alone; then the product alone. A product comes
    before its category, a term of the company before one of all companies.
    """

    _name = "farm.shelf.life.term"
    _description = "Minimum Remaining Shelf Life"
    _order = "partner_id, product_tmpl_id, categ_id, id"
    _check_company_auto = True

    partner_id = fields.Many2one(
        "res.partner",
        "Customer",
        index="btree_not_null",
        ondelete="cascade",
        check_company=True,
        help="With all contacts and addresses below, unless they have their own."
        " Empty: for all customers.",
    )
    product_tmpl_id = fields.Many2one(
        "product.template",
        "Product",
        index="btree_not_null",
        ondelete="cascade",
        check_company=True,
        domain="[('use_expiration_date', '=', True)]",
    )
    categ_id = fields.Many2one(
        "product.category",
        "Product Category",
        index="btree_not_null",
        ondelete="cascade",
        help="With all categories below, unless they have their own.",
    )
    basis = fields.Selection(
        [("days", "Days"), ("percent", "Percent of Shelf Life")],
        "Measured in",
        required=True,
        default="days",
        help="Percent: of the time from harvest (else from the lot's creation) to its"
        " expiration date.",
    )
    minimum = fields.Float("At Least", digits=(6, 1), required=True)
    company_id = fields.Many2one(
        "res.company",
        index=True,
        default=lambda self: self.env.company,
        help="Empty: for all companies.",
    )
    active = fields.Boolean(default=True)

    _minimum_range = models.Constraint(
        "CHECK (minimum > 0 AND (basis = 'days' OR minimum <= 100))",
        "A minimum is more than zero, and as a percentage at most 100.",
    )
    _for_whom = models.Constraint(
        "CHECK (num_nonnulls(partner_id, product_tmpl_id, categ_id) > 0"
        " AND num_nonnulls(product_tmpl_id, categ_id) < 2)",
        "Name a customer, a product or category, or both; but not a product and a"
        " category.",
    )
    _one_of_each = models.UniqueIndex(
        "(COALESCE(partner_id, 0), COALESCE(product_tmpl_id, 0),"
        " COALESCE(categ_id, 0), COALESCE(company_id, 0)) WHERE active",
        "There is such a term already for this customer and product: change or archive"
        " that one.",
    )

    @api.depends("partner_id", "product_tmpl_id", "categ_id", "basis", "minimum")
    def _compute_display_name(self):
        for term in self:
            names = (
                term.partner_id.display_name,
                (term.product_tmpl_id or term.categ_id).display_name,
                term._minimum_text(),
            )
            term.display_name = " · ".join(name for name in names if name)

    def _minimum_text(self):
        if self.basis == "percent":
            return self.env._("%(minimum)s %%", minimum=f"{self.minimum:g}")
        return self.env._("%(minimum)s days", minimum=f"{self.minimum:g}")

    @api.constrains("basis", "minimum")
    def _check_whole_days(self):
        for term in self:
            if term.basis == "days" and term.minimum % 1:
                raise ValidationError(
                    self.env._(
                        "%(minimum)s days is not a number of whole days.",
                        minimum=f"{term.minimum:g}",
                    )
                )

    # -- which one counts -------------------------------------------------------------

    @api.model
    def _find(self, customers, products, company):
        """All terms that may count for any of these customers and products."""
        # What a customer is promised does not hang on who asks: sellers as well.
        customers, products = customers.sudo(), products.sudo()
        partners = customers._get_delivery_chain()
        categories = products.categ_id._get_chain()
        templates = products.product_tmpl_id
        return self.sudo().search(
            Domain("company_id", "in", [False, company.id])
            & Domain("partner_id", "in", [False, *partners.ids])
            & Domain("product_tmpl_id", "in", [False, *templates.ids])
            & Domain("categ_id", "in", [False, *categories.ids])
        )

    def _most_specific(self, customer, product):
        """The one of these terms that counts; empty when none speaks of them."""
        partners = customer._get_delivery_chain().ids
        categories = product.categ_id._get_chain().ids
        ranks = {}
        for term in self:
            rank = term._rank(partners, product.product_tmpl_id.id, categories)
            if rank is not None:
                ranks.setdefault(rank, term)
        return ranks[min(ranks)] if ranks else self.browse()

    def _rank(self, partners, template, categories):
        """How specific a term is, the least first; None when it is of others."""
        partner, product = self.partner_id.id, self.product_tmpl_id.id
        category = self.categ_id.id
        if (
            (partner and partner not in partners)
            or (product and product != template)
            or (category and category not in categories)
        ):
            return None
        names_goods = bool(product or category)
        return (
            (0 if names_goods else 1) if partner else 2,
            partners.index(partner) if partner else 0,
            categories.index(category) + 1 if category else 0,
            0 if self.company_id else 1,
        )

    def _get_term(self, who, day):
        self.ensure_one()
        if self.basis == "percent":
            return MinimumPercent(self.env, who, day, self.minimum)
        return MinimumDays(self.env, who, day, int(self.minimum))
