from odoo import models
from odoo.addons.farm_traceability.wording import number_text
from odoo.exceptions import UserError

from .result import Result, question

MORE = "more"


class FarmScanReceive(models.AbstractModel):
    """Lines of a receipt: which one takes what comes, and what takes it back."""

    _inherit = "farm.scan.receive"

    def _receive(self, picking, product, lot_name, dates, quantity, sent):
        typed = sent["quantity"]
        quantity = typed if typed is not None else quantity or 1.0
        if quantity <= 0:
            raise UserError(self.env._("Take more than nothing: type a quantity."))
        self._check_may_come(picking, product)
        left = self._left(picking, product)
        is_more = product.uom_id.compare(quantity, left) > 0
        if is_more and self._is_announced(picking) and sent["confirm"] != MORE:
            return self._ask_more(product, quantity, left)
        line = self._receiving_line(picking, product, lot_name, dates)
        step = self._fill(line, quantity)
        return Result(
            self.env._(
                "%(quantity)s %(unit)s of %(item)s",
                quantity=number_text(self.env, quantity),
                unit=product.uom_id.name,
                item=lot_name or product.display_name,
            ),
            answer={"line_id": line.id, "product_id": product.id},
            undo={"lines": [step]},
        )

    def _check_may_come(self, picking, product):
        """Odoo adds what was not ordered to the purchase order when a receipt is done,
        as the user who finishes it: who may not change orders could not finish.
        """
        # Purchases need not be installed.
        order = "purchase_id" in picking._fields and picking.purchase_id
        if not order or self._moves_of(picking, product):
            return
        if not self.env["purchase.order.line"].has_access("create"):
            raise UserError(
                self.env._(
                    "%(product)s is not on the purchase order of %(picking)s. Begin a"
                    " new receipt for it.",
                    product=product.display_name,
                    picking=picking.name,
                )
            )

    def _moves_of(self, picking, product):
        return picking.move_ids.filtered(
            lambda move: move.product_id == product and move.state != "cancel"
        )

    def _left(self, picking, product):
        """How much of a product is still expected, in its unit."""
        asked = sum(self._moves_of(picking, product).mapped("product_qty"))
        lines = picking.move_line_ids.filtered(lambda line: line.product_id == product)
        return asked - sum(
            self._in_unit_of_product(line, line.scanned_quantity) for line in lines
        )

    def _ask_more(self, product, quantity, left):
        return question(
            "confirm",
            self.env._(
                "%(product)s: %(left)s %(unit)s are still expected, this is"
                " %(quantity)s. Receive it all the same?",
                product=product.display_name,
                left=number_text(self.env, max(left, 0)),
                unit=product.uom_id.name,
                quantity=number_text(self.env, quantity),
            ),
            confirm=MORE,
        )

    def _receiving_line(self, picking, product, lot_name, dates):
        """The line of this lot: one that is there, or a new one.

        What is in a package stays as it was packed: more of its lot is a new line.
        """
        of_lot = picking.move_line_ids.filtered(
            lambda line: line.product_id == product and self._lot_name(line) == lot_name
        )
        known = of_lot.filtered(lambda line: not line.result_package_id)
        if known and (lot_name or product.tracking == "none"):
            return known[0]
        lot = self._known_lot(picking, product, lot_name)
        named = of_lot.filtered("lot_name")[:1]
        expiry = dates.get("expiry") or named.expiration_date
        return self.env["stock.move.line"].create(
            {
                "picking_id": picking.id,
                "move_id": self._move_of(picking, product).id,
                "product_id": product.id,
                "product_uom_id": product.uom_id.id,
                "lot_id": lot.id,
                "lot_name": False if lot else lot_name or False,
                "location_id": picking.location_id.id,
                "location_dest_id": picking.location_dest_id.id,
                "quantity": 0,
            }
            | ({"expiration_date": expiry} if expiry and not lot else {})
        )

    def _known_lot(self, picking, product, lot_name):
        return self.env["stock.lot"].search(
            [
                ("product_id", "=", product.id),
                ("name", "=", lot_name),
                ("company_id", "in", (False, picking.company_id.id)),
            ],
            limit=1,
        )

    def _move_of(self, picking, product):
        known = self._moves_of(picking, product)[:1]
        if known:
            return known
        move = self.env["stock.move"].create(
            {
                "picking_id": picking.id,
                "product_id": product.id,
                "product_uom": product.uom_id.id,
                "product_uom_qty": 0,
                "location_id": picking.location_id.id,
                "location_dest_id": picking.location_dest_id.id,
            }
        )
        move._action_confirm(merge=False)
        return move

    def _fill(self, line, quantity):
        """Put a quantity on a line; what was expected without a lot gets less.

        :return: the step that takes it back: ``raised``, by how much the line's own
            quantity went up, and ``less``, pairs of ids of such lines and their loss
        """
        amount = line.product_id.uom_id._compute_quantity(quantity, line.product_uom_id)
        before = line.quantity
        # Only scans set it, and people read it.
        line.sudo().scanned_quantity += amount
        line.quantity = max(before, line.scanned_quantity)
        # What is picked stays when the office changes what it has ordered.
        line.picked = True
        return {
            "line": line.id,
            "received": quantity,
            "raised": line.quantity - before,
            "less": self._lessen_blank(line, quantity),
        }

    def _lessen_blank(self, line, quantity):
        unit = line.product_id.uom_id
        blank = line.move_id.move_line_ids.filtered(
            lambda one: one != line and not one.lot_id and not one.lot_name
        )
        lessened = []
        for one in blank - blank.filtered("scanned_quantity"):
            amount = unit._compute_quantity(quantity, one.product_uom_id)
            less = min(one.quantity, amount)
            one.quantity -= less
            quantity -= one.product_uom_id._compute_quantity(less, unit)
            lessened.append((one.id, less))
        return lessened

    def _undo_step(self, picking, step):
        if "received" not in step:
            return super()._undo_step(picking, step)
        line = picking.move_line_ids.filtered(lambda one: one.id == step["line"])
        unit = line.product_uom_id
        amount = line and line.product_id.uom_id._compute_quantity(
            step["received"], unit
        )
        if not line or unit.compare(line.scanned_quantity, amount) < 0:
            raise UserError(
                self.env._("The line was changed in the meantime: look at the list.")
            )
        line.sudo().scanned_quantity -= amount
        line.quantity = max(line.quantity - step["raised"], line.scanned_quantity)
        line.picked = bool(line.scanned_quantity)
        lessened = dict(step["less"])
        for blank in picking.move_line_ids:
            blank.quantity += lessened.get(blank.id, 0)
        if not line.quantity:
            line.unlink()
        return None
