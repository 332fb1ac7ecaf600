from datetime import date

from odoo import fields, models
from odoo.tools import SQL

from ...wording import number_text


class LeftOut:
    """Free stock of a product that a promise leaves out.

    :param product: ``product.product``, in whose unit the quantities are
    :param float free: all that is free: fresh, not reserved, not on hold
    :param float quantity: of this, what does not qualify
    :param float later: of that, what is not to be removed until then anyway
    :param list sentences: the terms that leave something out
    """

    def __init__(self, product, free=0.0, quantity=0.0, later=0.0, sentences=()):
        self.product = product
        self.free, self.quantity, self.later = free, max(quantity, 0), max(later, 0)
        self.sentences = list(sentences)

    def __bool__(self):
        return self.product.uom_id.compare(self.quantity, 0) > 0

    @property
    def qualifying(self):
        return max(self.free - self.quantity, 0)

    def text(self, uom=None):
        """How much does not qualify, and by which rule; empty when all does.

        :param uom.uom uom: the unit that it is said in, instead of the product's
        """
        if not self:
            return ""
        env, own = self.product.env, self.product.uom_id
        return env._(
            "%(quantity)s %(unit)s of free stock do not qualify: %(rules)s.",
            quantity=number_text(env, own._compute_quantity(self.quantity, uom or own)),
            unit=(uom or own).display_name,
            rules="; ".join(self.sentences),
        )


class ProductProduct(models.Model):
    _inherit = "product.product"

    def _get_left_out(self, promise, location, until=None):
        """What of the free stock of this product a promise leaves out.

        One statement, whatever the number of lots.

        :param Promise promise: what is asked
        :param stock.location location: with all places in it
        :param datetime until: what is to be removed until then is not in ``later``
        :rtype: LeftOut
        """
        self.ensure_one()
        if not promise:
            return LeftOut(self)
        # Who sells may not see lots and their stock; only sums come back.
        quants = (
            self.env["stock.quant"]
            .sudo()
            .with_context(with_expiration=date.today(), promise=None)
        )
        query = quants._search(quants._get_gather_domain(self, location))
        bars = [self._get_bar(term, quants, query) for term in promise.terms]
        [(free, quantity, later, *each)] = self.env.execute_query(
            query.select(*self._get_left_out_sums(quants, query.table, bars, until))
        )
        broken = [
            term.sentence()
            for term, sum_ in zip(promise.terms, each, strict=True)
            if self.uom_id.compare(sum_, 0) > 0
        ]
        return LeftOut(self, free, quantity, later, dict.fromkeys(broken))

    def _get_bar(self, term, quants, query):
        """Whether a row of stock breaks a term; what it cannot answer for breaks it."""
        kept = term.domain().optimize_full(quants)._to_sql(quants, query.table, query)
        return SQL("((%s) IS NOT TRUE)", kept)

    def _get_left_out_sums(self, quants, alias, bars, until):
        quantity, reserved, removal = (
            quants._field_to_sql(alias, name)
            for name in ("quantity", "reserved_quantity", "removal_date")
        )
        barred = SQL(" OR ").join(bars)
        stays = SQL(
            "(%s) AND (%s > %s) IS NOT FALSE",
            barred,
            removal,
            until or fields.Datetime.now(),
        )
        return [
            SQL(
                "coalesce(sum(%s - %s) FILTER (WHERE %s), 0)::float8",
                quantity,
                reserved,
                condition,
            )
            for condition in (SQL("TRUE"), barred, stays, *bars)
        ]
