from odoo import api, fields, models
from odoo.addons.farm_traceability.wording import number_text
from odoo.exceptions import UserError

from ..units import PIECE, unit_of
from .result import Result


class FarmScanTransfer(models.AbstractModel):
    """What all work on transfers shares: sheets, scanned lines, finishing.

    A scan means something (``_meaning``), and for each kind of meaning there is a
    method ``_take_<kind>``.
    """

    _name = "farm.scan.transfer"
    _inherit = "farm.scan.scenario"
    _description = "Scan Screens: Transfers"

    #: field of move lines that says how much of a line was scanned
    _counter = "scanned_quantity"

    def _to_scan(self, line):
        return line.product_uom_id.round(line.quantity - line[self._counter])

    def _is_scanned(self, line):
        return line.product_uom_id.compare(line[self._counter], line.quantity) >= 0

    # -- the sheet --------------------------------------------------------------------

    @api.model
    def _entry(self, picking):
        return {
            "id": picking.id,
            "name": picking.name,
            "title": picking.partner_id.display_name or picking.picking_type_id.name,
            "scheduled": picking.scheduled_date.isoformat(),
            "late": self._is_late(picking),
            "who": picking.user_id.name or "",
        }

    def _is_late(self, picking):
        """Whether it misses its deadline, or was planned for an earlier day."""
        planned = fields.Datetime.context_timestamp(self, picking.scheduled_date)
        is_behind = planned.date() < fields.Date.context_today(self)
        return picking.has_deadline_issue or is_behind

    @api.model
    def _sheet(self, picking):
        """What is to be picked, in the order of the walk."""
        return {
            "document": self._entry(picking) | {"state": picking.state},
            "lines": [self._line(line) for line in self._lines(picking)],
            "missing": self._missing(picking),
        }

    @api.model
    def _lines(self, picking):
        """Lines that are worked on, in the order of the walk."""
        return picking.move_line_ids.filtered("quantity").sorted(walk_key)

    def _line(self, line):
        product, lot = line.product_id, line.lot_id
        return {
            "id": line.id,
            "product": self._product_entry(product),
            "lot": lot.id and {"id": lot.id, "name": lot.name},
            "expiry": lot.expiration_date and lot.expiration_date.date().isoformat(),
            "location": {
                "id": line.location_id.id,
                "name": line.location_id.display_name,
                "barcode": line.location_id.barcode or "",
            },
            "package": line.package_id.name or "",
            "sscc": line.package_id.sscc or "",
            "unit": line.product_uom_id.name,
            "quantity": line.quantity,
            "scanned": line[self._counter],
        }

    def _missing(self, picking):
        """What could not be reserved, as sentences."""
        return [
            self.env._(
                "%(quantity)s %(unit)s of %(product)s are not there.",
                quantity=number_text(self.env, lack),
                unit=move.product_uom.name,
                product=move.product_id.display_name,
            )
            for move in picking.move_ids
            if move.state not in ("done", "cancel")
            and (lack := move.product_uom.round(move.product_uom_qty - move.quantity))
            > 0
        ]

    # -- scanned ----------------------------------------------------------------------

    @api.model
    def _do_scan(self, picking, sent):
        meaning = self._meaning(sent, lambda one: self._can_be_here(picking, one))
        if isinstance(meaning, Result):
            return meaning
        take = getattr(self, f"_take_{meaning.kind}", None)
        if not take:
            raise UserError(
                self.env._("“%(name)s” is of no use here.", name=meaning.name)
            )
        return take(picking, meaning, sent)

    def _can_be_here(self, picking, meaning):
        """Whether a meaning can be meant in this work."""
        return meaning.kind in ("location", "package", "product", "lot")

    def _take_picking(self, picking, meaning, sent):
        if meaning.id == picking.id:
            return Result(self.env._("This is %(name)s already.", name=picking.name))
        other = self._document(meaning.id)
        return Result(answer={"open": other.id, "sheet": self._sheet(other)})

    def _take_new_lot(self, picking, meaning, sent):
        raise UserError(
            self.env._(
                "%(product)s has no lot %(lot)s here. Take another one, or receive it"
                " first.",
                product=meaning.detail,
                lot=meaning.lot_name,
            )
        )

    def _check_asked_for(self, picking, product):
        if product not in picking.move_line_ids.product_id:
            raise UserError(
                self.env._(
                    "%(product)s is not to be picked for %(picking)s.%(next)s",
                    product=product.display_name,
                    picking=picking.name,
                    next=self._next_text(picking),
                )
            )

    def _quantity(self, line, meaning, sent):
        """In the unit of the line: typed, else of the symbol, else one or all."""
        typed = sent["quantity"]
        if typed is not None:
            return line.product_uom_id.round(typed)
        unit = line.product_id.uom_id
        if meaning.quantity is not None:
            return unit._compute_quantity(meaning.quantity, line.product_uom_id)
        left = self._to_scan(line)
        one = unit._compute_quantity(1.0, line.product_uom_id)
        return min(one, left) if self._is_counted(unit) else left

    def _is_counted(self, unit):
        """Whether a scan is one piece; of all else it is what is left."""
        return unit._has_common_reference(unit_of(self.env, PIECE))

    def _scanned(self, line, quantity):
        # Only scans set it, and people read it.
        line.sudo()[self._counter] += quantity
        return {"line": line.id, "scanned": quantity}

    @api.model
    def _undo(self, picking, undo):
        for step in reversed(undo["lines"]):
            self._undo_step(picking, step)

    def _undo_step(self, picking, step):
        lines = picking.move_line_ids
        line = lines.filtered(lambda one: one.id == step["line"])
        if self._is_lost(line, step):
            return
        if not line or line.state == "done":
            raise UserError(
                self.env._("The line was changed in the meantime: look at the list.")
            )
        if "unpacked" in step:
            line.result_package_id = line.package_id
            # Only scans set it, and people read it.
            line.sudo().scan_packed = False
        elif "scanned" in step:
            line.sudo()[self._counter] -= step["scanned"]
        elif "joins" in step:
            whole = lines.filtered(lambda one: one.id == step["joins"])
            quantity = line.quantity
            line.unlink()
            whole.quantity += quantity
        else:
            line.write(
                {
                    "lot_id": step["lot"],
                    "location_id": step["place"],
                    "package_id": step.get("package"),
                    "result_package_id": step.get("into"),
                    "deviation_reason_id": False,
                }
            )

    def _is_lost(self, line, step):
        """Whether what was scanned counts no more: there is nothing to take back."""
        return False

    # -- packed -----------------------------------------------------------------------

    @api.model
    def _do_pack(self, picking, sent):
        """Put what was scanned, and is in no package yet, into one."""
        loose = picking.move_line_ids.filtered(
            lambda line: line[self._counter] and not line.result_package_id
        )
        if not loose:
            raise UserError(
                self.env._("Nothing is loose: scan what goes into the package first.")
            )
        for line in loose.filtered(lambda line: not self._is_scanned(line)):
            self._leave_rest(line)
        package = loose._put_in_pack()
        return Result(
            self.env._("Package %(package)s", package=package.name),
            answer={"package": {"id": package.id, "name": package.name}},
            undo={"lines": [{"line": line.id, "unpacked": True} for line in loose]},
        )

    def _leave_rest(self, line):
        """Give what is not scanned of a line a line of its own."""
        rest = self._to_scan(line)
        line.quantity -= rest
        return line.copy({"quantity": rest})

    # -- said -------------------------------------------------------------------------

    def _next_line(self, picking):
        left = picking.move_line_ids.filtered(lambda line: not self._is_scanned(line))
        return left.sorted(walk_key)[:1]

    def _next_text(self, picking):
        """Where to go next, as a sentence behind another one."""
        line = self._next_line(picking)
        return self._take_text(line, line.lot_id) if line else ""

    def _take_text(self, line, lot):
        return " " + self.env._(
            "Take %(item)s at %(place)s.",
            item=lot.name or line.product_id.display_name,
            place=line.location_id.display_name,
        )

    # -- finished ---------------------------------------------------------------------

    @api.model
    def _do_finish(self, picking, sent):
        """Send what was scanned; the rest stays in a backorder."""
        picking.lock_for_update()
        lines = picking.move_line_ids
        scanned = lines.filtered(self._counter)
        if not scanned:
            raise UserError(
                self.env._("Nothing of %(picking)s is scanned.", picking=picking.name)
            )
        for line in scanned.filtered(lambda line: self._to_scan(line) > 0):
            line.quantity = line[self._counter]
        scanned.picked = True
        (lines - scanned).picked = False
        return Result(self._validate(picking), answer={"finished": True})

    def _validate(self, picking):
        """Send it.

        :return: what is told of it
        """
        picking.with_context(skip_backorder=True).button_validate()
        if picking.state != "done":
            raise UserError(
                self.env._(
                    "%(picking)s asks something that the scan screens cannot answer."
                    " Finish it in the office.",
                    picking=picking.name,
                )
            )
        rest = picking.backorder_ids[:1]
        if not rest:
            return self.env._("%(picking)s is done.", picking=picking.name)
        return self.env._(
            "%(picking)s is done, the rest is in %(rest)s.",
            picking=picking.name,
            rest=rest.name,
        )


def walk_key(line):
    """Place by place, and each place's products together."""
    return (
        line.location_id.complete_name or "",
        line.product_id.display_name or "",
        line.lot_id.expiration_date or line.create_date,
        line.picking_id.id,
        line.id,
    )
