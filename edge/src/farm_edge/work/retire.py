"""A tag is taken off: it becomes blank, and the server is told."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import farmtag

from ..reader import TagLocked, TagUnsuitable
from ..store.tasks import OPEN, UNDO
from .purposes import retired
from .step import Around, Step, Values, WrongInput, clear_void
from .tap import Tap
from .view import REASONS, RetireStage, RetireView, Tone, Verdict

#: nothing of ours stands there, or nobody can say what
_UNREADABLE = frozenset({Verdict.DAMAGED, Verdict.FORGED, Verdict.UNKNOWN_KEY})


class RetireStep(Step):
    """1. tap  2. why  3. tap again, if it does not lie there any more"""

    def __init__(self, around: Around) -> None:
        super().__init__(around)
        self._stage = RetireStage.TAP
        self._uid, self._code, self._reason = b"", "", ""

    def view(self) -> RetireView:
        """Where it is."""
        return RetireView(stage=self._stage, code=self._code or self._uid.hex().upper())

    def actions(self) -> Mapping[str, Callable[[Values], Step | None]]:
        """Say why."""
        return {"reason": self._why} if self._stage is RetireStage.REASON else {}

    def _why(self, values: Values) -> None:
        if values.text("reason") not in REASONS:
            raise WrongInput("retire.why")
        self._reason = values.text("reason")
        self._stage = RetireStage.MARK
        self.say("retire.mark", Tone.WAIT)
        self.around.again()

    def tap(self, tap: Tap) -> None:
        """The tag that is taken off."""
        if self._stage is not RetireStage.MARK:
            self._choose(tap)
        elif tap.uid != self._uid:
            self.say("retire.other_tag", Tone.WAIT)
        else:
            self._clear(tap)

    def _choose(self, tap: Tap) -> None:
        finding = tap.finding()
        payload = finding.reading.payload if finding.reading else None
        if isinstance(payload, farmtag.FarmerCard):
            self.say("tag.is_card", Tone.BAD)
        elif payload is None and finding.verdict not in _UNREADABLE:
            self.say(f"tag.{finding.verdict.value}", Tone.WAIT)
        elif clear_void(self.store, tap):
            self.say("home.cleared", Tone.GOOD)
        elif self._is_in_work(tap.uid):
            self.say("retire.in_work", Tone.BAD)
        else:
            self._uid, self._code = tap.uid, str(payload.code) if payload else ""
            self._stage = RetireStage.REASON

    def _is_in_work(self, uid: bytes) -> bool:
        found = self.store.tasks.parts_on(uid)
        return any(t.state in (OPEN, UNDO) and p.is_wanted for t, p in found)

    def _clear(self, tap: Tap) -> None:
        try:
            tap.write(b"", f"retire {self._reason} {self._code}".strip())
            self.say("retire.done", Tone.GOOD)
        except (TagLocked, TagUnsuitable):
            # It cannot become blank; that it is taken off counts all the same.
            body = retired(self.store, tap.uid, self._code, self._reason)
            self.store.journal.append("retire", body)
            self.say("retire.kept", Tone.WARN)
        self._stage = RetireStage.DONE

    def settled(self, tap: Tap) -> None:
        """What was begun is done; only the tag at hand is certainly blank by that."""
        if self._stage is RetireStage.MARK and tap.uid == self._uid:
            self._stage = RetireStage.DONE
            self.say("retire.done", Tone.GOOD)
        else:
            super().settled(tap)
