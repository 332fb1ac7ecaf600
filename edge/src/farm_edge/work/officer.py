"""Farmers' cards are written as the office ordered.

1. the server is asked for orders
2. a card is laid on the writer; the server signs it for that chip
3. it is written, compared, and told

The network is waited for in a thread of its own; the card stays where it is.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import farmtag

from ..errors import EdgeError
from ..reader import TagUnsuitable
from ..sync import CardOrder, cards
from .step import Around, Step, Values, WrongInput, check_allowed
from .tap import Tap
from .view import OfficerStage, OfficerView, OrderLine, Tone, Verdict

PURPOSE = "card"


class OfficerStep(Step):
    """See above."""

    def __init__(self, around: Around) -> None:
        super().__init__(around)
        check_allowed(self.store, "may_write_cards")
        self._stage = OfficerStage.ASKING
        self._orders: list[CardOrder] = []
        self._written: set[int] = set()
        self._chosen: int | None = None
        self._signed: CardOrder | None = None
        self._is_left = False  # a card was laid there while the orders were asked for
        self._ask()

    def view(self) -> OfficerView:
        """Orders, and the one at hand."""
        order = self._order()
        return OfficerView(
            stage=self._stage,
            orders=tuple(self._line(one) for one in self._orders),
            order=self._line(order) if order else None,
        )

    def _line(self, order: CardOrder) -> OrderLine:
        farmer = self.store.snapshot.farmer(order.farmer) or {}
        return OrderLine(
            order=order.order,
            code=order.code,
            farmer=order.farmer,
            farmer_name=farmer.get("name") or "",
            certificate=order.certificate,
            chip=order.chip,
            uid=order.uid.hex().upper(),
            expires=order.expires,
            is_written=order.order in self._written,
        )

    def _order(self) -> CardOrder | None:
        """The one that was chosen, else the first that waits."""
        now = self.store.clock.now()
        open_ = [
            one
            for one in self._orders
            if one.order not in self._written and one.expires > now
        ]
        chosen = (one for one in open_ if one.order == self._chosen)
        return next(chosen, open_[0] if open_ else None)

    # -- what a person does -----------------------------------------------------------

    def actions(self) -> Mapping[str, Callable[[Values], Step | None]]:
        """Ask again, or take another order first."""
        return {"refresh": self._refresh, "choose": self._choose}

    def _refresh(self, values: Values) -> None:
        self._ask()

    def _choose(self, values: Values) -> None:
        number = values.number("order", 1, 2**53)
        if number not in {one.order for one in self._orders}:
            raise WrongInput("officer.no_order")
        self._chosen, self._signed = number, None
        self._stage = OfficerStage.TAP
        self.around.again()

    # -- the server -------------------------------------------------------------------

    def _ask(self) -> None:
        store, client = self.store, self.around.client
        self._stage, self._is_left = OfficerStage.ASKING, False
        self.around.later(self, lambda: cards.orders(store, client()), self._told)

    def _told(self, answer: list[CardOrder] | EdgeError) -> None:
        self._stage = OfficerStage.TAP
        if isinstance(answer, EdgeError):
            self.blame(answer)
            return
        self._orders = answer
        if not answer:
            self.say("officer.none", Tone.WAIT)
        elif self._is_left or not self._written:
            self.around.again()  # but not for a card that is written and still there

    def _sign(self, order: CardOrder, tap: Tap, chip: farmtag.Chip) -> None:
        store, client, uid = self.store, self.around.client, tap.uid
        self._stage = OfficerStage.SIGNING
        self.say("officer.signing", Tone.WAIT)
        self.around.later(
            self,
            lambda: cards.sign(store, client(), order.order, uid, chip.name),
            self._told_signed,
        )

    def _told_signed(self, answer: CardOrder | EdgeError | None) -> None:
        self._stage = OfficerStage.TAP
        if isinstance(answer, EdgeError):
            self.blame(answer)
        elif answer is None:
            self.say("officer.over", Tone.WARN)
            self._ask()
        else:
            self._signed = answer
            self.say("officer.again", Tone.WAIT)
            self.around.again()

    # -- the card ---------------------------------------------------------------------

    def tap(self, tap: Tap) -> None:
        """A card that is to be written, or that was signed for."""
        order, signed = self._order(), self._signed
        if self._stage in (OfficerStage.ASKING, OfficerStage.SIGNING):
            self._is_left = True
            self.say("officer.wait", Tone.WAIT)
        elif order is None:
            self.say("officer.none", Tone.WAIT)
        elif signed and signed.uid == tap.uid and signed.order == order.order:
            self._write(tap, signed)
        elif self._may_become_card(tap, order):
            self._check_time_and_sign(tap, order)

    def _may_become_card(self, tap: Tap, order: CardOrder) -> bool:
        """A blank, or a card: whose that may be, the server says."""
        if order.uid and order.uid != tap.uid:
            self.say("officer.other_card", Tone.WAIT, uid=order.uid.hex().upper())
            return False
        finding = tap.finding()
        payload = finding.reading.payload if finding.reading else None
        if finding.verdict is Verdict.EMPTY or isinstance(payload, farmtag.FarmerCard):
            return True
        if payload is None:
            self.say(f"tag.{finding.verdict.value}", Tone.BAD)
        else:
            self.say("tag.in_use", Tone.BAD)
        return False

    def _check_time_and_sign(self, tap: Tap, order: CardOrder) -> None:
        if tap.chip is None:
            raise TagUnsuitable("kind", "This is no chip of ours: take another card.")
        self._signed = None
        self._sign(order, tap, tap.chip)

    def _write(self, tap: Tap, signed: CardOrder) -> None:
        self.say("tag.writing", Tone.WAIT)
        self.around.show()
        tap.write(signed.message, f"{PURPOSE} {signed.order}")
        self._done(signed.order)

    def settled(self, tap: Tap) -> None:
        """A card that was begun is done."""
        signed = self._signed
        if signed and signed.uid == tap.uid:
            self._done(signed.order)
        else:
            super().settled(tap)

    def _done(self, order: int) -> None:
        self._written.add(order)
        self._signed, self._chosen = None, None
        self._stage = OfficerStage.TAP if self._order() else OfficerStage.DONE
        self.say("officer.done", Tone.GOOD)
