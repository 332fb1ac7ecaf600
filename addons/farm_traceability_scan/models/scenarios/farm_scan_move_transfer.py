from collections import defaultdict

from odoo import models
from odoo.addons.farm_traceability.wording import number_text
from odoo.exceptions import UserError
from odoo.fields import Command

from .result import Result


class FarmScanMove(models.AbstractModel):
    """The transfer that a move makes, once all of it is known."""

    _inherit = "farm.scan.move"

    def _move(self, draft, target, sent):
        quants = self._quants(draft)
        typed = sent["quantity"]
        wanted = typed if typed is not None else draft["quantity"]
        picking = self._make(draft, target, quants, wanted)
        picking.action_confirm()
        picking.move_ids.picked = True
        picking.with_context(skip_backorder=True).button_validate()
        if picking.state != "done":
            raise UserError(
                self.env._("This cannot be moved here. Move it in the office.")
            )
        moved = defaultdict(float)
        for move in picking.move_ids:
            moved[move.product_uom] += move.quantity
        return Result(
            self.env._(
                "%(item)s: %(quantity)s to %(place)s",
                item=self._item_name(draft),
                quantity=self._amounts_text(moved),
                place=target.display_name,
            ),
            answer={"draft": {}, "done": picking.name},
        )

    def _make(self, draft, target, quants, wanted):
        """A transfer with the lines of what is moved.

        :raises UserError: if there is less than is wanted
        """
        lines = list(self._parts(quants, None if draft["package"] else wanted))
        kind = draft["source"].warehouse_id.int_type_id
        moves = [
            Command.create(
                {
                    "product_id": quant.product_id.id,
                    "product_uom": quant.product_uom_id.id,
                    "product_uom_qty": quantity,
                    "location_id": quant.location_id.id,
                    "location_dest_id": target.id,
                    "move_line_ids": [
                        Command.create(self._line_vals(quant, quantity, draft, target))
                    ],
                }
            )
            for quant, quantity in lines
        ]
        picking = self.env["stock.picking"].create(
            {
                "picking_type_id": kind.id,
                "location_id": draft["source"].id,
                "location_dest_id": target.id,
                "move_ids": moves,
            }
        )
        # Lines that come with their moves do not know it yet.
        picking.move_ids.move_line_ids.picking_id = picking
        return picking

    def _parts(self, quants, wanted):
        """Pairs of a quant and how much of it is moved.

        :param wanted: None for all that is free
        """
        free = sum(quants.mapped("available_quantity"))
        unit = quants.product_uom_id[:1]
        rest = free if wanted is None else wanted
        if rest <= 0 or unit.compare(rest, free) > 0:
            raise UserError(
                self.env._(
                    "Only %(free)s %(unit)s are free here, not %(wanted)s.",
                    free=number_text(self.env, free),
                    unit=unit.name,
                    wanted=number_text(self.env, rest),
                )
            )
        for quant in quants:
            part = min(rest, quant.available_quantity)
            if part > 0:
                rest -= part
                yield quant, part

    def _line_vals(self, quant, quantity, draft, target):
        return {
            "product_id": quant.product_id.id,
            "product_uom_id": quant.product_uom_id.id,
            "lot_id": quant.lot_id.id,
            "owner_id": quant.owner_id.id,
            "package_id": quant.package_id.id,
            "result_package_id": draft["package"].id,
            "quantity": quantity,
            "location_id": quant.location_id.id,
            "location_dest_id": target.id,
        }
