"""What is on the device's one screen: one step at a time, for any number of threads.

Actions (``desk.act``); a number may also be given as text, as forms send it:

=========  ==========================================================================
any step   ``home``, ``language`` (language)
home       ``resume`` (task), ``farmer`` (farmer: a chain number; without a card)
card       ``buy``
purchase   ``crop`` (crop), ``grade`` (grade, "" for none), ``count`` (bunches),
           ``bunch`` (hands, grams), ``again`` (other values for the bunch at hand),
           ``more``, ``ask_harvest``, ``harvest`` (date, by), ``finish``, ``cancel``,
           ``leave_tags`` (in UNDO: the tags are not here)
split      ``count`` (hands; grams: those of each hand, with commas, or "";
           loss_grams), ``skip`` (the tag at hand is lost or broken: its number is
           not used), ``finish`` (with the hands that are on tags; loss_grams),
           ``cancel``, ``leave_tags`` (in UNDO: the bunch is not here)
retire     ``reason`` (reason)
settings   ``edit_printer``, ``printer`` (printer, paper)
enrol      ``server`` (server), ``code`` (code), ``edit`` (the server)
officer    ``refresh``, ``choose`` (order)
today      ``receipt`` (event)
waiting    ``sync``
=========  ==========================================================================

``desk.go`` knows ``home``, ``split``, ``retire``, ``today``, ``waiting``, ``refused``,
``officer``, ``enrol``, ``settings``; the others are entered by a tap or an action.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from typing import Any

from ..errors import EdgeError
from ..reader import Reader, ReaderError, Tag, TagError
from ..reader.keyboard.reader import TypedTag
from ..store import Store
from ..sync import Occasion, Outcome, State
from ..sync.client import KeptClient
from ..writing import Orders
from .card import HomeStep, resumed
from .enrol import EnrolStep
from .gate import GateStep
from .lists import RefusedStep, TodayStep, WaitingStep
from .officer import OfficerStep
from .retire import RetireStep
from .settings import SettingsStep
from .signal import NoSignal, Signal
from .split import SplitStep
from .step import Around, Step, Values, WrongInput
from .tap import Tap
from .view import Bar, HomeView, Link, Notice, Tone, TroubleView, View

log = logging.getLogger(__name__)

STEPS: dict[str, type[Step]] = {
    "home": HomeStep,
    "split": SplitStep,
    "retire": RetireStep,
    "today": TodayStep,
    "waiting": WaitingStep,
    "refused": RefusedStep,
    "officer": OfficerStep,
    "enrol": EnrolStep,
    "settings": SettingsStep,
}
LANGUAGES = ("en", "id")
#: milliseconds that the clock may be behind what the server has said
CLOCK_BEHIND = -600_000
_LINKS = {
    State.DONE: Link.GOOD,
    State.LATER: Link.AWAY,
    State.STOPPED: Link.STOPPED,
    State.NOT_ENROLLED: Link.NEW,
}


class Desk:
    """One screen, one command line, or a gate.

    It is a ``reader.watch.Listener``.

    :param ask: has the server looked at; returns at once
    :param again: has the tag that rests on a reader told of once more
    :param signal: light and sound, for a gate
    :param goes_on: begin with what the device does, or with work that is not done;
        else at home, and nothing that is open is touched
    """

    def __init__(
        self,
        store: Store,
        ask: Callable[[Occasion], None] = lambda occasion: None,
        again: Callable[[], None] = lambda: None,
        signal: Signal | None = None,
        goes_on: bool = True,
    ) -> None:
        self.store = store
        self.ask, self.again = ask, again
        self._signal = signal or NoSignal()
        self._work = threading.RLock()  # one tap or action at a time
        self._change = threading.Condition()
        self._version = 0
        self._view: View = HomeView()
        self._readers: dict[str, bool] = {}
        self._outcome: Outcome | None = None
        self._client = KeptClient(store)
        self._around = Around(
            store,
            Orders(),
            lambda occasion: self.ask(occasion),
            self._later,
            lambda: self.again(),
            self._show,
            self._client,
        )
        self._is_guest = not goes_on
        is_gate = goes_on and store.settings["mode"] == "gate"
        #: counts, whatever is looked at on its page
        self._gate = GateStep(self._around, self._signal) if is_gate else None
        self._step = self._first() if goes_on else self._home()
        self._show()

    def _home(self) -> Step:
        return self._gate or HomeStep(self._around)

    def _first(self) -> Step:
        """What a device begins with: work that is not done, else home."""
        if self._gate:
            return self._gate
        if self.store.identity is None:
            return EnrolStep(self._around)
        unfinished = self.store.tasks.unfinished()
        if len(unfinished) == 1:
            return resumed(self._around, unfinished[0].id)
        return self._home()

    # -- what is to be seen -----------------------------------------------------------

    @property
    def version(self) -> int:
        """Grows with each change of the view."""
        return self._version

    def view(self) -> View:
        """What is to be seen now; never waits for a reader, the disk or a network."""
        return self._view

    def wait(self, version: int, seconds: float) -> int:
        """Wait until there is another version than this one, or the time is over.

        :return: the version then
        """
        with self._change:
            self._change.wait_for(lambda: self._version != version, seconds)
            return self._version

    def _show(self, sound: str | None = None) -> None:
        view = replace(
            self._seen(), bar=self._bar(), notice=self._step.notice, sound=sound
        )
        with self._change:
            self._view = view
            self._version += 1
            self._change.notify_all()

    def _seen(self) -> View:
        trouble = None if isinstance(self._step, EnrolStep) else self._trouble()
        return trouble or self._step.view()

    def _trouble(self) -> TroubleView | None:
        me = self.store.identity
        if me is None:
            return TroubleView(code="not_enrolled")
        if me.quarantine:
            return TroubleView(code="quarantined", detail=me.quarantine)
        return None

    def _bar(self) -> Bar:
        me, outcome = self.store.identity, self._outcome
        link = _LINKS[outcome.state] if outcome else Link.UNKNOWN
        return Bar(
            device=str(me.description.get("name") or me.number) if me else "",
            readers=tuple(name for name, works in self._readers.items() if works),
            readers_lost=tuple(n for n, works in self._readers.items() if not works),
            link=link if me else Link.NEW,
            link_code=outcome.code if outcome else "",
            waiting=self.store.journal.waiting(),
            refused=self.store.journal.back(),
            synced=self.store.clock.heard(),
            is_clock_wrong=self.store.clock.ahead() < CLOCK_BEHIND,
            is_disk_full=not self.store.has_room(),
        )

    # -- what happens -----------------------------------------------------------------

    def tap(self, reader: Reader, tag: Tag) -> None:
        """A tag came; called by the thread of its reader, while the tag lies there.

        :raises TagError: it could not be worked with, as the view says
        :raises ReaderError: the reader could not
        """
        with self._told():
            if self._trouble() is None:
                self._tap(Tap(self.store, self._around.orders, reader, tag))

    def _tap(self, tap: Tap) -> None:
        is_typed = isinstance(tap.tag, TypedTag)
        step = self._gate or self._step
        if not is_typed and tap.is_unsettled():
            tap.settle()
            step.settled(tap)
        elif not is_typed and step.is_at_end and tap.is_card():
            self._become(self._home().tap(tap))
        else:
            self._become(step.tap(tap))
        self._leave_if_over()

    def act(self, name: str, /, **values: Any) -> None:
        """A button or key; what is not meant for the step changes nothing but the
        notice."""
        with self._told():
            if name == "home":
                self._become(self._home())
            elif name == "language":
                self._speak(Values(values).text("language"))
            else:
                self._act(name, Values(values))

    def turn(self) -> AbstractContextManager[object]:
        """Nothing else is done at the desk as long as one has it."""
        return self._work

    def _act(self, name: str, values: Values) -> None:
        action = self._step.actions().get(name)
        is_barred = self._trouble() and not isinstance(self._step, EnrolStep)
        if action is None or is_barred:
            raise WrongInput("act.not_here")
        self._become(action(values))
        self._leave_if_over()

    def _speak(self, language: str) -> None:
        if language not in LANGUAGES:
            raise WrongInput("input.language")
        self.store.settings["language"] = language

    def go(self, step_name: str) -> None:
        """Another step; what was begun stays open, see ``HomeView.open_work``."""
        with self._told():
            if step_name not in STEPS:
                raise WrongInput("act.not_here")
            is_home = step_name == "home"
            self._become(self._home() if is_home else STEPS[step_name](self._around))

    def _become(self, step: Step | None) -> None:
        if step is not None and step is not self._step:
            if self._step is not self._gate:
                self._step.leave()
            self._step = step

    def _leave_if_over(self) -> None:
        """Go home where nothing is left to be done or seen."""
        if self._step.is_over:
            notice = self._step.notice
            self._become(self._home())
            self._step.notice = notice

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Do something, tell what went wrong, and show what it has become."""
        with self._work:
            self._step.notice = None
            try:
                yield
            except (TagError, ReaderError) as error:
                self._step.blame(error)
                raise
            except EdgeError as error:
                if not isinstance(error, WrongInput):
                    log.error("%s: %s", error.code, error)
                self._step.blame(error)
            except Exception:  # whatever it is, the next tag has to be bought
                log.exception("what was done at the desk failed")
                self._step.blame(EdgeError())
            finally:
                notice = self._step.notice
                self._try_to_show(notice.tone.value if notice else None)

    def _try_to_show(self, sound: str | None = None) -> None:
        """A disk that fails while it is looked at is told, and not raised."""
        try:
            self._show(sound)
        except EdgeError as error:
            log.error("%s: %s", error.code, error)
            self._show_error(error)
        except Exception:  # a record that nobody thought of: there is a way home
            log.exception("what is to be seen could not be made")
            self._show_error(EdgeError())

    def _show_error(self, error: EdgeError) -> None:
        notice = Notice(f"error.{error.code}", Tone.BAD)
        with self._change:
            self._view = replace(self._view, notice=notice, sound="bad")
            self._version += 1
            self._change.notify_all()

    # -- the network ------------------------------------------------------------------

    def synced(self, outcome: Outcome) -> None:
        """The server was looked at; called by the thread that did."""
        self._outcome = outcome
        self.refresh()

    def tick(self) -> None:
        """Time has passed: what lies at a gate for long enough counts."""
        with self._work:
            if self._gate and self._gate.is_waiting:
                self._refresh(self._gate)

    def refresh(self) -> None:
        """Look at the store anew."""
        with self._work:
            self._refresh(self._step)

    def _refresh(self, step: Step) -> None:
        before = self._step.notice
        try:
            step.refresh()
        except EdgeError as error:
            self._step.blame(error)
        notice = self._step.notice
        is_new = notice is not None and notice != before
        self._try_to_show(notice.tone.value if notice and is_new else None)

    def _later(
        self, step: Step, job: Callable[[], Any], then: Callable[[Any], None]
    ) -> None:
        """Do a job in a thread of its own, and tell the step, if it is still there."""

        def run() -> None:
            try:
                answer: Any = job()
            except EdgeError as error:
                answer = error
            except Exception:  # the step has to hear of it all the same
                log.exception("what was asked of the server failed")
                answer = EdgeError("The server could not be asked: see the log.")
            with self._work:
                if step is self._step:
                    with self._told():
                        then(answer)

        threading.Thread(target=run, name="later", daemon=True).start()

    # -- readers ----------------------------------------------------------------------

    def tag_came(self, reader: Reader, tag: Tag) -> None:
        """As :meth:`tap`."""
        self.tap(reader, tag)

    def tag_left(self, reader: Reader, uid: bytes) -> None:
        """The tag lies there no more."""
        with self._work:
            before = self._step.notice
            try:
                (self._gate or self._step).left(uid)
            except EdgeError as error:  # a full disk: it is told when that is over
                log.error("%s: %s", error.code, error)
                self._step.blame(error)
            if self._step.notice is not before:
                self._try_to_show()

    def tag_refused(self, reader: Reader, error: TagError) -> None:
        """What lies there cannot be worked with."""
        with self._told():
            self._step.blame(error)

    def reader_lost(self, reader: Reader, error: ReaderError) -> None:
        """The reader is not there; it is looked for."""
        log.warning("%s", error)
        self._note(reader, False)

    def reader_found(self, reader: Reader) -> None:
        """The reader is there."""
        log.info("reader %s works", reader.name)
        self._note(reader, True)

    def _note(self, reader: Reader, works: bool) -> None:
        with self._work:
            self._readers[reader.name] = works
            self._try_to_show()

    def close(self) -> None:
        """End; what was begun stays as it is. A command that gives up before the first
        tag leaves nothing open."""
        with self._work:
            if self._is_guest:
                self._step.leave()
            if self._gate:
                self._gate.leave()
            self._client.close()
        self._signal.close()
