from odoo import api, models
from odoo.exceptions import UserError

from .result import Result, question

EMPTY = "empty"
#: items, and people, that a sentence names
NAMED = 5
APPLIERS = "stock.group_stock_manager"


class FarmScanCount(models.AbstractModel):
    """Lines that are counted again, and the end of a count."""

    _inherit = "farm.scan.count"

    # -- a line -----------------------------------------------------------------------

    @api.model
    def _do_recount(self, place, sent):
        """Count a line from the beginning."""
        quant = self._line_sent(place, sent)
        before = self._counted_of(quant)
        quant.action_clear_inventory_quantity()
        return Result(
            self.env._(
                "%(item)s is counted again.",
                item=quant.lot_id.name or quant.product_id.display_name,
            ),
            undo={"quants": [{"quant": quant.id, "counted": before}]},
        )

    @api.model
    def _do_hands(self, place, sent):
        """Count a bunch by its hands, each of them as heavy as the others."""
        quant = self._line_sent(place, sent)
        lot, hands = quant.lot_id, sent["quantity"]
        if not lot.remaining_count or lot.product_qty <= 0:
            raise UserError(
                self.env._(
                    "The hands of %(item)s are not known: weigh it, and type that.",
                    item=lot.name or quant.product_id.display_name,
                )
            )
        if hands is None or hands < 0 or hands != int(hands):
            raise UserError(
                self.env._("Hands are counted in whole numbers: type it again.")
            )
        before = self._counted_of(quant)
        hand = lot.product_qty / lot.remaining_count
        self._set(quant, quant.product_uom_id.round(hand * hands))
        return self._counted(quant, [(quant, before)])

    def _line_sent(self, place, sent):
        quant = self._quants(place).filtered(lambda one: one.id == sent["line_id"])
        if not quant:
            raise UserError(
                self.env._("The line was changed in the meantime: look at the list.")
            )
        return quant

    # -- finished ---------------------------------------------------------------------

    @api.model
    def _do_finish(self, place, sent):
        """All is counted: what was not found is none."""
        missing = self._quants(place).filtered(
            lambda quant: not quant.inventory_quantity_set and quant.quantity
        )
        if missing and sent["confirm"] != EMPTY:
            return question("confirm", self._ask_text(place, missing), confirm=EMPTY)
        for quant in missing:
            self._set(quant, 0)
        return Result(self._finished_text(place), answer={"finished": True})

    def _ask_text(self, place, missing):
        if self._is_blind(place):
            return self.env._(
                "Did you count all of %(place)s? What you did not find counts as none.",
                place=place.display_name,
            )
        items = [one.lot_id.name or one.product_id.display_name for one in missing]
        return self.env._(
            "Not found: %(items)s. Count them as none?", items=_named(items)
        )

    def _finished_text(self, place):
        if self._may_apply():
            return self.env._("%(place)s is counted.", place=place.display_name)
        return self.env._(
            "%(place)s is counted. To apply it, tell %(people)s.",
            place=place.display_name,
            people=self._appliers(),
        )

    # -- applied ----------------------------------------------------------------------

    def _may_apply(self):
        return self.env.user.has_group(APPLIERS)

    def _appliers(self):
        """Names of those who may apply counts in this company."""
        # Who holds which right is asked of nobody but the groups; names are no secret.
        users = self.env.ref(APPLIERS).sudo().all_user_ids
        people = users.filtered(
            lambda user: self.env.company in user.company_ids and not user.share
        )
        return _named(people.mapped("name")) or self.env._("an inventory manager")

    @api.model
    def _do_apply(self, place, sent):
        if not self._may_apply():
            raise UserError(
                self.env._(
                    "Counts are applied by an inventory manager: tell %(people)s.",
                    people=self._appliers(),
                )
            )
        counted = self._quants(place).filtered("inventory_quantity_set")
        if not counted:
            raise UserError(
                self.env._(
                    "No count of %(place)s waits: it is applied already, or was taken"
                    " back.",
                    place=place.display_name,
                )
            )
        if counted.action_apply_inventory():
            raise UserError(
                self.env._(
                    "Stock has moved since it was counted: count the lines that changed"
                    " again."
                )
            )
        return Result(
            self.env._("The count of %(place)s is applied.", place=place.display_name),
            answer={"finished": True},
        )


def _named(names):
    return ", ".join(names[:NAMED]) + (" …" if len(names) > NAMED else "")
