"""What a form says, as the desk understands it."""

from __future__ import annotations

from collections.abc import Mapping

from ..work import Desk
from ..work.trouble import TroubleDesk
from .speech import grams_of

#: fields that every form has, and that say nothing to the desk
FRAME = frozenset({"token", "once", "question", "act", "go"})
#: weights as they are typed, and what the desk calls them
WEIGHTS = {"kg": "grams", "loss_kg": "loss_grams"}


class WrongNumber(ValueError):
    """Something that was typed is no number."""


def perform(desk: Desk | TroubleDesk, form: Mapping[str, str]) -> None:
    """Press the button that a form is.

    :raises WrongNumber: for a weight that is none; nothing was done
    """
    if form.get("go"):
        desk.go(form["go"])
        return
    values = dict(_values(form))
    desk.act(form.get("act", ""), **values)


def _values(form: Mapping[str, str]) -> list[tuple[str, str]]:
    return [
        (WEIGHTS.get(name, name), _grams(value) if name in WEIGHTS else value.strip())
        for name, value in form.items()
        if name not in FRAME
    ]


def _grams(text: str) -> str:
    """One weight, or several with semicolons; as text, with commas between."""
    try:
        grams = [grams_of(one) for one in text.split(";")]
    except ValueError as error:
        raise WrongNumber(str(error)) from error
    if all(one is None for one in grams):
        return ""  # fields that were opened, and nobody weighed
    return ",".join("" if one is None else str(one) for one in grams)
