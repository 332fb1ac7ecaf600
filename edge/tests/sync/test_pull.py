"""What is carried comes down whole, page by page, and by region where it is much."""

from __future__ import annotations

from datetime import date

import pytest
import sync_server as server
from farm_edge.store import Place
from farm_edge.sync import Occasion, Outcome, State, of_card, of_region
from farmtag import FarmerCard, LineageCode
from farmtag.payload.parts import CropRight
from store_world import item, open_store, page
from sync_server import says

PEOPLE = [
    item("farmer", one, code=f"F-{one}", name=f"Farmer {one}") for one in range(1, 8)
]


def names(store):
    return [one["code"] for one in store.snapshot.farmers()]


def test_all_pages_come(device, sync, village):
    village.ledger.items = PEOPLE
    outcome = sync.once()
    assert (outcome.state, outcome.pulled) == (State.DONE, 7)
    assert names(device) == [f"F-{one}" for one in range(1, 8)]
    assert village.asked.count("snapshot") == 4
    assert sync.once().pulled == 0
    assert village.asked.count("snapshot") == 5


def test_what_the_device_may_do_now_comes_as_well(device, sync, village):
    assert device.identities.needed().regions == ["NORTH", "SOUTH"]
    village.ledger.scope = {"regions": ["SOUTH"], "may_split": True}
    sync.once()
    assert device.identities.needed().regions == ["SOUTH"]
    assert device.identities.needed().scope["may_split"] is True


@pytest.mark.parametrize(
    "fault",
    [server.lost_on_the_way, server.answer_cut, server.sign_in_page, server.garbage],
)
def test_a_cut_between_pages_goes_on_from_there(device, sync, village, fault):
    village.ledger.items = PEOPLE
    village.faults = [None, None, None, fault]
    assert sync.once().state is State.LATER
    assert device.intake.place("") == Place(0, "4")
    assert names(device) == ["F-1", "F-2", "F-3", "F-4"]
    village.asked.clear()
    assert sync.once().pulled == 3
    assert village.asked == ["push", "snapshot", "snapshot"]
    assert len(names(device)) == 7


def test_another_hash_brings_all_anew(device, sync, village):
    village.ledger.items = PEOPLE[:1]
    sync.once()
    village.ledger.items = PEOPLE  # and the server forgot to say so
    assert sync.once().state is State.DONE
    assert len(names(device)) == 7


def test_a_server_that_contradicts_itself_is_asked_later(device, sync, village):
    village.ledger.items = PEOPLE[:1]
    village.ledger.snapshot = lambda asked: dict(
        server.Ledger.snapshot(village.ledger, asked), state_hash=bytes(32)
    )
    outcome = sync.once()
    assert (outcome.state, outcome.code) == (State.LATER, "not_the_server")
    assert village.asked.count("snapshot") == 2


def test_a_token_that_is_refused_begins_anew(device, sync, village):
    village.ledger.items = PEOPLE
    village.faults = [None, None, says(400, "bad-token", "changed")]
    assert sync.once().state is State.DONE
    assert len(names(device)) == 7


def test_a_token_that_leads_nowhere_ends(device, sync, village):
    village.ledger.items = PEOPLE
    endless = {"token": "0", "since": None, "state_hash": None}
    snapshot = village.ledger.snapshot
    village.ledger.snapshot = lambda asked: snapshot(asked) | endless
    assert sync.once().code == "not_the_server"


def test_where_all_is_too_much_the_regions_that_were_entered_come(
    device, sync, village
):
    seen = []

    def snapshot(asked):
        seen.append(asked.get("region"))
        if not asked.get("region"):
            raise server.Problem(403, "region-too-large", "changed")
        return server.Ledger.snapshot(village.ledger, asked)

    village.ledger.snapshot = snapshot
    village.ledger.items = PEOPLE[:2]
    assert of_region(device, "NORTH") is Occasion.FIRST_USE
    assert sync.once().regions == ["NORTH"]
    assert of_region(device, "NORTH") is None
    assert of_region(device, "SOUTH") is Occasion.REGION
    sync.enter("SOUTH")
    sync.enter("NOWHERE")
    assert sync.once().regions == ["SOUTH"]
    sync.enter("SOUTH")
    assert sync.once().regions == ["SOUTH"]
    assert seen == [None, "NORTH", "SOUTH", "SOUTH"]
    assert of_region(device, "SOUTH") is None


