"""A purchase: bunches on their tags, and one event."""

import time

import farmtag
import pytest
from farm_edge.reader import TagGone, TagLocked, TagUnsuitable
from farm_edge.sync import Occasion
from farm_edge.virtual.faults import Command, Fault
from farm_edge.work import Desk
from farm_edge.work.view import CardView, HomeView, PurchaseStage, PurchaseView, Tone
from farmtag.payload import PlotRight
from store_world import NUMBER, item
from work_world import CARD_UID, CROP, FARMER, TODAY, card, carry, tag_uid


@pytest.fixture
def buying(hand, desk):
    """A purchase from the card's farmer, of three bunches."""
    hand.tap(CARD_UID, card())
    desk.act("buy")
    desk.act("crop", crop="AJ")
    desk.act("grade", grade="A")
    desk.act("count", bunches="3")
    return hand


def events(store):
    return [(one.kind, one.values) for one in store.journal.since(1, 100)]


def read(store, hand, uid):
    ring = store.keys.ring(TODAY)
    return farmtag.read(hand.read(uid), ring, uid, TODAY)


def test_what_is_asked_step_by_step(hand, desk):
    hand.tap(CARD_UID, card())
    desk.act("buy")
    view = desk.view()
    assert isinstance(view, PurchaseView) and view.stage is PurchaseStage.CROP
    assert [one.code for one in view.crops] == ["AJ"], "only what is certified"
    desk.act("crop", crop="AJ")
    assert desk.view().stage is PurchaseStage.GRADE
    assert [one.name for one in desk.view().grades] == ["Mutu A"]
    desk.act("grade", grade="")
    desk.act("count", bunches=2)
    view = desk.view()
    assert (view.stage, view.number, view.wanted) == (PurchaseStage.BUNCH, 1, 2)
    desk.act("bunch", hands=8, grams=12_000)
    view = desk.view()
    assert (view.stage, view.hands, view.bunch_grams) == (
        PurchaseStage.TAG,
        8,
        12_000,
    )


def test_one_event_with_each_bunch_as_it_stands_on_its_tag(buying, desk, store):
    for number, (hands, grams) in enumerate(((8, 12_000), (7, 9_500), (9, 14_100))):
        desk.act("bunch", hands=hands, grams=grams)
        view = buying.tap(tag_uid(number), b"")
        assert view.notice.key == "purchase.written" and view.sound == "good"
    assert events(store) == []
    assert (view.stage, view.grams) == (PurchaseStage.REVIEW, 35_600)
    desk.act("finish")
    view = desk.view()
    assert view.stage is PurchaseStage.DONE
    assert (view.receipt.grams, view.receipt.hands) == (35_600, 24)
    assert view.receipt.farmer_name == "Siti" and view.receipt.events == (1,)
    ((kind, body),) = events(store)
    assert kind == "purchase"
    assert body["farmer"] == "F-12" and body["card_uid"] == CARD_UID
    assert (body["card"], body["crop"], body["grade"]) == (card(), "AJ", "A")
    assert (body["certificate"], body["valid_to"]) == ("CERT-7", "2026-12-31")
    for number, bunch in enumerate(body["bunches"]):
        found = read(store, buying, tag_uid(number))
        whole = found.payload
        assert bunch["uid"] == tag_uid(number) and bunch["chip"] == "NTAG215"
        assert bunch["payload"] == buying.read(tag_uid(number))
        assert (bunch["code"], bunch["hands"]) == (str(whole.code), whole.pieces)
        assert (whole.weight, whole.crop) == (bunch["grams"], CROP)
        assert (whole.farmer, whole.certificate) == (FARMER, "CERT-7")
        assert whole.code.device == NUMBER and whole.grade is farmtag.payload.Grade.A
    assert store.tasks.unfinished() == []


def test_the_next_card_opens_when_a_purchase_is_done(buying, desk, store):
    """Wet hands: no button is pressed between two farmers."""
    desk.act("bunch", hands=8, grams=12_000)
    buying.tap(tag_uid(1), b"")
    desk.act("finish")
    assert desk.view().stage is PurchaseStage.DONE
    assert buying.tap(tag_uid(1)).notice.key == "tap.not_here", "it still lies there"
    assert desk.view().stage is PurchaseStage.DONE
    assert isinstance(buying.tap(CARD_UID), CardView)
    for step in ("today", "waiting", "refused"):
        desk.go(step)
        assert isinstance(buying.tap(CARD_UID), CardView)


