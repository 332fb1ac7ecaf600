"""Each button of the page is one that the desk takes, and one always leads on."""

import re

import pytest
from farm_edge.screen.app import ANYWHERE
from farm_edge.screen.pages import Pages
from farm_edge.screen.speech import Speech
from farm_edge.work import Desk
from farm_edge.work.desk import STEPS
from work_world import CARD_UID, Hand, card, tag_uid, world

FIELD = re.compile(r'name="(act|go)" value="(\w+)"')


@pytest.fixture
def hand(tmp_path, field, reader):
    store = world(tmp_path / "device")
    yield Hand(field, reader, Desk(store))
    store.close()


def buttons(desk):
    """Acts that are on the page, each of them one that the desk takes."""
    pages = Pages("token", "instance", lambda: True, False)
    html = pages.stage(Speech("en"), 1, desk.view())
    found = FIELD.findall(html)
    steps = {value for name, value in found if name == "go"}
    acts = {value for name, value in found if name == "act"}
    assert steps <= set(STEPS)
    assert acts - ANYWHERE <= set(desk._step.actions()), desk.view()
    return acts


def test_a_purchase_ends_with_fewer_bunches_than_were_said(hand):
    """The farmer has two bunches, and three were entered."""
    desk = hand.desk
    hand.tap(CARD_UID, card())
    assert "buy" in buttons(desk)
    for name, values in (
        ("buy", {}),
        ("crop", {"crop": "AJ"}),
        ("grade", {}),
        ("count", {"bunches": 3}),
    ):
        assert name in buttons(desk)
        desk.act(name, **values)
    for number in (1, 2):
        assert "finish" not in buttons(desk) or number == 2
        desk.act("bunch", hands=8, grams=12_000)
        assert "again" in buttons(desk)
        hand.tap(tag_uid(number), b"")
    assert "finish" in buttons(desk)
    desk.act("finish")
    assert len(desk.view().receipt.bunches) == 2
    buttons(desk)


def test_buttons_of_a_cancelled_purchase_and_of_lists(hand):
    desk = hand.desk
    hand.buy_first()
    assert {"cancel", "more", "finish"} <= buttons(desk)
    desk.act("cancel")
    assert "leave_tags" in buttons(desk)
    desk.act("leave_tags")
    for step in set(STEPS) - {"officer"}:
        desk.go(step)
        buttons(desk)


def test_buttons_of_a_split(hand):
    desk = hand.desk
    hand.buy_first()
    desk.act("finish")
    desk.act("home")
    hand.tap(tag_uid(1))
    assert "count" in buttons(desk)
    desk.act("count", hands=2)
    assert "cancel" in buttons(desk)
    hand.tap(tag_uid(1))
    assert {"skip", "cancel"} <= buttons(desk)
    hand.tap(tag_uid(2), b"")
    assert "finish" in buttons(desk)
    desk.act("finish")
    buttons(desk)
