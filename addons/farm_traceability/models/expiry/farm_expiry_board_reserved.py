from collections import defaultdict

from odoo import api, fields, models
from odoo.fields import Domain

from ...wording import names_text

NAMED = 3
KEY = ("product_id", "lot_id", "location_id", "package_id", "owner_id")


class FarmExpiryBoard(models.Model):
    """For whom the goods of a row are reserved."""

    _inherit = "farm.expiry.board"

    reserved_for = fields.Char(
        compute="_compute_reserved_for", help="Whom the open transfers go to."
    )

    @api.depends("reserved_quantity")
    def _compute_reserved_for(self):
        moves = self._get_reserving_moves()
        for row in self:
            row.reserved_for = row._names_of(moves[row])

    def _get_reserving_moves(self):
        """Moves that keep the goods of each row; one query for all.

        :rtype: dict[farm.expiry.board, stock.move]
        """
        rows = self.filtered("reserved_quantity")
        groups = self.env["stock.move.line"]._read_group(
            rows._get_reserving_domain(), KEY, ["move_id:recordset"]
        )
        moves = {group[:-1]: group[-1] for group in groups}
        none = self.env["stock.move"]
        return defaultdict(
            lambda: none,
            {row: moves.get(tuple(row[name] for name in KEY), none) for row in rows},
        )

    def _get_reserving_domain(self):
        nameless = self.filtered(lambda row: not row.lot_id)
        return (
            Domain("state", "not in", ("done", "cancel", "draft"))
            & Domain("quantity", ">", 0)
            & Domain("location_id", "in", self.location_id.ids)
            & (
                Domain("lot_id", "in", self.lot_id.ids)
                | Domain("lot_id", "=", False)
                & Domain("product_id", "in", nameless.product_id.ids)
            )
        )

    def _names_of(self, moves):
        names = [
            (move.partner_id or move.picking_id.partner_id).display_name
            or move.picking_id.name
            or move.origin
            or move.reference
            for move in moves
        ]
        return names_text(self.env, names, NAMED)

    def action_open_transfers(self):
        """The transfers for which the rows are reserved."""
        moves = self.env["stock.move"].union(*self._get_reserving_moves().values())
        return moves.picking_id._open_transfers(self.env._("Reserved for"))
