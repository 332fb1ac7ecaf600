"""The day of a harvest."""

from __future__ import annotations

import datetime

#: days that may be chosen, with today; earlier ones by command line
HARVEST_DAYS = 7


def harvest_days(today: datetime.date, said: str | None) -> tuple[str, ...]:
    """Days to choose from, today first; and the one that was said."""
    days = [today - datetime.timedelta(n) for n in range(HARVEST_DAYS)]
    found = tuple(day.isoformat() for day in days)
    return found if not said or said in found else (*found[:-1], said)


def is_past_day(text: str, today: datetime.date) -> bool:
    """Whether a text is a day until today, written as the server reads it."""
    try:
        day = datetime.date.fromisoformat(text)
    except ValueError:
        return False
    # From Python 3.11 on, 20260615 and 2026-W25-1 are days, too.
    return day.isoformat() == text and day <= today
