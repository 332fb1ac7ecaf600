from odoo import fields, models

from ..expiry.farm_expiry_board import MANAGERS


class FarmStockAging(models.Model):
    """What a unit cost at a past date, by Odoo's valuation where that is installed."""

    _inherit = "farm.stock.aging"

    def _get_past_costs(self, day):
        """Cost of a unit at the end of a day.

        Nothing for today, whose costs the products have themselves, for readers who
        see no values, and without Odoo's valuation, as costs then have no history.

        :return: list of (product id, company id, cost)
        """
        has_history = "avg_cost" in self.env["product.product"]._fields
        is_past = day < fields.Date.context_today(self)
        if not (has_history and is_past and self.env.user.has_groups(MANAGERS)):
            return []
        known = self.env.cr.cache.setdefault("farm_stock_aging_costs", {})
        return [
            found
            for company in self.env.companies
            for found in self._get_company_costs(known, company, day)
        ]

    def _get_company_costs(self, known, company, day):
        if (company.id, day) not in known:
            products = self._get_valued_products(company, day)
            known[company.id, day] = [
                (product.id, company.id, product.avg_cost) for product in products
            ]
        return known[company.id, day]

    def _get_valued_products(self, company, day):
        groups = self.env["stock.move.line"]._read_group(
            [
                ("state", "=", "done"),
                ("company_id", "=", company.id),
                ("date", "<", self._get_end(day)),
            ],
            ["product_id"],
        )
        products = self.env["product.product"].browse(one.id for (one,) in groups)
        return products.with_company(company).with_context(to_date=day)
