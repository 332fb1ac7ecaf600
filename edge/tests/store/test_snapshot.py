"""What is carried comes in page by page, and is what the server says."""

from __future__ import annotations

from datetime import date

import farmtag
import pytest
from farm_edge.store import HashDiffers, Place
from farm_edge.store.intake import AT_ONCE
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from store_world import NOW, NUMBER, carried, enrolment, gone, item, open_store, page

ANA = item("farmer", 12, code="F-12", name="Ana", region="NORTH")
BEN = item("farmer", 13, code="F-13", name="Ben", region="NORTH")
PAPER = item("certificate", 5, number="ORG-1", farmer=12, valid_to="2026-12-31")
CROP = item("crop", 1, code="AJ", name="Pisang")
TODAY = date(2026, 6, 15)


@pytest.fixture
def store(tmp_path):
    return open_store(tmp_path / "store")


def test_records_are_found_by_what_people_and_tags_name(store):
    grades = [
        item("grade", 3, crop=1, code="B", rank=2),
        item("grade", 4, crop=1, code="A", rank=1),
        item("grade", 5, crop=2, code="A", rank=1),
    ]
    card = item("card", 7, code="1G7400N6-HW", farmer=12, uid="04a1", state="active")
    bunch = item("bunch", 8, code="1G7400N6-0B-JB", crop=1, farmer=12)
    store.intake.take("", page(ANA, BEN, PAPER, CROP, *grades, card, bunch))
    carried = store.snapshot
    assert carried.farmer("F-12") == ANA.data | {"id": 12}
    assert carried.farmer_of_id(13)["name"] == "Ben"
    assert [one["code"] for one in carried.farmers()] == ["F-12", "F-13"]
    assert [one["number"] for one in carried.certificates(12)] == ["ORG-1"]
    assert carried.certificate("ORG-1")["id"] == 5
    assert carried.certificates(13) == []
    assert [one["code"] for one in carried.crops()] == ["AJ"]
    assert [one["code"] for one in carried.grades(1)] == ["A", "B"]
    assert carried.card("1G7400N6-HW")["farmer"] == 12
    assert carried.bunch("1G7400N6-0B-JB")["id"] == 8
    assert carried.farmer("F-99") is None
    assert carried.as_of() == TODAY


def test_what_is_gone_is_dropped(store):
    store.intake.take("", page(ANA, BEN))
    store.intake.take(
        "", page(gone("farmer", 12), is_full=False, since=2, state_hash=carried(BEN))
    )
    assert store.snapshot.farmer("F-12") is None
    assert store.intake.place("") == Place(2, None)


def test_a_link_that_breaks_leaves_what_was_there_and_goes_on_by_its_token(
    store, tmp_path
):
    store.intake.take("", page(ANA))
    store.intake.take("", page(BEN, token="next", since=None, state_hash=None))
    store.close()
    store = open_store(tmp_path / "store")
    assert store.snapshot.farmer("F-12") and not store.snapshot.farmer("F-13")
    assert store.intake.place("") == Place(1, "next")
    store.intake.take("", page(CROP, since=9, state_hash=carried(BEN, CROP)))
    assert store.snapshot.farmer("F-13") and not store.snapshot.farmer("F-12")
    assert store.intake.place("") == Place(9, None)


def test_the_first_pages_are_of_use_at_once(store):
    store.intake.take("", page(CROP, ANA, token="next", since=None, state_hash=None))
    assert store.snapshot.farmer("F-12") and not store.snapshot.is_whole()
    store.intake.take("", page(BEN, state_hash=carried(CROP, ANA, BEN)))
    assert store.snapshot.farmer("F-12") and store.snapshot.is_whole()


def test_another_hash_asks_for_all_and_keeps_what_was_there(store):
    store.intake.take("", page(ANA))
    with pytest.raises(HashDiffers):
        store.intake.take("", page(BEN, is_full=False, state_hash=bytes(32)))
    assert store.intake.place("") == Place(0, None)
    assert store.snapshot.farmer("F-12")
    store.intake.take("", page(ANA, BEN))
    assert len(store.snapshot.farmers()) == 2


def test_a_whole_one_that_differs_takes_no_place(store):
    store.intake.take("", page(ANA))
    with pytest.raises(HashDiffers):
        store.intake.take("", page(BEN, state_hash=bytes(32)))
    assert store.snapshot.farmer("F-12") and not store.snapshot.farmer("F-13")
    store.intake.take("", page(BEN))
    assert store.snapshot.farmer("F-13") and not store.snapshot.farmer("F-12")
    assert len(store.database.rows("SELECT id FROM item")) == 1


def test_what_never_took_its_place_leaves_nothing_on_the_disk(store):
    """A server that contradicts itself is asked for all again and again."""
    store.intake.take("", page(ANA))
    for _time in range(3):
        with pytest.raises(HashDiffers):
            store.intake.take("", page(ANA, BEN, state_hash=bytes(32)))
        store.intake.take("", page(BEN, token="t", since=None, state_hash=None))
        store.intake.begin_again("")
    rows = store.database.rows("SELECT kind, id FROM item")
    assert rows == [("farmer", 12)]