def test_a_tag_that_is_in_use_is_not_written(buying, desk, store):
    desk.act("bunch", hands=8, grams=12_000)
    buying.tap(tag_uid(1), b"")
    before = buying.read(tag_uid(1))
    desk.act("bunch", hands=7, grams=9_000)
    assert buying.tap(tag_uid(1)).notice.key == "purchase.next_tag"
    assert buying.tap(CARD_UID).notice.key == "tag.is_card"
    foreign = b"\xd1\x01\x0cU\x04example.com"
    assert buying.tap(tag_uid(2), foreign).notice.key == "tag.not_ours"
    assert buying.read(tag_uid(1)) == before
    assert buying.read(tag_uid(2)) == foreign
    desk.act("finish")
    assert events(store) == [], "a bunch is at hand: say what becomes of it"
    desk.act("again")
    desk.act("finish")
    assert len(events(store)[0][1]["bunches"]) == 1
    desk.act("home")
    # of another purchase, and not retired
    buying.tap(CARD_UID)
    for name, values in (
        ("buy", {}),
        ("crop", {"crop": "AJ"}),
        ("grade", {}),
        ("count", {"bunches": 1}),
        ("bunch", {"hands": 3, "grams": 100}),
    ):
        desk.act(name, **values)
    assert buying.tap(tag_uid(1)).notice.key == "tag.in_use"


@pytest.mark.parametrize("fault", [Fault.LEAVE, Fault.TEAR, Fault.WRONG])
@pytest.mark.parametrize("nth", [1, 20, 50])
def test_tag_that_leaves_is_tapped_again(buying, desk, store, field, fault, nth):
    desk.act("bunch", hands=8, grams=12_000)
    field.break_([(Command.WRITE, nth, fault)])
    try:
        buying.tap(tag_uid(1), b"")
    except TagGone:
        assert desk.view().is_unsure
        assert desk.view().notice.key == "error.tag_gone"
        assert desk.view().notice.tone is Tone.WAIT
        field.break_()
        buying.tap(tag_uid(1))
    view = desk.view()
    assert (view.stage, len(view.bunches)) == (PurchaseStage.BUNCH, 1)
    desk.act("finish")
    assert len(events(store)[0][1]["bunches"]) == 1
    assert str(read(store, buying, tag_uid(1)).payload.code) == view.bunches[0].code


def test_another_tag_in_place_of_one_that_left(buying, desk, store, field):
    """The first is as it was when it comes again, and in no event."""
    desk.act("bunch", hands=8, grams=12_000)
    field.break_([(Command.WRITE, nth, Fault.LEAVE) for nth in range(30, 400)])
    with pytest.raises(TagGone):
        buying.tap(tag_uid(1), b"")
    field.break_()
    view = buying.tap(tag_uid(2), b"")
    assert len(view.bunches) == 1
    desk.act("bunch", hands=7, grams=9_000)
    buying.tap(tag_uid(1))
    assert buying.read(tag_uid(1)) == b""
    assert len(desk.view().bunches) == 1 and desk.view().hands == 7
    buying.tap(tag_uid(1))
    desk.act("finish")
    told = events(store)[0][1]["bunches"]
    assert [one["uid"] for one in told] == [tag_uid(2), tag_uid(1)]
    assert len({one["code"] for one in told}) == 2


def test_a_chip_that_will_not_do_costs_nothing(buying, desk, field):
    desk.act("bunch", hands=8, grams=12_000)
    with pytest.raises(TagUnsuitable):
        buying.tap(tag_uid(1), b"", chip=farmtag.Chip.NTAG213)
    desk.tag_refused(buying.reader, TagLocked("locked"))
    assert desk.view().notice.key == "error.tag_locked"
    assert buying.tap(tag_uid(2), b"").bunches[0].is_written


def test_switched_off_between_two_tags(buying, desk, store, reader, field):
    desk.act("bunch", hands=8, grams=12_000)
    buying.tap(tag_uid(1), b"")
    desk.act("bunch", hands=7, grams=9_000)
    again = Desk(store)
    view = again.view()
    assert (view.stage, view.hands, len(view.bunches)) == (PurchaseStage.TAG, 7, 1)
    buying.desk = again
    buying.tap(tag_uid(2), b"")
    again.act("finish")
    assert len(events(store)[0][1]["bunches"]) == 2
    assert isinstance(Desk(store).view(), HomeView)


