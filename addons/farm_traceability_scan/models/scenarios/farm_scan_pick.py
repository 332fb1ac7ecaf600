from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import float_compare

from odoo.addons.farm_traceability.wording import number_text

from .result import Asks, Result, question


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
    _inherit = "farm.scan.scenario"
    _description = "Scan Screens: Picking"

    @api.model
    def _title(self):
        return self.env._("Pick")

    @api.model
    def _document_domain(self):
        warehouses = self.env.user._get_scan_warehouses()
        picks = (warehouses.pick_type_id | warehouses.pack_type_id).ids
        kinds = Domain("picking_type_id.code", "=", "outgoing")
        return (
            super()._document_domain()
            & Domain("state", "=", "assigned")
            & (kinds | Domain("picking_type_id", "in", picks))
        )

    @api.model
    def _open_domain(self):
        return super()._document_domain() & Domain(
            "state", "in", ("assigned", "confirmed", "waiting")
        )

    # -- the sheet --------------------------------------------------------------------

    @api.model
    def _entry(self, picking):
        return {
            "id": picking.id,
            "name": picking.name,
            "title": picking.partner_id.display_name or picking.picking_type_id.name,
            "scheduled": picking.scheduled_date.isoformat(),
            "late": picking.has_deadline_issue,
            "who": picking.user_id.name or "",
        }

    @api.model
    def _sheet(self, picking):
        """What is to be picked, in the order of the walk."""
        lines = picking.move_line_ids.filtered("quantity").sorted(_walk_key)
        return {
            "document": self._entry(picking) | {"state": picking.state},
            "lines": [self._line(line) for line in lines],
            "missing": self._missing(picking),
        }

    def _line(self, line):
        product, lot = line.product_id, line.lot_id
        return {
            "id": line.id,
            "product": {
                "id": product.id,
                "name": product.display_name,
                "barcodes": [
                    code
                    for code in (product.barcode, *product.product_uom_ids.mapped("barcode"))
                    if code
                ],
                "tracking": product.tracking,
            },
            "lot": lot.id and {"id": lot.id, "name": lot.name},
            "expiry": lot.expiration_date and lot.expiration_date.date().isoformat(),
            "location": {
                "id": line.location_id.id,
                "name": line.location_id.display_name,
                "barcode": line.location_id.barcode or "",
            },
            "package": line.package_id.name or "",
            "unit": line.product_uom_id.name,
            "quantity": line.quantity,
            "scanned": line.scanned_quantity,
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
            and (lack := move.product_uom.round(move.product_uom_qty - move.quantity)) > 0
        ]

    # -- scanned ----------------------------------------------------------------------

    @api.model
    def _do_scan(self, picking, sent):
        meaning = self._meaning(sent, lambda one: self._can_be_here(picking, one))
        if isinstance(meaning, Result):
            return meaning
        return getattr(self, f"_take_{meaning.kind}")(picking, meaning, sent)

    def _can_be_here(self, picking, meaning):
        """Whether it lies where this transfer takes from."""
        if meaning.kind != "lot":
            return meaning.kind in ("location", "package", "product")
        return bool(
            self.env["stock.quant"].search_count(
                [
                    ("lot_id", "=", meaning.id),
                    ("location_id", "child_of", picking.location_id.id),
                    ("quantity", ">", 0),
                ],
                limit=1,
            )
        )

    def _take_picking(self, picking, meaning, sent):
        if meaning.id == picking.id:
            return Result(self.env._("This is %(name)s already.", name=picking.name))
        other = self._document(meaning.id)
        return Result(answer={"open": other.id, "sheet": self._sheet(other)})

    def _take_location(self, picking, meaning, sent):
        place = self.env["stock.location"].browse(meaning.id)
        here = picking.move_line_ids.filtered(
            lambda line: line.location_id._child_of(place) and not line._is_scanned()
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

    def _take_package(self, picking, meaning, sent):
        lines = picking.move_line_ids.filtered(
            lambda line: line.package_id.id == meaning.id and not line._is_scanned()
        )
        if not lines:
            raise UserError(
                self.env._(
                    "Nothing of package %(package)s belongs to this transfer.%(next)s",
                    package=meaning.name,
                    next=self._next_text(picking),
                )
            )
        undo = [self._scanned(line, line._to_scan()) for line in lines]
        return Result(
            self.env._("Package %(package)s", package=meaning.name),
            undo={"lines": undo},
        )

    def _take_new_lot(self, picking, meaning, sent):
        raise UserError(
            self.env._(
                "%(product)s has no lot %(lot)s here. Take another one, or receive it"
                " first.",
                product=meaning.detail,
                lot=meaning.lot_name,
            )
        )

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

    def _take(self, picking, product, lot, meaning, sent):
        """Take of a lot, or of a product without lots."""
        line = self._line_for(picking, product, lot, sent)
        quantity = self._quantity(line, meaning, sent)
        self._check_quantity(line, lot, quantity)
        undo = []
        if lot and lot != line.lot_id:
            asked = self._exchange(line, lot, quantity, sent)
            if isinstance(asked, Result):
                return asked
            line, undo = asked
        undo.append(self._scanned(line, quantity))
        return Result(
            self.env._(
                "%(quantity)s %(unit)s of %(item)s",
                quantity=number_text(self.env, quantity),
                unit=line.product_uom_id.name,
                item=lot.name or product.display_name,
            ),
            answer={"line_id": line.id},
            undo={"lines": undo},
        )

    def _line_for(self, picking, product, lot, sent):
        """The line that is meant: of this lot first, and at the place scanned."""
        lines = picking.move_line_ids.filtered(
            lambda line: line.product_id == product and not line._is_scanned()
        )
        if not lines:
            raise UserError(
                self.env._(
                    "All of %(product)s is picked already.%(next)s",
                    product=product.display_name,
                    next=self._next_text(picking),
                )
            )
        place = self.env["stock.location"].browse(sent.get("location_id") or [])
        return lines.sorted(
            lambda line: (
                line.lot_id != lot,
                bool(place) and not line.location_id._child_of(place),
                _walk_key(line),
            )
        )[0]

    def _quantity(self, line, meaning, sent):
        """In the unit of the line: typed, else of the symbol, else one or all."""
        typed = sent.get("quantity")
        if isinstance(typed, int | float) and not isinstance(typed, bool):
            return line.product_uom_id.round(typed)
        unit = line.product_id.uom_id
        if meaning.quantity is not None:
            return unit._compute_quantity(meaning.quantity, line.product_uom_id)
        is_counted = float_compare(unit.rounding, 1.0, precision_digits=6) >= 0
        one = unit._compute_quantity(1.0, line.product_uom_id)
        return min(one, line._to_scan()) if is_counted else line._to_scan()

    def _check_quantity(self, line, lot, quantity):
        left = line._to_scan()
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

    def _exchange(self, line, lot, quantity, sent):
        """Take another lot than the strategy gave.

        :return: the line with that lot, and what takes it back; or a ``Result`` that
            asks for the reason
        """
        given = line.lot_id
        try:
            taken, undo = self._split_off(line, quantity)
            taken.write({"lot_id": lot.id, **self._reason_vals(sent)})
            taken._check_gate()
        except UserError as error:
            raise UserError(f"{error}{self._instead_text(line, given)}") from None
        passed = taken._deviations()
        refusal = passed and taken._deviation_refusal(passed[taken])
        if not refusal:
            return taken, undo
        if taken._is_stopped_from_deviating():
            raise UserError(refusal)
        # Nothing of what was tried stays.
        raise Asks(self._ask_reason(lot, passed[taken]))

    def _reason_vals(self, sent):
        reason = self.env["farm.deviation.reason"].browse(sent.get("reason_id") or [])
        return {
            "deviation_reason_id": reason.exists().id,
            "deviation_note": str(sent.get("note") or "")[:500] or False,
        }

    def _ask_reason(self, lot, given):
        reasons = self.env["farm.deviation.reason"].search([])
        return question(
            "reason",
            self.env._(
                "Lot %(given)s was given. Why do you take %(taken)s?",
                given=given.name,
                taken=lot.name,
            ),
            [
                {"key": str(one.id), "name": one.name, "needs_note": one.needs_note}
                for one in reasons
            ],
        )

    def _split_off(self, line, quantity):
        """A line of its own for a part that is taken from another lot.

        :return: the line, and what takes that back
        """
        given = line.lot_id.id
        if line.product_uom_id.compare(quantity, line.quantity) == 0:
            return line, [{"line": line.id, "lot": given}]
        line.quantity -= quantity
        part = line.copy({"quantity": quantity, "lot_id": False})
        return part, [{"line": part.id, "joins": line.id}]

    def _scanned(self, line, quantity):
        # Only scans set it, and people read it.
        line.sudo().scanned_quantity += quantity
        return {"line": line.id, "scanned": quantity}

    @api.model
    def _undo(self, picking, undo):
        for step in reversed(undo["lines"]):
            self._undo_step(picking, step)

    def _undo_step(self, picking, step):
        lines = picking.move_line_ids
        line = lines.filtered(lambda one: one.id == step["line"])
        if not line or line.state == "done":
            raise UserError(
                self.env._("The line was changed in the meantime: look at the list.")
            )
        if "scanned" in step:
            line.sudo().scanned_quantity -= step["scanned"]
        elif "joins" in step:
            whole = lines.filtered(lambda one: one.id == step["joins"])
            quantity = line.quantity
            line.unlink()
            whole.quantity += quantity
        else:
            line.write({"lot_id": step["lot"], "deviation_reason_id": False})

    # -- said -------------------------------------------------------------------------

    def _next_line(self, picking):
        left = picking.move_line_ids.filtered(lambda line: not line._is_scanned())
        return left.sorted(_walk_key)[:1]

    def _next_text(self, picking):
        """Where to go next, as a sentence behind another one."""
        line = self._next_line(picking)
        return self._take_text(line, line.lot_id) if line else ""

    def _instead_text(self, line, given):
        return self._take_text(line, given) if given else ""

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
        lines = picking.move_line_ids
        scanned = lines.filtered("scanned_quantity")
        if not scanned:
            raise UserError(
                self.env._("Nothing of %(picking)s is scanned.", picking=picking.name)
            )
        for line in scanned.filtered(lambda line: not line._is_scanned()):
            line.quantity = line.scanned_quantity
        scanned.picked = True
        (lines - scanned).picked = False
        asked = picking.with_context(skip_backorder=True).button_validate()
        if asked is not True:
            raise UserError(
                self.env._(
                    "%(picking)s asks something that the scan screens cannot answer."
                    " Finish it in the office.",
                    picking=picking.name,
                )
            )
        rest = picking.backorder_ids[:1]
        return Result(
            self.env._(
                "%(picking)s is done, the rest is in %(rest)s.",
                picking=picking.name,
                rest=rest.name,
            )
            if rest
            else self.env._("%(picking)s is done.", picking=picking.name),
            answer={"finished": True},
        )


def _walk_key(line):
    """Place by place, and each place's products together."""
    return (
        line.location_id.complete_name or "",
        line.product_id.display_name or "",
        line.lot_id.expiration_date or line.create_date,
        line.id,
    )
