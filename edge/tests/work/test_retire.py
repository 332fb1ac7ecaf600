"""A tag is taken off: blank, and told."""

import farmtag
import pytest
from farm_edge.reader import TagGone
from farm_edge.virtual.faults import Command, Fault
from farm_edge.work.view import RetireStage
from work_world import CARD_UID, CROP, TODAY, card, tag_uid, write


def unit(store, uid):
    code = farmtag.LineageCode(4711, 5).child(1)
    payload = farmtag.Unit(code=code, written=TODAY, crop=CROP)
    return str(code), write(payload, store.keys.signing(), uid)


def test_taken_off_blank_and_told_with_its_code(hand, desk, store):
    uid = tag_uid(1)
    code, message = unit(store, uid)
    desk.go("retire")
    view = hand.tap(uid, message)
    assert (view.stage, view.code) == (RetireStage.REASON, code)
    desk.act("reason", reason="because")
    assert desk.view().notice.key == "retire.why"
    desk.act("reason", reason="broken")
    assert hand.tap(tag_uid(2), b"").notice.key == "retire.other_tag"
    assert hand.tap(uid).stage is RetireStage.DONE
    assert hand.read(uid) == b""
    (event,) = store.journal.since(1, 9)
    assert event.kind == "retire"
    told = {name: event.values[name] for name in ("code", "uid", "reason")}
    assert told == {"code": code, "uid": uid, "reason": "Broken"}


def test_a_tag_that_cannot_be_made_blank_is_taken_off_all_the_same(
    hand, desk, store, field
):
    uid = tag_uid(3)
    code, message = unit(store, uid)
    desk.go("retire")
    hand.tap(uid, message)
    field.poke(uid.hex(), 2, field.memory(uid.hex())[8:10] + b"\xff\xff")
    desk.act("reason", reason="taken_off")
    assert hand.tap(uid).notice.key == "retire.kept"
    (event,) = store.journal.since(1, 9)
    assert event.values["code"] == code
    assert store.writes.unfinished() == []


def test_a_tag_of_a_cancelled_purchase_becomes_blank_and_is_not_told(hand, desk, store):
    """The server would wait for its bunch for ever."""
    buy_one(hand, desk)
    desk.act("cancel")
    desk.act("leave_tags")
    desk.go("retire")
    view = hand.tap(tag_uid(1))
    assert (view.stage, view.notice.key) == (RetireStage.TAP, "home.cleared")
    assert hand.read(tag_uid(1)) == b"" and store.journal.since(1, 9) == []


def test_a_bunch_that_is_finished_here_is_not_called_blank(hand, desk, store, field):
    """Its tag left while it was written, and is tapped to be taken off."""
    buy_one(hand, desk, lay=False)
    field.break_([(Command.WRITE, nth, Fault.LEAVE) for nth in range(20, 400)])
    with pytest.raises(TagGone):
        hand.tap(tag_uid(1), b"")
    field.break_()
    desk.go("retire")
    view = hand.tap(tag_uid(1))
    assert hand.read(tag_uid(1)) != b"" and view.notice.key == "tap.settled"


def buy_one(hand, desk, lay=True):
    desk.act("farmer", farmer="F-12")
    desk.act("crop", crop="PP")
    desk.act("count", bunches=1)
    desk.act("bunch", hands=8, grams=9_000)
    if lay:
        hand.tap(tag_uid(1), b"")


def test_cards_blanks_and_tags_of_others_are_not_retired(hand, desk, store):
    desk.go("retire")
    assert hand.tap(CARD_UID, card()).notice.key == "tag.is_card"
    assert hand.tap(tag_uid(4), b"").notice.key == "tag.empty"
    other = b"\xd1\x01\x0cU\x04example.com"
    assert hand.tap(tag_uid(5), other).notice.key == "tag.not_ours"
    assert desk.view().stage is RetireStage.TAP
