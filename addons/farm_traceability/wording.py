"""Numbers in sentences, as the user writes them."""

from odoo.tools import formatLang


def number_text(env, value, digits=4):
    """A number in the user's language without zeros at its end: 2.5, not 2.5000."""
    text = formatLang(env, value, digits=digits)
    point = formatLang(env, 0.0, digits=1)[1]
    return text.rstrip("0").rstrip(point)
