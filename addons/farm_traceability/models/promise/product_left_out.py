from datetime import date

from odoo import fields, models
from odoo.tools import SQL

from ...wording import number_text
from .terms import now_in


class LeftOut:
    """Stock of a product that a promise leaves out.

    :param product: ``product.product``, in whose unit the quantities are
    :param float free: all that is free: fresh, not reserved, not on hold
    :param float quantity: of this, what does not qualify
    :param float later: of that, what is not to be removed until then anyway
    :param float expired: beside what is free, what has expired
    :param float stale: beside both, what is past its removal date
    :param list sentences: the terms that leave something out
    """

    def __init__(self, product, free, quantity, later, expired, stale, sentences):
        self.product = product
        self.free, self.quantity, self.later = free, max(quantity, 0), max(later, 0)
        self.expired, self.stale = expired, stale
        self.sentences = list(sentences)

    def __bool__(self):
        return self._is_some(self.quantity)

    @property
    def qualifying(self):
        return max(self.free - self.quantity, 0)

    def text(self, uom=None):
        """How much does not qualify, and by which rule; empty when all does.

        :param uom.uom uom: the unit that it is said in, instead of the product's
        """
        if not self:
            return ""
        return self.product.env._(
            "%(quantity)s %(unit)s of free stock do not qualify: %(rules)s.",
            rules="; ".join(self.sentences),
            **self._in_words(self.quantity, uom),
        )

    def full_text(self):
        """All that is there and not reserved for this promise: what expired first."""
        env, texts = self.product.env, []
        if self._is_some(self.expired):
            there = self._in_words(self.expired)
            texts.append(env._("%(quantity)s %(unit)s have expired.", **there))
        if self._is_some(self.stale):
            there = self._in_words(self.stale)
            texts.append(
                env._("%(quantity)s %(unit)s are past their removal date.", **there)
            )
        return " ".join([*texts, self.text()]).strip()

    def _is_some(self, quantity):
        return self.product.uom_id.compare(quantity, 0) > 0

    def _in_words(self, quantity, uom=None):
        own = self.product.uom_id
        number = own._compute_quantity(quantity, uom or own)
        return {
            "quantity": number_text(self.product.env, number),
            "unit": (uom or own).display_name,
        }


class ProductProduct(models.Model):
    _inherit = "product.product"

    def _get_left_out(self, promise, location, until=None, day=None):
        """What of the stock of this product a promise leaves out.

        One statement, whatever the number of lots.

        :param Promise promise: what is asked
        :param stock.location location: with all places in it
        :param datetime until: what is to be removed until then is not in ``later``
        :param day: what is to be removed before it is not free; today
        :rtype: LeftOut
        """
        self.ensure_one()
        # Who sells may not see lots and their stock; only sums come back.
        quants = self.env["stock.quant"].sudo()
        quants = quants.with_context(
            with_expiration=None, fresh_only=None, promise=None
        )
        query = quants._search(quants._get_gather_domain(self, location))
        conditions = self._get_left_out_conditions(quants, query, promise, until, day)
        [(free, quantity, later, expired, stale, *each)] = self.env.execute_query(
            query.select(*self._sum_free(quants, query.table, conditions))
        )
        broken = [
            term.sentence()
            for term, sum_ in zip(promise.terms, each, strict=True)
            if self.uom_id.compare(sum_, 0) > 0
        ]
        sentences = dict.fromkeys(broken)
        return LeftOut(self, free, quantity, later, expired, stale, sentences)

    def _get_left_out_conditions(self, quants, query, promise, until, day):
        """Of which rows each sum is: those of ``LeftOut``, then one of each term."""
        expired, stale = self._get_out_of_date(quants, query, day)
        fresh = SQL("NOT (%s OR %s)", expired, stale)
        bars = [
            SQL("(%s AND %s)", fresh, self._get_bar(term, quants, query))
            for term in promise.terms
        ]
        barred = SQL("(%s)", SQL(" OR ").join(bars or [SQL("FALSE")]))
        removal = quants._field_to_sql(query.table, "removal_date")
        until = until or fields.Datetime.now()
        stays = SQL("%s AND (%s > %s) IS NOT FALSE", barred, removal, until)
        return [fresh, barred, stays, expired, stale, *bars]

    def _get_out_of_date(self, quants, query, day):
        """Rows that have expired, and others that are past their removal date."""
        if not self.use_expiration_date:
            return SQL("FALSE"), SQL("FALSE")
        expiration, removal = (
            quants._field_to_sql(query.table, name)
            for name in ("expiration_date", "removal_date")
        )
        expired = SQL("(%s <= %s) IS TRUE", expiration, now_in(self.env))
        passed = SQL("(%s < %s) IS TRUE", removal, day or date.today())
        return SQL("(%s)", expired), SQL("(NOT (%s) AND %s)", expired, passed)

    def _get_bar(self, term, quants, query):
        """Whether a row of stock breaks a term; what it cannot answer for breaks it."""
        kept = term.domain().optimize_full(quants)._to_sql(quants, query.table, query)
        return SQL("((%s) IS NOT TRUE)", kept)

    def _sum_free(self, quants, alias, conditions):
        quantity, reserved = (
            quants._field_to_sql(alias, name)
            for name in ("quantity", "reserved_quantity")
        )
        return [
            SQL(
                "coalesce(sum(%s - %s) FILTER (WHERE %s), 0)::float8",
                quantity,
                reserved,
                condition,
            )
            for condition in conditions
        ]
