"""A bunch is split at the market.

1. the bunch is tapped: how many hands are left, how many are taken now
2. what comes then is in :mod:`.hands`
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import farmtag

from ..sync import Occasion
from .balance import balance_of, crop_name, grams_left, grams_over, is_too_heavy, issued
from .check import ASKS, Finding
from .hands import HandsStep
from .splitting import KIND
from .step import Around, Step, Values, WrongInput, check_allowed, void_part
from .tap import Tap
from .view import SplitStage, SplitView, Tone


class SplitStep(Step):
    """See above; nothing is kept of it before it is said how many."""

    def __init__(self, around: Around) -> None:
        super().__init__(around)
        self._balance: farmtag.Balance | None = None
        self._uid = self._message = b""

    def view(self) -> SplitView:
        """The bunch, or that one is to be tapped."""
        balance = self._balance
        if balance is None:
            return SplitView(stage=SplitStage.BUNCH)
        left = grams_left(balance)
        return SplitView(
            stage=SplitStage.COUNT,
            code=str(balance.whole.code),
            crop_name=crop_name(self.store, balance),
            pieces=balance.whole.pieces,
            left=self._left(balance),
            grams_left=None if left is None else max(left, 0),
            grams_over=0 if left is None else grams_over(balance),
        )

    def _left(self, balance: farmtag.Balance) -> int:
        """Hands that may be taken: as the tag says, or fewer as the server does."""
        known = self.store.snapshot.bunch(str(balance.whole.code))
        left = max(balance.pieces_left, 0)
        if not known or not known.get("pieces") or known.get("left") is None:
            return left
        return min(left, int(known["left"]))

    # -- the bunch --------------------------------------------------------------------

    def tap(self, tap: Tap) -> None:
        """The bunch, or another one."""
        finding = tap.finding()
        balance = balance_of(finding.reading) if finding.is_usable else None
        if finding.verdict in ASKS:
            self.around.ask(Occasion.NEWER_CARD)
        why_not = self._why_not(tap, finding, balance)
        if balance is None or why_not:
            code = str(balance.whole.code) if balance else ""
            self.say(why_not, Tone.BAD, code=code)
            return
        self._balance, self._uid, self._message = balance, tap.uid, tap.message
        if not self._left(balance):
            self.say("split.nothing_left", Tone.BAD)

    def _why_not(
        self, tap: Tap, finding: Finding, balance: farmtag.Balance | None
    ) -> str:
        """A key of ``words`` for what is not split, else nothing."""
        if balance is None:
            is_ours = finding.is_usable
            return "split.no_bunch" if is_ours else f"tag.{finding.verdict.value}"
        code = str(balance.whole.code)
        if void_part(self.store, tap):
            return "split.cancelled"
        if self._is_in_work(code):
            return "split.in_work"
        known = self.store.snapshot.bunch(code)
        return "split.on_hold" if known and known.get("is_on_hold") else ""

    def _is_in_work(self, code: str) -> bool:
        """Whether another split of it, or its purchase, is not done yet."""
        tasks = self.store.tasks
        return any(
            task.values.get("code") == code
            or any(part.values.get("code") == code for part in tasks.parts(task.id))
            for task in tasks.unfinished()
        )

    # -- how many ---------------------------------------------------------------------

    def actions(self) -> Mapping[str, Callable[[Values], Step | None]]:
        """How many, once it is known of what."""
        return {"count": self._count} if self._balance else {}

    def _count(self, values: Values) -> Step:
        check_allowed(self.store, "may_split")
        balance = self._balance
        left = self._left(balance) if balance else 0
        if balance is None or not left:
            raise WrongInput("split.nothing_left")
        code = str(balance.whole.code)
        if self._is_in_work(code):
            raise WrongInput("split.in_work", code=code)
        grams = values.several_grams("grams")
        wanted = values.number("hands", 1, left)
        if grams and len(grams) != wanted:
            raise WrongInput("split.weigh_all", hands=wanted)
        steps = list(balance.next_steps(wanted))
        issued(balance, steps, grams)
        loss = values.grams("loss_grams", 0) if values.text("loss_grams") else 0
        if is_too_heavy(balance, sum(grams), loss):
            raise WrongInput("split.too_heavy")
        kept = {"code": code, "left": left}
        kept |= {"uid": self._uid, "message": self._message}
        kept |= {"steps": steps, "grams": grams, "loss": loss}
        task = self.store.tasks.begin(KIND, kept)
        self.around.again()
        step = HandsStep(self.around, task)
        step.say("split.mark", Tone.WAIT)
        return step
