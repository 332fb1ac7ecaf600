from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from .farm_scan_pick_changed import PUT_BACK
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
    _may_pack = False

    @api.model
    def _title(self):
        return self.env._("Check and Ship")

    @api.model
    def _kinds(self):
        return Domain("picking_type_id.code", "=", "outgoing")

    # -- packages ---------------------------------------------------------------------

    @api.model
    def _line(self, line):
        """Under the package that it is loaded in."""
        package = line.result_package_id or line.package_id
        return super()._line(line) | {
            "package": package.name or "",
            "sscc": package.sscc or "",
            "packed": "",
        }

    def _is_scanned(self, line):
        """What was packed while picking is still to be loaded."""
        unit = line.product_uom_id
        return unit.compare(line[self._counter], line.quantity) >= 0

    def _lines_of_package(self, picking, package):
        packed = picking.move_line_ids.filtered(
            lambda line: package in _containers(line.result_package_id)
        )
        return packed | super()._lines_of_package(picking, package)

    def _refuse_package(self, picking, package):
        raise UserError(
            self.env._(
                "Package %(package)s is not on %(picking)s. Take it off the"
                " truck.%(next)s",
                package=package.name,
                picking=picking.name,
                next=self._next_text(picking),
            )
        )

    # -- lots -------------------------------------------------------------------------

    def _load_of(self, line):
        """The document that is loaded."""
        return line.picking_id

    def _exchange(self, line, lot, quantity, sent):
        raise UserError(
            self.env._(
                "Lot %(lot)s is not on %(picking)s. Take it off the truck.%(next)s",
                lot=lot.name,
                picking=self._load_of(line).name,
                next=self._next_text(self._load_of(line)),
            )
        )

    # -- shipped ----------------------------------------------------------------------

    def _do_finish(self, picking, sent):
        forgotten = picking.move_line_ids.filtered(
            lambda line: line.quantity and not self._is_scanned(line)
        )
        # What is to be put back is asked last.
        if forgotten and sent["confirm"] not in (SHORT, PUT_BACK):
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


def _containers(package):
    """A package and all that it stands in, also once this is done."""
    found = package
    while package := package.package_dest_id or package.parent_package_id:
        if package in found:
            break
        found |= package
    return found
