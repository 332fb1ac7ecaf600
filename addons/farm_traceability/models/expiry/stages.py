"""Stages of expiry alerts: days before expiry, as people type them: “14, 7, 3”."""

MOST_DAYS = 3650


def parse_stages(text):
    """The days of each stage, the earliest first.

    :raises ValueError: for what are no days
    """
    days = {int(part) for part in (text or "").replace(";", ",").split(",")}
    if not all(0 <= day <= MOST_DAYS for day in days):
        raise ValueError(text)
    return sorted(days, reverse=True)


def stages_text(text):
    """The same stages in their normal form; texts that are no stages as they are."""
    try:
        return ", ".join(str(day) for day in parse_stages(text))
    except ValueError:
        return text
