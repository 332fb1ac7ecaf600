"""What every step is: a small machine that taps and actions move on."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import farmtag

from ..errors import EdgeError
from ..store import Store
from ..store.tasks import DROPPED, purpose_of
from ..sync import Client, Occasion
from ..writing import Orders
from .tap import Tap
from .view import Notice, Plain, Tone, View

#: errors that pass by themselves, or by tapping again
PASSING = frozenset(
    {"tag_gone", "garbled", "not_stored", "two_tags", "store_busy", "unreachable"}
)


#: grams of one bunch, hand or loss
MOST_GRAMS = 1_000_000
NUMBER = re.compile(r"[0-9]{1,18}", re.ASCII)


class WrongInput(EdgeError):
    """What was typed or asked for cannot be; ``code`` is a key of ``words``."""

    def __init__(self, code: str, /, **args: Plain) -> None:
        super().__init__(f"{code} {args}")
        self.code, self.args_ = code, args


@dataclass
class Around:
    """What steps work with.

    - ``ask``: the server is to be looked at; returns at once
    - ``later``: for a step a job in a thread of its own, and what is done with its
      value, or with its :class:`EdgeError`, when the step is still there
    - ``again``: the tag that rests on the reader is told of once more
    - ``show``: the view as it is now, in the middle of something
    """

    store: Store
    orders: Orders
    ask: Callable[[Occasion], None]
    later: Callable[[Step, Callable[[], Any], Callable[[Any], None]], None]
    again: Callable[[], None]
    show: Callable[[], None]
    client: Callable[[], Client]


class Values:
    """What came with an action, typed."""

    def __init__(self, values: Mapping[str, Any]) -> None:
        self._values = values

    def number(self, name: str, least: int, most: int) -> int:
        """:raises WrongInput: ``input.number``"""
        text = str(self._values.get(name, "")).strip()
        value = int(text) if NUMBER.fullmatch(text) else least - 1
        if not least <= value <= most:
            raise WrongInput("input.number", least=least, most=most)
        return value

    def grams(self, name: str, least: int = 1) -> int:
        """A weight; people type it in kilograms.

        :raises WrongInput: ``input.weight``
        """
        try:
            return self.number(name, least, MOST_GRAMS)
        except WrongInput:
            raise WrongInput("input.weight", most=MOST_GRAMS // 1_000) from None

    def several_grams(self, name: str) -> list[int]:
        """Several weights, with commas between; none for "".

        :raises WrongInput: ``input.weight``
        """
        raw = self._values.get(name) or ()
        pieces = raw.split(",") if isinstance(raw, str) else list(raw)
        return [Values({name: one}).grams(name) for one in pieces]

    def text(self, name: str) -> str:
        """A text without space around it; "" if it is not there."""
        return str(self._values.get(name) or "").strip()


class Step:
    """A step.

    - ``notice``: what the person is told since the last tap or action
    """

    def __init__(self, around: Around) -> None:
        self.around, self.store = around, around.store
        self.notice: Notice | None = None

    def view(self) -> View:
        """What is to be seen, but for bar, notice and sound."""
        raise NotImplementedError

    def actions(self) -> Mapping[str, Callable[[Values], Step | None]]:
        """What a person can do here; what is given is the next step, if another."""
        return {}

    def tap(self, tap: Tap) -> Step | None:
        """A tag came."""
        self.say("tap.not_here", Tone.WAIT)
        return None

    @property
    def is_at_end(self) -> bool:
        """Whether nothing is asked here, so that a card opens what comes next."""
        return False

    @property
    def is_over(self) -> bool:
        """Whether nothing is to be done or seen here any more."""
        return False

    def left(self, uid: bytes) -> None:
        """The tag that came is away."""

    def settled(self, tap: Tap) -> None:
        """What was unfinished on a tag has come to its end."""
        self.say("tap.settled", Tone.GOOD)

    def refresh(self) -> None:
        """Something else has changed: what is carried, or what waits."""

    def leave(self) -> None:
        """Another step comes."""

    def say(self, key: str, tone: Tone, **args: Plain) -> None:
        """Tell the person."""
        self.notice = Notice(key, tone, args)

    def blame(self, error: EdgeError) -> None:
        """Tell the person what went wrong."""
        if isinstance(error, WrongInput):
            self.say(error.code, Tone.WARN, **error.args_)
            return
        tone = Tone.WAIT if error.code in PASSING else Tone.BAD
        self.say(f"error.{error.code}", tone)


def check_allowed(store: Store, right: str) -> None:
    """Whether the office lets this device do something; it is not asked.

    :raises WrongInput: ``not_allowed.<right>``
    """
    me = store.identity
    if me and me.scope.get(right) is False:
        raise WrongInput(f"not_allowed.{right}")


def void_part(store: Store, tap: Tap) -> tuple[int, int] | None:
    """Task and number of the bunch of a cancelled purchase that is still on a tag."""
    reading = tap.finding().reading
    for task, part in store.tasks.parts_on(tap.uid):
        is_void = (task.kind, task.state) == ("purchase", DROPPED)
        if not is_void or not part.may_be_on_tag or not reading:
            continue
        if part.values.get("code") == str(reading.payload.code):
            return task.id, part.number
    return None


def is_free(store: Store, tap: Tap) -> bool:
    """Whether a tag may become something: it is blank, or was cancelled here."""
    return tap.is_blank() or void_part(store, tap) is not None


def clear_void(store: Store, tap: Tap) -> bool:
    """Make a tag blank that is still of a cancelled purchase.

    :return: whether it was
    """
    void = void_part(store, tap)
    if void:
        tap.write(b"", purpose_of(*void, "undo"))
    return void is not None


def what_is_on(tap: Tap) -> str:
    """A key of ``words`` for a tag that cannot become something."""
    reading = tap.finding().reading
    if reading is None:
        return f"tag.{tap.finding().verdict.value}"
    is_card = isinstance(reading.payload, farmtag.FarmerCard)
    return "tag.is_card" if is_card else "tag.in_use"
