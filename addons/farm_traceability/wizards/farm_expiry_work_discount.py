from odoo import api, fields, models
from odoo.exceptions import UserError

from ..reports.discount_paper import DiscountPaper
from ..reports.discount_sheet import discount_sheet
from ..reports.file import download, keep_file


class FarmExpiryWork(models.TransientModel):
    """Discount list: what is sold for less, proposed by the manager's rules.

    It changes nothing in stock, so that it can be made as often as one likes.
    """

    _inherit = "farm.expiry.work"

    title = fields.Char(default=lambda self: self.env._("Discount List"))
    date = fields.Date(default=fields.Date.context_today)
    currency_id = fields.Many2one(related="company_id.currency_id")
    has_rules = fields.Boolean(compute="_compute_has_rules")

    @api.depends("company_id")
    def _compute_has_rules(self):
        rules = self.env["farm.expiry.discount"]
        for work in self:
            work.has_rules = bool(rules._of_company(work.company_id))

    def action_discount_paper(self):
        self._check_for_sale()
        return self._download("pdf", DiscountPaper(self).render())

    def action_discount_sheet(self):
        self._check_for_sale()
        return self._download("xlsx", discount_sheet(self))

    def _check_for_sale(self):
        self.ensure_one()
        lines = self.line_ids.filtered("quantity")
        lines._check_there()
        self._check_one_company(lines)
        self._check_not_expired(lines, self.env._("What has expired is not sold."))
        held = lines.lot_id.filtered("is_on_hold")
        if held:
            raise UserError(
                self.env._(
                    "Lots on hold are not sold. Take these out of the list: %(lots)s.",
                    lots=", ".join(held.mapped("name")),
                )
            )

    def _download(self, extension, content):
        name = f"{self.title} {self.date}.{extension}"
        return download(keep_file(self, name, content))


class FarmExpiryWorkLine(models.TransientModel):
    _inherit = "farm.expiry.work.line"

    currency_id = fields.Many2one("res.currency", compute="_compute_price")
    price = fields.Monetary(compute="_compute_price")
    percent = fields.Float(
        "Discount (%)",
        digits=(5, 2),
        compute="_compute_percent",
        store=True,
        readonly=False,
        precompute=True,
    )
    new_price = fields.Monetary(compute="_compute_new_price")

    _percent_range = models.Constraint(
        "CHECK (percent IS NULL OR percent BETWEEN 0 AND 100)",
        "A discount is a percentage from 0 to 100.",
    )

    @api.depends("quant_id")
    def _compute_price(self):
        for line in self:
            company = line.quant_id.company_id or self.env.company
            line.price = line.product_id.with_company(company).lst_price
            line.currency_id = company.currency_id

    @api.depends("quant_id")
    def _compute_percent(self):
        rules = self.env["farm.expiry.discount"]
        by_company = {
            company: rules._of_company(company)
            for company in self.quant_id.company_id | self.env.company
        }
        for line in self:
            company = line.quant_id.company_id or self.env.company
            days_left = line.expiration_date and line.days_left
            line.percent = by_company[company]._percent_at(days_left)

    @api.depends("price", "percent")
    def _compute_new_price(self):
        for line in self:
            price = line.price * (1 - line.percent / 100)
            line.new_price = line.currency_id.round(price)
