from collections import defaultdict
from typing import NamedTuple

from odoo import models
from odoo.fields import Command


class Part(NamedTuple):
    """Values of an operation's move line; output lines that it stands behind or is."""

    operation: models.Model
    values: dict
    outputs: tuple = ()


class FarmLotOperation(models.Model):
    """The stock moves of operations and the links between their lines."""

    _inherit = "farm.lot.operation"

    def _create_moves(self):
        used = self._make_moves([part for one in self for part in one._used_parts()])
        made = self._make_moves([part for one in self for part in one._made_parts()])
        self._link_lines(used, made)
        return self.env["stock.move"].union(*(line.move_id for line, _ in used + made))

    def _link_lines(self, used, made):
        """Link each made line to the lines that it was made from."""
        sources = defaultdict(list)
        for line, part in used:
            for output in part.outputs:
                sources[output].append(line.id)
        alike = defaultdict(lambda: self.env["stock.move.line"])
        for line, part in made:
            [output] = part.outputs
            alike[tuple(sources[output])] |= line
        for ids, lines in alike.items():
            lines.consume_line_ids = [Command.set(ids)]

    # -- parts ------------------------------------------------------------------------

    def _used_parts(self):
        """Every input in one line, or in two: what is named, and what was mixed."""
        flows = defaultdict(list)
        for flow in self._get_balance().flows():
            flows[flow.source].append(flow)
        return [
            Part(self, line._prepare_move_line_vals() | {"quantity": quantity}, outputs)
            for line, of_line in flows.items()
            for quantity, outputs in line._split_quantity(of_line)
        ]

    def _made_parts(self):
        sources = self._get_sources()
        return [
            Part(self, line._prepare_move_line_vals(sources[line].owner_id), (line,))
            for line in self.output_ids
        ]

    # -- moves ------------------------------------------------------------------------

    def _make_moves(self, parts, **move_vals):
        """Make moves, one per operation, product and pair of places.

        :return: pairs of a move line and its part
        """
        groups = defaultdict(list)
        for part in parts:
            groups[self._move_key(part)].append(part)
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

    def _move_key(self, part):
        names = "product_id", "location_id", "location_dest_id"
        return part.operation, *(part.values[name] for name in names)

    def _prepare_move_vals(self, parts):
        operation, first, _outputs = parts[0]
        return {
            "lot_operation_id": operation.id,
            "origin": operation.name,
            "company_id": operation.company_id.id,
            "product_id": first["product_id"],
            "product_uom": first["product_uom_id"],
            "location_id": first["location_id"],
            "location_dest_id": first["location_dest_id"],
            "product_uom_qty": sum(part.values["quantity"] for part in parts),
            "move_line_ids": [Command.create(part.values) for part in parts],
        }

    def _get_production_location(self, product):
        return product.with_company(self.company_id).property_stock_production
