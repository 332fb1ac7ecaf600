from odoo import api, models
from odoo.fields import Domain

from .farm_promise_waiver import ALLOWED_TO
from .stock_move import PromiseBook
from .terms import now_in


class StockMoveLine(models.Model):
    """Lots that break what a customer was promised, and expired ones, do not go there.

    What is typed in is judged by when the delivery is planned, what happens by when it
    happens. A waiver lets its lots pass, on its transfer.
    """

    _inherit = "stock.move.line"

    def _gate_rules(self):
        return [*super()._gate_rules(), self._expired_entry_rule, self._promise_rule]

    def _done_rules(self):
        planned = self._expired_entry_rule, self._promise_rule
        rules = [rule for rule in super()._done_rules() if rule not in planned]
        happening = self._expired_rule, self._promise_done_rule
        return [*rules, *happening, self._nameless_expired_rule]

    # -- terms ------------------------------------------------------------------------

    def _promise_rule(self):
        return self._broken_promises()

    def _promise_done_rule(self):
        self._get_receiving_families()._wait_for_deliveries()
        return self._broken_promises(now_in(self.env))

    def _get_receiving_families(self):
        """Customers, as a whole, who get dated lots by these lines."""
        lines = self.filtered(
            lambda line: (
                line.lot_id
                and line.product_id.use_expiration_date
                and line.location_dest_id.usage == "customer"
                and line.location_id.usage != "customer"
            )
        )
        # Who moves goods may not see the customer.
        moves = lines.move_id.sudo()
        addresses = moves.partner_id.union(*(move._get_addresses() for move in moves))
        return addresses.commercial_partner_id

    def _broken_promises(self, leaving=None):
        """Why lines of lots break a promise.

        :param datetime leaving: when deliveries leave, else when they are planned
        """
        lines = self.filtered(lambda line: line.lot_id and line.move_id)
        lines = lines._for_customers()
        if not lines:
            return {}
        # Who moves goods may see neither the order nor the customer behind them.
        book = PromiseBook(lines.move_id.sudo())
        reasons = {}
        for move, of_move in lines.grouped("move_id").items():
            # Its lines may go where the move itself does not.
            arrives = "customer" in of_move.location_dest_id.mapped("usage")
            promise = move.with_context(promise_book=book)._get_promise(
                leaving, arrives
            )
            broken = promise.reasons(of_move.lot_id)
            reasons |= {
                line: broken[line.lot_id] for line in of_move if line.lot_id in broken
            }
        return self._without_waived(reasons)

    def _for_customers(self):
        """Lines whose goods go to a customer, now or in the end, and come from us."""
        lines = self.filtered(
            lambda line: line._moves_away() and line.location_id.usage != "customer"
        )
        arriving = lines.filtered(
            lambda line: line.location_dest_id.usage == "customer"
        )
        # The chain may lead over moves that the user cannot open.
        moves = (lines - arriving).move_id.sudo()
        leading = set(moves.filtered(lambda move: move._get_deliveries()).ids)
        return arriving | lines.filtered(lambda line: line.move_id.id in leading)

    # -- expired ----------------------------------------------------------------------

    def _expired_entry_rule(self):
        """What is typed in; who may allow it is asked when it is to happen."""
        may_allow = self.env.user.has_group(ALLOWED_TO)
        if may_allow and not self.env.context.get("happening"):
            return {}
        return self._expired_rule()

    def _expired_rule(self):
        lines = self.filtered(lambda line: line._is_expired_now())._for_customers()
        reasons = {line: line._expired_reason() for line in lines}
        return self._without_waived(reasons, expired=True)

    def _nameless_expired_rule(self):
        """Tracked goods that leave without a lot's name may be of the expired one."""
        lines = self._nameless().filtered("product_id.use_expiration_date")
        lines = lines._for_customers()
        expired = lines._lots_beside(Domain("expiration_date", "<=", now_in(self.env)))
        return {
            line: self.env._(
                "Lot %(lot)s of %(product)s lies at %(place)s and has expired: name the"
                " lot that leaves.",
                lot=expired[line.product_id, line.location_id].name,
                product=line.product_id.display_name,
                place=line.location_id.display_name,
            )
            for line in lines
            if (line.product_id, line.location_id) in expired
        }

    def _is_expired_now(self):
        if not self.product_id.use_expiration_date:
            return False
        date = self._get_true_expiration()
        return bool(date) and date <= now_in(self.env)

    def _get_true_expiration(self):
        """Of the lot; of the line where the lot is made when it happens."""
        return self.lot_id.expiration_date if self.lot_id else self.expiration_date

    def _expired_reason(self):
        return self.env._(
            "Lot %(lot)s of %(product)s has expired on %(date)s: it does not go to"
            " %(customer)s. Take another lot; quarantine, scrap or return this one."
            " Only a quality manager may allow it, with a reason.",
            lot=self.lot_id.name or self.lot_name or "",
            product=self.product_id.display_name,
            date=self.company_id._get_day(self._get_true_expiration()).text(self.env),
            customer=self._get_customer_name(),
        )

    def _get_customer_name(self):
        # The address may be one that the user cannot open.
        customers = self.move_id.sudo()._get_customers() or self.picking_id.partner_id
        return customers[:1].display_name or self.env._("a customer")

    # -- waivers ----------------------------------------------------------------------

    def _without_waived(self, reasons, expired=False):
        """What remains when lots that a waiver allows pass.

        What was allowed for its few days left has not been allowed to go when expired.
        """
        if not reasons:
            return reasons
        waived = {
            move: move._get_waived_lots(expired)
            for move in self.browse(line.id for line in reasons).move_id
        }
        return {
            line: reason
            for line, reason in reasons.items()
            if not line.lot_id or line.lot_id not in waived.get(line.move_id, ())
        }

    # -- what happens ------------------------------------------------------------------

    def _action_done(self):
        # A lot may be named only now; what a manager may type in may not yet happen.
        return super(StockMoveLine, self.with_context(happening=True))._action_done()

    # -- what is typed into what is done ----------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        lines.filtered(lambda line: line.state == "done")._check_addition()
        self._certify(lines, *vals_list)
        return lines

    def write(self, vals):
        done = self.browse()
        if self._gate_fields() & set(vals):
            done = self.filtered(lambda line: line.state == "done")
        before = {line: line._get_way() for line in done}
        result = super().write(vals)
        done.filtered(lambda line: line._adds_to(*before[line]))._check_addition()
        self._certify(self, vals)
        return result

    def _get_way(self):
        way = self.lot_id, self.location_id, self.location_dest_id
        return way, self.quantity_product_uom

    def _adds_to(self, way, quantity):
        """Whether more of a lot, or another one, goes somewhere than went there."""
        now_way, now_quantity = self._get_way()
        return way != now_way or quantity < now_quantity

    def _check_addition(self):
        """More of a lot, or another lot, in what is done is as good as doing it."""
        self._check_gate([self._expired_rule, self._promise_done_rule])

    def _certify(self, lines, *vals_list):
        """Manufacturing says what was made of what when all is done."""
        if any({"consume_line_ids", "produce_line_ids"} & set(v) for v in vals_list):
            done = lines.filtered(lambda line: line.state == "done")
            (done | done.produce_line_ids).lot_id._update_certified()
