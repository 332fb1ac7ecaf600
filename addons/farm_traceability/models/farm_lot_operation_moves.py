from collections import defaultdict
from typing import NamedTuple

from odoo import models
from odoo.fields import Command


class Part(NamedTuple):
    """Values of a move line, and the output lines that it stands behind or is."""

    values: dict
    outputs: tuple


class FarmLotOperation(models.Model):
    """The stock moves of an operation and the links between their lines."""

    _inherit = "farm.lot.operation"

    def _create_moves(self):
        moves = self.env["stock.move"]
        for operation in self:
            used = operation._make_moves(operation._used_parts())
            made = operation._make_moves(operation._made_parts())
            operation._link_lines(used, made)
            moves = moves.union(*(line.move_id for line, _part in used + made))
        return moves

    def _link_lines(self, used, made):
        """Link each made line to the lines that it was made from."""
        sources = defaultdict(lambda: self.env["stock.move.line"])
        for line, part in used:
            for output in part.outputs:
                sources[output] |= line
        for line, part in made:
            [output] = part.outputs
            line.consume_line_ids = sources[output]

    # -- parts ------------------------------------------------------------------------

    def _used_parts(self):
        """Every input in one line, or in two: what is named, and what was mixed."""
        flows = defaultdict(list)
        for flow in self._get_balance().flows():
            flows[flow.source].append(flow)
        return [
            Part(line._prepare_move_line_vals() | {"quantity": quantity}, outputs)
            for line, of_line in flows.items()
            for quantity, outputs in line._split_quantity(of_line)
        ]

    def _made_parts(self):
        sources = self._get_sources()
        return [
            Part(
                line._prepare_move_line_vals(sources[line].owner_id),
                (line,),
            )
            for line in self.output_ids
        ]

    # -- moves ------------------------------------------------------------------------

    def _make_moves(self, parts, **move_vals):
        """Make moves, one per product, unit and pair of places.

        :return: pairs of a move line and its part
        """
        groups = defaultdict(list)
        for part in parts:
            groups[self._move_key(part.values)].append(part)
        vals_list = [
            self._prepare_move_vals(group) | move_vals for group in groups.values()
        ]
        # Which operation made a move is nobody's to enter.
        moves = self.env["stock.move"].sudo().create(vals_list).sudo(False)
        moves.picked = True
        return [
            pair
            for move, group in zip(moves, groups.values(), strict=True)
            for pair in zip(move.move_line_ids.sorted("id"), group, strict=True)
        ]

    def _move_key(self, vals):
        return vals["product_id"], vals["location_id"], vals["location_dest_id"]

    def _prepare_move_vals(self, parts):
        first = parts[0].values
        return {
            "lot_operation_id": self.id,
            "origin": self.name,
            "company_id": self.company_id.id,
            "product_id": first["product_id"],
            "product_uom": first["product_uom_id"],
            "location_id": first["location_id"],
            "location_dest_id": first["location_dest_id"],
            "product_uom_qty": sum(part.values["quantity"] for part in parts),
            "move_line_ids": [Command.create(part.values) for part in parts],
        }

    def _get_production_location(self, product):
        return product.with_company(self.company_id).property_stock_production
