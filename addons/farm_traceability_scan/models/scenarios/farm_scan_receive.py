from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL

from .result import Result


class FarmScanReceive(models.AbstractModel):
    """Receiving.

    1. a receipt is chosen or its name scanned; or one is begun that nobody announced
    2. a lot is scanned: GTIN, lot and dates in one symbol, or product first, then the
       name of its lot, which may be new
    3. quantity by the symbol, by counting scans, or typed; more than was ordered is
       asked
    4. a harvest may be scanned: the lots received then carry it
    5. into a package, its label printed, and finished: what did not come stays in a
       backorder

    What comes is put on lines by ``farm_scan_receive_lines``, labels are printed by
    ``farm_scan_receive_labels``.
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
    def _document_for(self, kind, document_id):
        """Whoever scans for a receipt that a colleague has finished is told so."""
        found = self._find(document_id)
        done = not found and self._find_done(document_id)
        if done and kind != "label":
            raise UserError(self._done_text(done))
        return found or done or super()._document_for(kind, document_id)

    def _find_done(self, document_id):
        of_id = Domain("id", "=", document_id) & Domain("state", "=", "done")
        return self.env["stock.picking"].search(self._of_warehouses() & of_id)

    def _done_text(self, picking):
        rest = picking.backorder_ids.filtered(lambda one: one.state != "cancel")[:1]
        if rest:
            return self.env._(
                "%(picking)s was finished in the meantime. What still comes belongs to"
                " %(rest)s: scan it there.",
                picking=picking.name,
                rest=rest.name,
            )
        return self.env._(
            "%(picking)s was finished in the meantime. Begin a new receipt for what"
            " still comes.",
            picking=picking.name,
        )

    # -- the sheet --------------------------------------------------------------------

    @api.model
    def _sheet(self, picking):
        """All in the units of the products, whatever the office has ordered in."""
        return super()._sheet(picking) | {
            "announced": self._is_announced(picking),
            "expected": self._expected(picking),
        }

    def _is_announced(self, picking):
        return any(picking.move_ids.mapped("product_uom_qty"))

    def _expected(self, picking):
        """What was announced of each product, also where the office took its lines."""
        moves = picking.move_ids.filtered(
            lambda move: move.state != "cancel" and move.product_uom_qty > 0
        )
        return [
            {
                "product": self._product_entry(product),
                "quantity": sum(of_product.mapped("product_qty")),
            }
            for product, of_product in moves.grouped("product_id").items()
        ]

    @api.model
    def _lines(self, picking):
        return picking.move_line_ids.sorted("id")

    @api.model
    def _line(self, line):
        """Also of a lot that is not there yet, and has a name and a date only."""
        product = self._product_entry(line.product_id)
        expiry = line.lot_id.expiration_date or line.expiration_date
        return super()._line(line) | {
            "product": product,
            "unit": product["unit"],
            "one": 1.0,
            "kilo": product["kilo"],
            "quantity": self._in_unit_of_product(line, line.quantity),
            "scanned": self._in_unit_of_product(line, line.scanned_quantity),
            "lot_name": self._lot_name(line),
            "expiry": expiry and expiry.date().isoformat(),
            "packed": line.result_package_id.name or "",
        }

    def _in_unit_of_product(self, line, quantity):
        return line.product_uom_id._compute_quantity(quantity, line.product_id.uom_id)

    def _lot_name(self, line):
        return line.lot_id.name or line.lot_name or ""

    # -- one after another ------------------------------------------------------------

    @api.model
    def _apply(self, picking, kind, sent):
        """Pickers take turns at a receipt.

        Whoever comes second waits here. The database then lets the request begin again,
        so that it sees the lines of the first: none is made twice, and nothing comes
        onto a receipt that is being finished.
        """
        self.env.cr.execute(
            SQL("UPDATE stock_picking SET id = id WHERE id = %s", picking.id)
        )
        return super()._apply(picking, kind, sent)

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
