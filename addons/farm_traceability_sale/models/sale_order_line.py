from datetime import timedelta

from odoo import api, fields, models


class SaleOrderLine(models.Model):
    """What is available to a customer is what he may be promised.

    1. core counts free and forecast stock, which leaves out what has expired; the core
       of the suite leaves out what is on hold
    2. of that, what breaks a term of the customer is taken off, see ``_get_promise``
    3. the line says how much that is, and by which rule

    Once the order is confirmed, the forecast of its transfers knows all that; only the
    remark is left to do.
    """

    _inherit = "sale.order.line"

    not_qualifying = fields.Char(
        "Not for This Customer",
        compute="_compute_qty_at_date",
        help="How much of the free stock the customer does not take, and why.",
    )

    @api.depends("order_id.partner_shipping_id")
    def _compute_qty_at_date(self):
        result = super()._compute_qty_at_date()
        self.not_qualifying = False
        for line, promise in self._get_promises().items():
            line._keep_to_promise(promise)
        return result

    # -- what is asked ----------------------------------------------------------------

    def _get_promises(self):
        """What is asked of lots for these lines, of those for which something is.

        The terms of all lines of a company are read at once.

        :rtype: dict[sale.order.line, Promise]
        """
        promises = {}
        lines = self.filtered(lambda line: line._may_ask())
        for company, of_company in lines.grouped("company_id").items():
            terms = self.env["farm.shelf.life.term"]._find(
                of_company.order_id.partner_shipping_id._origin,
                of_company.product_id._origin,
                company._origin,
            )
            promises |= {line: line._get_promise(terms) for line in of_company}
        return {line: promise for line, promise in promises.items() if promise}

    def _may_ask(self):
        return bool(
            self.display_qty_widget
            and self.product_id.tracking != "none"
            and self.warehouse_id
            and self.scheduled_date
        )

    def _get_promise(self, terms=None):
        """What is asked of the lots of this line.

        :param farm.shelf.life.term terms: what ``_find`` gave for many lines
        :rtype: Promise
        """
        self.ensure_one()
        if self.state == "sale" and (moves := self._get_open_moves()):
            return moves[0]._get_promise()
        return self.product_id._origin._get_promise(
            self.order_id.partner_shipping_id._origin,
            self._get_expected_arrival(),
            self.company_id._origin,
            terms,
        )

    def _get_open_moves(self):
        return self.move_ids.filtered(lambda move: move.state not in ("done", "cancel"))

    def _get_expected_arrival(self):
        """When the goods get there, as their transfer will reckon it."""
        leaving = self.scheduled_date - timedelta(days=self.company_id.security_lead)
        return fields.Datetime.add(
            max(leaving, fields.Datetime.now()), days=self.order_id._get_lead_days()
        )

    # -- what comes of it -------------------------------------------------------------

    def _keep_to_promise(self, promise):
        served = self.state == "sale" and (
            self.qty_available_today >= self.qty_to_deliver
        )
        if served or self.is_mto:
            return
        left_out = self.product_id._origin._get_left_out(
            promise, self.warehouse_id.view_location_id, self.scheduled_date
        )
        if not left_out:
            return
        self.not_qualifying = left_out.text(self.product_uom_id._origin)
        if self.state != "sale":
            self._take_off(left_out)

    def _take_off(self, left_out):
        today, later = (
            self.product_id.uom_id._compute_quantity(quantity, self.product_uom_id)
            for quantity in (left_out.quantity, left_out.later)
        )
        self.qty_available_today -= today
        self.free_qty_today -= today
        self.virtual_available_at_date -= later
