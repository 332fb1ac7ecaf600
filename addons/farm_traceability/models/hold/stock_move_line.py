from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from .stock_move import LATER

OUTSIDE = ("supplier", "customer", "production", "inventory")
INSIDE = ("internal", "transit")


class StockMoveLine(models.Model):
    """What may happen with goods: asked here, whoever calls.

    A rule takes lines and answers, for those that may not happen, why. Rules that
    speak of lots which stay where they are or come in have nothing to say.
    """

    _inherit = "stock.move.line"

    lot_is_on_hold = fields.Boolean("On Hold", related="lot_id.is_on_hold")

    def _gate_rules(self):
        """Rules of the gate: methods of lines that return ``{line: reason}``."""
        return [self._hold_rule]

    def _hold_rule(self):
        leaving = self._leaving()
        return {line: line._hold_reason() for line in leaving._stopped()}

    def _done_rules(self):
        """Rules for what happens, beyond those for what is planned."""
        return [*self._gate_rules(), self._nameless_rule]

    def _check_gate(self, rules=None):
        """Refuse what any rule refuses.

        :raises UserError: one sentence for each line that may not happen, of the first
            rule that refuses it, in the order of the rules
        """
        reasons = {}
        for rule in rules or self._gate_rules():
            found = rule()
            reasons |= found | reasons
        if reasons:
            raise UserError("\n".join(dict.fromkeys(reasons.values())))

    # -- holds ------------------------------------------------------------------------

    def _leaving(self):
        """Lines that take a lot away from where it lies. No query for receipts."""
        return self.filtered(lambda line: line.lot_id and line._moves_away())

    def _moves_away(self):
        source, target = self.location_id, self.location_dest_id
        arrives = source.usage in OUTSIDE and target.usage in INSIDE
        return source != target and not arrives

    def _stopped(self):
        """Lines of lots on hold that may not go where they go.

        The lots are locked: until this transaction ends, nobody places a hold on them.
        """
        held = self.lot_id._locked_on_hold()
        return self.filtered(lambda line: line.lot_id in held and not line._may_leave())

    def _may_leave(self):
        target = self.location_dest_id
        if self.move_id.scrap_id and target.usage == "inventory":
            return True
        return self.lot_id._may_leave_to(self.location_id, target, self.picking_id)

    def _hold_reason(self):
        return self.env._(
            "Lot %(lot)s of %(product)s is on hold. %(why)s. It may only go to a"
            " quarantine place, be scrapped or go back to its supplier, until a quality"
            " manager releases it: take another lot.",
            lot=self.lot_id.name,
            product=self.product_id.display_name,
            why=self.lot_id._hold_reasons().get(self.lot_id, "").rstrip("."),
        )

    def _nameless_rule(self):
        """Tracked goods that leave without a lot's name may be of the held one."""
        lines = self._nameless()
        held = lines._lots_beside(Domain("is_on_hold", "=", True))
        return {
            line: line._nameless_reason(held[line.product_id, line.location_id])
            for line in lines
            if (line.product_id, line.location_id) in held
        }

    def _nameless(self):
        return self.filtered(
            lambda line: (
                not line.lot_id
                and not line._names_lot()
                and line.quantity > 0
                and line.product_id.tracking != "none"
                and line.location_id.usage in INSIDE
                and line._moves_away()
            )
        )

    def _names_lot(self):
        """Whether core makes a lot of the name, or finds it, when all is done."""
        return self.lot_name and self.move_id.picking_type_id.use_create_lots

    def _lots_beside(self, stopped):
        """Lots where more leaves without a name than lies there without one.

        :param Domain stopped: quants of lots that may not leave
        """
        if not self:
            return {}
        groups = (
            # What lies there is asked for the goods, whoever moves them.
            self.env["stock.quant"]
            .sudo()
            ._read_group(
                Domain("product_id", "in", self.product_id.ids)
                & Domain("location_id", "in", self.location_id.ids)
                & Domain("quantity", ">", 0)
                & (stopped | Domain("lot_id", "=", False)),
                ["product_id", "location_id", "lot_id"],
                ["quantity:sum"],
            )
        )
        nameless = {group[:2]: group[3] for group in groups if not group[2]}
        return {
            (product, place): lot
            for product, place, lot, _quantity in groups
            if lot and self._sum_at(product, place) > nameless.get((product, place), 0)
        }

    def _sum_at(self, product, place):
        return sum(
            line.quantity_product_uom
            for line in self
            if (line.product_id, line.location_id) == (product, place)
        )

    def _nameless_reason(self, lot):
        return self.env._(
            "Lot %(lot)s of %(product)s lies at %(place)s on hold: name the lot that"
            " leaves.",
            lot=lot.name,
            product=self.product_id.display_name,
            place=self.location_id.display_name,
        )

    # -- what is typed in ------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        if self.env.context.get("gate") is not LATER:
            lines._check_gate()
        return lines

    def write(self, vals):
        if not self._gate_fields() & set(vals):
            return super().write(vals)
        done = self.filtered(lambda line: line.state == "done")
        before = done.lot_id
        result = super().write(vals)
        if done:
            done._check_history(before)
        if self.env.context.get("gate") is not LATER:
            (self - done)._check_written(vals)
        return result

    def _gate_fields(self):
        return {
            "lot_id", "quant_id", "quantity", "location_id", "location_dest_id",
            "package_id", "result_package_id", "owner_id", "product_uom_id", "move_id",
        }  # fmt: skip

    def _check_written(self, vals):
        if set(vals) & (self._gate_fields() - {"quantity"}):
            self._check_gate()
        elif vals.get("quantity"):
            # The line is there, so a hold placed meanwhile meets it: what is known of
            # the lots is enough.
            self.filtered("lot_id.is_on_hold")._check_gate()

    def _check_history(self, lots_before):
        """A done line of a held lot stays: its edit has moved the lot."""
        held = (self.lot_id | lots_before)._locked_on_hold()
        if held:
            raise UserError(
                self.env._(
                    "Lot %(lot)s is on hold: %(why)s. What was done with it is not"
                    " edited; make a return, a scrap or a count.",
                    lot=held[0].name,
                    why=held[0].hold_reason.rstrip("."),
                )
            )

    # -- what happens -----------------------------------------------------------------

    def _action_done(self):
        # Core deletes lines without a quantity.
        going = self.filtered("quantity")
        going._check_gate(going._done_rules())
        leaving = going._leaving()
        # The new stock of lots that come in gets the flag as it is now.
        ((self - leaving).lot_id - leaving.lot_id)._locked_on_hold()
        return super()._action_done()
