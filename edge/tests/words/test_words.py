"""Texts: the same keys and placeholders in each language, one for everything said."""

import importlib
import pkgutil
import re
import string
from pathlib import Path

import farm_edge
import pytest
from farm_edge.command.exits import NotDone
from farm_edge.errors import EdgeError
from farm_edge.reader import TagUnsuitable
from farm_edge.sync import SyncError
from farm_edge.words import LANGUAGES, NAMES, en, say
from farm_edge.words.page import LABELS
from farm_edge.work.step import WrongInput
from farm_edge.work.view import REASONS, Standing, Tone, Verdict

#: of the command line and of the page, which have words of their own
ELSEWHERE = ("farm_edge.command", "farm_edge.screen", "farm_edge.virtual")
ROOT = Path(farm_edge.__file__).parent


def placeholders(text):
    return sorted(
        name for _text, name, _spec, _as in string.Formatter().parse(text) if name
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_same_keys_and_placeholders(language):
    words = LANGUAGES[language]
    assert words.keys() == en.WORDS.keys()
    for key, text in words.items():
        assert placeholders(text) == placeholders(en.WORDS[key]), key
        assert text.strip() == text != ""
    assert NAMES.keys() == LANGUAGES.keys()


def said_in_code():
    """Keys that the code of ``work`` names as they are."""
    pattern = re.compile(
        r"(?:say|WrongInput)\(\s*\"([a-z_]+\.[a-z_.]+)\"|key = \"([a-z_.]+)\""
    )
    for path in (ROOT / "work").glob("*.py"):
        for found in pattern.findall(path.read_text()):
            yield next(filter(None, found))


def test_all_that_steps_say_has_words():
    keys = set(said_in_code())
    assert len(keys) > 50
    assert keys - en.WORDS.keys() == set()


def test_verdicts_standings_and_reasons_have_words():
    for verdict in Verdict:
        assert f"tag.{verdict.value}" in en.WORDS
        if verdict is not Verdict.GENUINE:
            assert f"card.{verdict.value}" in en.WORDS
    for standing in Standing:
        assert f"card.{standing.value}" in en.WORDS
    assert {f"retire.reason.{one}" for one in REASONS} <= en.WORDS.keys()
    assert {f"gate.{tone.value}" for tone in Tone} <= en.WORDS.keys()


def all_errors(kind=EdgeError):
    yield kind
    for one in kind.__subclasses__():
        yield from all_errors(one)


def test_every_error_has_words():
    for module in pkgutil.walk_packages(farm_edge.__path__, "farm_edge."):
        if not module.name.endswith("__main__"):
            try:
                importlib.import_module(module.name)
            except ImportError:
                continue  # of an extra that is not installed
    kinds = [one for one in all_errors() if not one.__module__.startswith(ELSEWHERE)]
    codes = {one.code for one in kinds if one not in (WrongInput, NotDone)}
    codes |= {"kind", "container", "full", "changed", "identity"}
    assert issubclass(TagUnsuitable, EdgeError) and SyncError in kinds
    assert {f"error.{code}" for code in codes} - en.WORDS.keys() == set()


def test_what_is_missing_is_shown_as_it_is():
    assert say("id", "purchase.written", count=3, wanted=8) == (
        "Tag sudah ditulis: 3 dari 8."
    )
    assert say("fr", "tag.in_use") == en.WORDS["tag.in_use"]
    assert say("id", "no.such.key") == "no.such.key"
    assert say("en", "purchase.written") == en.WORDS["purchase.written"]


def test_a_thing_has_one_name_in_indonesian():
    """What a button calls ``tag`` is no ``chip`` in the sentence beside it."""
    others = re.compile(r"\b(chip|alat|nota|pecah|pemecahan)(nya)?\b", re.IGNORECASE)
    said = [*LANGUAGES["id"].items(), *LABELS["id"].items()]
    assert [key for key, text in said if others.search(text)] == []
