"""What a view asks: what was typed for one question is no answer to another."""

from __future__ import annotations

from ..work.view import View

#: what makes another question of the same step
PARTS = ("stage", "task", "number", "card", "code")


def question_of(view: View) -> str:
    """A name for what is asked."""
    parts = (getattr(view, name, "") for name in PARTS)
    return ".".join([view.step, *(str(getattr(one, "value", one)) for one in parts)])
