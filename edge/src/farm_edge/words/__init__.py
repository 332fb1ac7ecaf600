"""Texts for people, by key and language: all there are.

- ``en``, ``id``: what steps tell, and errors; :func:`say`
- ``page``: what stands on the page beside the values

``say("id", "purchase.written", count=3, wanted=8)``. What has a form for one and one
for several in a language is written so that the number does not matter.
"""

from __future__ import annotations

from collections.abc import Mapping

from . import en, id

LANGUAGES: Mapping[str, Mapping[str, str]] = {"en": en.WORDS, "id": id.WORDS}
NAMES = {"en": "English", "id": "Bahasa Indonesia"}


def say(language: str, key: str, /, **args: str | int) -> str:
    """The text of a key; in English where the language is not known here.

    A key that nobody has written a text for is shown as it is: a person sees at least
    what it is about.
    """
    text = LANGUAGES.get(language, en.WORDS).get(key, key)
    try:
        return text.format_map(args)
    except (KeyError, IndexError, ValueError):
        return text