def test_ended_and_started_again_before_the_first_tag(desk, store):
    """An update of the program, while somebody enters a purchase."""
    desk.act("farmer", farmer="F-12")
    desk.act("crop", crop="PP")
    desk.close()
    assert Desk(store).view().stage is PurchaseStage.COUNT


def test_cancelled_tags_become_blank_and_nothing_is_told(buying, desk, store):
    for number in (1, 2):
        desk.act("bunch", hands=8, grams=12_000)
        buying.tap(tag_uid(number), b"")
    desk.act("cancel")
    view = desk.view()
    assert view.stage is PurchaseStage.UNDO and len(view.bunches) == 2
    assert buying.tap(tag_uid(1)).stage is PurchaseStage.UNDO
    assert isinstance(buying.tap(tag_uid(2)), HomeView)
    assert buying.read(tag_uid(1)) == buying.read(tag_uid(2)) == b""
    assert events(store) == [] and store.tasks.unfinished() == []


def test_a_cancelled_tag_that_was_not_there_is_known_later(buying, desk, store):
    desk.act("bunch", hands=8, grams=12_000)
    buying.tap(tag_uid(1), b"")
    desk.act("cancel")
    desk.act("leave_tags")
    assert isinstance(desk.view(), HomeView)
    assert buying.tap(tag_uid(1)).notice.key == "home.cleared"
    assert buying.read(tag_uid(1)) == b""


def test_a_purchase_left_alone_stays_open_and_goes_on(buying, desk):
    desk.act("bunch", hands=8, grams=12_000)
    buying.tap(tag_uid(1), b"")
    desk.go("today")
    desk.act("home")
    (work,) = desk.view().open_work
    assert (work.kind, work.name, work.count) == ("purchase", "F-12", 1)
    desk.act("resume", task=work.task)
    assert desk.view().stage is PurchaseStage.BUNCH


def test_what_was_not_begun_is_forgotten(buying, desk, store):
    desk.act("home")
    assert desk.view().open_work == () and store.tasks.unfinished() == []


def test_a_farmer_without_card(hand, desk, store):
    desk.act("farmer", farmer="F-99")
    assert desk.view().notice.key == "farmer.unknown"
    desk.act("farmer", farmer="F-12")
    assert [one.code for one in desk.view().crops] == ["AJ", "PP"]
    desk.act("crop", crop="PP")
    desk.act("count", bunches=1)
    desk.act("harvest", date="2026-06-14", by="collector")
    desk.act("bunch", hands=1, grams=900)
    hand.tap(tag_uid(1), b"")
    desk.act("finish")
    body = events(store)[0][1]
    assert "card" not in body and body["farmer"] == "F-12"
    assert (body["harvest_date"], body["harvested_by"]) == ("2026-06-14", "collector")
    assert read(store, hand, tag_uid(1)).payload.days_since_harvest == 1


def test_a_farmer_as_it_is_typed_and_as_it_stands(desk, store, asked):
    desk.act("farmer", farmer="F-99")
    assert asked == [Occasion.UNKNOWN_FARMER]
    desk.act("farmer", farmer="f-12")
    assert desk.view().farmer == "F-12" and desk.view().notice is None
    desk.act("home")
    carry(store, certificate={"state": "suspended"}, farmer={"region": "9" * 12})
    desk.act("farmer", farmer="F-12")
    assert desk.view().stage is PurchaseStage.CROP
    assert desk.view().notice.key == "card.suspended"
    assert store.tasks.unfinished()[0].values["region"] is None


def test_a_tag_that_was_begun_for_something_else_is_told_of_once_more(
    buying, desk, store, field
):
    """It is as it was now, and no bunch: it must not be hung up as one."""
    desk.act("bunch", hands=8, grams=12_000)
    field.break_([(Command.WRITE, nth, Fault.LEAVE) for nth in range(30, 400)])
    with pytest.raises(TagGone):
        buying.tap(tag_uid(1), b"")
    field.break_()
    desk.act("bunch", hands=7, grams=9_000)
    told = []
    desk.again = lambda: told.append("again")
    view = buying.tap(tag_uid(1))
    assert (view.notice.key, view.notice.tone) == ("tap.settled", Tone.WAIT)
    assert told == ["again"] and view.stage is PurchaseStage.TAG


