"""One look at the server: what was done goes up, then what is carried comes down."""

from __future__ import annotations

import enum
from collections.abc import Callable, Collection
from dataclasses import dataclass, field

from ..store import Store
from .client import Client, KeptClient
from .errors import Refused, SyncError
from .occasion import Occasion
from .pace import Interval, Pace
from .pull import Pull
from .push import Push, Status

#: problems that only a person ends
ENDS = frozenset(
    {"fork", "device-quarantined", "device-revoked", "device-replaced"}
    | {"unauthenticated", "bad-signature"}
)


class State(enum.Enum):
    """How a look at the server ended."""

    DONE = "all is sent, and all is here"
    LATER = "the same again after a while"
    STOPPED = "a person has to do something"
    NOT_ENROLLED = "the device has no number yet"


@dataclass
class Outcome:
    """What came of a look at the server.

    - ``sent``, ``asked_again``, ``pulled``: events and records
    - ``bytes``: of the bodies that were sent
    - ``wait``: seconds that the server says to wait, or None
    - ``code``, ``reason``: what stopped it, for the screen and for the log
    """

    state: State = State.DONE
    sent: int = 0
    asked_again: int = 0
    pulled: int = 0
    bytes: int = 0
    wait: float | None = None
    code: str = ""
    reason: str = ""
    regions: list[str] = field(default_factory=list)


class Sync:
    """The device and its server.

    :param client: by default as the settings say, made anew when they change
    :param ask_again: seconds before it is asked again what became of events that wait
        or were refused
    """

    def __init__(
        self,
        store: Store,
        client: Client | None = None,
        pace: Pace | None = None,
        status: Status = dict,
        ask_again: float = 600.0,
    ) -> None:
        self._store = store
        self._client: Callable[[], Client] = (
            KeptClient(store) if client is None else lambda: client
        )
        self._pace = pace or Pace()
        self._status = status
        self._ask_again = Interval(ask_again)
        self._regular = Interval(0.0)

    def once(self, occasions: Collection[Occasion] = (Occasion.PERSON,)) -> Outcome:
        """Push, then pull; never raises what a network or a server does.

        :param occasions: where it is but an event that is to be sent, what is carried
            is not asked for before its time
        :raises StoreError: what the disk does
        """
        outcome, me = Outcome(), self._store.identity
        if me is None:
            outcome.state = State.NOT_ENROLLED
        elif me.quarantine:
            outcome.state, outcome.code = State.STOPPED, "device-quarantined"
            outcome.reason = me.quarantine
        else:
            self._look(outcome, occasions)
        return outcome

    def _look(self, outcome: Outcome, occasions: Collection[Occasion]) -> None:
        push = None
        try:
            client = self._client()
            push = Push(self._store, client, self._pace, self._status)
            outcome.sent = push.all()
            self._regular.seconds = 60.0 * self._store.settings["minutes"]
            if set(occasions) - {Occasion.EVENT} or self._regular.is_over():
                self._pull(Pull(self._store, client), outcome)
                self._regular.begin()
            # Last: an event that the server stumbles over keeps no revocation away.
            if self._ask_again.is_over():
                outcome.asked_again = push.again()
                self._ask_again.begin()
        except SyncError as error:
            _stop(outcome, error)
        outcome.bytes = push.bytes if push else 0

    def enter(self, region: str) -> None:
        """Work in a region from now on; what is carried of others stays."""
        settings = self._store.settings
        settings["region"] = region
        regions = settings["regions"]
        if region and region not in regions:
            settings["regions"] = [*regions, region]

    def _pull(self, pull: Pull, outcome: Outcome) -> None:
        if self._is_by_region() or not self._pulled_all(pull, outcome):
            self._pull_by_region(pull, outcome)
        # Of what the device works in no more, nothing new would come.
        for scope in set(self._store.snapshot.scopes()) - set(outcome.regions):
            self._store.intake.drop(scope)

    def _pulled_all(self, pull: Pull, outcome: Outcome) -> bool:
        """Whether the device can carry all of its regions."""
        try:
            outcome.pulled += pull.region()
        except Refused as refused:
            if refused.problem != "region-too-large":
                raise
            return False
        outcome.regions.append("")
        return True

    def _pull_by_region(self, pull: Pull, outcome: Outcome) -> None:
        """A region that is not the device's any more is refused: the others still come.
        If none is, the last page of all says which they are now."""
        for region in self._regions():
            try:
                outcome.pulled += pull.region(region)
                outcome.regions.append(region)
            except Refused as refused:
                if refused.problem != "forbidden":
                    raise
        if not outcome.regions:
            outcome.pulled += pull.region()
            outcome.regions.append("")

    def _is_by_region(self) -> bool:
        scopes = self._store.snapshot.scopes()
        return bool(scopes) and "" not in scopes

    def _regions(self) -> list[str]:
        """Where all is too much: the regions that were entered, today's first."""
        settings, mine = self._store.settings, self._store.identities.needed().regions
        wanted = [settings["region"], *settings["regions"]]
        return [one for one in dict.fromkeys(wanted) if one in mine] or mine[:1]


def _stop(outcome: Outcome, error: SyncError) -> None:
    outcome.state = State.LATER
    outcome.code, outcome.reason = error.code, str(error)
    if isinstance(error, Refused):
        outcome.code, outcome.wait = error.problem, error.wait
        if error.problem in ENDS or error.retry == "never":
            outcome.state = State.STOPPED
