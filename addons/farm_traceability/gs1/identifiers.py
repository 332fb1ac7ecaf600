"""The application identifiers of GS1 (General Specifications, section 3.2).

Titles and descriptions come from biip. ``application_identifiers.csv`` has what the
GS1 Syntax Dictionary adds to them, one rule for one or several identifiers:

- ``codes``: the identifiers; ``[0-5]`` stands for each of these digits
- ``form``: the parts of the value, such as ``N13:csum:gcppos1+[X..17]``: characters
  (N digits, X set 82, Y set 39, Z base64url), length, names of checks; optional parts
  in brackets
- ``needs``: one of these must stand in the same message; ``+`` joins what is needed
  together, ``x`` is any digit
- ``bars``: none of these may stand in the same message; ``~`` are the same measures
  with another number of decimals
- ``link``: ``key`` for a primary key of Digital Links, with its qualifiers in order
- ``data``: ``yes`` if it may stand in the query of a Digital Link
"""

import csv
import re
from dataclasses import dataclass
from functools import cache
from itertools import product
from pathlib import Path
from typing import NamedTuple

from biip import ParseError
from biip.gs1_application_identifiers import GS1ApplicationIdentifier

from .errors import Gs1Error
from .linters import lint

TABLE = Path(__file__).with_name("application_identifiers.csv")
CHARACTERS = {"N": "csetnumeric", "X": "cset82", "Y": "cset39", "Z": "cset64"}
PART = re.compile(r"(\[)?([NXYZ])(\.\.)?([0-9]+)((?::[a-z0-9]+)*)\]?")
# Section 7.8.5: identifiers that start so need no separator behind them.
PREDEFINED = frozenset(
    f"{number:02}" for number in (*range(5), *range(11, 21), *range(31, 37), 41)
)
LONGEST = 90


class Part(NamedTuple):
    """A part of a value: ``checks`` are names of linters, lengths in characters."""

    checks: tuple
    least: int
    most: int
    is_optional: bool


@dataclass(frozen=True)
class Identifier:
    """An application identifier.

    ``needs`` are alternatives, each a tuple of patterns; ``bars`` is a tuple of
    patterns; ``paths`` are the sequences of qualifiers of a primary key, None if it is
    no primary key.
    """

    code: str
    parts: tuple
    needs: tuple = ()
    bars: tuple = ()
    paths: tuple | None = None
    is_attribute: bool = True

    @property
    def is_predefined(self):
        return self.code[:2] in PREDEFINED

    @property
    def least(self):
        return sum(part.least for part in self.parts if not part.is_optional)

    @property
    def most(self):
        return sum(part.most for part in self.parts)

    @property
    def title(self):
        if self.code not in table():
            return ""
        return definition(self.code).data_title or self.description

    @property
    def description(self):
        return definition(self.code).description if self.code in table() else ""

    def check(self, value):
        """:raises Gs1Error: if this is no value of the identifier"""
        try:
            self._check_length(value)
            self._check_parts(value)
        except Gs1Error as error:
            raise error.within(value, self.code, self.title) from None

    def _check_length(self, value):
        if not value:
            raise Gs1Error("value_empty")
        if len(value) < self.least:
            raise Gs1Error("value_too_short", count=len(value), least=self.least)
        if len(value) > self.most:
            raise Gs1Error("value_too_long", count=len(value), most=self.most)

    def _check_parts(self, value):
        at = 0
        for part in self.parts:
            text = value[at : at + part.most]
            if not text:
                return
            try:
                lint(part.checks[0], text)
                if len(text) < part.least:
                    raise Gs1Error("value_incomplete", count=part.least)
                for name in part.checks[1:]:
                    lint(name, text)
            except Gs1Error as error:
                raise error.moved(at) from None
            at += len(text)


def find(text):
    """The identifier that ``text`` starts with.

    :raises Gs1Error: if it starts with none
    """
    known = table()
    for length in (2, 3, 4):
        if text[:length] in known:
            return known[text[:length]]
    raise Gs1Error("unknown_ai", text=text[:4])


def get(code, unknown=False):
    """The identifier of this code.

    :param unknown: take an identifier that GS1 has not given out yet as free text
    """
    found = table().get(code)
    if not found and unknown and _may_come(code):
        found = Identifier(code, _parts(f"X..{LONGEST}"))
    if not found:
        raise Gs1Error("unknown_ai", text=code)
    return found


def matches(pattern, code):
    """Whether a code is one of a pattern such as ``31xx``."""
    return len(pattern) == len(code) and all(
        one in ("x", other) for one, other in zip(pattern, code, strict=True)
    )


@cache
def definition(code):
    """What biip knows of an identifier: title, description, pattern."""
    try:
        return GS1ApplicationIdentifier.extract(code)
    except ParseError:
        raise Gs1Error("unknown_ai", text=code) from None


@cache
def table():
    """All identifiers: ``{code: Identifier}``."""
    with TABLE.open(newline="") as file:
        return {
            code: _identifier(code, row)
            for row in csv.DictReader(file, delimiter=";")
            for pattern in row["codes"].split()
            for code in _codes(pattern)
        }


def _may_come(code):
    """A code of two to four digits that is no part of, nor longer than, a known one."""
    return re.fullmatch("[0-9]{2,4}", code) and not (
        code[:2] in PREDEFINED
        or any(one.startswith(code) or code.startswith(one) for one in table())
    )


def _identifier(code, row):
    kind, _space, paths = row["link"].partition(" ")
    return Identifier(
        code,
        _parts(row["form"]),
        tuple(tuple(one.split("+")) for one in row["needs"].split()),
        tuple(code[:3] + "x" if one == "~" else one for one in row["bars"].split()),
        tuple(tuple(filter(None, one.split(","))) for one in paths.split(" or "))
        if kind
        else None,
        row["data"] == "yes",
    )


@cache
def _parts(form):
    return tuple(_part(text) for text in form.split("+"))


def _part(text):
    optional, kind, upto, length, checks = PART.fullmatch(text).groups()
    return Part(
        (CHARACTERS[kind], *checks.split(":")[1:]),
        1 if upto else int(length),
        int(length),
        bool(optional),
    )


def _codes(pattern):
    """``31[0-2]`` gives 310, 311, 312; a class may be such as ``[01-3]``."""
    pieces = re.findall(r"\[([0-9-]+)\]|([0-9])", pattern)
    return ["".join(one) for one in product(*(_digits(*piece) for piece in pieces))]


def _digits(group, single):
    digits = []
    for first, last in re.findall(r"([0-9])(?:-([0-9]))?", group or single):
        digits += range(int(first), int(last or first) + 1)
    return map(str, digits)
