import pytz
from odoo import models
from odoo.tools import SQL

from .terms import CertifiedOnly, Day, NewerOnly, Promise


class ProductProduct(models.Model):
    """What lots of a product a customer may be promised."""

    _inherit = "product.product"

    def _get_promise(self, customer, arrival, company, terms=None):
        """All that is asked of lots of this product for a customer.

        :param res.partner customer: address that the goods go to
        :param datetime arrival: when they get there
        :param farm.shelf.life.term terms: what ``_find`` gave for many products
        :rtype: Promise
        """
        self.ensure_one()
        if not customer or self.tracking == "none":
            return Promise()
        # What a customer is promised does not hang on who asks: sellers as well.
        product, customer = self.sudo().with_company(company), customer.sudo()
        day = company._get_day(arrival)
        return Promise(
            [
                *product._get_minimum_terms(customer, day, company, terms),
                *product._get_newer_terms(customer, day),
                *product._get_certified_terms(customer, day),
            ]
        )

    def _get_minimum_terms(self, customer, day, company, terms):
        if not self.use_expiration_date:
            return []
        if terms is None:
            terms = self.env["farm.shelf.life.term"]._find(customer, self, company)
        term = terms._most_specific(customer, self)
        return [term._get_term(customer.display_name, day)] if term else []

    def _get_newer_terms(self, customer, day):
        family = customer.commercial_partner_id
        if not self.use_expiration_date or not family.is_newer_only:
            return []
        latest = self._get_latest_delivered(family)
        if not latest:
            return []
        [name, moment] = latest
        return [NewerOnly(self.env, family.display_name, day.at(moment), name)]

    def _get_certified_terms(self, customer, day):
        if self.is_certified_only:
            return [CertifiedOnly(self.env, self.display_name, day)]
        family = customer.commercial_partner_id
        grown = self.farm_crop_id or self.use_expiration_date
        if family.is_certified_only and grown:
            return [CertifiedOnly(self.env, family.display_name, day)]
        return []

    def _get_latest_delivered(self, family):
        """Of lots that a customer got and did not send back completely, the latest.

        :return: name and expiration date of the lot that expires last, or None
        """
        self.env["stock.move.line"].flush_model()
        self.env["stock.move"].flush_model(["partner_id", "product_id", "state"])
        self.env["stock.lot"].flush_model(["name", "expiration_date"])
        rows = self.env.execute_query(
            SQL(
                """
                SELECT lot.name, lot.expiration_date
                  FROM res_partner address
                  JOIN stock_move move ON move.partner_id = address.id
                   AND move.product_id = %(product)s AND move.state = 'done'
                  JOIN stock_move_line line ON line.move_id = move.id
                  JOIN stock_location source ON source.id = line.location_id
                  JOIN stock_location target ON target.id = line.location_dest_id
                  JOIN stock_lot lot ON lot.id = line.lot_id
                 WHERE address.commercial_partner_id = %(family)s
                   AND line.state = 'done' AND lot.expiration_date IS NOT NULL
                   AND (source.usage = 'customer') <> (target.usage = 'customer')
                 GROUP BY lot.id
                HAVING sum(CASE WHEN target.usage = 'customer' THEN 1 ELSE -1 END
                           * line.quantity_product_uom) > 0
                 ORDER BY lot.expiration_date DESC, lot.id DESC
                 LIMIT 1
                """,
                product=self.id,
                family=family.id,
            )
        )
        return rows[0] if rows else None


class ResCompany(models.Model):
    _inherit = "res.company"

    def _get_day(self, moment):
        """The day of a moment where the company is."""
        # The calendar is the company's, whoever asks.
        zone = self.sudo().resource_calendar_id.tz or "UTC"
        return Day(moment, pytz.timezone(zone))
