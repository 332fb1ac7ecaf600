"""A device is taken on at its screen: a server that answers, and one that does not."""

import threading

import pytest
from farm_edge.store import Enrolled, Store
from farm_edge.sync import Occasion
from farm_edge.work import Desk
from farm_edge.work.view import (
    CardView,
    EnrolStage,
    EnrolView,
    HomeView,
    Link,
    Tone,
    TroubleView,
)
from store_world import NUMBER, Ticks, purchase
from sync_server import CODE, answer_lost, says
from work_world import CARD_UID, Hand, card, carry, until

NOWHERE = "http://127.0.0.1:1"


def ended(desk):
    """The view when the server has answered, or has not."""
    return until(desk, lambda view: view.stage is not EnrolStage.WAIT)


@pytest.fixture
def bare(tmp_path):
    """A store that came out of its box."""
    store = Store.open(tmp_path / "bare", None, Ticks())
    yield store
    store.close()


@pytest.fixture
def fresh(bare, asked):
    return Desk(bare, ask=asked.append)


def test_a_fresh_device_asks_for_its_server_and_a_code(fresh, bare, village, asked):
    view = fresh.view()
    assert isinstance(view, EnrolView) and view.stage is EnrolStage.SERVER
    assert view.bar.link is Link.NEW and not view.is_anew
    fresh.act("server", server=f" {village.url}/ ")
    view = fresh.view()
    assert (view.stage, view.server) == (EnrolStage.CODE, village.url)
    fresh.act("code", code=CODE.lower())
    view = ended(fresh)
    assert (view.stage, view.number, view.name) == (EnrolStage.DONE, NUMBER, "Tablet")
    assert view.notice.tone is Tone.GOOD
    assert asked == [Occasion.FIRST_USE] and bare.identity.number == NUMBER
    fresh.act("home")
    assert isinstance(fresh.view(), HomeView)


def test_where_the_server_is_set_only_the_code_is_asked_for(bare, village):
    bare.settings["server"] = village.url
    desk = Desk(bare)
    assert desk.view().stage is EnrolStage.CODE
    desk.act("edit")
    view = desk.view()
    assert (view.stage, view.server) == (EnrolStage.SERVER, village.url)


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("farm.example.id", "https://farm.example.id"),
        ("farm.example.id:8443/", "https://farm.example.id:8443"),
        ("http://192.168.1.7:8069", "http://192.168.1.7:8069"),
        ("https://[fd00::7]", "https://[fd00::7]"),
    ],
)
def test_addresses_as_people_type_them(fresh, bare, typed, address):
    fresh.act("server", server=typed)
    assert bare.settings["server"] == address


@pytest.mark.parametrize(
    "typed",
    (
        *("", "farm example", "https://", "ftp://farm.id", "farm.id/web", "a@farm.id"),
        *("https://farm.id:port", "http://[::1", "farm.id?db=1", "-farm.id"),
        *("farm.id.", "http://farm.id"),
    ),
)
def test_what_is_no_address_is_told_and_not_kept(fresh, bare, typed):
    fresh.act("server", server=typed)
    assert fresh.view().notice.key == "enrol.no_server"
    assert fresh.view().stage is EnrolStage.SERVER and not bare.settings["server"]


@pytest.mark.parametrize("typed", ["", "7KQ2M", "7KQ2M-X9TBA-9", "7KQ2M-X9TB!"])
def test_what_is_no_code_is_not_sent(fresh, village, typed):
    fresh.act("server", server=village.url)
    fresh.act("code", code=typed)
    assert fresh.view().notice.key == "enrol.no_code"
    assert village.asked == []


@pytest.mark.parametrize(
    ("fault", "key", "is_kept"),
    [
        (says(403, "code-unknown"), "enrol.code_unknown", False),
        (says(503, "busy", "later", 5), "enrol.later", True),
        (says(500, "internal", "later"), "enrol.later", True),
        (says(409, "key-known"), "error.refused", True),
    ],
)
def test_what_the_server_says_against_it(fresh, bare, village, fault, key, is_kept):
    village.faults = [fault]
    fresh.act("server", server=village.url)
    fresh.act("code", code=CODE)
    view = ended(fresh)
    assert (view.stage, view.notice.key) == (EnrolStage.CODE, key)
    assert bool(view.code) == is_kept and bare.identity is None


def test_without_a_network_it_is_told_and_tried_again(fresh, village):
    fresh.act("server", server=NOWHERE)
    fresh.act("code", code=CODE)
    view = ended(fresh)
    assert view.notice.key == "enrol.unreachable"
    fresh.act("edit")
    fresh.act("server", server=village.url)
    fresh.act("code", code=view.code)
    assert ended(fresh).stage is EnrolStage.DONE


