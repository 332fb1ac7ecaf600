"""At home, and a farmer's card."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from typing import ClassVar

from .parts import CropLine, View, Work


@dataclass(frozen=True)
class HomeView(View):
    """Tap a card."""

    step: ClassVar[str] = "home"
    open_work: tuple[Work, ...] = ()
    may_write_bunches: bool = True
    may_split: bool = True
    may_write_cards: bool = False


class Verdict(str, enum.Enum):
    """What is to be thought of a tag."""

    GENUINE = "genuine"
    EMPTY = "empty"
    NOT_OURS = "not_ours"
    DAMAGED = "damaged"
    TOO_NEW = "too_new"
    TOO_OLD = "too_old"  # neither genuine nor forged can be said
    UNKNOWN_KEY = "unknown_key"
    UNKNOWN_CHIP = "unknown_chip"
    FORGED = "forged"
    REVOKED = "revoked"
    NOT_ALLOWED = "not_allowed"


class Standing(str, enum.Enum):
    """Whether the farmer of a card is certified, as far as is known here."""

    CERTIFIED = "certified"
    UNKNOWN = "unknown"  # farmer or certificate is not carried: synchronise
    NOT_YET = "not_yet"
    EXPIRED = "expired"
    SUSPENDED = "suspended"
    REVOKED = "revoked"
    ENDED = "ended"  # the card is over: another took its place, or it was lost
    NOT_SAID = "not_said"  # nothing on the card can be believed


def worst_of(verdict: Verdict, standing: Standing) -> Verdict | Standing:
    """What is told of a card: the tag goes before what stands on it. Who is certified
    no more hears of that, also where the device is too old to know of more."""
    is_open = standing in (Standing.CERTIFIED, Standing.UNKNOWN, Standing.NOT_SAID)
    if verdict is Verdict.GENUINE or (verdict is Verdict.TOO_OLD and not is_open):
        return standing
    return verdict


@dataclass(frozen=True)
class CardView(View):
    """A farmer's card: who, which crops, until when, or why not.

    - ``can_buy``: whether a purchase may begin; then ``notice`` says what is doubtful
    - ``is_asked``: the server is being asked, for what is not known here
    """

    step: ClassVar[str] = "card"
    verdict: Verdict = Verdict.GENUINE
    standing: Standing = Standing.CERTIFIED
    card: str = ""
    farmer: str = ""
    farmer_name: str = ""
    certificate: str = ""
    valid_from: str = ""
    valid_until: str = ""
    crops: tuple[CropLine, ...] = ()
    can_buy: bool = False
    is_asked: bool = False

    @property
    def told(self) -> Verdict | Standing:
        """What is told first."""
        return worst_of(self.verdict, self.standing)
