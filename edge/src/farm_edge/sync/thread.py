"""Looks at the server in its own time: no tap waits for a network."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable

from ..store import Store, StoreError
from .network import has_way_out
from .occasion import Occasion
from .pace import Backoff
from .sync import Outcome, State, Sync

_logger = logging.getLogger(__name__)
#: seconds from one look at the machine's own tables to the next
GLANCE = 2.0
#: seconds after which a person's matter is tried again by itself
AFTER_STOP = 3_600.0
_MINUTE = 60.0
#: what does not wait until the back-off is over
AT_ONCE = frozenset(Occasion) - {Occasion.EVENT}
PERSONS = frozenset({Occasion.PERSON})


class SyncThread(threading.Thread):
    """Looks at the server when there is an occasion.

    It has a connection of its own to the store, and holds no transaction while it
    waits for the network.

    :param sync: what is done
    :param tell: called with each outcome, by this thread
    """

    def __init__(
        self,
        store: Store,
        sync: Sync,
        tell: Callable[[Outcome], None] | None = None,
        backoff: Backoff | None = None,
        way_out: Callable[[], bool] = has_way_out,
    ) -> None:
        super().__init__(name="sync", daemon=True)
        self._store = store
        self._sync = sync
        self._tell = tell or (lambda outcome: None)
        self._backoff = backoff or Backoff()
        self._way_out = way_out
        self._change = threading.Condition()
        self._wanted: set[Occasion] = {Occasion.FIRST_USE}
        self._is_over = False
        self._enrolment: int | None = None
        #: what came of the last look, or None before the first
        self.last: Outcome | None = None
        store.journal.listeners.append(self._event)

    def ask(self, occasion: Occasion) -> None:
        """Have it look as soon as it can; returns at once."""
        with self._change:
            self._wanted.add(occasion)
            self._change.notify()

    def stop(self, patience: float = 5.0) -> None:
        """End it; a request that is under way is left, and sent again another time."""
        with self._change:
            self._is_over = True
            self._change.notify()
        if self.is_alive():
            self.join(patience)
        if self._event in self._store.journal.listeners:
            self._store.journal.listeners.remove(self._event)

    def _event(self) -> None:
        self.ask(Occasion.EVENT)

    def run(self) -> None:
        pause = 0.0
        while (occasions := self._wait(pause)) is not None:
            pause = self._look(occasions)

    def _look(self, occasions: set[Occasion]) -> float:
        """Look once; gives the seconds until the next time."""
        try:
            self._enrolment = self._current_enrolment()
            self.last = outcome = self._sync.once(occasions)
            self._store.database.tidy()
            pause = self._pause(outcome)
            if outcome.reason:
                _logger.info("%s; again in %.0f s", outcome.reason, pause)
            self._tell(outcome)
        except StoreError as error:  # a full disk: what waits, waits
            _logger.error("The store failed while the server was looked at: %s", error)
            return self._backoff.next()
        except Exception:  # whatever it is, tomorrow's purchases have to go up
            _logger.exception("The look at the server failed")
            return self._backoff.next()
        return pause

    def _pause(self, outcome: Outcome) -> float:
        if outcome.state is State.LATER:
            return self._backoff.next(outcome.wait)
        self._backoff.reset()
        if outcome.state is State.DONE:
            return max(float(self._store.settings["minutes"]), 1.0) * _MINUTE
        return AFTER_STOP

    def _wait(self, pause: float) -> set[Occasion] | None:
        """Wait for occasions; None when it is over."""
        end, had_way_out = time.monotonic() + pause, self._way_out()
        with self._change:
            while not self._is_over and not self._is_called():
                left = end - time.monotonic()
                if left <= 0:
                    break
                self._change.wait(min(left, GLANCE))
                has_way_out = self._way_out()
                if has_way_out and not had_way_out:
                    self._backoff.reset()
                    self._wanted.add(Occasion.NETWORK)
                had_way_out = has_way_out
                if self._is_enrolled_anew():
                    self._wanted.add(Occasion.FIRST_USE)
            wanted, self._wanted = self._wanted, set()
            return None if self._is_over else wanted or {Occasion.REGULAR}

    def _current_enrolment(self) -> int | None:
        me = self._store.identity
        return me.chain if me else None

    def _is_enrolled_anew(self) -> bool:
        """Whether somebody has enrolled the device meanwhile, in another process."""
        try:
            return self._current_enrolment() != self._enrolment
        except StoreError:  # the next look tells of it
            return False

    def _is_called(self) -> bool:
        """Whether one of the occasions does not wait: what the server has said to wait
        only a person shortens; a failure shortens whatever a tap needs."""
        if self.last is None or self.last.state is State.DONE:
            return bool(self._wanted)
        told = self.last.wait is not None
        return bool(self._wanted & (PERSONS if told else AT_ONCE))
