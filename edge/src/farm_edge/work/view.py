"""What is to be seen of a step: plain values, no sentences.

``say(language, notice.key, **notice.args)`` of ``farm_edge.words`` gives the sentence
of a notice, and ``say(language, f"{step}.…")`` what stands around the values. Weights
are grams, moments milliseconds since 1970, days ``2026-06-15``; "" and None are "not
known".
"""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import ClassVar

Plain = str | int


class Tone(str, enum.Enum):
    """How a notice is meant: its colour and its sound."""

    GOOD = "good"
    WARN = "warn"
    BAD = "bad"
    WAIT = "wait"


@dataclass(frozen=True)
class Notice:
    """Something that a person is told: a key of ``words`` and what goes into it."""

    key: str
    tone: Tone
    args: Mapping[str, Plain] = field(default_factory=dict)


class Link(str, enum.Enum):
    """How the device stands with its server."""

    NEW = "new"  # not enrolled
    UNKNOWN = "unknown"  # not looked yet
    GOOD = "good"
    AWAY = "away"  # no network, or the server does not answer
    STOPPED = "stopped"  # a person has to do something: ``Bar.link_code`` says what


@dataclass(frozen=True)
class Bar:
    """What stands above every step.

    - ``readers``, ``readers_lost``: names of those that work, and that do not
    - ``waiting``, ``refused``: how many events
    - ``synced``: when the server was heard the last time, 0 if never
    - ``is_clock_wrong``: the clock is far behind what the server has said before
    - ``is_disk_full``: there is not room for more than a day's work
    """

    device: str = ""
    readers: tuple[str, ...] = ()
    readers_lost: tuple[str, ...] = ()
    link: Link = Link.UNKNOWN
    link_code: str = ""
    waiting: int = 0
    refused: int = 0
    synced: int = 0
    is_clock_wrong: bool = False
    is_disk_full: bool = False


@dataclass(frozen=True)
class View:
    """What every step shows.

    - ``sound``: a tone's name where it was just reached, else None
    """

    step: ClassVar[str] = ""
    bar: Bar = Bar()
    notice: Notice | None = None
    sound: str | None = None


# -- the parts of views ----------------------------------------------------------------


@dataclass(frozen=True)
class Work:
    """A purchase or split that was begun and is not done.

    - ``count``: bunches or hands that are on their tags
    """

    task: int
    kind: str
    name: str
    count: int


@dataclass(frozen=True)
class Choice:
    """Something to choose: ``code`` goes into the action."""

    code: str
    name: str


@dataclass(frozen=True)
class CropLine:
    """A crop on a card; ``code`` is "" where the device does not know it."""

    code: str
    name: str
    guide: str = ""


@dataclass(frozen=True)
class Piece:
    """A bunch of a purchase, or a hand of a split.

    - ``number``: of the bunch in its purchase; of the hand on its bunch
    - ``hands``: of a bunch; 0 of a hand
    - ``is_written``: it is on its tag
    """

    number: int
    code: str
    grams: int | None = None
    hands: int = 0
    is_written: bool = False


@dataclass(frozen=True)
class Receipt:
    """What is printed of a purchase.

    - ``events``: numbers of the journal; another one begins with each enrolment
    - ``id``: of the first event, the same under every number of the device
    """

    at: int
    device: str
    farmer: str
    farmer_name: str
    certificate: str
    crop: str
    crop_name: str
    grade: str
    grade_name: str
    bunches: tuple[Piece, ...]
    grams: int
    hands: int
    events: tuple[int, ...]
    harvest_date: str = ""
    harvested_by: str = ""
    id: str = ""


@dataclass(frozen=True)
class EventLine:
    """Something that was done.

    - ``id``: of the event, the same under every number of the device
    - ``name``: of whom or what it is: a farmer's number, a code
    - ``count``: of bunches, hands or tags; ``grams`` of all
    - ``state``: ``waiting``, or what the server says: ``applied``, ``parked``,
      ``refused``, ``conflict``, ``settled``, ``forked``
    - ``reason``: the server's own words, in its language
    """

    seq: int
    at: int
    kind: str
    name: str
    count: int
    grams: int
    state: str
    reason_code: str = ""
    reason: str = ""
    id: str = ""


