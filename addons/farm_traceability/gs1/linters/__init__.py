"""Checks of the parts of a value, by their names in the GS1 Syntax Dictionary."""

from . import characters, checks, coupons, lists, pieces, prefixes, times

_PLAIN = (
    *(characters.csetnumeric, characters.cset82, characters.cset39, characters.cset64),
    *(characters.hasnondigit, characters.pcenc, characters.hyphen),
    characters.importeridx,
    *(checks.csum, checks.csumalpha, checks.iban),
    *(times.hh, times.mi, times.ss, times.hhmi),
    *(times.yymmd0, times.yymmdd, times.yyyymmd0, times.yyyymmdd),
    *(lists.iso3166, lists.iso3166999, lists.iso3166alpha2, lists.iso4217),
    *(lists.packagetype, lists.mediatype, lists.iso5218, lists.winding, lists.yesno),
    *(lists.nonzero, lists.nozeroprefix, lists.zero, lists.latitude, lists.longitude),
    *(pieces.pieceoftotal, pieces.posinseqslash),
)
_ASKING = (
    *(prefixes.gcppos1, prefixes.gcppos2),
    *(coupons.couponcode, coupons.couponposoffer),
)
PLAIN = {one.__name__: one for one in _PLAIN}
ASKING = {one.__name__: one for one in _ASKING}


def lint(name, value, known=None):
    """Check a part of a value.

    :param name: of the check, such as ``csum``
    :param known: tells whether a company prefix was given out, see ``prefixes``
    :raises Gs1Error: with the first wrong character
    """
    if name in ASKING:
        ASKING[name](value, known)
    else:
        PLAIN[name](value)
