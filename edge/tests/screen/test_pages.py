"""Every view has a page in every language, with a name for all that can be pressed."""

import enum
import re
import string
from html.parser import HTMLParser

import pytest
from farm_edge.screen.pages import Pages, judgement
from farm_edge.screen.speech import OWN, Speech, grams_of
from farm_edge.words.page import LABELS
from farm_edge.work.view import CardView, Link, Notice, Standing, Tone, Verdict
from screen_views import CERTIFIED, VIEWS

PAGES = Pages("token", "instance", lambda: True, True)
LANGUAGES = sorted(LABELS)


class Outline(HTMLParser):
    """Buttons with what names them, ids, and what a strict policy would not allow."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.buttons: list[str] = []
        self.ids: list[str] = []
        self.forbidden: list[str] = []
        self.headings = 0
        self._inside: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        values = dict(attrs)
        self.headings += tag == "h1"
        self.ids += [values["id"]] if "id" in values else []
        named = [name for name in values if name.startswith("on") or name == "style"]
        self.forbidden += named
        if tag in ("button", "a"):
            self.buttons.append(values.get("aria-label") or "")
            self._inside.append(tag)

    def handle_endtag(self, tag):
        if self._inside and tag == self._inside[-1]:
            self._inside.pop()

    def handle_data(self, data):
        if self._inside:
            self.buttons[-1] += data.strip()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_view_has_a_page(view, language):
    page = PAGES.page(Speech(language), 1, view)
    outline = Outline(page)
    assert all(outline.buttons), "a button without a name"
    assert outline.headings == 1
    assert len(outline.ids) == len(set(outline.ids))
    assert outline.forbidden == []
    assert not re.findall(r"(?:src|href|action)=.(?:\w+:)?//", page)
    assert f'<html lang="{language}">' in page


def test_what_a_farmer_is_called_is_no_html():
    view = CardView(**CERTIFIED | {"farmer_name": '<img src=x onerror="1">'})
    page = PAGES.page(Speech("en"), 1, view)
    assert "<img" not in page
    assert "&lt;img" in page


def test_the_languages_have_the_same_texts():
    def placeholders(text):
        return {name for _, name, *_rest in string.Formatter().parse(text) if name}

    english = LABELS["en"]
    for labels in LABELS.values():
        assert list(labels) == list(english)
        for key, text in labels.items():
            assert placeholders(text) == placeholders(english[key]), key


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("kind", "prefix"),
    [
        (Link, "bar.link."),
        (Standing, "standing."),
        (Standing, "standing.help."),
    ],
)
def test_every_value_is_said(language, kind: type[enum.Enum], prefix):
    speech = Speech(language)
    for one in kind:
        days = {"from_day": "", "until_day": ""}
        assert speech.label(prefix + one.value, **days)


@pytest.mark.parametrize("verdict", Verdict)
@pytest.mark.parametrize("standing", Standing)
def test_every_card_is_judged(verdict, standing):
    judged = judgement(CardView(verdict=verdict, standing=standing), Speech("en"))
    is_good = verdict is Verdict.GENUINE and standing is Standing.CERTIFIED
    assert (judged.tone == "good") == is_good
    assert judged.title
    assert judged.help


def test_a_language_that_nobody_speaks_is_english():
    assert Speech("xx").language == "en"


def test_days_and_weights_are_said_as_the_language_does():
    assert Speech("id").weight(12_500) == "12,5\N{NO-BREAK SPACE}kg"
    assert Speech("en").weight(1_043_005) == "1043.005\N{NO-BREAK SPACE}kg"
    assert Speech("en").kilograms(0) == "0"
    assert Speech("id").day("2026-08-17") == "17 Agu 2026"
    assert Speech("en").day("") == ""
    assert Speech("en").count("hands", 1) == "1 hand"


def test_a_day_of_this_week_is_called_by_its_name():
    def said(day, language="en"):
        return Speech(language).day_near(day, "2026-06-15")

    assert [said(f"2026-06-{day}") for day in (15, 14, 13)] == [
        "today",
        "yesterday",
        "Saturday",
    ]
    assert (said("2026-06-09", "id"), said("2026-06-08")) == ("Selasa", "8 Jun 2026")
    assert (said("2026-06-16"), said("soon"), said("")) == ("16 Jun 2026", "soon", "")


def test_a_day_in_a_sentence_is_said_as_a_day():
    notice = Notice("card.certified", Tone.GOOD, {"until": "2026-12-31"})
    assert Speech("en").notice(notice) == "Certified until 31 Dec 2026."


@pytest.mark.parametrize(
    ("typed", "grams"),
    [
        ("12.5", 12_500),
        ("12,5", 12_500),
        ("0,05", 50),
        (".5", 500),
        ("7", 7_000),
        ("7.", 7_000),
        (" 1.234 ", 1_234),
        ("", None),
    ],
)
def test_weights_as_they_are_typed(typed, grams):
    assert grams_of(typed) == grams


@pytest.mark.parametrize(
    "typed", ["x", "1.2.3", "-1", "1e3", ".", "1.2345", "١", "1 2"]
)
def test_what_is_no_weight(typed):
    with pytest.raises(ValueError):
        grams_of(typed)


def test_every_text_of_the_page_is_used():
    from pathlib import Path

    import farm_edge.screen as screen

    folder = Path(screen.__file__).parent
    files = [*folder.rglob("*.html"), *folder.rglob("*.py")]
    text = "\n".join(one.read_text() for one in files)
    built = (
        r"(bar\.link|harvester|standing|verdict|event|state|trouble|home\.kind|receipt"
        r"|print)\.\w+"
    )
    for key in LABELS["en"]:
        is_built = re.match(built, key) or re.match(r"(unit|count)\.", key)
        assert is_built or f'"{key}"' in text or key.endswith(".title"), key


@pytest.mark.parametrize("name", VIEWS)
def test_a_view_says_what_it_is_about_to_who_does_not_see(name):
    stage = PAGES.stage(Speech("en"), 1, VIEWS[name])
    assert re.search(r'data-title="[^"]{3,}"', stage)


def test_a_notice_is_said_by_the_words_of_steps():
    notice = Notice("purchase.written", Tone.GOOD, {"count": 2, "wanted": 3})
    assert Speech("en").notice(notice) == "The tag is written: 2 of 3."


def test_what_the_page_itself_tells_has_words():
    for key in OWN:
        assert Speech("id").notice(Notice(key, Tone.WARN)) == LABELS["id"][key]


def test_a_number_is_no_day():
    assert Speech("en").day("20260615") == "20260615"
    assert Speech("en").day("2026-06-15") == "15 Jun 2026"