def test_more_than_one_event_holds(hand, desk, store):
    """80 bunches are more than 16,384 bytes: several events, at one moment."""
    desk.act("farmer", farmer="F-12")
    desk.act("crop", crop="PP")
    desk.act("count", bunches=80)
    for number in range(80):
        desk.act("bunch", hands=8, grams=12_000)
        hand.tap(tag_uid(number), b"")
    desk.act("finish")
    told = events(store)
    assert len(told) > 1 and {kind for kind, _body in told} == {"purchase"}
    bunches = [one for _kind, body in told for one in body["bunches"]]
    assert [one["uid"] for one in bunches] == [tag_uid(n) for n in range(80)]
    receipt = desk.view().receipt
    assert receipt.events == tuple(range(1, len(told) + 1))
    desk.go("today")
    desk.act("receipt", event=desk.view().lines[-2].id)
    again = desk.view().receipt
    assert (again.events, len(again.bunches)) == (receipt.events, 80)


@pytest.mark.parametrize(
    "name, values, key",
    [
        ("count", {"bunches": "many"}, "input.number"),
        ("count", {"bunches": 0}, "input.number"),
        ("harvest", {"date": "2026-06-16"}, "input.date"),
        ("harvest", {"date": "today"}, "input.date"),
        ("harvest", {"date": "20260614"}, "input.date"),
        ("harvest", {"date": "2026-W24-7"}, "input.date"),
        ("harvest", {"by": "the king"}, "input.harvester"),
        ("finish", {}, "act.not_here"),
        ("nonsense", {}, "act.not_here"),
    ],
)
def test_wrong_input_is_told_and_changes_nothing(hand, desk, name, values, key):
    desk.act("farmer", farmer="F-12")
    desk.act("crop", crop="PP")
    before = desk.view().stage
    desk.act(name, **values)
    assert desk.view().notice.key == key
    assert desk.view().stage is before


def test_no_purchase_with_a_card_that_does_not_count(hand, desk, store):
    carry(store, certificate={"state": "suspended"})
    hand.tap(CARD_UID, card())
    desk.act("buy")
    assert isinstance(desk.view(), CardView)
    assert desk.view().notice.key == "card.cannot_buy"


# -- harvest ---------------------------------------------------------------------------


def test_who_says_nothing_has_it_harvested_today_by_the_farmer(buying, desk, store):
    """What was shown is what is told, also if the purchase ends another day."""
    view = desk.view()
    assert (view.harvest_date, view.harvested_by) == ("2026-06-15", "farmer")
    desk.act("bunch", hands=8, grams=12_000)
    buying.tap(tag_uid(1), b"")
    desk.act("finish")
    body = events(store)[0][1]
    assert (body["harvest_date"], body["harvested_by"]) == ("2026-06-15", "farmer")
    assert read(store, buying, tag_uid(1)).payload.days_since_harvest == 0
    assert desk.view().receipt.harvest_date == "2026-06-15"


def test_who_harvested_is_said_alone_and_the_day_stays(buying, desk):
    """As ``buy --resume 3 --harvested-by collector`` does."""
    desk.act("harvest", date="2026-06-13", by="farmer")
    desk.act("harvest", by="collector")
    view = desk.view()
    assert (view.harvest_date, view.harvested_by) == ("2026-06-13", "collector")


def test_another_day_of_harvest_is_asked_for_and_the_count_comes_after(hand, desk):
    hand.tap(CARD_UID, card())
    for act, values in (("buy", {}), ("crop", {"crop": "AJ"}), ("grade", {})):
        desk.act(act, **values)
    desk.act("ask_harvest")
    view = desk.view()
    assert view.stage is PurchaseStage.HARVEST and len(view.days) == 7
    assert (view.days[0], view.days[6]) == ("2026-06-15", "2026-06-09")
    desk.act("harvest", date="2026-06-16", by="farmer")
    assert desk.view().notice.key == "input.date"
    desk.act("harvest", date="2026-06-13", by="standing_crop_buyer")
    view = desk.view()
    assert (view.stage, view.harvest_date) == (PurchaseStage.COUNT, "2026-06-13")
    assert view.harvested_by == "standing_crop_buyer"


