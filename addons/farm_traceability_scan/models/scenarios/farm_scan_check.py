from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from .result import question

SHORT = "short"
NAMED = 5


class FarmScanCheck(models.AbstractModel):
    """Check and ship: what goes on the truck is scanned once more.

    1. a delivery is chosen, or its name is scanned
    2. every package or lot is scanned when it is loaded; what is foreign is refused
    3. shipped: what was forgotten is named, and stays only when somebody says so
    """

    _name = "farm.scan.check"
    _inherit = "farm.scan.pick"
    _description = "Scan Screens: Load Check"
    _counter = "checked_quantity"

    @api.model
    def _title(self):
        return self.env._("Check and Ship")

    @api.model
    def _kinds(self):
        return Domain("picking_type_id.code", "=", "outgoing")

    def _exchange(self, line, lot, quantity, sent):
        raise UserError(
            self.env._(
                "Lot %(lot)s is not on %(picking)s. Take it off the truck.%(next)s",
                lot=lot.name,
                picking=line.picking_id.name,
                next=self._next_text(line.picking_id),
            )
        )

    def _do_finish(self, picking, sent):
        forgotten = picking.move_line_ids.filtered(
            lambda line: line.quantity and not self._is_scanned(line)
        )
        if forgotten and sent["confirm"] != SHORT:
            return self._ask_short(forgotten)
        return super()._do_finish(picking, sent)

    def _ask_short(self, forgotten):
        items = [line.lot_id.name or line.product_id.display_name for line in forgotten]
        named = ", ".join(items[:NAMED]) + (" …" if len(items) > NAMED else "")
        return question(
            "confirm",
            self.env._("Not loaded: %(items)s. Ship without them?", items=named),
            confirm=SHORT,
        )
