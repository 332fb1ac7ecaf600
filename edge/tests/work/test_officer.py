"""Cards as the office ordered: signed for a chip, written, told."""

import pytest
from farm_edge.reader import TagGone
from farm_edge.store import Store
from farm_edge.sync import Client, enrol
from farm_edge.virtual.faults import Command, Fault
from farm_edge.work import Desk
from farm_edge.work.view import OfficerStage
from office import Office
from store_world import Ticks, open_store
from sync_server import CODE, lost_on_the_way
from work_world import CARD_UID, Hand, card, tag_uid, until


@pytest.fixture
def office(village):
    village.ledger = Office()
    village.ledger.open = {1: b""}
    return village.ledger


@pytest.fixture
def store(tmp_path, village, office):
    store = open_store(tmp_path / "device", enrol=False)
    client = Client(village.url)
    enrol(store, client, CODE)
    client.close()
    store.settings["server"] = village.url
    yield store
    store.close()


@pytest.fixture
def writer(hand, desk):
    """An officer whose orders are here."""
    desk.go("officer")
    until(desk, lambda view: view.stage is not OfficerStage.ASKING)
    return hand


def is_signed(view):
    return view.notice is not None and view.notice.key == "officer.again"


def test_signed_for_the_chip_written_and_told(writer, desk, store, office):
    assert desk.view().order.farmer == "F-12"
    told = []
    desk.again = lambda: told.append("again")
    view = writer.tap(CARD_UID, b"")
    assert view.notice.key in ("officer.signing", "officer.again")
    until(desk, is_signed)
    assert told == ["again"], "a card that rests is told of once more"
    assert writer.tap(CARD_UID).stage is OfficerStage.DONE
    message = card(CARD_UID, counter=1)
    assert writer.read(CARD_UID) == message
    (event,) = store.journal.since(1, 9)
    assert (event.kind, event.values["uid"]) == ("card", CARD_UID)
    assert event.values["payload"] == message
    assert writer.tap(CARD_UID).notice.key == "officer.none"
    assert len(store.journal.since(1, 9)) == 1


def test_a_card_that_lay_there_before_the_orders_came_is_told_of_again(hand, desk):
    told = []
    desk.again = lambda: told.append("again")
    desk.go("officer")
    until(desk, lambda view: view.stage is not OfficerStage.ASKING)
    assert told == ["again"]


def test_a_written_card_that_still_lies_there_is_left_alone(writer, desk):
    writer.tap(CARD_UID, b"")
    until(desk, is_signed)
    assert writer.tap(CARD_UID).stage is OfficerStage.DONE
    told = []
    desk.again = lambda: told.append("again")
    desk.act("refresh")
    until(desk, lambda view: view.stage is not OfficerStage.ASKING)
    assert told == []


def test_an_order_for_one_chip_is_for_that(office, writer, desk, store):
    office.open = {2: tag_uid(5)}
    desk.act("refresh")
    until(desk, lambda view: view.order is not None and view.order.order == 2)
    view = writer.tap(CARD_UID, b"")
    assert view.notice.key == "officer.other_card"
    assert office.signed == {}


def test_a_signature_is_good_for_no_other_chip(writer, desk, office):
    """Nothing is left over for the next card."""
    writer.tap(CARD_UID, b"")
    until(desk, is_signed)
    writer.tap(tag_uid(6), b"")
    until(desk, lambda view: view.stage is OfficerStage.TAP)
    assert writer.read(tag_uid(6)) == b""


def test_goods_and_tags_of_others_do_not_become_cards(writer, desk, office):
    other = b"\xd1\x01\x0cU\x04example.com"
    assert writer.tap(tag_uid(7), other).notice.key == "tag.not_ours"
    assert office.signed == {}


def test_a_card_that_leaves_is_finished_after_a_restart(
    writer, desk, store, field, reader
):
    writer.tap(CARD_UID, b"")
    until(desk, is_signed)
    field.break_([(Command.WRITE, nth, Fault.LEAVE) for nth in range(20, 400)])
    with pytest.raises(TagGone):
        writer.tap(CARD_UID)
    field.break_()
    assert store.journal.since(1, 9) == []
    again = Desk(Store.open(store.path, ticks=Ticks()))
    Hand(field, reader, again).tap(CARD_UID)
    assert [one.kind for one in store.journal.since(1, 9)] == ["card"]
    assert writer.read(CARD_UID) == card(CARD_UID, counter=1)
    again.store.close()


def test_no_network_is_told_and_the_order_waits(writer, desk, village):
    village.faults = [lost_on_the_way]
    writer.tap(CARD_UID, b"")
    view = until(desk, lambda view: view.stage is OfficerStage.TAP)
    assert view.notice.key == "error.unreachable"
    assert view.order is not None
