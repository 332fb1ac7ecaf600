from typing import NamedTuple

import farmtag
from odoo import models
from odoo.fields import Command

from ...protocol.body import Body
from ...protocol.problems import Damaged
from .results import Applied, Conflict

LAST_PART = 1023


class Hand(NamedTuple):
    """A part as the device says: its number, code, UID, and grams or 0."""

    index: int
    code: str
    uid: str
    grams: int
    body: Body


class FarmRfidSplit(models.AbstractModel):
    """A bunch is taken apart into hands, wholly or in part.

    Body: ``parent`` (code); ``hands``: each ``index``, ``code``, and if known ``uid``,
    ``chip``, ``payload``, ``grams``; ``loss_grams``, ``product`` (reference of what the
    hands are).

    1. a bunch that is not here yet, or on its way only, is waited for
    2. hands beyond the bunch, by number, count or weight, are a conflict
    3. what is taken becomes lots by a lot operation, which balances
    """

    _name = "farm.rfid.split"
    _inherit = ["farm.rfid.tagging"]
    _description = "Split of a Bunch"

    def _written(self, body):
        return list(body.each("hands", most=LAST_PART))

    def _apply(self, event, body):
        self._check_may_split(event)
        self._check_written(event, body)
        hands = self._hands(body)
        whole = self._lots_of([self._code(body, "parent")], event)
        self._check_parts_free(whole, hands)
        weights = self._weights(whole, hands, body)
        operation = self._split(event, body, whole, hands, weights)
        lots = operation.output_ids.sorted("id").lot_id
        self._name_lots(lots, [hand.code for hand in hands])
        tags = self._tag(event, whole, hands, lots)
        return Applied(
            refs={"operation": operation.name, "lots": lots.mapped("name")},
            links={
                "operation_id": operation.id,
                "lot_ids": [Command.set((whole | lots).ids)],
                "tag_ids": [Command.set(tags.ids)],
            },
            arrived=tuple(hand.code for hand in hands),
        )

    # -- what the device says ---------------------------------------------------------

    def _hands(self, body):
        """:raises Damaged: if a code is not that of its number"""
        whole = self._parsed(self._code(body, "parent"))
        hands = [self._hand(one) for one in self._written(body)]
        for hand in hands:
            if self._parsed(hand.code) != _child(whole, hand.index):
                raise Damaged(f"{hand.code} is not part {hand.index} of {whole}")
        if len({hand.index for hand in hands}) < len(hands):
            raise Damaged("hands: a number comes twice")
        if len({bool(hand.grams) for hand in hands}) > 1:
            raise Damaged("hands: weigh all of them or none")
        return hands

    def _hand(self, body):
        return Hand(
            body.number("index", least=1, most=LAST_PART),
            self._code(body),
            self._uid(body),
            body.optional("number", "grams", least=1, most=10**9) or 0,
            body,
        )

    # -- what is beyond the bunch -----------------------------------------------------

    def _check_parts_free(self, whole, hands):
        codes = [hand.code for hand in hands]
        # A code is unique in all companies: whose lot has it does not matter.
        taken = self.env["stock.lot"].sudo().search([("lineage_code", "in", codes)])
        if taken:
            raise Conflict(
                "part-taken",
                self.env._(
                    "%(codes)s of %(lot)s was taken before: two devices split the same"
                    " bunch, or a tag was copied.",
                    codes=", ".join(taken[:5].mapped("lineage_code")),
                    lot=whole.name,
                ),
                lot_ids=[Command.set(whole.ids)],
            )
        if whole.piece_count and len(hands) > whole.remaining_count:
            raise Conflict(
                "beyond-count",
                self.env._(
                    "%(lot)s has %(left)s hands left, and %(count)s were taken.",
                    lot=whole.name,
                    left=whole.remaining_count,
                    count=len(hands),
                ),
                lot_ids=[Command.set(whole.ids)],
            )

    def _check_weight(self, whole, needed, on_hand):
        if not on_hand:
            self._park_if_on_the_way(whole)
        uom, percent = whole.product_id.uom_id, whole.product_id.lot_balance_tolerance
        if uom.compare(needed, on_hand * (1 + percent / 100)) > 0:
            raise Conflict(
                "beyond-weight",
                self.env._(
                    "%(lot)s has %(left)s %(unit)s left, and %(needed)s were taken.",
                    lot=whole.name,
                    left=uom.round(on_hand),
                    needed=uom.round(needed),
                    unit=uom.name,
                ),
                lot_ids=[Command.set(whole.ids)],
            )

    # -- weights ----------------------------------------------------------------------

    def _weights(self, whole, hands, body):
        """What each hand takes of the whole, in its unit; alike if nobody weighed."""
        uom = whole.product_id.uom_id
        if hands[0].grams and self._is_weight(uom):
            return [self._in_unit(hand.grams, uom) for hand in hands]
        quants = self._quants_of(whole)
        if not quants:
            self._park_if_on_the_way(whole)
        total = sum(quants.mapped("quantity"))
        left = max(whole.remaining_count, len(hands))
        rest = total - self._loss(whole, body)
        each = uom.round(rest / left)
        if len(hands) < left:
            return [each] * len(hands)
        return [each] * (left - 1) + [uom.round(rest - each * (left - 1))]

    def _loss(self, whole, body):
        grams = body.optional("number", "loss_grams", least=1, most=10**9) or 0
        uom = whole.product_id.uom_id
        return self._in_unit(grams, uom) if self._is_weight(uom) else 0


def _child(whole, index):
    try:
        return whole.child(index)
    except farmtag.WrongValue as error:
        raise Damaged(str(error)) from None