@dataclass(frozen=True)
class OrderLine:
    """A card that the office ordered; ``uid`` is "" for the next blank one."""

    order: int
    code: str
    farmer: str
    farmer_name: str
    certificate: str
    chip: str
    uid: str
    expires: int
    is_written: bool = False


# -- one view for each step ------------------------------------------------------------


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


@dataclass(frozen=True)
class TodayView(View):
    """What was done today, the last first; ``more`` are not shown."""

    step: ClassVar[str] = "today"
    lines: tuple[EventLine, ...] = ()
    more: int = 0
    purchases: int = 0
    bunches: int = 0
    grams: int = 0
    receipt: Receipt | None = None


@dataclass(frozen=True)
class WaitingView(View):
    """What is not sent yet, the oldest first; ``more`` are not shown."""

    step: ClassVar[str] = "waiting"
    lines: tuple[EventLine, ...] = ()
    more: int = 0


@dataclass(frozen=True)
class RefusedView(View):
    """What came back, the last first; ``more`` are not shown."""

    step: ClassVar[str] = "refused"
    lines: tuple[EventLine, ...] = ()
    more: int = 0


class OfficerStage(str, enum.Enum):
    """Where the writing of a card is."""

    ASKING = "asking"  # the server is asked for orders
    TAP = "tap"  # lay a card on the writer
    SIGNING = "signing"  # the server signs it for that chip: leave it there
    DONE = "done"


@dataclass(frozen=True)
class OfficerView(View):
    """Cards are written as the office ordered.

    - ``order``: the one at hand, None if there is none
    """

    step: ClassVar[str] = "officer"
    stage: OfficerStage = OfficerStage.ASKING
    orders: tuple[OrderLine, ...] = ()
    order: OrderLine | None = None


class EnrolStage(str, enum.Enum):
    """Where an enrolment is."""

    SERVER = "server"  # its address
    CODE = "code"  # what the office reads out
    WAIT = "wait"  # the server is asked
    DONE = "done"


@dataclass(frozen=True)
class EnrolView(View):
    """The device is taken on.

    - ``code``: as it was typed, where it may be tried again
    - ``is_anew``: it had a number before; what is not sent goes up under the new one
    - ``number``, ``name``: of the device, when it is done
    """

    step: ClassVar[str] = "enrol"
    stage: EnrolStage = EnrolStage.SERVER
    server: str = ""
    code: str = ""
    is_anew: bool = False
    number: int = 0
    name: str = ""


class SettingsStage(str, enum.Enum):
    """What is looked at, or set."""

    ALL = "all"
    PRINTER = "printer"


#: of rolls and labels that are usual; others by command line
PAPERS = ("58", "80", "60x40", "100x50")


@dataclass(frozen=True)
class SettingsView(View):
    """What the device is set to; readers are in the bar.

    - ``printer``, ``paper``: as the settings of these names
    - ``number``: of the device; ``version``: of this program
    """

    step: ClassVar[str] = "settings"
    stage: SettingsStage = SettingsStage.ALL
    printer: str = ""
    paper: str = PAPERS[0]
    papers: tuple[str, ...] = PAPERS
    server: str = ""
    number: int = 0
    version: str = ""


@dataclass(frozen=True)
class GateView(View):
    """What a gate has seen; it has no screen, whoever looks after it has one."""

    step: ClassVar[str] = "gate"
    point: str = ""
    seen: int = 0
    last: str = ""


@dataclass(frozen=True)
class TroubleView(View):
    """Nothing can be done here before somebody helps.

    - ``code``: of the error: ``store_damaged``, ``disk_full``, ``not_enrolled``, …
    - ``detail``: the sentence of the log, in English
    """

    step: ClassVar[str] = "trouble"
    code: str = ""
    detail: str = ""
