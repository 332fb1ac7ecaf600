from odoo import fields, models

from .stock_quant import AllowedLots
from .terms import Happened, Promise, now_in


class PromiseBook:
    """In a context: terms read for many moves at once, and what came of them.

    It is made where reservation begins and forgotten where that ends.
    """

    def __init__(self, moves):
        self.terms = {}
        self.customers = moves.env["res.partner"]
        self.promises = {}
        #: what a search for stock has to know, by id of the move that looks
        self.contexts = {}
        for company, of_company in moves.grouped("company_id").items():
            customers = of_company._get_customers()
            if customers:
                self.customers |= customers
                self.terms[company] = moves.env["farm.shelf.life.term"]._find(
                    customers, of_company.product_id, company
                )

    def get(self, product, customer, arrival, company):
        key = product.id, customer.id, arrival, company.id
        if key not in self.promises:
            # Terms of others than those that the book was made for were not read.
            terms = self.terms.get(company) if customer in self.customers else None
            self.promises[key] = product._get_promise(customer, arrival, company, terms)
        return self.promises[key]


class StockMove(models.Model):
    """To whom goods of a move finally go, when, and what is asked of them."""

    _inherit = "stock.move"

    _delivered_index = models.Index("(partner_id, product_id) WHERE state = 'done'")

    def _get_final_moves(self):
        """The last moves of the chains that these moves are in."""
        last, seen, step = self.browse(), self.browse(), self
        while step:
            seen |= step
            ends = step.filtered(lambda move: not move._get_next_moves())
            last, step = last | ends, step._get_next_moves() - seen
        return last

    def _get_next_moves(self):
        return self.move_dest_ids.filtered(lambda move: move.state != "cancel")

    def _goes_to_customer(self):
        """Also a picking whose delivery will be made when it is done."""
        places = self.location_dest_id | self.location_final_id
        return "customer" in places.mapped("usage")

    def _get_deliveries(self):
        """Those of the last moves that take goods from us to a customer."""
        if not self._may_lead_to_customer():
            return self.browse()
        return self._get_final_moves().filtered(
            lambda move: move._goes_to_customer() and not move._comes_back()
        )

    def _may_lead_to_customer(self):
        return bool(self.move_dest_ids) or any(
            move._goes_to_customer() for move in self
        )

    def _comes_back(self):
        return self.location_id.usage == "customer"

    def _get_address(self):
        # A copied transfer for another customer keeps the old address on its moves.
        addresses = self.picking_id.partner_id, self.partner_id
        if self.location_id.usage == "supplier":
            # The transfer of a dropship is the supplier's.
            addresses = reversed(addresses)
        return next(filter(None, addresses), self.env["res.partner"])

    def _get_addresses(self):
        """All whose rules count for a move, the one that it says now first."""
        return self._get_address() | self.confirmed_partner_id

    def _get_customers(self):
        deliveries = self._get_deliveries()
        return self.env["res.partner"].union(
            *(move._get_addresses() for move in deliveries)
        )

    def _get_customer(self):
        """The address to which a move finally goes; empty when not to a customer.

        A pick for several deliveries has several: the promise asks for all.
        """
        self.ensure_one()
        return self._get_customers()[:1]

    def _get_expected_arrival(self):
        """When goods of a move reach the customer, or the end of their way.

        What is late leaves now at the earliest.
        """
        self.ensure_one()
        finals = self._get_deliveries() or self._get_final_moves() or self
        return min(move._get_arrival() for move in finals)

    def _get_arrival(self, leaving=None, address=None):
        """When the goods arrive, at an address other than the present one as well."""
        now = now_in(self.env)
        planned = self.picking_id.scheduled_date or self.date or now
        days = (
            self.picking_id._get_lead_days()
            if self.picking_id
            else self._get_address()._get_delivery_lead_days()
        )
        if address and address != self._get_address():
            days = max(days, address._get_delivery_lead_days())
        return fields.Datetime.add(leaving or max(planned, now), days=days)

    # -- what is asked ----------------------------------------------------------------

    def _get_promise(self, leaving=None, arrives=False):
        """What is asked of the lots of a move.

        :param datetime leaving: when a delivery leaves, instead of when it is planned
        :param bool arrives: lines of it bring goods to a customer, whatever it says
        :rtype: Promise
        """
        self.ensure_one()
        # Who moves goods may see neither the order nor the customer behind the pick.
        move = self.sudo()
        deliveries = move._get_deliveries()
        if arrives:
            deliveries |= move
        if not deliveries:
            return Promise()
        book = self.env.context.get("promise_book")
        if not isinstance(book, PromiseBook):
            book = PromiseBook(move)
        promise = Promise()
        for delivery in deliveries:
            leaves = leaving if delivery == move else None
            for address in delivery._get_addresses():
                promise |= book.get(
                    move.product_id,
                    address,
                    delivery._get_arrival(leaves, address),
                    delivery.company_id,
                )
        return promise

    def _get_look_up_context(self, location, lot):
        context = super()._get_look_up_context(location, lot)
        book = self.env.context.get("promise_book")
        if not isinstance(book, PromiseBook):
            return {**context, **self._get_promise_context()}
        if self.id not in book.contexts:
            book.contexts[self.id] = self._get_promise_context()
        return {**context, **book.contexts[self.id]}

    def _get_promise_context(self):
        # The chain may lead over moves that the user cannot open.
        for_customer = bool(self.sudo()._get_deliveries())
        return {
            "promise": self._get_promise(),
            "fresh_only": for_customer and self.product_id.use_expiration_date,
        }

    def _is_kept_from(self, location, lot):
        """A lot named beforehand, by a pick before, that the customer does not take."""
        if super()._is_kept_from(location, lot):
            return True
        if not lot:
            return False
        if self._is_expired_for(lot):
            return lot not in self._get_waived_lots(expired=True)
        broken = self._get_promise().reasons(lot)
        return bool(broken) and lot not in self._get_waived_lots()

    def _is_expired_for(self, lot):
        return (
            self.product_id.use_expiration_date
            and lot.expiration_date
            and lot.expiration_date <= now_in(self.env)
            # The chain may lead over moves that the user cannot open.
            and self.sudo()._get_deliveries()
        )

    def _expired_objection(self, lot):
        return self.env._(
            "Lot %(lot)s of %(product)s has expired on %(date)s.",
            lot=lot.name,
            product=lot.product_id.display_name,
            date=self.company_id._get_day(lot.expiration_date).text(self.env),
        )

    def _get_waived_lots(self, expired=False):
        """Lots that a quality manager allowed for this delivery, at any step.

        :param bool expired: only those that had expired already when he did
        """
        self.ensure_one()
        # A waiver counts for the picker who may not open it.
        chain = self.sudo()._get_own_chain()
        waivers = self.env["farm.promise.waiver"].sudo()
        waivers = waivers.search([("picking_id", "in", chain.picking_id.ids)])
        lots = waivers.filtered(lambda one: one._is_for_its_customers()).mapped(
            lambda one: one._get_expired_lots() if expired else one.lot_ids
        )
        return self.env["stock.lot"].browse(lots.ids)

    def _get_own_chain(self):
        """This move, with those before and after it; not what others get of a pick."""
        chain = self
        for name in ("move_dest_ids", "move_orig_ids"):
            step, seen = self, self
            while step := step[name] - seen:
                seen |= step
            chain |= seen
        return chain

    def _action_assign(self, force_qty=False):
        book = PromiseBook(self.sudo())
        # One moment for all moves: those that ask alike are answered together.
        moment = Happened(now_in(self.env))
        moves = self.with_context(promise_book=book, happened=moment)
        return super(StockMove, moves)._action_assign(force_qty=force_qty)

    def _action_done(self, cancel_backorder=False):
        done = super()._action_done(cancel_backorder=cancel_backorder)
        made = done.filtered(lambda move: move.location_id.usage == "production")
        # What a lot was made of is on record now.
        made.move_line_ids.lot_id._update_certified()
        done._keep_address()
        return done

    def _keep_address(self):
        """Say on the moves to whom they went, as their transfer does."""
        for move in self:
            partner = move.picking_id.partner_id or move.partner_id
            # The order may be one that the user cannot open.
            partner = partner or move.sudo()._get_addresses()[:1]
            usages = {move.location_id.usage, move.location_dest_id.usage}
            if "supplier" in usages:
                continue  # a dropship: the transfer is the supplier's
            if partner and move.partner_id != partner and "customer" in usages:
                # Only what the transfer says already.
                move.sudo().partner_id = partner

    def _take_from(self, lots):
        """Reserve what is missing from these lots, whatever their dates say."""
        for lot in lots:
            missing = self._get_missing()
            if self.product_id.uom_id.compare(missing, 0) > 0:
                allowed = AllowedLots(lot.ids)
                self.with_context(allowed_lots=allowed)._update_reserved_quantity(
                    missing, self.location_id, lot_id=lot, strict=False
                )
