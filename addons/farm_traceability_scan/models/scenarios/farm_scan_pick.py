from odoo import api, models
from odoo.addons.farm_traceability.wording import number_text
from odoo.exceptions import UserError
from odoo.fields import Domain

from ..reading.meaning import Meaning
from .farm_scan_transfer import walk_key
from .result import Result


class FarmScanPick(models.AbstractModel):
    """Picking.

    1. a transfer is chosen, or its name is scanned
    2. the screen leads from place to place; at each the lot that the strategy gave
    3. the lot is scanned, in any order; place and product may be scanned before
    4. another lot: the deviation rule asks or stops; holds, dates and promises to the
       customer refuse, and the right lot is named
    5. finished: what was scanned goes, the rest stays behind in a backorder
    """

    _name = "farm.scan.pick"
    _inherit = "farm.scan.transfer"
    _description = "Scan Screens: Picking"

    @api.model
    def _title(self):
        return self.env._("Pick")

    @api.model
    def _kinds(self):
        """The operation types of this work, as a domain of transfers."""
        out = Domain("picking_type_id.code", "=", "outgoing")
        return out | Domain("picking_type_id", "in", self._pick_types().ids)

    @api.model
    def _pick_types(self):
        warehouses = self.env.user._get_scan_warehouses()
        return warehouses.pick_type_id | warehouses.pack_type_id

    @api.model
    def _document_domain(self):
        waits = Domain("state", "=", "assigned")
        return super()._document_domain() & self._kinds() & waits

    @api.model
    def _open_domain(self):
        warehouses = self.env.user._get_scan_warehouses()
        return (
            Domain("picking_type_id.warehouse_id", "in", warehouses.ids)
            & self._kinds()
            & Domain("state", "in", ("assigned", "confirmed", "waiting"))
        )

    # -- scanned ----------------------------------------------------------------------

    def _can_be_here(self, picking, meaning):
        """Whether it lies where this transfer takes from."""
        if meaning.kind != "lot":
            return meaning.kind in ("location", "package", "product")
        return bool(
            self.env["stock.quant"].search_count(
                [
                    ("lot_id", "=", meaning.id),
                    ("location_id", "child_of", self._sources(picking).ids),
                    ("quantity", ">", 0),
                ],
                limit=1,
            )
        )

    def _sources(self, picking):
        """Below which places it is taken."""
        return picking.location_id

    @api.model
    def _do_scan(self, picking, sent):
        if sent["line_id"] and not sent["text"]:
            return self._take_line(picking, sent)
        return super()._do_scan(picking, sent)

    def _take_line(self, picking, sent):
        """By touch: what the line says is taken, which may have no symbol at all."""
        line = picking.move_line_ids.browse(sent["line_id"]) & picking.move_line_ids
        if not line:
            raise UserError(
                self.env._("The line was changed in the meantime: look at the list.")
            )
        product, lot = line.product_id, line.lot_id
        meaning = Meaning("product", product.id, product.display_name)
        return self._take(picking, product, lot, meaning, sent)

    def _take_location(self, picking, meaning, sent):
        place = self.env["stock.location"].browse(meaning.id)
        here = picking.move_line_ids.filtered(
            lambda line: (
                line.location_id._child_of(place) and not self._is_scanned(line)
            )
        )
        if not here:
            raise UserError(
                self.env._(
                    "Nothing is left to be taken at %(place)s.%(next)s",
                    place=place.display_name,
                    next=self._next_text(picking),
                )
            )
        return Result(place.display_name, answer={"location_id": place.id})

    def _take_product(self, picking, meaning, sent):
        product = self.env["product.product"].browse(meaning.id)
        self._check_asked_for(picking, product)
        if product.tracking != "none":
            return Result(
                self.env._("Now the lot of %(product)s", product=product.display_name),
                answer={"product_id": product.id},
            )
        return self._take(picking, product, product.env["stock.lot"], meaning, sent)

    def _take_lot(self, picking, meaning, sent):
        lot = self.env["stock.lot"].browse(meaning.id)
        self._check_asked_for(picking, lot.product_id)
        return self._take(picking, lot.product_id, lot, meaning, sent)

    # -- taken ------------------------------------------------------------------------

    def _take(self, picking, product, lot, meaning, sent):
        """Take of a lot, or of a product without lots."""
        lines = self._lines_for(picking, product, lot, sent)
        line = lines[0]
        quantity = self._quantity(line, meaning, sent)
        self._check_quantity(lines, quantity)
        parts, undo = self._shared_out(lines, quantity), []
        if lot and lot != line.lot_id:
            other, undo = self._exchange(line, lot, quantity, sent)
            parts = [(other, quantity)]
        undo += [self._scanned(one, part) for one, part in parts]
        return Result(
            " · ".join(self._taken_text(one, part) for one, part in parts),
            answer={"line_id": parts[0][0].id},
            undo={"lines": undo},
        )

    def _taken_text(self, line, quantity):
        return self.env._(
            "%(quantity)s %(unit)s of %(item)s",
            quantity=number_text(self.env, quantity),
            unit=line.product_uom_id.name,
            item=line.lot_id.name or line.product_id.display_name,
        )

    def _open_lines(self, picking, product, sent):
        """Lines of a product that something is left of to be scanned."""
        return picking.move_line_ids.filtered(
            lambda line: line.product_id == product and not self._is_scanned(line)
        )

    def _lines_for(self, picking, product, lot, sent):
        """The line that is meant, and those that the same scan may go on with.

        Of this lot first, then the one touched, then those at the place scanned.
        """
        lines = self._open_lines(picking, product, sent)
        if not lines:
            raise UserError(
                self.env._(
                    "Nothing of %(product)s is left here.%(next)s",
                    product=product.display_name,
                    next=self._next_text(picking),
                )
            )
        place = self.env["stock.location"].browse(sent["location_id"])
        first, *others = lines.sorted(
            lambda line: (
                line.lot_id != lot,
                line.id != sent["line_id"],
                bool(place) and not line.location_id._child_of(place),
                walk_key(line),
            )
        )
        if first.lot_id != lot:
            return first
        return first.union(*(one for one in others if _alike(one) == _alike(first)))

    def _shared_out(self, lines, quantity):
        """How much of a quantity goes onto each line, in their order.

        :return: pairs of a line and its part
        """
        parts = []
        for line in lines:
            part = min(quantity, self._to_scan(line))
            quantity = line.product_uom_id.round(quantity - part)
            if part:
                parts.append((line, part))
        return parts

    def _check_quantity(self, lines, quantity):
        line = lines[0]
        left = sum(self._to_scan(one) for one in lines)
        if quantity <= 0:
            raise UserError(self.env._("Take more than nothing: type a quantity."))
        if line.product_uom_id.compare(quantity, left) > 0:
            raise UserError(
                self.env._(
                    "Only %(left)s %(unit)s of %(item)s are left to be taken here, not"
                    " %(quantity)s.",
                    left=number_text(self.env, left),
                    unit=line.product_uom_id.name,
                    item=line.lot_id.name or line.product_id.display_name,
                    quantity=number_text(self.env, quantity),
                )
            )


def _alike(line):
    """What lies together: one hand takes it for several lines at once."""
    return (line.lot_id, line.location_id, line.package_id, line.product_uom_id)
