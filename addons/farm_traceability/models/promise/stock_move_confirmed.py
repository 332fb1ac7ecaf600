"""What moves were confirmed with counts, whatever their transfer says later.

Who moves goods may write on a transfer of which operation it is, from where the goods
come and to whom they go. That must not change which lots may be taken: where somebody
changes one of these after confirmation, the moves remember what it was, and the rules
ask by both. Managers decide anew: what they change is forgotten.
"""

from odoo import fields, models
from odoo.exceptions import UserError

DECIDED_BY = "stock.group_stock_manager,farm_traceability.group_quality_manager"


class StockMove(models.Model):
    _inherit = "stock.move"

    confirmed_type_id = fields.Many2one(
        "stock.picking.type",
        "Confirmed Operation Type",
        readonly=True,
        copy=False,
        index="btree_not_null",
        help="Set where it was changed after confirmation.",
    )
    confirmed_location_id = fields.Many2one(
        "stock.location",
        "Confirmed Source",
        readonly=True,
        copy=False,
        index="btree_not_null",
        help="Set where it was changed after confirmation.",
    )
    confirmed_partner_id = fields.Many2one(
        "res.partner",
        "Confirmed Address",
        readonly=True,
        copy=False,
        index="btree_not_null",
        help="Set where it was changed after confirmation.",
    )

    def write(self, vals):
        if self._confirmed_fields() & vals.keys() and not self.env.su:
            raise UserError(
                self.env._(
                    "What a transfer was when it was confirmed is never typed in. Leave"
                    " it out; to change it for good, ask an inventory manager or"
                    " quality manager to change the transfer."
                )
            )
        if not self._changes_confirmed() & vals.keys():
            return super().write(vals)
        before = self._get_present()
        result = super().write(vals)
        self._keep_confirmed(before)
        return result

    def _confirmed_fields(self):
        return {"confirmed_type_id", "confirmed_location_id", "confirmed_partner_id"}

    def _changes_confirmed(self):
        """Fields by which moves become something else than was confirmed."""
        return {"picking_id", "picking_type_id", "location_id", "partner_id"}

    def _get_present_type(self):
        """The operation type of the transfer: a move may say another one."""
        return self.picking_id.picking_type_id or self.picking_type_id

    def _get_present(self):
        """What open moves are for, by the fields that would keep it.

        :rtype: dict[stock.move, dict[str, models.Model]]
        """
        is_open = self.filtered(lambda m: m.state not in ("draft", "done", "cancel"))
        return {
            move: {
                "confirmed_type_id": move._get_present_type(),
                "confirmed_location_id": move.location_id,
                "confirmed_partner_id": move._get_address(),
            }
            for move in is_open
        }

    def _get_confirmed(self):
        """As :meth:`_get_present`, but what was remembered first."""
        return {
            move: {name: move[name] or present[name] for name in present}
            for move, present in self._get_present().items()
        }

    def _keep_confirmed(self, before):
        """Remember what moves were for, where that has changed.

        :param before: as from :meth:`_get_present`
        """
        if not before or self.env.su:
            return
        decides = self.env.user.has_groups(DECIDED_BY)
        after = self.browse(move.id for move in before).exists()._get_present()
        for move, present in after.items():
            changed = {
                name: was for name, was in before[move].items() if was != present[name]
            }
            if decides:
                vals = {name: False for name in changed if move[name]}
            else:
                vals = {name: changed[name].id for name in changed if not move[name]}
            if vals:
                # No user sets what was confirmed: it follows from what he changed.
                move.sudo().write(vals)

    def _prepare_move_split_vals(self, qty):
        vals = super()._prepare_move_split_vals(qty)
        return vals | {name: self[name].id for name in self._confirmed_fields()}

    def _prepare_merge_moves_distinct_fields(self):
        names = super()._prepare_merge_moves_distinct_fields()
        return [*names, *sorted(self._confirmed_fields())]


class StockMoveLine(models.Model):
    _inherit = "stock.move.line"

    def write(self, vals):
        if not vals.get("move_id") or self.env.su:
            return super().write(vals)
        left = self.move_id._get_confirmed()
        result = super().write(vals)
        for was in left.values():
            self.move_id._keep_confirmed(dict.fromkeys(self.move_id, was))
        return result


class StockPicking(models.Model):
    _inherit = "stock.picking"

    def write(self, vals):
        if not self.env["stock.move"]._changes_confirmed() & vals.keys():
            return super().write(vals)
        # Core writes it on the moves, or has it computed there.
        before = self.move_ids._get_present()
        result = super().write(vals)
        self.move_ids._keep_confirmed(before)
        return result
