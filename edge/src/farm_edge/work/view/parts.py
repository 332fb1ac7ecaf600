"""What every view has, and what several have."""

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
