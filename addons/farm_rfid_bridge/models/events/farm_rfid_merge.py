import farmtag
from odoo import models
from odoo.exceptions import UserError
from odoo.fields import Command

from ...protocol.problems import Damaged
from ..tag.farm_tag_register import Mark
from .results import Applied, Conflict

MADE = ("bunch", "crate", "pallet")
MOST_PARENTS = 100


class FarmRfidMerge(models.AbstractModel):
    """Several tagged lots are put together into one, such as a crate.

    Body: ``parents`` (codes), ``code`` of what is made, and if known ``uid``, ``chip``,
    ``payload``, ``kind`` (``crate`` if it is not said).
    """

    _name = "farm.rfid.merge"
    _inherit = ["farm.rfid.tagging"]
    _description = "Merge of Lots"

    def _written(self, body):
        return [body]

    def _apply(self, event, body):
        self._check_written(event, body)
        self._check_may_write(event, self._written(body))
        parents = self._codes(body, "parents", MOST_PARENTS)
        code, kind = self._code(body), self._kind(body)
        self._check_mix(event, code, parents)
        lots = self._lots_of(parents, event)
        self._check_code_free(code, lots)
        operation = self._merge(event, lots)
        made = operation.output_ids.lot_id
        self._name_lots(made, [code])
        tags = self._tag(event, body, kind, lots, made)
        return Applied(
            refs={"operation": operation.name, "lots": made.mapped("name")},
            links={
                "operation_id": operation.id,
                "lot_ids": [Command.set((lots | made).ids)],
                "tag_ids": [Command.set(tags.ids)],
            },
            arrived=(code,),
        )

    def _kind(self, body):
        kind = body.optional("text", "kind", longest=16) or "crate"
        if kind not in MADE:
            raise Damaged(f"kind is none of {', '.join(MADE)}")
        return kind

    def _check_mix(self, event, code, parents):
        """:raises Damaged: if it is no mix; UserError, if the code is another's"""
        try:
            farmtag.lineage.check_mix(
                self._parsed(code), [self._parsed(parent) for parent in parents]
            )
        except farmtag.WrongValue as error:
            raise Damaged(f"{code}: {error}") from None
        self._check_made_here(event, [code])

    def _check_code_free(self, code, lots):
        # A code is unique in all companies: whose lot has it does not matter.
        if self.env["stock.lot"].sudo().search_count([("lineage_code", "=", code)]):
            raise Conflict(
                "code-taken",
                self.env._(
                    "There is a lot of the code %(code)s already: a tag was copied, or"
                    " this was put together twice.",
                    code=code,
                ),
                lot_ids=[Command.set(lots.ids)],
            )

    def _merge(self, event, lots):
        quants = self._quants_of(lots)
        for lot in lots:
            self._check_whole(
                lot, quants.filtered(lambda one, of=lot: one.lot_id == of)
            )
        operation = self.env["farm.lot.operation"]._prepare_from_quants(quants, "merge")
        operation.date = event.at
        operation.action_post()
        return operation

    def _check_whole(self, lot, quants):
        """:raises Parked, Conflict, UserError: unless all of a lot is there and free"""
        if not quants:
            self._park_if_on_the_way(lot)
            raise Conflict(
                "nothing-left",
                self.env._(
                    "Nothing is left of %(lot)s: it was used before.", lot=lot.name
                ),
                lot_ids=[Command.set(lot.ids)],
            )
        if any(quants.mapped("reserved_quantity")):
            raise UserError(
                self.env._(
                    "%(lot)s is promised to others. Take it back, and try again.",
                    lot=lot.name,
                )
            )

    def _tag(self, event, body, kind, lots, made):
        tags = self.env["farm.tag"]
        parents = tags.search(tags._get_code_domain(lots.mapped("lineage_code")))
        parents._record(
            "merged",
            event,
            self.env._("Put into %(lot)s", lot=made.name),
            state="split",
            last_seen=event.at,
        )
        vals = {
            "kind": kind,
            "company_id": event.company_id.id,
            "lot_id": made.id,
        } | self._prepare_written_vals(event, body)
        mark = Mark(self._uid(body), self._code(body), vals)
        return parents | tags._register_marks([mark], event)
