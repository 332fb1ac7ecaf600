"""GS1 Digital Links (GS1 Digital Link: URI Syntax, uncompressed).

A link is ``stem/key/value[/qualifier/value…][?attribute=value&…]``.
"""

import re
from typing import NamedTuple
from urllib.parse import quote, unquote_to_bytes

from . import identifiers
from .errors import Gs1Error
from .message import Element, checked, ordered, text_of

STEM = "https://id.gs1.org"
LINK = re.compile(r"(https?|HTTPS?)://([^/]*)(/[^?#]*)?(?:\?([^#]*))?(?:#.*)?")
OUTSIDE_LINK = re.compile(r"[^A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=%]")
DOMAIN = re.compile(r"[A-Za-z0-9.\-:\[\]]+")
# Short GTINs that an old link may have, to be filled with zeros.
SHORT_GTINS = (8, 12, 13)
# Section 4.3 of version 1.1; later versions no longer have them.
WORDS = {
    "cpid": "8010",
    "cpsn": "8011",
    "cpv": "22",
    "gcn": "255",
    "gdti": "253",
    "giai": "8004",
    "ginc": "401",
    "gln": "414",
    "glnx": "254",
    "gmn": "8013",
    "grai": "8003",
    "gsin": "402",
    "gsrn": "8018",
    "gsrnp": "8017",
    "gtin": "01",
    "itip": "8006",
    "lot": "10",
    "party": "417",
    "refno": "8020",
    "ser": "21",
    "srin": "8019",
    "sscc": "00",
}


class Reading(NamedTuple):
    """What a reader of links takes beside the standard of today.

    - ``short_gtins``: GTINs of 8, 12 or 13 digits
    - ``words``: ``gtin``, ``lot``, ``ser``… in place of identifiers in the path
    - ``unknown``: identifiers that GS1 has not given out yet
    """

    short_gtins: bool = False
    words: bool = False
    unknown: bool = False


STRICT = Reading()


def read_link(uri, reading=STRICT):
    """The elements of a Digital Link: those of the path, then those of the query.

    :rtype: tuple[Element]
    :raises Gs1Error: for the first thing that is wrong
    """
    path, query = _split(text_of(uri))
    try:
        return _elements(path, query, reading)
    except Gs1Error as error:
        raise error.within(uri) from None


def write_link(elements, stem=STEM, unknown=False):
    """The Digital Link of elements; its key is the first primary key among them.

    :param stem: the start of the link, up to the key: a web address without query
    :param unknown: take identifiers that GS1 has not given out yet
    :raises Gs1Error: if a value is wrong or the elements do not fit into a link
    """
    _check_stem(stem)
    elements = checked(dict.fromkeys(elements), unknown)
    key = _key(elements)
    others = [one for one in elements if one != key]
    path = _path(key, others)
    attributes = ordered(one for one in others if one not in path)
    _check_sequence([key.code, *(one.code for one in path)])
    _check_attributes(key, path, attributes)
    query = "&".join(f"{code}={_quoted(value)}" for code, value in attributes)
    pairs = [f"{code}/{_quoted(value)}" for code, value in (key, *path)]
    link = "/".join((stem.rstrip("/"), *pairs))
    return f"{link}?{query}" if query else link


def _check_stem(stem):
    _split(text_of(stem))
    if "?" in stem or "#" in stem:
        raise Gs1Error("link_stem").within(stem)


def _key(elements):
    for element in elements:
        if element.identifier.paths is not None:
            return element
    raise Gs1Error("link_no_key")


def _split(uri):
    """:return: path without its first slash, and query"""
    bad = OUTSIDE_LINK.search(uri)
    if bad:
        raise Gs1Error("link_characters", text=bad.group()).within(uri, at=bad.start())
    found = LINK.fullmatch(uri)
    if not found:
        raise Gs1Error("link_scheme").within(uri)
    _scheme, domain, path, query = found.groups()
    if not DOMAIN.fullmatch(domain):
        raise Gs1Error("link_domain", text=domain).within(uri)
    return (path or "/")[1:], query or ""


def _elements(path, query, reading):
    segments = _segments(path.split("/"), reading)
    in_path = [
        _element(code, value, reading)
        for code, value in zip(segments[::2], segments[1::2], strict=True)
    ]
    in_query = [
        _element(code, value.replace("+", " "), reading)
        for code, value in _attributes(query, reading)
    ]
    _check_sequence([one.code for one in in_path])
    _check_attributes(in_path[0], in_path[1:], in_query)
    return (*in_path, *in_query)


def _segments(segments, reading):
    """The end of the path from its primary key on, looked for from the right."""
    for at in range(len(segments) - 2, -1, -2):
        code = WORDS.get(segments[at], segments[at]) if reading.words else segments[at]
        identifier = identifiers.table().get(code)
        if not identifier:
            break
        segments[at] = code
        if identifier.paths is not None:
            return segments[at:]
    raise Gs1Error("link_no_key")


def _attributes(query, reading):
    """Pairs of the query whose name is a number; others belong to the web server."""
    for pair in query.split("&"):
        code, equals, value = pair.partition("=")
        if equals and code.isascii() and code.isdigit():
            try:
                identifiers.get(code, reading.unknown)
            except Gs1Error:
                raise Gs1Error("link_unknown_ai", text=code) from None
            yield code, value


def _element(code, text, reading):
    value = unquote_to_bytes(text).decode("latin-1")
    if reading.short_gtins and code == "01" and len(value) in SHORT_GTINS:
        value = value.zfill(14)
    identifiers.get(code, reading.unknown).check(value)
    return Element(code, value)


def _path(key, others):
    """The qualifiers of the key among the elements, by its fullest path."""
    values = {one.code: one for one in reversed(others)}
    paths = [
        [values[code] for code in path if code in values]
        for path in key.identifier.paths
    ]
    return max(paths, key=len)


def _check_sequence(codes):
    """Qualifiers stand in the order of one of the paths of their key."""
    paths = identifiers.get(codes[0]).paths
    if any(_is_part(codes[1:], path) for path in paths):
        return
    ways = ["/".join((codes[0], *path)) for path in paths]
    raise Gs1Error("link_order", path="/".join(codes), ways=", ".join(ways))


def _is_part(codes, path):
    rest = iter(path)
    return all(code in rest for code in codes)


def _check_attributes(key, path, attributes):
    """What has a place in the path may not stand in the query."""
    in_path = {one.code for one in path}
    seen = {key.code, *in_path}
    for code, _value in attributes:
        if code in seen:
            raise Gs1Error("link_repeated", ai=code)
        seen.add(code)
        is_attribute = identifiers.get(code, unknown=True).is_attribute
        if not is_attribute or _fits({*in_path, code}, key.identifier.paths):
            raise Gs1Error("link_attribute", ai=code, key=key.code)


def _fits(codes, paths):
    return any(codes <= set(path) for path in paths)


def _quoted(value):
    return quote(value, safe="")
