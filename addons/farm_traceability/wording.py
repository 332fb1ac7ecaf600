"""Numbers, names and days in sentences, as the user reads them."""

from odoo.tools import format_date, formatLang

#: a day on paper: no reader takes its month for its day
DAY_FORMAT = "d MMMM y"


def number_text(env, value, digits=4):
    """A number in the user's language without zeros at its end: 2.5, not 2.5000."""
    text = formatLang(env, value, digits=digits)
    point = formatLang(env, 0.0, digits=1)[1]
    return text.rstrip("0").rstrip(point)


def names_text(env, names, most):
    """So many names, each once, and how many more there are."""
    names = list(dict.fromkeys(name for name in names if name))
    if len(names) <= most:
        return ", ".join(names)
    return env._(
        "%(names)s and %(count)s more",
        names=", ".join(names[:most]),
        count=len(names) - most,
    )


def day_text(env, day):
    """A day in full, in the reader's language: what papers say of days.

    :param date day: or False, which gives no text
    """
    return format_date(env, day, date_format=DAY_FORMAT)
