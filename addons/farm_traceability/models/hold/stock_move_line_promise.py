from collections import defaultdict

from odoo import models
from odoo.tools import SQL

from .stock_move import LATER

PLACE = ("product_id", "location_id", "lot_id", "package_id", "owner_id")


class StockMoveLine(models.Model):
    """Taking back what is promised of lots on hold, many lines at once."""

    _inherit = "stock.move.line"

    def _take_back(self, reassign=True):
        """Delete these lines, free the stock, find other lots, tell the owners.

        Core frees the stock of one line after the other, with several look-ups each.
        Here one statement does it for all lines.

        :param bool reassign: whether the moves look for other lots
        """
        moves = self.move_id
        losses = self._losses()
        broken = self._whole_packages()
        self._free_quants()
        self.unlink()
        moves.picking_id.move_line_ids._break_up(broken)
        if reassign:
            moves._find_other_lots()
        self.env["farm.hold"]._tell_owners(losses)

    def _whole_packages(self):
        """Packages that these lines would have moved as a whole."""
        whole = self.filtered(
            lambda line: line.package_id and line.package_id == line.result_package_id
        )
        return whole.package_id

    def _break_up(self, packages):
        """What else is in these packages leaves them: the held lots stay inside."""
        lines = self.filtered(
            lambda line: (
                line.package_id in packages
                and line.package_id == line.result_package_id
                and line.state not in ("done", "cancel")
            )
        )
        lines.with_context(gate=LATER).write(
            {"result_package_id": False, "is_entire_pack": False}
        )

    def _losses(self):
        """What each document loses, as its owner shall read it.

        :return: dict of record → list of dicts with ``lot``, ``name``, ``quantity``,
            ``unit``, ``place``, ``picked``
        """
        losses = defaultdict(list)
        for line in self:
            losses[line.move_id._get_hold_document() or line._first_hold()].append(
                {
                    "lot": line.lot_id,
                    "name": line.lot_id.name,
                    "quantity": line.product_uom_id.round(line.quantity),
                    "unit": line.product_uom_id.name,
                    "place": (line.result_package_id or line.package_id).name
                    or line.location_id.display_name,
                    "picked": line.picked,
                }
            )
        return losses

    def _first_hold(self):
        lines = self.lot_id.hold_line_ids.filtered(lambda line: line.state == "open")
        return lines[:1].hold_id

    def _free_quants(self):
        lines = self.filtered(
            lambda line: (
                line.quantity_product_uom
                and not line.move_id._should_bypass_reservation(line.location_id)
            )
        )
        lines.flush_recordset()
        self.env["stock.quant"].flush_model()
        freed = {row[:-1] for row in self.env.execute_query(lines._freeing())}
        done = lines.filtered(
            lambda line: tuple(line[name].id or None for name in PLACE) in freed
        )
        # Their stock is free already: core finds nothing more to free.
        self.env.cr.execute(
            SQL(
                """UPDATE stock_move_line SET quantity = 0, quantity_product_uom = 0
                    WHERE id = ANY(%s)""",
                list(done.ids),
            )
        )
        done.invalidate_recordset(["quantity", "quantity_product_uom"])
        self.env["stock.quant"].invalidate_model(
            ["reserved_quantity", "available_quantity"]
        )

    def _freeing(self):
        """Free the lines' stock, and name what was freed.

        Transactions at the same time leave several quants of one lot at one place,
        each with a part of what is reserved: it is taken from one after the other. A
        part below zero is what somebody gave back; it stays as it is.
        Where they have less reserved than the lines, stock without a lot's name has
        the rest, and core knows how to free that.
        """
        key = SQL(", ").join(SQL.identifier("line", name) for name in PLACE)
        same = SQL(" AND ").join(
            SQL(
                "quant.%(name)s IS NOT DISTINCT FROM gone.%(name)s",
                name=SQL.identifier(name),
            )
            for name in PLACE[3:]
        )
        return SQL(
            """
            WITH gone AS (
                SELECT %(key)s, sum(line.quantity_product_uom) AS quantity,
                       min(line.id) AS id
                  FROM stock_move_line line
                 WHERE line.id = ANY(%(lines)s)
                 GROUP BY %(key)s
            ), found AS (
                SELECT gone.*, quant.id AS quant_id,
                       sum(greatest(quant.reserved_quantity, 0)) OVER upto
                           - greatest(quant.reserved_quantity, 0) AS before,
                       sum(quant.reserved_quantity) OVER whole AS total
                  FROM gone
                  JOIN stock_quant quant ON quant.lot_id = gone.lot_id
                   AND quant.product_id = gone.product_id
                   AND quant.location_id = gone.location_id AND %(same)s
                WINDOW upto AS (PARTITION BY gone.id ORDER BY quant.id),
                       whole AS (PARTITION BY gone.id)
            )
            UPDATE stock_quant quant
               SET reserved_quantity = quant.reserved_quantity - least(
                       greatest(quant.reserved_quantity, 0),
                       greatest(0, found.quantity - found.before))
              FROM found
             WHERE quant.id = found.quant_id AND found.total > found.quantity - 1e-6
            RETURNING found.product_id, found.location_id, found.lot_id,
                      found.package_id, found.owner_id, quant.id
            """,
            key=key,
            same=same,
            lines=list(self.ids),
        )
