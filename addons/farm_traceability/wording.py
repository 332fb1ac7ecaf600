"""Numbers and names in sentences, as the user reads them."""

from odoo.tools import formatLang


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
