"""What is wrong with GS1 data: one exception, with a code, values and a sentence."""

from .sentences import (
    ALONE,
    IN_ELEMENT,
    IN_ELEMENT_AT,
    IN_VALUE,
    IN_VALUE_AT,
    SENTENCES,
)


class Gs1Error(ValueError):
    """Data that GS1's rules do not allow.

    :param code: key of ``SENTENCES``
    :param start: index of the first wrong character in ``value``, None for all of it
    :param length: how many characters are wrong, from ``start``
    :param values: for the placeholders of the sentence

    ``ai``, ``title`` and ``value`` say where it stands, when that is known: the
    application identifier, its data title, and the text that was looked at. ``field``
    names the field of a coupon, a key of ``COUPON_FIELDS``.
    """

    def __init__(self, code, start=None, length=None, **values):
        self.code = code
        self.start = start
        self.length = length
        self.values = values
        self.ai = self.title = self.value = self.field = None
        super().__init__(code)

    def __str__(self):
        return self.sentence()

    def sentence(self, translate=str):
        """One sentence: where it is, what is wrong, and what to do.

        :param translate: gives the text of a template in the reader's language
        """
        values = {key: _shown(one, translate) for key, one in self.values.items()}
        problem = translate(SENTENCES[self.code]) % values
        where = {
            "ai": self.ai,
            "title": self.title,
            "value": printable(self.value or ""),
            "position": (self.start or 0) + 1,
            "problem": problem,
        }
        return capital(translate(self._template()) % where)

    def _template(self):
        if self.value is None:
            return ALONE
        has_place = self.start is not None and self.length != 0
        if self.ai is None:
            return IN_VALUE_AT if has_place else IN_VALUE
        return IN_ELEMENT_AT if has_place else IN_ELEMENT

    def moved(self, offset):
        """The same error in a longer text, in which the value starts at ``offset``."""
        self.start = (self.start or 0) + offset
        return self

    def within(self, value, ai=None, title=None, at=None):
        """The same error with the place where it was found; the first one stays."""
        if self.value is None:
            self.value, self.ai, self.title = value, ai, title
            self.start = at if self.start is None else self.start
        return self


class Term(str):
    """A word of a sentence that is itself to be translated."""

    __slots__ = ()


def _shown(value, translate):
    if isinstance(value, Term):
        return translate(value)
    return printable(value) if isinstance(value, str) else value


def printable(text):
    """The text with what no screen shows spelled out, and cut when it is long."""
    shown = "".join(one if one.isprintable() else f"<{ord(one):02X}>" for one in text)
    return shown if len(shown) <= 60 else f"{shown[:57]}…"


def capital(text):
    return text[:1].upper() + text[1:]
