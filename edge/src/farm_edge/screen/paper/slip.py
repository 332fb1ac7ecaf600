"""What stands on a slip of paper, whatever prints it."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass


@dataclass(frozen=True)
class Line:
    """One line: a text, and perhaps a value at the right edge.

    ``is_large`` is twice as wide and high; ``is_rule`` a line across and no text.
    """

    text: str = ""
    value: str = ""
    is_bold: bool = False
    is_large: bool = False
    is_middle: bool = False
    is_rule: bool = False

    def rows(self, columns: int) -> list[str]:
        """The line in rows of so many characters; nothing is cut away."""
        if self.is_rule:
            return ["-" * columns]
        room = columns // 2 if self.is_large else columns
        if not self.value:
            return textwrap.wrap(self.text, room) or [""]
        *before, last = textwrap.wrap(self.text, room) or [""]
        gap = room - len(last) - len(self.value)
        if gap >= 1:
            return [*before, last + " " * gap + self.value]
        return [
            *before,
            last,
            *(v.rjust(room) for v in textwrap.wrap(self.value, room)),
        ]


RULE = Line(is_rule=True)


def plain(text: str) -> str:
    """A text for a printer: no sign in it is a command, and spaces are spaces."""
    clean = "".join(one if one.isprintable() else " " for one in text)
    return clean.replace("\N{NO-BREAK SPACE}", " ")


@dataclass(frozen=True)
class Slip:
    """A receipt: its title for the list of a printer, and its lines."""

    title: str
    lines: tuple[Line, ...]