def test_an_answer_that_is_lost_uses_the_code(fresh, bare, village):
    village.faults = [answer_lost, says(403, "code-unknown")]
    fresh.act("server", server=village.url)
    for key in ("enrol.unreachable", "enrol.code_unknown"):
        fresh.act("code", code=CODE)
        assert ended(fresh).notice.key == key


def test_the_page_is_not_held_up_while_the_server_thinks(fresh, village):
    go_on = threading.Event()

    def slow(handler, work):
        go_on.wait(30)
        handler.send(200, work())

    village.faults = [slow]
    fresh.act("server", server=village.url)
    fresh.act("code", code=CODE)
    fresh.act("code", code=CODE)
    view = fresh.view()
    assert (view.stage, view.notice.key) == (EnrolStage.WAIT, "act.not_here")
    fresh.act("language", language="id")
    go_on.set()
    assert ended(fresh).stage is EnrolStage.DONE
    assert village.asked == ["enrol"]


def test_who_leaves_is_enrolled_all_the_same(bare, village):
    """The server is looked at then, and the desk sees what has become."""
    looked_at = threading.Event()
    desk = Desk(bare, ask=lambda occasion: looked_at.set())
    desk.act("server", server=village.url)
    desk.act("code", code=CODE)
    desk.act("home")
    assert looked_at.wait(30)
    desk.refresh()
    assert isinstance(desk.view(), HomeView)


def test_leaving_shows_what_is_wrong_and_the_way_back(fresh):
    fresh.act("home")
    view = fresh.view()
    assert isinstance(view, TroubleView) and view.code == "not_enrolled"
    fresh.go("enrol")
    assert isinstance(fresh.view(), EnrolView)


def test_enrolled_by_a_command_meanwhile(fresh, bare, village):
    from farm_edge.sync import Client, enrol

    client = Client(village.url)
    enrol(bare, client, CODE)
    client.close()
    fresh.refresh()
    assert fresh.view().stage is EnrolStage.DONE


def test_who_asks_twice_is_told_what_has_become(fresh, bare, village):
    """The first answer came while the second was under way."""

    def enrolled_meanwhile(handler, work):
        bare.enrolled(Enrolled(b"s" * 32, NUMBER, "token", {"number": NUMBER}))
        says(403, "code-unknown")(handler, work)

    village.faults = [enrolled_meanwhile]
    fresh.act("server", server=village.url)
    fresh.act("code", code=CODE)
    view = until(fresh, lambda view: view.notice)
    assert (view.stage, view.notice.key) == (EnrolStage.DONE, "enrol.done")


def test_no_tag_does_anything_before(fresh, field, reader):
    hand = Hand(field, reader, fresh)
    assert isinstance(hand.tap(CARD_UID, card()), EnrolView)


def test_a_card_that_is_tapped_when_it_is_done_is_read(
    fresh, bare, village, field, reader
):
    fresh.act("server", server=village.url)
    fresh.act("code", code=CODE)
    ended(fresh)
    carry(bare)
    hand = Hand(field, reader, fresh)
    assert isinstance(hand.tap(CARD_UID, card()), CardView)


def test_anew_after_a_quarantine_and_nothing_is_lost(store, village, asked):
    store.journal.append("purchase", purchase())
    store.identities.quarantine("another history")
    store.settings["server"] = village.url
    village.ledger.public_key, village.ledger.number = b"before", NUMBER
    desk = Desk(store, ask=asked.append)
    assert isinstance(desk.view(), TroubleView)
    desk.go("enrol")
    view = desk.view()
    assert (view.stage, view.is_anew) == (EnrolStage.CODE, True)
    desk.act("code", code=CODE)
    view = ended(desk)
    assert (view.stage, view.number) == (EnrolStage.DONE, NUMBER + 1)
    assert store.journal.waiting() == 1 and not store.identity.quarantine


def test_another_server_gets_nothing_before_it_has_taken_the_device_on(store, village):
    """Whoever stands before the screen types an address: no purchase goes there."""
    store.settings["server"] = "https://office.example"
    desk = Desk(store)
    desk.go("enrol")
    desk.act("edit")
    desk.act("server", server=village.url)
    assert desk.view().server == village.url
    assert store.settings["server"] == "https://office.example"
    village.faults = [says(403, "code-unknown")]
    desk.act("code", code=CODE)
    assert ended(desk).notice.key == "enrol.code_unknown"
    assert store.settings["server"] == "https://office.example"
    village.ledger.public_key, village.ledger.number = b"before", NUMBER
    desk.act("code", code=CODE)
    assert (ended(desk).stage, desk.view().server) == (EnrolStage.DONE, village.url)
    assert store.settings["server"] == village.url
