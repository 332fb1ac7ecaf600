"""The office's cards, the device itself, a gate."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from typing import ClassVar

from .parts import OrderLine, View


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
