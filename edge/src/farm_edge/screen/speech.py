"""Words, weights, days and moments in one language."""

from __future__ import annotations

import re
from datetime import date, datetime

from .. import words
from ..words.page import LABELS, LANGUAGES
from ..work.view import Notice, Plain

#: what the page itself tells, and no step
OWN = frozenset(
    {"app.wrong_number", "print.done", "print.none"}
    | {f"print.{why}" for why in ("gone", "stuck", "busy", "wrong", "driver")}
)
MONTHS = {
    language: names.split()
    for language, names in {
        "en": "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec",
        "id": "Jan Feb Mar Apr Mei Jun Jul Agu Sep Okt Nov Des",
    }.items()
}
WEEKDAYS = {
    "en": [
        "Monday",
        "Tuesday",
        "Wednesday",
        "Thursday",
        "Friday",
        "Saturday",
        "Sunday",
    ],
    "id": ["Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu"],
}
#: days ago, and what they are called
NEAR = {0: "day.today", 1: "day.yesterday"}
POINT = {"en": ".", "id": ","}
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
#: kilograms with at most three decimals
WEIGHT = re.compile(r"(?=.*[0-9])([0-9]{0,6})(?:[.,]([0-9]{0,3}))?", re.ASCII)


class Speech:
    """How things are said in a language; one that is not spoken is English."""

    def __init__(self, language: str) -> None:
        self.language = language if language in LABELS else LANGUAGES[0]
        self.point = POINT[self.language]
        self._labels = LABELS[self.language]

    @property
    def other(self) -> str:
        """The language that the page may be changed to."""
        at = LANGUAGES.index(self.language) + 1
        return LANGUAGES[at % len(LANGUAGES)]

    def label(self, key: str, **values: object) -> str:
        """What stands on the page.

        :raises KeyError: for a key that is none
        """
        return self._labels[key].format(**values)

    def label_or(self, key: str, otherwise: str) -> str:
        """What stands on the page, of a code that may be newer than this program."""
        return self._labels.get(key, otherwise)

    def count(self, what: str, count: int) -> str:
        """``3 bunches``, ``1 hand``."""
        one = ".one" if count == 1 else ""
        return self.label(f"count.{what}{one}", count=count)

    def notice(self, notice: Notice) -> str:
        """The sentence of a notice."""
        args = {name: self._plain(value) for name, value in notice.args.items()}
        if notice.key in OWN:
            return self.label(notice.key, **args)
        return words.say(self.language, notice.key, **args)

    def _plain(self, value: Plain) -> Plain:
        return self.day(value) if isinstance(value, str) else value

    def say_or(self, key: str, otherwise: str) -> str:
        """A sentence of ``farm_edge.words``, if there is one."""
        said = words.say(self.language, key)
        return otherwise if said == key else said

    def say(self, key: str, **values: str | int) -> str:
        """A sentence of ``farm_edge.words``."""
        return words.say(self.language, key, **values)

    def kilograms(self, grams: int) -> str:
        """``12.5`` of 12500, without zeros that say nothing; no unit."""
        whole, rest = divmod(abs(grams), 1000)
        digits = f"{rest:03}".rstrip("0")
        sign = "-" if grams < 0 else ""
        fraction = f"{self.point}{digits}" if digits else ""
        return f"{sign}{whole}{fraction}"

    def weight(self, grams: int) -> str:
        """``12.5 kg``, on one line."""
        return f"{self.kilograms(grams)}\N{NO-BREAK SPACE}{self.label('unit.kg')}"

    def day(self, iso: str) -> str:
        """``15 Jun 2026`` of ``2026-06-15``; what is no day as it is."""
        try:
            if not DAY.fullmatch(iso):  # such as 20260615, the number of a farmer
                return iso
            day = date.fromisoformat(iso)
        except ValueError:
            return iso
        return f"{day.day} {MONTHS[self.language][day.month - 1]} {day.year}"

    def day_near(self, iso: str, today: str) -> str:
        """``today``, ``yesterday``, ``Saturday``; a day of another week as a day."""
        try:
            day = date.fromisoformat(iso)
            ago = (date.fromisoformat(today) - day).days
        except ValueError:
            return self.day(iso)
        if ago in NEAR:
            return self.label(NEAR[ago])
        weekdays = WEEKDAYS[self.language]
        return weekdays[day.weekday()] if 0 < ago < len(weekdays) else self.day(iso)

    def day_short(self, iso: str) -> str:
        """``15 Jun``, of a day that is near."""
        return self.day(iso).rpartition(" ")[0]

    def paper(self, paper: str) -> str:
        """``roll 58 mm``, ``label 60 × 40 mm``, of a setting."""
        size, _at, _dpi = paper.partition("@")
        if "x" not in size:
            return self.label("paper.roll", width=size)
        width, height = size.split("x")
        return self.label("paper.label", width=width, height=height)

    def time(self, at: int) -> str:
        """``14:05`` of milliseconds, by the device's clock."""
        return f"{_moment(at):%H:%M}"

    def moment(self, at: int) -> str:
        """``15 Jun 2026 14:05``, see :meth:`time`."""
        return f"{self.day(_moment(at).date().isoformat())} {self.time(at)}"


def grams_of(text: str) -> int | None:
    """Grams of kilograms as somebody typed them: ``12.5``, ``12,5``; None of nothing.

    :raises ValueError: if it is no weight
    """
    if not text.strip():
        return None
    found = WEIGHT.fullmatch(text.strip())
    if not found:
        raise ValueError(f"{text} is no weight")
    whole, fraction = found.groups()
    return int(whole or 0) * 1000 + int((fraction or "").ljust(3, "0"))


def _moment(at: int) -> datetime:
    return datetime.fromtimestamp(at / 1000)
