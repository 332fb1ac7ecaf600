"""A press does one thing, and only what was asked when it was shown."""

import threading
from contextlib import contextmanager
from dataclasses import replace

import pytest
from farm_edge.screen.once import Once
from screen_views import VIEWS

JSON = {"Accept": "application/json"}


def test_a_button_goes_to_another_step(visitor, desk):
    answer = visitor.press("today", "go")
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    assert desk.pressed == [("go today", {})]


def test_the_same_press_twice_is_done_once(visitor, desk):
    form = visitor.form(visitor.page(), "today", "go")
    for _ in range(3):
        visitor.http.post("/act", data=form)
    assert desk.pressed == [("go today", {})]


def test_presses_at_the_same_moment_are_one():
    once, done = Once(), []
    start = threading.Barrier(8)

    def press():
        start.wait()
        once.do("one", lambda: done.append(1))

    threads = [threading.Thread(target=press) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert done == [1]


def test_what_is_remembered_does_not_grow():
    once = Once()
    for number in range(5_000):
        once.do(str(number), lambda: None)
    assert len(once._seen) == 500


def test_what_was_shown_for_another_question_is_not_done(visitor, desk):
    desk.show(VIEWS["purchase_crop"])
    form = visitor.form(visitor.page(), "CAV", "crop")
    desk.show(VIEWS["purchase_grade"])
    answer = visitor.http.post("/act", data=form, headers=JSON)
    assert desk.pressed == []
    assert "Which grade?" in answer.json()["html"]


def test_what_a_tag_has_answered_meanwhile_is_not_done(visitor, desk):
    """Hand 2 is to be skipped, and its tag is being written: hand 3 stays."""
    desk.show(VIEWS["split_hands"])
    form = visitor.form(visitor.page(), "skip")

    @contextmanager
    def turn():
        desk.show(replace(VIEWS["split_hands"], number=3))
        yield

    desk.turn = turn
    visitor.http.post("/act", data=form)
    assert desk.pressed == []


@pytest.mark.parametrize("name", ["split_count", "retire_reason"])
def test_what_was_typed_for_one_tag_is_no_answer_for_another(visitor, desk, name):
    desk.show(replace(VIEWS[name], code="1G7400N6-HW"))
    form = visitor.form(visitor.page(), {"split_count": "count"}.get(name, "reason"))
    desk.show(replace(VIEWS[name], code="1G7400N7-XX"))
    visitor.http.post("/act", data=form | {"hands": "3"})
    assert desk.pressed == []


def test_home_is_always_a_way_out(visitor, desk):
    desk.show(VIEWS["purchase_tag"])
    html = visitor.page()
    desk.show(VIEWS["purchase_review"])
    visitor.http.post("/act", data=visitor.form(html, "home"))
    assert desk.pressed == [("home", {})]


def test_weights_reach_the_desk_as_grams(visitor, desk):
    desk.show(VIEWS["purchase_bunch"])
    visitor.press("bunch", hands=" 9 ", kg="12,5")
    assert desk.pressed == [("bunch", {"hands": "9", "grams": "12500"})]


def test_weights_of_each_hand_reach_the_desk_in_their_order(visitor, desk):
    desk.show(VIEWS["split_count"])
    visitor.press("count", hands="3", kg=["1.2", "1,3", "0.9"], loss_kg="")
    values = {"hands": "3", "grams": "1200,1300,900", "loss_grams": ""}
    assert desk.pressed == [("count", values)]


def test_weights_of_the_largest_bunch(visitor, desk):
    desk.show(VIEWS["split_count"])
    assert visitor.press("count", hands="1023", kg=["1"] * 1023).status_code == 303
    ((_name, values),) = desk.pressed
    assert values["grams"].count(",") == 1022


def test_weights_that_nobody_filled_in_are_none(visitor, desk):
    desk.show(VIEWS["split_count"])
    visitor.press("count", hands="3", kg=["", " ", ""], loss_kg="")
    values = {"hands": "3", "grams": "", "loss_grams": ""}
    assert desk.pressed == [("count", values)]


def test_what_is_no_weight_is_told_and_not_done(visitor, desk):
    desk.show(VIEWS["purchase_bunch"])
    form = visitor.form(visitor.page(), "bunch") | {"hands": "9", "kg": "1.2.3"}
    answer = visitor.http.post("/act", data=form, headers=JSON).json()
    assert desk.pressed == []
    assert "This is no number." in answer["html"]


def test_the_answer_is_what_is_to_be_seen_now(visitor, desk):
    desk.show(VIEWS["card"])
    form = visitor.form(visitor.page(), "buy")
    answer = visitor.http.post("/act", data=form, headers=JSON).json()
    assert answer["version"] == desk.version
    assert "Certified until 31 Dec 2026" in answer["html"]


def test_the_language_is_asked_each_time(visitor, desk, language):
    assert "Tap the farmer&#39;s card" in visitor.page()
    language[0] = "id"
    assert "Tempelkan kartu petani" in visitor.page()
