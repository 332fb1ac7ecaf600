"""A gate: tags pass, nobody taps.

1. a tag that comes is read; what it says counts only if it is genuine
2. when it has lain there for the dwell time, or when it leaves, it is an event
3. the same tag within the quiet time is not told again

A tag is told to people (light, sound) when its event is on the disk, never before.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import farmtag

from ..reader import TagError
from ..reader.keyboard.reader import TypedTag
from ..reader.keyboard.typed import Kind
from .signal import Signal
from .step import Around, Step
from .tap import Tap
from .view import GateView, Tone

KIND = "read"


@dataclass
class Sight:
    """A tag that lies there; moments in milliseconds."""

    named: dict[str, Any]
    tone: Tone
    first: int
    is_told: bool = False
    left: int | None = None


class GateStep(Step):
    """See above; settings ``point``, ``dwell_ms`` and ``quiet_s``."""

    def __init__(self, around: Around, signal: Signal) -> None:
        super().__init__(around)
        settings = self.store.settings
        self._point: str = settings["point"]
        self._dwell: int = settings["dwell_ms"]
        self._quiet: int = settings["quiet_s"] * 1_000
        self._signal = signal
        self._here: dict[bytes, Sight] = {}
        self._last: dict[bytes, int] = {}
        self._seen, self._name = 0, ""

    def view(self) -> GateView:
        """How many were seen."""
        return GateView(point=self._point, seen=self._seen, last=self._name)

    def tap(self, tap: Tap) -> None:
        """A tag came."""
        now = self.store.clock.now()
        self._forget(now)
        if tap.uid in self._last:
            self._last[tap.uid] = now
            return
        self._here[tap.uid] = Sight(*_named(tap), first=now)
        self._tell_due(now)

    def left(self, uid: bytes) -> None:
        """It is away: too short or not, it was seen."""
        sight = self._here.get(uid)
        now = self.store.clock.now()
        if sight and not sight.is_told:
            sight.left = now  # until it is on the disk, it is not forgotten
            self._tell(uid, sight, now)
        self._here.pop(uid, None)
        if uid in self._last:
            self._last[uid] = now

    def refresh(self) -> None:
        """Time has passed."""
        self._tell_due(self.store.clock.now())

    def leave(self) -> None:
        """What lies there was seen, too."""
        for uid in list(self._here):
            self.left(uid)

    @property
    def is_waiting(self) -> bool:
        """Whether a tag lies there that may count soon."""
        return any(not sight.is_told for sight in self._here.values())

    def _tell_due(self, now: int) -> None:
        for uid, sight in list(self._here.items()):
            if sight.left is not None:
                self._tell(uid, sight, sight.left)
                del self._here[uid]
            elif not sight.is_told and abs(now - sight.first) >= self._dwell:
                self._tell(uid, sight, now)

    def _tell(self, uid: bytes, sight: Sight, now: int) -> None:
        last = max(now, sight.first)
        tag = sight.named | {"first": sight.first, "last": last}
        where = {"point": self._point} if self._point else {"antenna": 0}
        self.store.journal.append(KIND, {"at": last, "tags": [tag]} | where)
        sight.is_told, self._last[uid] = True, now
        self._seen += 1
        self._name = str(sight.named.get("code") or uid.hex().upper())
        tone = sight.tone if now - sight.first >= self._dwell else Tone.WAIT
        self._signal.show(tone)
        self.say(f"gate.{tone.value}", tone, name=self._name)

    def _forget(self, now: int) -> None:
        # A clock that was put back would keep a tag silent until that moment.
        recent = {u: at for u, at in self._last.items() if abs(now - at) < self._quiet}
        self._last = recent | {u: now for u in self._here if u in self._last}


def _named(tap: Tap) -> tuple[dict[str, Any], Tone]:
    """What a tag says of itself, and how that is shown."""
    if isinstance(tap.tag, TypedTag):
        typed = tap.tag.typed
        names = {Kind.UID: "uid", Kind.EPC: "epc"}
        if typed.kind in names:
            return {names[typed.kind]: typed.value}, Tone.GOOD
        name = "code" if typed.kind is Kind.CODE else "epc"
        return {name: typed.text}, Tone.GOOD
    try:
        finding = tap.finding()
    except TagError as error:
        if error.code != "kind":
            raise
        return {"uid": tap.uid}, Tone.WARN
    payload = finding.reading.payload if finding.reading else None
    if isinstance(payload, (farmtag.Container, farmtag.Unit)):
        tone = Tone.GOOD if finding.is_usable else Tone.BAD
        return {"uid": tap.uid, "code": str(payload.code)}, tone
    return {"uid": tap.uid}, Tone.WARN
