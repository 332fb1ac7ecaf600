"""Company prefixes (GS1 General Specifications, section 1.4.4).

``known`` is a function that tells whether a number starts with a company prefix that
was given out; it raises ``LookupError`` when it cannot be asked.
"""

from ..errors import Gs1Error

SHORTEST = 4


def gcppos1(value, known=None):
    """A company prefix at the start."""
    if len(value) < SHORTEST:
        raise Gs1Error("too_short_for_gcp", 0, len(value))
    for position, one in enumerate(value[:SHORTEST]):
        if not "0" <= one <= "9":
            raise Gs1Error("invalid_gcp_prefix", position, 1, text=one)
    if known:
        _ask(value, known)


def gcppos2(value, known=None):
    """A company prefix behind an indicator or extension digit."""
    if not value:
        raise Gs1Error("too_short_for_gcp", 0, 0)
    try:
        gcppos1(value[1:], known)
    except Gs1Error as error:
        raise error.moved(1) from None


def _ask(value, known):
    try:
        found = known(value)
    except LookupError:
        raise Gs1Error("gcp_datasource_offline", 0, len(value), text=value) from None
    if not found:
        raise Gs1Error("invalid_gcp_prefix", 0, len(value), text=value)
