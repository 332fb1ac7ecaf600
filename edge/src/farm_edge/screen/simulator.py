"""The virtual reader on the page: a tag is tapped by a click."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass

import ndef
from farmtag import Chip

from ..reader.errors import Garbled
from ..reader.layout import message_in
from ..virtual.process import Remote

#: of NXP, as those on the market
_NXP = b"\x04"
#: bytes of a Type 2 tag before its data area
_HEAD = 16
KINDS = (Chip.NTAG213, Chip.NTAG215, Chip.NTAG216)


@dataclass(frozen=True)
class SimulatedTag:
    """A tag that may lie on the virtual reader.

    - ``text``: what it says for people, "" if it is blank
    """

    name: str
    chip: str
    uid: str
    text: str
    lies: bool


class Simulator:
    """What is done to the virtual field, as a hand would."""

    def __init__(self, field: Remote) -> None:
        self._field = field

    def tags(self) -> list[SimulatedTag]:
        """All tags that there are. :raises FieldError: if the field is not there"""
        state = self._field.state()
        lying = set(state["lying"])
        return [
            SimulatedTag(name, chip, uid.upper(), self._text(name), name in lying)
            for name, (chip, uid) in state["chips"].items()
        ]

    def perform(self, form: Mapping[str, str]) -> None:
        """Do what a form says; what is not there is not done.

        :raises FieldError: if the field is not there
        """
        state = self._field.state()
        name = form.get("name", "")
        if form.get("do") == "tap" and name in state["chips"]:
            self._field.swap(name)
        elif form.get("do") == "take":
            for lying in state["lying"]:
                self._field.take(lying)
        elif form.get("do") == "make":
            self._make(form.get("chip", ""), len(state["chips"]))

    def _make(self, chip: str, count: int) -> None:
        kinds = {kind.name: kind for kind in KINDS}
        if chip in kinds:
            uid = _NXP + secrets.token_bytes(6)
            self._field.make(f"{chip} {count + 1}", kinds[chip], uid)

    def _text(self, name: str) -> str:
        try:
            message = message_in(self._field.memory(name)[_HEAD:]) or b""
            records = list(ndef.message_decoder(message))
        except (Garbled, ndef.DecodeError):
            return "?"
        texts = [one.text for one in records if isinstance(one, ndef.TextRecord)]
        return str(texts[0]) if texts else "…" if records else ""
