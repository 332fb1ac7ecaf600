"""A split: the bunch first, then its hands; never more than it has."""

import farmtag
import pytest
from farm_edge.reader import TagGone
from farm_edge.sync import Occasion
from farm_edge.virtual.faults import Command, Fault
from farm_edge.work import Desk
from farm_edge.work.view import HomeView, SplitStage, SplitView, Tone
from farmtag.payload import ContainerType
from store_world import NUMBER, item
from work_world import CARD_UID, CROP, TODAY, Hand, card, carry, tag_uid, write

BUNCH_UID = tag_uid(900)
CODE = farmtag.LineageCode(NUMBER, 77)


def bunch(store, pieces=8, weight=12_000, chip=farmtag.Chip.NTAG216):
    whole = farmtag.Container(
        code=CODE,
        written=TODAY,
        sequence=1,
        type=ContainerType.BUNCH,
        crop=CROP,
        pieces=pieces,
        weight=weight,
        days_since_harvest=2,
        farmer=12,
    )
    return write(whole, store.keys.signing(), BUNCH_UID, chip)


@pytest.fixture
def market(hand, store):
    """A bunch of 8 hands and 12 kg was tapped."""
    hand.tap(BUNCH_UID, bunch(store), chip=farmtag.Chip.NTAG216)
    return hand


def events(store):
    return [(one.kind, one.values) for one in store.journal.since(1, 100)]


def reading(store, hand, uid):
    message = hand.read(uid)
    return farmtag.read(message, store.keys.ring(TODAY), uid, TODAY)


def left(store, hand):
    return farmtag.balance_of(reading(store, hand, BUNCH_UID)).pieces_left


def test_hands_that_weigh_a_little_more_than_the_bunch_leave_nothing(market, desk):
    """No scale is exact: of 12 kg seven hands weighed 12.1."""
    desk.act("count", hands=7, grams=[1_700] * 6 + [1_900])
    market.tap(BUNCH_UID)
    for number in range(1, 8):
        market.tap(tag_uid(number), b"")
    desk.go("split")
    view = market.tap(BUNCH_UID)
    assert (view.stage, view.left) == (SplitStage.COUNT, 1)
    assert (view.grams_left, view.grams_over) == (0, 240)


def test_a_bunch_that_another_desk_splits_meanwhile(market, desk, store):
    other = Hand(market.field, market.reader, Desk(store, goes_on=False))
    other.tap(BUNCH_UID)
    other.desk.act("count", hands=2)
    desk.act("count", hands=3)
    notice = desk.view().notice
    assert (notice.key, notice.args) == ("split.in_work", {"code": str(CODE)})
    assert len(store.tasks.unfinished()) == 1


def test_tapped_at_home_a_bunch_asks_how_many(market, desk):
    view = desk.view()
    assert isinstance(view, SplitView) and view.stage is SplitStage.COUNT
    assert (view.code, view.pieces, view.left) == (str(CODE), 8, 8)
    assert (view.grams_left, view.grams_over) == (12_000, 240)
    assert view.crop_name == "Pisang Ambon"


def test_bunch_first_then_hands_then_one_event(market, desk, store):
    desk.act("count", hands=3)
    assert desk.view().stage is SplitStage.MARK
    assert market.tap(BUNCH_UID).stage is SplitStage.HANDS
    assert left(store, market) == 5 and events(store) == []
    for number in (1, 2):
        view = market.tap(tag_uid(number), b"", chip=farmtag.Chip.NTAG213)
        assert view.notice.args == {"count": number, "wanted": 3}
    assert market.tap(tag_uid(3), b"").stage is SplitStage.DONE
    ((kind, body),) = events(store)
    assert (kind, body["parent"]) == ("split", str(CODE))
    for index, told in enumerate(body["hands"], 1):
        found = reading(store, market, tag_uid(index)).payload
        assert (told["index"], told["code"]) == (index, str(CODE.child(index)))
        assert found.code == CODE.child(index)
        assert told["payload"] == market.read(tag_uid(index))
        assert told["uid"] == tag_uid(index) and "grams" not in told
        assert found.days_since_harvest == 2
    # the rest goes on from there
    desk.act("home")
    view = market.tap(BUNCH_UID)
    assert (view.left, view.stage) == (5, SplitStage.COUNT)
    assert view.grams_left is None, "nobody weighed what was taken"
    desk.act("count", hands=6)
    assert desk.view().notice.key == "input.number"
    desk.act("count", hands=5)
    market.tap(BUNCH_UID)
    for number in range(4, 9):
        market.tap(tag_uid(number), b"")
    told = events(store)[1][1]["hands"]
    assert [one["index"] for one in told] == [4, 5, 6, 7, 8]
    desk.act("home")
    view = market.tap(BUNCH_UID)
    assert isinstance(view, SplitView) and view.left == 0
    assert view.notice.key == "split.nothing_left"


