from collections import defaultdict

from odoo import api, models
from odoo.addons.farm_traceability.wording import number_text
from odoo.exceptions import UserError
from odoo.fields import Domain

from .farm_scan_transfer import walk_key
from .result import Result


class FarmScanPutAway(models.AbstractModel):
    """Put away: transfers inside a warehouse that are planned.

    1. a transfer is chosen, or its name is scanned
    2. an item is scanned; the screen says where it is to go
    3. the place is scanned: that one, or another one below the transfer's destination
    """

    _name = "farm.scan.put.away"
    _inherit = "farm.scan.pick"
    _description = "Scan Screens: Putting Away"
    _may_pack = False

    @api.model
    def _title(self):
        return self.env._("Put Away")

    @api.model
    def _kinds(self):
        picks = self._pick_types()
        inside = Domain("picking_type_id.code", "=", "internal")
        return inside & Domain("picking_type_id", "not in", picks.ids)

    @api.model
    def _entry(self, picking):
        target = picking.location_dest_id
        shown = {"id": target.id, "path": target.parent_path}
        return super()._entry(picking) | {"target": shown}

    @api.model
    def _line(self, line):
        target = line.location_dest_id
        shown = {"id": target.id, "name": target.display_name}
        return super()._line(line) | {"destination": shown}

    @api.model
    def _sheet(self, picking):
        return super()._sheet(picking) | {"near": self._near(picking)}

    def _near(self, picking):
        """Where the same goods lie below the destination.

        :return: ``{product id: [{"id": place, "amount": for people}]}``, the most first
        """
        groups = self.env["stock.quant"]._read_group(
            [
                ("location_id", "child_of", picking.location_dest_id.id),
                ("product_id", "in", picking.move_line_ids.product_id.ids),
                ("quantity", ">", 0),
            ],
            ["product_id", "location_id"],
            ["quantity:sum"],
            order="quantity:sum DESC",
        )
        near = defaultdict(list)
        for product, place, quantity in groups:
            amount = f"{number_text(self.env, quantity)} {product.uom_id.name}"
            near[product.id].append({"id": place.id, "amount": amount})
        return near

    def _take(self, picking, product, lot, meaning, sent):
        result = super()._take(picking, product, lot, meaning, sent)
        line = picking.move_line_ids.browse(result.answer.get("line_id"))
        if line.location_dest_id == picking.location_dest_id:
            # A rule may be newer than the reservation.
            line._apply_putaway_strategy()
        return result

    def _check_asked_for(self, picking, product):
        if product not in picking.move_line_ids.product_id:
            raise UserError(
                self.env._(
                    "%(product)s is not to be put away by %(picking)s.%(next)s",
                    product=product.display_name,
                    picking=picking.name,
                    next=self._next_text(picking),
                )
            )

    def _take_location(self, picking, meaning, sent):
        """Where the last item goes; before there is one, where it lies."""
        line = picking.move_line_ids.browse(sent["line_id"])
        line = line & picking.move_line_ids
        if not line:
            return super()._take_location(picking, meaning, sent)
        place = self.env["stock.location"].browse(meaning.id)
        if not place._child_of(picking.location_dest_id):
            raise UserError(
                self.env._(
                    "%(place)s is not below %(target)s. Put it there, or ask in the"
                    " office.",
                    place=place.display_name,
                    target=picking.location_dest_id.display_name,
                )
            )
        if place == line.location_id:
            raise UserError(
                self.env._(
                    "%(item)s is at %(place)s already: scan another place.",
                    item=line.lot_id.name or line.product_id.display_name,
                    place=place.display_name,
                )
            )
        undo = self._put(line, place)
        return Result(
            self.env._(
                "%(item)s goes to %(place)s.",
                item=line.lot_id.name or line.product_id.display_name,
                place=place.display_name,
            ),
            undo={"lines": undo},
        )

    def _put(self, line, place):
        """What was scanned goes to a place; what was not may go to another one.

        :return: steps that take it back
        """
        undo = [{"line": line.id, "destination": line.location_dest_id.id}]
        if not self._is_scanned(line):
            rest = self._leave_rest(line)
            undo.append({"line": rest.id, "joins": line.id})
        line.location_dest_id = place
        return undo

    def _undo_step(self, picking, step):
        if "destination" not in step:
            return super()._undo_step(picking, step)
        line = picking.move_line_ids.browse(step["line"]) & picking.move_line_ids
        line.location_dest_id = step["destination"]
        return None

    @api.model
    def _lines(self, picking):
        return picking.move_line_ids.filtered("quantity").sorted(walk_key)
