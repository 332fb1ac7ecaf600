"""The desk: any number of threads, readers that come and go, disks that fail."""

import threading

import pytest
from farm_edge.reader import ReaderGone
from farm_edge.reader.watch import Watch
from farm_edge.store import DiskFull, Store
from farm_edge.sync import Outcome, State
from farm_edge.work import Desk
from farm_edge.work.view import (
    CardView,
    EnrolStage,
    EnrolView,
    HomeView,
    Link,
    PurchaseStage,
    PurchaseView,
    Tone,
    TroubleView,
)
from farmtag import Chip
from store_world import NOW, acknowledge, enrolment, item, purchase
from work_world import CARD_UID, card, carry, tag_uid, until, world


def test_those_that_wait_hear_of_each_change(desk):
    heard = []
    begin = desk.version
    waiting = threading.Thread(target=lambda: heard.append(desk.wait(begin, 30)))
    waiting.start()
    desk.go("today")
    waiting.join(30)
    assert heard and heard[0] > begin
    assert desk.wait(begin, 30) == desk.version, "no wait where it has changed already"


def test_a_tag_that_rests_is_written_when_the_button_is_pressed(field, desk, store):
    """With the real watch: hands and weight are entered while the tag lies there."""
    from farm_edge.reader.nfc import NfcReader

    watch = Watch([NfcReader(field.path)], desk)
    desk.again = watch.again
    field.make("card", Chip.NTAG215, CARD_UID, card())
    field.make("tag", Chip.NTAG215, tag_uid(1), b"")
    field.swap("card")
    watch.start()
    try:
        until(desk, lambda view: isinstance(view, CardView))
        assert desk.view().bar.readers == (field.path,)
        desk.act("buy")
        desk.act("crop", crop="AJ")
        desk.act("grade")
        desk.act("count", bunches=1)
        field.swap("tag")
        until(desk, lambda view: view.notice and view.notice.key == "purchase.not_yet")
        desk.act("bunch", hands=8, grams=12_000)
        view = until(desk, lambda view: view.stage is PurchaseStage.REVIEW)
        assert isinstance(view, PurchaseView) and len(view.bunches) == 1
    finally:
        watch.stop()


def test_a_view_is_given_while_a_tag_is_being_written(field, hand, desk):
    hand.tap(CARD_UID, card())
    desk.act("buy")
    desk.act("crop", crop="AJ")
    desk.act("grade")
    desk.act("count", bunches=1)
    desk.act("bunch", hands=8, grams=12_000)
    hand.lay(tag_uid(1), b"")
    seen = []

    def look():
        version = desk.version
        while not seen or seen[-1] != "purchase.written":
            version = desk.wait(version, 10)
            notice = desk.view().notice
            seen.append(notice.key if notice else "")

    looking = threading.Thread(target=look)
    looking.start()
    desk.tap(hand.reader, hand.reader.sense(1))
    looking.join(20)
    assert seen[-1] == "purchase.written"


def test_readers_and_server_on_the_bar(desk, reader, store):
    desk.reader_found(reader)
    assert desk.view().bar.readers == (reader.name,)
    desk.reader_lost(reader, ReaderGone("gone"))
    bar = desk.view().bar
    assert (bar.readers, bar.readers_lost) == ((), (reader.name,))
    assert bar.link is Link.UNKNOWN
    desk.synced(Outcome(State.LATER, code="unreachable"))
    assert desk.view().bar.link is Link.AWAY
    desk.synced(Outcome())
    assert desk.view().bar.link is Link.GOOD
    store.journal.append("read", {"at": 1, "tags": []})
    desk.act("home")
    assert desk.view().bar.waiting == 1


def test_a_full_disk_is_told_and_nothing_is_on_a_tag(hand, desk, store, monkeypatch):
    hand.tap(CARD_UID, card())
    desk.act("buy")
    desk.act("crop", crop="AJ")
    desk.act("grade")
    desk.act("count", bunches=1)
    desk.act("bunch", hands=8, grams=12_000)

    def full(*_values):
        raise DiskFull("no room")

    with monkeypatch.context() as patch:
        patch.setattr(store.writes, "begin", full)
        view = hand.tap(tag_uid(1), b"")
        assert (view.notice.key, view.notice.tone) == ("error.disk_full", Tone.BAD)
        assert hand.read(tag_uid(1)) == b""
    assert hand.tap(tag_uid(1)).stage is PurchaseStage.REVIEW


def test_what_nobody_thought_of_ends_nothing(hand, desk, store):
    """A crop whose number no tag can hold."""
    carry(store, also=[item("crop", 70_000, code="XX", name="Too high")])
    desk.act("farmer", farmer="F-12")
    desk.act("crop", crop="XX")
    desk.act("count", bunches=1)
    desk.act("bunch", hands=8, grams=12_000)
    assert hand.tap(tag_uid(1), b"").notice.key == "error.edge"
    desk.act("home")
    assert isinstance(hand.tap(CARD_UID, card()), CardView)