def test_weighed_hands_are_balanced(market, desk, store):
    desk.act("count", hands=3, grams="4000,4000")
    assert desk.view().notice.key == "split.weigh_all"
    desk.act("count", hands=3, grams="4000,4000,4300")
    assert desk.view().notice.key == "split.too_heavy"
    desk.act("count", hands=2, grams="4000,4300", loss_grams=500)
    assert (desk.view().grams_left, desk.view().grams_over) == (3_700, 240)
    market.tap(BUNCH_UID)
    market.tap(tag_uid(1), b"")
    market.tap(tag_uid(2), b"")
    body = events(store)[0][1]
    assert [one["grams"] for one in body["hands"]] == [4000, 4300]
    assert body["loss_grams"] == 500
    split = reading(store, market, BUNCH_UID).split
    assert split.weight == 8300
    assert reading(store, market, tag_uid(2)).payload.weight == 4300


def test_hands_and_loss_are_not_more_than_the_bunch(market, desk, store):
    """The server would refuse the whole split, when all is sold."""
    desk.act("count", hands=3, loss_grams=12_241)
    assert desk.view().notice.key == "split.too_heavy"
    desk.act("count", hands=2, grams="6000,6000", loss_grams=300)
    assert desk.view().notice.key == "split.too_heavy"
    desk.act("count", hands=2, grams="6000,6000", loss_grams=200)
    market.tap(BUNCH_UID)
    market.tap(tag_uid(1), b"")
    desk.act("finish", loss_grams=6_500)
    assert desk.view().notice.key == "split.too_heavy"
    desk.act("finish", loss_grams=6_000)
    assert desk.view().stage is SplitStage.DONE


def test_what_is_left_is_not_counted_down_twice(market, desk, store):
    """The server has heard of the split, and tells what is left, before it is seen."""
    desk.act("count", hands=3)
    seen = {"code": str(CODE), "pieces": 8, "left": 5, "is_on_hold": False}
    carry(store, also=[item("bunch", 1, **seen)])
    desk.refresh()
    assert (desk.view().left, desk.view().wanted) == (8, 3)


@pytest.mark.parametrize("grams", ["0", "-5", "1000001", "1_0", "9" * 30, "", "x"])
def test_weights_that_are_none(market, desk, grams):
    desk.act("count", hands=1, grams=f"{grams},")
    assert desk.view().notice.key == "input.weight"
    assert desk.view().notice.args == {"most": 1_000}


def test_fewer_than_said_are_finished_and_numbers_are_lost(market, desk, store):
    desk.act("count", hands=4)
    market.tap(BUNCH_UID)
    market.tap(tag_uid(1), b"")
    desk.act("finish")
    assert desk.view().stage is SplitStage.DONE
    assert [one["index"] for one in events(store)[0][1]["hands"]] == [1]
    assert left(store, market) == 4


def test_a_number_is_given_to_one_chip_only(market, desk, store, field):
    """A tag that was begun and is lost takes its number with it."""
    desk.act("count", hands=2)
    market.tap(BUNCH_UID)
    field.break_([(Command.WRITE, nth, Fault.LEAVE) for nth in range(10, 400)])
    with pytest.raises(TagGone):
        market.tap(tag_uid(1), b"")
    field.break_()
    view = market.tap(tag_uid(2), b"")
    assert view.notice.key == "split.unsure" and view.is_unsure
    assert market.read(tag_uid(2)) == b""
    desk.act("finish")
    assert desk.view().notice.key == "split.unsure" and events(store) == []
    desk.act("skip")
    assert market.tap(tag_uid(2)).stage is SplitStage.DONE
    assert [one["index"] for one in events(store)[0][1]["hands"]] == [2]
    desk.act("home")
    market.tap(tag_uid(1))
    assert market.read(tag_uid(1)) == b"", "nobody wants it any more"


