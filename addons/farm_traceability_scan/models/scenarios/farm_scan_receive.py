from odoo import api, models
from odoo.addons.farm_traceability.wording import number_text
from odoo.exceptions import UserError
from odoo.fields import Domain

from .result import Result, question

MORE = "more"


class FarmScanReceive(models.AbstractModel):
    """Receiving.

    1. a receipt is chosen or its name scanned; or one is begun that nobody announced
    2. a lot is scanned: GTIN, lot and dates in one symbol, or product first, then the
       name of its lot, which may be new
    3. quantity by the symbol, by counting scans, or typed; more than was ordered is
       asked
    4. a harvest may be scanned: the lots received then carry it
    5. into a package, and finished: what did not come stays in a backorder
    """

    _name = "farm.scan.receive"
    _inherit = "farm.scan.transfer"
    _description = "Scan Screens: Receiving"
    _may_begin = True

    @api.model
    def _title(self):
        return self.env._("Receive")

    @api.model
    def _document_domain(self):
        return (
            super()._document_domain()
            & Domain("picking_type_id.code", "=", "incoming")
            & Domain("state", "in", ("assigned", "confirmed"))
        )

    @api.model
    def _open_domain(self):
        """Also what this user has begun, which is a draft until it has something."""
        mine = Domain("user_id", "=", self.env.uid) & Domain("state", "=", "draft")
        return self._document_domain() | (self._of_warehouses() & mine)

    def _of_warehouses(self):
        warehouses = self.env.user._get_scan_warehouses()
        kind = Domain("picking_type_id.code", "=", "incoming")
        return kind & Domain("picking_type_id.warehouse_id", "in", warehouses.ids)

    @api.model
    def _begin(self):
        """A receipt that nobody announced."""
        kind = self.env.user._get_scan_warehouses()[:1].in_type_id
        return self.env["stock.picking"].create(
            {"picking_type_id": kind.id, "user_id": self.env.uid}
        )

    @api.model
    def _lines(self, picking):
        return picking.move_line_ids.sorted("id")

    @api.model
    def _sheet(self, picking):
        return super()._sheet(picking) | {"announced": self._is_announced(picking)}

    @api.model
    def _line(self, line):
        """Also of a lot that is not there yet, and has a name and a date only."""
        expiry = line.lot_id.expiration_date or line.expiration_date
        return super()._line(line) | {
            "lot_name": line.lot_id.name or line.lot_name or "",
            "expiry": expiry and expiry.date().isoformat(),
            "packed": line.result_package_id.name or "",
        }

    # -- scanned ----------------------------------------------------------------------

    def _can_be_here(self, picking, meaning):
        return meaning.kind in ("product", "lot", "new_lot", "package", "harvest")

    @api.model
    def _do_scan(self, picking, sent):
        """After a product, a text that nothing is known of is the name of a new lot."""
        product = self.env["product.product"].browse(sent["product_id"])
        reader = self.env["farm.scan.reader"]
        reading = reader._read(sent["text"], product.exists())
        named = product.exists() and product.tracking != "none"
        if named and reading.look.kind == "text" and not reading.meanings:
            return self._receive(picking, product, reading.look.text, {}, None, sent)
        return super()._do_scan(picking, sent)

    def _take_product(self, picking, meaning, sent):
        product = self.env["product.product"].browse(meaning.id)
        if product.tracking != "none":
            return Result(
                self.env._("Now the lot of %(product)s", product=product.display_name),
                answer={"product_id": product.id},
            )
        return self._receive(
            picking, product, "", meaning.dates, meaning.quantity, sent
        )

    def _take_lot(self, picking, meaning, sent):
        product = self.env["product.product"].browse(meaning.product_id)
        return self._receive(
            picking, product, meaning.lot_name, meaning.dates, meaning.quantity, sent
        )

    def _take_new_lot(self, picking, meaning, sent):
        return self._take_lot(picking, meaning, sent)

    def _take_harvest(self, picking, meaning, sent):
        """What is received in this transfer comes from this harvest."""
        before = picking.harvest_id
        picking.harvest_id = meaning.id
        return Result(
            self.env._("New lots carry harvest %(harvest)s.", harvest=meaning.name),
            undo={"lines": [], "harvest": before.id},
        )

    @api.model
    def _undo(self, picking, undo):
        if "harvest" in undo:
            picking.harvest_id = undo["harvest"]
        return super()._undo(picking, undo)

    # -- received ---------------------------------------------------------------------

    def _receive(self, picking, product, lot_name, dates, quantity, sent):
        typed = sent["quantity"]
        quantity = typed if typed is not None else quantity or 1.0
        if quantity <= 0:
            raise UserError(self.env._("Take more than nothing: type a quantity."))
        left = self._left(picking, product)
        is_more = product.uom_id.compare(quantity, left) > 0
        if is_more and self._is_announced(picking) and sent["confirm"] != MORE:
            return self._ask_more(product, quantity, left)
        line = self._receiving_line(picking, product, lot_name, dates)
        lessened = self._fill(line, quantity)
        return Result(
            self.env._(
                "%(quantity)s %(unit)s of %(item)s",
                quantity=number_text(self.env, quantity),
                unit=product.uom_id.name,
                item=lot_name or product.display_name,
            ),
            answer={"line_id": line.id, "product_id": product.id},
            undo={"lines": [{"line": line.id, "received": quantity, "less": lessened}]},
        )

    def _is_announced(self, picking):
        return any(picking.move_ids.mapped("product_uom_qty"))

    def _left(self, picking, product):
        """How much of a product is still expected, in its unit."""
        moves = picking.move_ids.filtered(
            lambda move: move.product_id == product and move.state != "cancel"
        )
        asked = sum(moves.mapped("product_qty"))
        lines = picking.move_line_ids.filtered(lambda line: line.product_id == product)
        got = sum(
            line.product_uom_id._compute_quantity(line.scanned_quantity, product.uom_id)
            for line in lines
        )
        return asked - got

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
        """The line of this lot: one that is there, or a new one."""
        lots = self.env["stock.lot"].search(
            [("product_id", "=", product.id), ("name", "=", lot_name)], limit=1
        )
        known = picking.move_line_ids.filtered(
            lambda line: (
                line.product_id == product
                and (line.lot_id.name or line.lot_name or "") == lot_name
            )
        )
        if known and (lot_name or product.tracking == "none"):
            return known[0]
        expiry = dates.get("expiry")
        return self.env["stock.move.line"].create(
            {
                "picking_id": picking.id,
                "move_id": self._move_of(picking, product).id,
                "product_id": product.id,
                "product_uom_id": product.uom_id.id,
                "lot_id": lots.id,
                "lot_name": False if lots else lot_name or False,
                "location_id": picking.location_id.id,
                "location_dest_id": picking.location_dest_id.id,
                "quantity": 0,
            }
            | ({"expiration_date": expiry} if expiry and not lots else {})
        )

    def _move_of(self, picking, product):
        move = picking.move_ids.filtered(
            lambda move: move.product_id == product and move.state != "cancel"
        )[:1]
        if move:
            return move
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

        :return: pairs of ids of such lines and by how much
        """
        amount = line.product_id.uom_id._compute_quantity(quantity, line.product_uom_id)
        # Only scans set it, and people read it.
        line.sudo().scanned_quantity += amount
        line.quantity = max(line.quantity, line.scanned_quantity)
        blank = line.move_id.move_line_ids.filtered(
            lambda one: one != line and not one.lot_id and not one.lot_name
        )
        lessened = []
        for one in blank:
            less = min(one.quantity, amount)
            one.quantity -= less
            amount -= less
            lessened.append((one.id, less))
        return lessened

    def _undo_step(self, picking, step):
        if "received" not in step:
            return super()._undo_step(picking, step)
        line = picking.move_line_ids.filtered(lambda one: one.id == step["line"])
        if not line or line.state == "done":
            raise UserError(
                self.env._("The line was changed in the meantime: look at the list.")
            )
        amount = line.product_id.uom_id._compute_quantity(
            step["received"], line.product_uom_id
        )
        line.sudo().scanned_quantity -= amount
        line.quantity = line.scanned_quantity
        lessened = dict(step["less"])
        for blank in picking.move_line_ids:
            blank.quantity += lessened.get(blank.id, 0)
        if not line.quantity:
            line.unlink()
        return None