def test_of_two_regions_the_later_word_counts(store):
    store.intake.take("NORTH", page(ANA, CROP))
    moved = item("farmer", 12, "2", code="F-12", name="Anna", region="SOUTH")
    store.intake.take("SOUTH", page(moved, CROP))
    assert store.snapshot.farmer("F-12")["name"] == "Anna"
    assert len(store.snapshot.crops()) == len(store.snapshot.farmers()) == 1
    store.intake.drop("SOUTH")
    assert store.snapshot.farmer("F-12")["name"] == "Ana"


def test_nothing_is_left_of_what_was_carried_before(store):
    many = [item("crop", one, code=str(one)) for one in range(1, 2 * AT_ONCE + 2)]
    store.intake.take("", page(*many))
    store.intake.take("", page(CROP))
    assert store.database.rows("SELECT kind, id FROM item") == [("crop", 1)]


def test_another_enrolment_asks_for_all(store):
    store.intake.take("", page(ANA))
    store.enrolled(enrolment(9))
    assert store.intake.place("") == Place(0, None)
    assert store.snapshot.farmer("F-12")


records = st.tuples(st.sampled_from(["farmer", "crop"]), st.integers(1, 6))
changes = st.lists(st.tuples(records, st.none() | st.sampled_from("abc")), max_size=6)


@settings(
    max_examples=40,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    deadline=None,
)
@given(st.lists(st.tuples(st.booleans(), st.lists(changes, min_size=1, max_size=3))))
def test_after_any_pages_the_device_has_what_the_server_says(tmp_path, pulls):
    (tmp_path / "store").unlink(missing_ok=True)
    store, there = open_store(tmp_path / "store"), {}
    for is_full, pages in pulls:
        there = {} if is_full else there
        for number, changed in enumerate(pages):
            for record, version in changed:
                there.pop(record, None)
                if version:
                    there[record] = version
            all_there = [item(*record, version) for record, version in there.items()]
            items = [
                item(*record, version) if version else gone(*record)
                for record, version in changed
            ]
            is_last = number == len(pages) - 1
            end = {} if is_last else {"token": "t", "since": None}
            store.intake.take(
                "",
                page(*items, is_full=is_full, state_hash=carried(*all_there), **end)
                if is_last
                else page(*items, is_full=is_full, **end | {"state_hash": None}),
            )
    kinds = ("crop", "farmer")
    found = {
        (kind, one["id"]) for kind in kinds for one in store.snapshot.of_kind(kind)
    }
    assert found == set(there)
    store.close()


# -- keys ---------------------------------------------------------------------------


def device_key(id, key, **more):
    data = {
        "number": 9,
        "key_id": key.key_id.hex(),
        "public_key": key.verify_key.public.hex(),
        "from": "2026-01-01",
        "state": "active",
    }
    return item("device_key", id, **(data | more))


def test_the_ring_has_what_the_server_told(store):
    mine, lost, authority = (farmtag.SigningKey.generate() for _one in range(3))
    store.intake.take(
        "",
        page(
            device_key(1, mine),
            device_key(2, lost, number=10, state="revoked", revoked_from_seq=5),
            item(
                "authority_key",
                3,
                number=11,
                key_id=authority.key_id.hex(),
                public_key=authority.verify_key.public.hex(),
                to="2026-12-31",
                state="active",
                **{"from": "2026-01-01"},
            ),
            item("revocation", 4, code="1G7400N6-HW"),
            item("revocation", 5, code="no code of ours"),
        ),
    )
    ring = store.keys.ring(TODAY)
    holders = {one.holder: one for one in ring.keys}
    assert set(holders) == {9, 10, 11, NUMBER}
    assert holders[11].may_sign == {
        farmtag.Kind.FARMER_CARD,
        farmtag.Kind.REVOCATIONS,
    }
    assert (holders[11].first_day, holders[11].last_day) == (
        date(2026, 1, 1),
        date(2026, 12, 31),
    )
    assert [str(one.code) for one in ring.revocations.codes] == ["1G7400N6-HW"]
    assert [one.from_sequence for one in ring.revocations.keys] == [5]
    assert ring.as_of == TODAY
    assert store.keys.ring(TODAY) is ring
    store.intake.take("", page(device_key(1, mine)))
    assert {one.holder for one in store.keys.ring(TODAY).keys} == {9, NUMBER}


def test_a_ring_before_the_first_snapshot_is_too_old_to_tell(store):
    ring = store.keys.ring(TODAY)
    assert [one.holder for one in ring.keys] == [NUMBER]
    assert ring.as_of < TODAY - ring.good_for


def test_the_devices_own_key_is_that_of_its_enrolment(store):
    assert store.keys.signing().verify_key.public == store.identity.public_key


def test_the_servers_key_to_seal_for_is_kept(store):
    assert store.snapshot.sealing_key() is None
    key = {"key_id": "5647", "public_key": bytes(32)}
    store.intake.take("", page(server_key=key, server_time=NOW + 5))
    assert store.snapshot.sealing_key() == key
    assert store.clock.heard() == NOW + 5