def test_an_earlier_day_than_those_shown_stays_to_be_chosen(hand, desk):
    desk.act("farmer", farmer="F-12")
    desk.act("crop", crop="PP")
    desk.act("harvest", date="2026-05-30", by="farmer")
    desk.act("ask_harvest")
    assert "2026-05-30" in desk.view().days


@pytest.mark.parametrize("zone", ["Asia/Jayapura", "America/Lima"])
def test_today_is_the_day_where_the_device_is(desk, store, monkeypatch, zone):
    """At 18:00 UTC it is another day in Papua."""
    monkeypatch.setenv("TZ", zone)
    time.tzset()
    try:
        store.clock._ticks.now += 15 * 3_600_000
        desk.act("farmer", farmer="F-12")
        desk.act("crop", crop="PP")
        here = desk.view().harvest_date
        assert here == ("2026-06-16" if zone == "Asia/Jayapura" else "2026-06-15")
        desk.act("harvest", date=here, by="farmer")
        assert desk.view().notice is None
    finally:
        monkeypatch.undo()
        time.tzset()


# -- what the card allows --------------------------------------------------------------


def allowing(*caps):
    """A card that says how many bunches plots may give."""
    return card(plots=tuple(PlotRight(*one) for one in caps))


def begin(hand, desk, message, bunches):
    hand.tap(CARD_UID, message)
    desk.act("buy")
    desk.act("crop", crop="AJ")
    notices = [desk.view().notice]
    desk.act("grade", grade="A")
    desk.act("count", bunches=bunches)
    return [*notices, desk.view().notice]


def buy(hand, desk, message, first, count=1):
    begin(hand, desk, message, count)
    for number in range(first, first + count):
        desk.act("bunch", hands=8, grams=12_000)
        hand.tap(tag_uid(number), b"")
    desk.act("finish")
    desk.act("home")


def test_more_bunches_than_the_card_says_are_warned_of_and_bought(hand, desk, store):
    message = allowing((7, CROP, 2), (8, CROP, 1), (9, CROP + 1, 500))
    buy(hand, desk, message, first=1, count=2)
    nothing, told = begin(hand, desk, message, bunches=2)
    assert nothing is None
    assert (told.key, told.tone) == ("purchase.over_cap", Tone.WARN)
    assert told.args == {"count": 4, "cap": 3}
    view = desk.view()
    assert (view.cap, view.known, view.is_over_cap) == (3, 2, True)
    desk.act("bunch", hands=8, grams=12_000)
    hand.tap(tag_uid(5), b"")
    desk.act("finish")
    assert desk.view().stage is PurchaseStage.DONE and len(events(store)) == 2


def test_when_all_is_bought_it_is_told_with_the_crop(hand, desk):
    message = allowing((7, CROP, 1))
    buy(hand, desk, message, first=1)
    told, _again = begin(hand, desk, message, bunches=1)
    assert told.args == {"count": 2, "cap": 1}


def test_as_many_as_the_card_says_are_no_matter(hand, desk):
    assert begin(hand, desk, allowing((7, CROP, 3)), bunches=3) == [None, None]
    assert not desk.view().is_over_cap


def test_a_card_that_says_nothing_of_plots_warns_of_nothing(hand, desk):
    assert begin(hand, desk, card(), bunches=900) == [None, None]


def test_bunches_of_other_devices_count_as_far_as_they_are_carried(hand, desk, store):
    def lot(number, **more):
        values = {"code": f"OTHER-{number}", "farmer": FARMER, "crop": CROP}
        return item("bunch", number, **(values | {"harvested": "2026-06-01"} | more))

    others = [lot(1), lot(2), lot(3, farmer=99), lot(4, crop=CROP + 1)]
    carry(store, also=[*others, lot(5, harvested="2025-11-30")])
    begin(hand, desk, allowing((7, CROP, 2)), bunches=1)
    assert desk.view().known == 2, "of this farmer, crop and year"


def test_a_bunch_that_is_told_and_carried_counts_once(hand, desk, store):
    buy(hand, desk, allowing((7, CROP, 9)), first=1)
    code = events(store)[0][1]["bunches"][0]["code"]
    mine = item("bunch", 1, code=code, farmer=FARMER, crop=CROP, harvested="2026-06-15")
    carry(store, also=[mine])
    begin(hand, desk, allowing((7, CROP, 9)), bunches=1)
    assert desk.view().known == 1
