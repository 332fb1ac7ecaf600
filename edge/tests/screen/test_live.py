"""What changes is told at once, to every page, until it goes away."""

import json
import time
from contextlib import ExitStack

import pytest
from farm_edge.screen import live
from screen_views import VIEWS


def events(answer):
    """Name and data of each event."""
    name = ""
    for line in answer.iter_lines():
        field, _colon, value = line.partition(": ")
        if field == "event":
            name = value
        elif field == "data":
            yield name, json.loads(value)


@pytest.fixture
def stream(visitor):
    with ExitStack() as stack:

        def opened(since=0):
            query = {"since": since}
            return stack.enter_context(
                visitor.http.stream("GET", "/live", params=query)
            )

        yield opened


def test_a_page_learns_what_it_missed_and_what_comes(stream, desk):
    told = events(stream())
    name, hello = next(told)
    assert (name, bool(hello["instance"])) == ("hello", True)
    assert next(told)[1]["version"] == 1
    desk.show(VIEWS["card"])
    name, shown = next(told)
    assert (name, shown["version"]) == ("show", 2)
    assert "Certified until" in shown["html"]


def test_a_page_that_is_new_is_told_nothing_twice(stream, desk):
    told = events(stream(since=1))
    next(told)
    desk.show(VIEWS["card"])
    assert next(told)[1]["version"] == 2


def test_every_page_is_told(stream, desk):
    streams = [events(stream(1)) for _ in range(3)]
    for told in streams:
        next(told)
    desk.show(VIEWS["today"])
    assert [next(told)[1]["version"] for told in streams] == [2, 2, 2]


def test_too_many_pages_are_refused_until_one_is_closed(visitor, stream):
    told = [events(stream(1)) for _ in range(live.MOST)]
    for one in told:
        next(one)
    assert stream(1).status_code == 503
    assert visitor.http.get("/").status_code == 200


def test_a_page_that_goes_away_makes_room(visitor, desk):
    end = time.monotonic() + 60
    opened = 0
    while opened < 2 * live.MOST and time.monotonic() < end:
        with visitor.http.stream("GET", "/live", params={"since": 1}) as answer:
            opened += answer.status_code == 200
            if answer.status_code == 200:
                next(events(answer))
    assert opened == 2 * live.MOST


def test_it_says_that_nothing_is_new(stream, monkeypatch):
    monkeypatch.setattr(live, "BEAT", live.GLANCE)
    lines = stream(1).iter_lines()
    assert next(line for line in lines if line.startswith(":")) == ": nothing new"


def test_the_agent_ends_although_pages_watch(server, stream):
    told = events(stream(1))
    next(told)
    server.stop()
    assert not server._thread.is_alive()
