"""A purchase, a split, and a tag that is taken off."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from typing import ClassVar

from .parts import Choice, Piece, Receipt, View

#: who may have harvested; keys of ``words``: ``harvester.<one>``
HARVESTERS = ("farmer", "collector", "standing_crop_buyer")


class PurchaseStage(str, enum.Enum):
    """Where a purchase is."""

    CROP = "crop"
    GRADE = "grade"
    COUNT = "count"  # how many bunches
    HARVEST = "harvest"  # when, and by whom
    BUNCH = "bunch"  # hands and weight of the next one
    TAG = "tag"  # tap its tag
    REVIEW = "review"
    UNDO = "undo"  # tap the tags of the cancelled purchase, to have them blank
    DONE = "done"


@dataclass(frozen=True)
class PurchaseView(View):
    """A purchase.

    - ``wanted``: how many bunches there are to be; ``number``: of the one at hand
    - ``hands``, ``bunch_grams``: of the one at hand, in ``TAG``
    - ``bunches``: those on their tags; in ``UNDO`` those whose tag is not blank yet
    - ``is_unsure``: the tag of the one at hand was begun: tap it again, or another
    - ``today``: the day where the device is
    - ``harvest_date``, ``harvested_by``: today and the farmer, as long as nobody says
      something else; ``days``: to choose from, today first
    - ``cap``: bunches of the crop that the card says at most, 0 if it does not;
      ``known``: those bought before, as far as that is known here
    """

    step: ClassVar[str] = "purchase"
    task: int = 0
    stage: PurchaseStage = PurchaseStage.CROP
    farmer: str = ""
    farmer_name: str = ""
    certificate: str = ""
    crops: tuple[Choice, ...] = ()
    grades: tuple[Choice, ...] = ()
    crop: str = ""
    crop_name: str = ""
    grade: str = ""
    grade_name: str = ""
    wanted: int = 0
    number: int = 0
    hands: int = 0
    bunch_grams: int = 0
    bunches: tuple[Piece, ...] = ()
    grams: int = 0
    is_unsure: bool = False
    today: str = ""
    harvest_date: str = ""
    harvested_by: str = HARVESTERS[0]
    days: tuple[str, ...] = ()
    cap: int = 0
    known: int = 0
    receipt: Receipt | None = None

    @property
    def is_over_cap(self) -> bool:
        """Whether it is more than the card says: that is bought with a note."""
        count = self.known + max(self.wanted, len(self.bunches))
        return 0 < self.cap < count


class SplitStage(str, enum.Enum):
    """Where a split is."""

    BUNCH = "bunch"  # tap the bunch
    COUNT = "count"  # how many hands
    MARK = "mark"  # tap the bunch again: the numbers are written on it
    HANDS = "hands"  # tap a tag for each
    UNDO = "undo"  # tap the bunch: the numbers are taken back
    DONE = "done"


@dataclass(frozen=True)
class SplitView(View):
    """A bunch is split.

    - ``pieces``, ``left``: hands of the bunch, and those not taken before this split
    - ``grams_left``: of the bunch without the hands taken now; None if the bunch, or
      hands that were taken, were not weighed. Hands that weigh up to ``grams_over``
      more are taken all the same, as no scale is exact
    - ``wanted``: how many are taken now; ``number``: of the hand at hand
    - ``hands``: those on their tags
    - ``is_unsure``: the tag at hand was begun: tap it again, or another
    """

    step: ClassVar[str] = "split"
    task: int = 0
    stage: SplitStage = SplitStage.BUNCH
    code: str = ""
    crop_name: str = ""
    pieces: int = 0
    left: int = 0
    grams_left: int | None = None
    grams_over: int = 0
    wanted: int = 0
    number: int = 0
    hands: tuple[Piece, ...] = ()
    is_unsure: bool = False


class RetireStage(str, enum.Enum):
    """Where a retirement is."""

    TAP = "tap"
    REASON = "reason"
    MARK = "mark"  # tap it again: it becomes blank
    DONE = "done"


#: keys of ``words``: ``retire.reason.<one>``
REASONS = ("taken_off", "broken", "empty", "mistake")


@dataclass(frozen=True)
class RetireView(View):
    """A tag is taken off and becomes blank."""

    step: ClassVar[str] = "retire"
    stage: RetireStage = RetireStage.TAP
    code: str = ""
    reasons: tuple[str, ...] = REASONS