def test_a_device_that_is_not_enrolled_or_in_quarantine(tmp_path, hand, desk, store):
    bare = Store.open(tmp_path / "bare")
    view = Desk(bare).view()
    assert isinstance(view, EnrolView) and view.stage is EnrolStage.SERVER
    bare.close()
    store.identities.quarantine("another history")
    desk.act("farmer", farmer="F-12")
    view = desk.view()
    assert (view.code, view.detail) == ("quarantined", "another history")
    assert isinstance(hand.tap(CARD_UID, card()), TroubleView)


def test_a_desk_beside_another_one_leaves_its_work_alone(desk, store):
    """A command, while a purchase begins on the screen."""
    desk.act("farmer", farmer="F-12")
    other = Desk(store, goes_on=False)
    other.act("home")
    other.close()
    desk.act("crop", crop="PP")
    assert desk.view().stage is PurchaseStage.COUNT


def test_fields_that_forms_do_not_have(desk):
    """Also those that are called as an argument of ours."""
    desk.act("nonsense", name="x", self="y")
    assert desk.view().notice.key == "act.not_here"


def test_a_record_that_nobody_thought_of_leaves_a_way_home(desk, store):
    carry(store, also=[item("crop", 9, name="without a code")])
    desk.act("farmer", farmer="F-12")
    assert desk.view().notice.key == "error.edge"
    desk.act("home")
    assert isinstance(desk.view(), HomeView) and desk.view().notice is None


def test_lists_of_a_long_day_show_the_last_and_count_all(desk, store):
    with store.database.writing():
        for number in range(150):
            store.journal.append("purchase", purchase(number, at=NOW))
    desk.go("today")
    view = desk.view()
    assert (len(view.lines), view.more, view.lines[0].seq) == (100, 50, 150)
    assert (view.purchases, view.bunches, view.grams) == (150, 150, 1_800_000)
    desk.go("waiting")
    view = desk.view()
    assert (len(view.lines), view.more, view.lines[0].seq) == (100, 50, 1)
    acknowledge(store, 150, "refused")
    desk.refresh()
    assert (len(desk.view().lines), desk.view().more) == (0, 0)
    desk.go("refused")
    view = desk.view()
    assert (len(view.lines), view.more) == (100, 50)
    assert (view.lines[0].seq, view.lines[0].state) == (150, "refused")


def test_a_receipt_is_of_one_purchase_also_while_the_clock_stands(desk, store):
    for number in range(3):
        store.journal.append("purchase", purchase(number))
    desk.go("today")
    for line in desk.view().lines:
        desk.act("receipt", event=line.id)
        assert desk.view().receipt.events == (line.seq,)


def test_a_day_on_which_the_device_was_enrolled_anew_has_each_purchase_once(
    desk, store
):
    for number in range(3):
        store.journal.append("purchase", purchase(number, farmer=f"F-{number}"))
    acknowledge(store, 1)
    store.enrolled(enrolment(5000))
    desk.go("today")
    view = desk.view()
    assert (view.purchases, view.bunches) == (3, 3)
    for line in view.lines:
        desk.act("receipt", event=line.id)
        assert desk.view().receipt.farmer == line.name


@pytest.mark.parametrize(
    "right, do",
    [
        ("may_write_bunches", lambda desk: desk.act("farmer", farmer="F-12")),
        ("may_write_cards", lambda desk: desk.go("officer")),
    ],
)
def test_what_the_office_does_not_allow(tmp_path, right, do):
    store = world(tmp_path / "other")
    store.enrolled(enrolment(5000, **{right: False}))
    desk = Desk(store)
    do(desk)
    assert isinstance(desk.view(), HomeView)
    assert desk.view().notice.key == f"not_allowed.{right}"
    store.close()


def test_lists_and_receipts(hand, desk, store):
    hand.buy_first()
    desk.act("finish")
    desk.go("today")
    view = desk.view()
    (line,) = view.lines
    assert (line.kind, line.name, line.count, line.state) == (
        "purchase",
        "F-12",
        1,
        "waiting",
    )
    assert (view.purchases, view.bunches, view.grams) == (1, 1, 12_000)
    desk.act("receipt", event=line.id)
    assert desk.view().receipt.crop_name == "Pepaya"
    desk.act("receipt", event="99")
    assert desk.view().notice.key == "today.no_receipt"
    desk.go("waiting")
    assert [one.seq for one in desk.view().lines] == [1]
    acknowledge(store, 1, "refused")
    desk.go("refused")
    assert [one.state for one in desk.view().lines] == ["refused"]
    assert desk.view().bar.refused == 1
    desk.act("language", language="id")
    assert store.settings["language"] == "id"


def test_the_client_is_kept_until_a_setting_of_it_is_another(desk, store):
    store.settings["server"] = "https://farm.example/"
    first = desk._client()
    assert desk._client() is first
    store.settings["proxy"] = "none"
    assert desk._client() is not first
    desk.close()
