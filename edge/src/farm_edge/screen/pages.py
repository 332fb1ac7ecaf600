"""The page and its steps as HTML."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

from ..words.page import LANGUAGES
from ..work.view import HARVESTERS, CardView, Standing, Verdict, View
from .once import Once
from .paper.slip import Slip
from .questions import question_of
from .simulator import KINDS, SimulatedTag
from .speech import Speech

#: keys on the screen
PAD = ("7", "8", "9", "4", "5", "6", "1", "2", "3", "point", "0", "Backspace")
ADDRESSES = ("1234567890", "qwertyuiop", "asdfghjkl-", "zxcvbnm./:")
#: of a code of the office; what looks alike is not in it
CODE_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
#: troubles, and what servers say, that an enrolment ends
ENROLS = frozenset(
    {"not_enrolled", "quarantined", "codes_used_up"}
    | {"device-quarantined", "device-revoked", "device-replaced", "unauthenticated"}
    | {"fork", "bad-signature"}
)
LETTERS = ("1234567890", "QWERTYUIOP", "ASDFGHJKL-", "ZXCVBNM./")


@dataclass(frozen=True)
class Judgement:
    """What is said of a card, large: a tone with its colour and sign, and words."""

    tone: str
    title: str
    help: str


class Pages:
    """Makes pages.

    :param token: what every form carries
    :param instance: another one for each start of the agent
    :param has_printer, has_field: what there is beside the screen
    """

    def __init__(
        self,
        token: str,
        instance: str,
        has_printer: Callable[[], bool],
        has_field: bool,
    ) -> None:
        self._jinja = Environment(
            loader=PackageLoader("farm_edge.screen"),
            autoescape=select_autoescape(default=True),
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._jinja.globals.update(
            token=token,
            instance=instance,
            has_printer=has_printer,
            has_field=has_field,
            languages=LANGUAGES,
            pad=PAD,
            letters=LETTERS,
            addresses=ADDRESSES,
            code_letters=CODE_LETTERS,
            enrols=ENROLS,
            judgement=judgement,
            harvesters=HARVESTERS,
            chips=[kind.name for kind in KINDS],
        )

    def page(self, speech: Speech, version: int, view: View) -> str:
        """The whole page of a view."""
        return self._made("page.html", speech, stage=self.stage(speech, version, view))

    def stage(self, speech: Speech, version: int, view: View) -> str:
        """The part of the page that changes."""
        return self._made(
            _template_of(view),
            speech,
            version=version,
            view=view,
            bar=view.bar,
            question=question_of(view),
            once=Once.number(),
            said=speech.notice(view.notice) if view.notice else "",
            sound=_sound_of(view),
        )

    def receipt(self, speech: Speech, slip: Slip) -> str:
        """A receipt, as it comes out of a printer."""
        return self._made("receipt.html", speech, slip=slip)

    def simulate(self, speech: Speech, tags: list[SimulatedTag], is_there: bool) -> str:
        """The virtual reader beside the page."""
        return self._made("simulate.html", speech, tags=tags, is_there=is_there)

    def _made(self, name: str, speech: Speech, **values: Any) -> str:
        template = self._jinja.get_template(name)
        return template.render(speech=speech, t=speech.label, **values)


def _template_of(view: View) -> str:
    stage = getattr(view, "stage", None)
    return (
        f"steps/{view.step}/{stage.value}.html" if stage else f"steps/{view.step}.html"
    )


def _sound_of(view: View) -> str:
    """What is heard: the end of something sounds like no step on the way."""
    stage = getattr(view, "stage", None)
    is_end = stage is not None and stage.value == "done" and view.sound == "good"
    return "done" if is_end else view.sound or ""


def judgement(view: CardView, speech: Speech) -> Judgement:
    """Certified, or why not: the tag is judged before what stands on it."""
    told = view.told
    if isinstance(told, Verdict):
        tone = "bad" if told in _WORST else "warn"
        return _judged(tone, f"verdict.{{}}{told.value}", view, speech)
    tone = _TONES.get(told, "bad")
    return _judged(tone, f"standing.{{}}{told.value}", view, speech)


_WORST = frozenset({Verdict.FORGED, Verdict.REVOKED, Verdict.NOT_ALLOWED})
_TONES = {
    Standing.CERTIFIED: "good",
    Standing.UNKNOWN: "warn",
    Standing.NOT_YET: "warn",
}


def _judged(tone: str, key: str, view: CardView, speech: Speech) -> Judgement:
    days = {
        "from_day": speech.day(view.valid_from),
        "until_day": speech.day(view.valid_until),
    }
    title = speech.label(key.format(""))
    return Judgement(tone, title, speech.label(key.format("help."), **days))
