from odoo import api, models
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
    def _line(self, line):
        target = line.location_dest_id
        shown = {"id": target.id, "name": target.display_name}
        return super()._line(line) | {"destination": shown}

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
        before = line.location_dest_id
        line.location_dest_id = place
        return Result(
            self.env._(
                "%(item)s goes to %(place)s.",
                item=line.lot_id.name or line.product_id.display_name,
                place=place.display_name,
            ),
            undo={"lines": [{"line": line.id, "destination": before.id}]},
        )

    def _undo_step(self, picking, step):
        if "destination" not in step:
            return super()._undo_step(picking, step)
        line = picking.move_line_ids.browse(step["line"]) & picking.move_line_ids
        line.location_dest_id = step["destination"]
        return None

    @api.model
    def _lines(self, picking):
        return picking.move_line_ids.filtered("quantity").sorted(walk_key)