@pytest.fixture
def by_region(village):
    """The server has too much for all of a device's regions."""
    seen = []

    def snapshot(asked):
        seen.append(asked.get("region"))
        if not asked.get("region") and len(village.ledger.scope["regions"]) > 1:
            raise server.Problem(403, "region-too-large", "changed")
        if asked.get("region", "SOUTH") not in village.ledger.scope["regions"]:
            raise server.Problem(403, "forbidden")
        return server.Ledger.snapshot(village.ledger, asked)

    village.ledger.snapshot = snapshot
    village.ledger.items = PEOPLE[:2]
    return seen


def test_a_region_that_was_taken_from_the_device_stops_no_other(
    device, sync, village, by_region
):
    village.ledger.scope = {"regions": ["NORTH", "SOUTH", "WEST"]}
    for region in ("SOUTH", "NORTH"):
        sync.enter(region)
        sync.once()
    village.ledger.scope = {"regions": ["SOUTH", "WEST"]}  # and today's was NORTH
    outcome = sync.once()
    assert (outcome.state, outcome.regions) == (State.DONE, ["SOUTH"])
    assert device.identities.needed().regions == ["SOUTH", "WEST"]
    assert device.snapshot.scopes() == ["SOUTH"], "names of NORTH are still there"


def test_a_device_that_works_elsewhere_now_asks_where(device, sync, village, by_region):
    sync.enter("NORTH")
    sync.once()
    village.ledger.scope = {"regions": ["SOUTH"]}
    outcome = sync.once()
    assert (outcome.state, outcome.regions) == (State.DONE, [""])
    assert device.identities.needed().regions == ["SOUTH"]
    assert device.snapshot.scopes() == [""]
    assert sync.once().regions == [""]


def test_push_goes_before_pull(device, sync, village):
    device.journal.append("purchase", {"at": 1})
    sync.once()
    assert village.asked[-2:] == ["push", "snapshot"]


def test_a_device_that_is_refused_pulls_nothing(device, sync, village):
    village.faults = [says(403, "device-suspended", "later", 60)]
    sync.once()
    assert village.asked[-1] == "push"


# -- when ---------------------------------------------------------------------------


DAY = date(2026, 6, 15)
BEFORE = DAY.replace(month=5)


def card(**values):
    known = {
        "code": LineageCode(9, 1),
        "written": DAY,
        "farmer": 12,
        "region": 1,
        "certificate": "ORG-1",
        "valid_from": DAY,
        "valid_until": DAY.replace(year=2027),
        "crops": (CropRight(1, 0, 0),),
    }
    return FarmerCard(**(known | values))


def carrying(store):
    store.intake.take(
        "",
        page(
            item("farmer", 12, code="F-12", name="Ana"),
            item("certificate", 5, number="ORG-1", farmer=12),
            item("card", 7, code=str(LineageCode(9, 1)), farmer=12),
        ),
    )


@pytest.mark.parametrize(
    ("values", "why"),
    [
        ({}, None),
        ({"farmer": 13}, Occasion.UNKNOWN_FARMER),
        ({"code": LineageCode(9, 2)}, Occasion.NEWER_CARD),
        ({"code": LineageCode(9, 2), "written": BEFORE}, None),
        ({"certificate": "ORG-2"}, Occasion.NEWER_CARD),
        ({"certificate": "ORG-2", "valid_from": BEFORE}, None),
    ],
)
def test_a_card_says_whether_what_is_carried_is_too_old(tmp_path, values, why):
    store = open_store(tmp_path / "store")
    assert of_card(store, card(**values)) is Occasion.UNKNOWN_FARMER
    carrying(store)
    assert of_card(store, card(**values)) is why


def test_an_outcome_says_nothing_at_first():
    assert Outcome().state is State.DONE
