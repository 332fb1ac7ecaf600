"""Messages of GS1 element strings: read, check, write."""

import re
from functools import lru_cache
from typing import NamedTuple

from . import identifiers
from .errors import Gs1Error

# The separator (FNC1) as scanners send it: section 7.8.4.
GS = "\x1d"
OPENING = re.compile(r"\(([0-9]{2,4})\)")
VALUE = re.compile(r"(?:\\\(|[^(])*")


class Element(NamedTuple):
    """An application identifier and its value."""

    code: str
    value: str

    @property
    def identifier(self):
        return identifiers.get(self.code, unknown=True)


def read(text):
    """The elements of an element string, in their order.

    :param text: identifiers and values with ``GS`` as separator, as a scanner sends
        them (section 7.8.6); a separator before the first one is skipped
    :rtype: tuple[Element]
    :raises Gs1Error: for the first thing that is wrong
    """
    rest = text_of(text).removeprefix(GS)
    if not rest:
        raise Gs1Error("empty")
    elements = []
    while rest:
        try:
            element, rest = _take(rest)
        except Gs1Error as error:
            raise error.within(text, at=len(text) - len(rest)) from None
        elements.append(element)
    return tuple(elements)


def read_bracketed(text, unknown=False):
    r"""The elements of a text such as ``(01)…(10)…``.

    :param text: a bracket within a value is written ``\(``
    :param unknown: take identifiers that GS1 has not given out yet
    :rtype: tuple[Element]
    :raises Gs1Error: for the first thing that is wrong
    """
    if not text_of(text):
        raise Gs1Error("empty")
    elements, at = [], 0
    while at < len(text):
        opening = OPENING.match(text, at)
        if not opening:
            problem = Gs1Error("no_bracket", text=text[at : at + 6])
            raise problem.within(text, at=at)
        value = VALUE.match(text, opening.end())
        try:
            identifier = identifiers.get(opening.group(1), unknown)
        except Gs1Error as error:
            raise error.within(text, at=at + 1) from None
        element = Element(identifier.code, value.group().replace("\\(", "("))
        identifier.check(element.value)
        elements.append(element)
        at = value.end()
    return tuple(elements)


def checked(elements, unknown=False):
    """The elements, each with a value that its identifier allows.

    :param elements: iterable of pairs of code and value
    :param unknown: take identifiers that GS1 has not given out yet
    :rtype: tuple[Element]
    :raises Gs1Error: for the first one that is wrong
    """
    found = tuple(Element(*one) for one in elements)
    for code, value in found:
        _check(code, value, unknown)
    return found


@lru_cache(maxsize=500)
def _check(code, value, unknown):
    """Kept, as many messages have the same GTIN and the same date."""
    identifiers.get(code, unknown).check(value)


def ordered(elements):
    """Those of predefined length first (section 4.14), each once, else as given."""
    once = dict.fromkeys(elements)
    return tuple(sorted(once, key=lambda one: not one.identifier.is_predefined))


def write(elements, separator=GS):
    """The element string, with a separator only where the next value needs it."""
    text = "".join(
        code + value + ("" if code[:2] in identifiers.PREDEFINED else separator)
        for code, value in elements
    )
    return text.removesuffix(separator)


def write_bracketed(elements):
    """The text that :func:`read_bracketed` reads."""
    return "".join(
        f"({code}){value.replace('(', chr(92) + '(')}" for code, value in elements
    )


def symbol_text(elements):
    """The text that drawing libraries take: square brackets, no escapes needed."""
    return "".join(f"[{code}]{value}" for code, value in elements)


def human_readable(elements):
    """The text below a symbol (section 4.14): identifiers in brackets, values as is."""
    return "".join(f"({code}){value}" for code, value in elements)


def _take(text):
    """The first element of a text, and the rest after its separator."""
    identifier = identifiers.find(text)
    start = len(identifier.code)
    end = text.find(GS, start)
    if end < 0:
        end = len(text)
    if identifier.is_predefined:
        end = min(end, start + identifier.most)
    value = text[start:end]
    identifier.check(value)
    return Element(identifier.code, value), text[end:].removeprefix(GS)


def text_of(text):
    if not isinstance(text, str):
        raise Gs1Error("not_text")
    return text
