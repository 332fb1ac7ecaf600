"""A desk on the command line: steps are the screen's, eyes and keys are the command's.

What is to be tapped is said on standard error; nobody need answer.
"""

from __future__ import annotations

import time
from argparse import Namespace
from collections.abc import Callable
from types import TracebackType

from ..reader.watch import Watch
from ..store import Store
from ..sync import Occasion
from ..words import say
from ..work import Desk
from ..work.view import Tone, TroubleView, View
from .exits import Exit, NotDone
from .output import Output
from .place import readers_of

#: notices that end a command: somebody has to do something else first
_ENDS = frozenset({Tone.BAD, Tone.WARN})


class AtReader:
    """A desk with its readers, while a command lasts."""

    def __init__(self, wish: Namespace, store: Store, output: Output) -> None:
        self.store, self._output = store, output
        self.desk = Desk(store, ask=self._asked, goes_on=False)
        self._watch = Watch(readers_of(wish, store.settings), self.desk)
        self.desk.again = self._watch.again
        self._seconds = float(wish.seconds)
        self._said = ""

    def __enter__(self) -> AtReader:
        self.check()
        self._watch.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._watch.stop()
        self.desk.close()

    def view(self) -> View:
        """What would be on the screen."""
        return self.desk.view()

    def act(self, name: str, /, **values: str | int) -> View:
        """A button.

        :raises NotDone: if the step does not take it
        """
        self.desk.act(name, **values)
        self.check()
        return self.view()

    def until(self, is_there: Callable[[View], bool], wish: str) -> View:
        """Wait until something is to be seen; each wish has its own time.

        :param wish: a sentence: what is to be tapped
        :raises NotDone: ``TIME_OVER``, or what the step refuses
        """
        self._output.say(wish)
        end, version = time.monotonic() + self._seconds, -1
        while not is_there(self.view()):
            self.tell()
            left = end - time.monotonic()
            if left <= 0:
                raise NotDone(
                    f"Nobody tapped in time: {wish}", "time_over", Exit.TIME_OVER
                )
            version = self.desk.wait(version, min(left, 0.5))
        return self.view()

    def check(self) -> None:
        """:raises NotDone: if nothing can be done, or the step has refused"""
        view = self.view()
        if isinstance(view, TroubleView):
            is_new = view.code == "not_enrolled"
            text = say("en", f"error.{view.code}")
            exit_code = Exit.NOT_ENROLLED if is_new else Exit.FAILED
            raise NotDone(f"{text} {view.detail}".strip(), view.code, exit_code)
        if view.notice and view.notice.tone in _ENDS:
            raise NotDone(self._words(view), view.notice.key)

    def tell(self) -> None:
        """Say once what the step says; a tag that will not do is no end."""
        view = self.view()
        if view.bar.readers_lost and not view.bar.readers:
            names = ", ".join(view.bar.readers_lost)
            raise NotDone(f"No reader works: {names}.", "reader_gone", Exit.READER)
        words = self._words(view) if view.notice else ""
        if words and words != self._said:
            self._output.say(words)
        self._said = words

    def _words(self, view: View) -> str:
        notice = view.notice
        return say("en", notice.key, **notice.args) if notice else ""

    def _asked(self, occasion: Occasion) -> None:
        self._output.say(f"To be sure: farm-edge sync ({occasion.value}).")