def test_the_tag_that_left_is_tapped_again(market, desk, store, field):
    desk.act("count", hands=1)
    field.break_([(Command.WRITE, nth, Fault.LEAVE) for nth in range(5, 400)])
    with pytest.raises(TagGone):
        market.tap(BUNCH_UID)
    field.break_()
    assert market.tap(BUNCH_UID).stage is SplitStage.HANDS
    field.break_([(Command.WRITE, nth, Fault.LEAVE) for nth in range(5, 400)])
    with pytest.raises(TagGone):
        market.tap(tag_uid(1), b"")
    field.break_()
    assert market.tap(tag_uid(1)).stage is SplitStage.DONE
    assert len(events(store)) == 1


def test_cancelled_before_a_hand_was_begun_the_bunch_is_as_it_was(market, desk, store):
    before = market.read(BUNCH_UID)
    desk.act("count", hands=4)
    market.tap(BUNCH_UID)
    desk.act("cancel")
    assert desk.view().stage is SplitStage.UNDO
    assert market.tap(tag_uid(5), b"").notice.key == "split.other_tag"
    assert isinstance(market.tap(BUNCH_UID), HomeView)
    assert market.read(BUNCH_UID) == before
    assert events(store) == [] and store.tasks.unfinished() == []


def test_not_cancelled_once_a_hand_was_begun(market, desk, store):
    desk.act("count", hands=2)
    market.tap(BUNCH_UID)
    market.tap(tag_uid(1), b"")
    desk.act("cancel")
    assert desk.view().notice.key == "split.has_hands"
    assert left(store, market) == 6


def test_other_tags_and_bunches_that_may_not(hand, desk, store):
    desk.go("split")
    assert hand.tap(CARD_UID, card()).notice.key == "split.no_bunch"
    other = write(_whole(pieces=3), store.keys.signing(), tag_uid(8))
    assert hand.tap(BUNCH_UID, other).notice.key == "tag.forged"
    carry(store, also=[item("bunch", 1, code=str(CODE), is_on_hold=True)])
    assert hand.tap(BUNCH_UID, bunch(store)).notice.key == "split.on_hold"
    seen = {"code": str(CODE), "pieces": 8, "left": 2, "is_on_hold": False}
    carry(store, also=[item("bunch", 1, **seen)])
    assert hand.tap(BUNCH_UID, bunch(store)).left == 2, "the server knows of more"


def test_a_bunch_of_somebody_unknown_asks_the_server(hand, desk, asked):
    stranger = farmtag.SigningKey.from_bytes(bytes(range(7, 39)))
    desk.go("split")
    tag = write(_whole(pieces=3), stranger, tag_uid(8))
    assert hand.tap(tag_uid(8), tag).notice.key == "tag.unknown_key"
    assert asked == [Occasion.NEWER_CARD]


def _whole(pieces):
    kind = ContainerType.BUNCH
    values = {"code": CODE, "written": TODAY, "type": kind, "crop": CROP}
    return farmtag.Container(pieces=pieces, **values)


def test_switched_off_between_bunch_and_hands(market, desk, store):
    desk.act("count", hands=2)
    market.tap(BUNCH_UID)
    market.tap(tag_uid(1), b"")
    market.desk = again = Desk(store)
    view = again.view()
    assert (view.stage, view.number, len(view.hands)) == (SplitStage.HANDS, 2, 1)
    assert market.tap(tag_uid(2), b"").stage is SplitStage.DONE
    assert [one["index"] for one in events(store)[0][1]["hands"]] == [1, 2]


def test_a_bunch_of_a_cancelled_purchase(hand, desk, store):
    """The server never hears of it: what is split off it would wait for ever."""
    hand.buy_first()
    desk.act("cancel")
    desk.act("leave_tags")
    desk.go("split")
    view = hand.tap(tag_uid(1))
    assert (view.stage, view.notice.key) == (SplitStage.BUNCH, "split.cancelled")


def test_a_bunch_of_a_purchase_that_is_not_done(hand, desk, store):
    hand.buy_first(bunches=2)
    desk.act("home")
    view = hand.tap(tag_uid(1))
    assert view.notice.key == "split.in_work" and view.notice.tone is Tone.BAD
