"""A farmer's card: who, which crops, until when, or why not."""

import datetime

import farmtag
import pytest
from farm_edge.screen.pages import judgement
from farm_edge.screen.speech import Speech
from farm_edge.sync import Occasion, Outcome
from farm_edge.work.tap import Tap
from farm_edge.work.view import CardView, HomeView, Standing, Tone, Verdict
from farm_edge.writing import Orders
from farmtag.payload import CropRight
from store_world import NOW, item
from work_world import (
    AUTHORITY,
    CARD_UID,
    CROP,
    FARMER,
    OTHER_CROP,
    TODAY,
    authority_record,
    card,
    card_code,
    carry,
    tag_uid,
    write,
)


def test_certified_farmer_with_crops_and_last_day(hand, asked):
    view = hand.tap(CARD_UID, card())
    assert isinstance(view, CardView)
    assert (view.verdict, view.standing) == (Verdict.GENUINE, Standing.CERTIFIED)
    assert (view.farmer, view.farmer_name) == ("F-12", "Siti")
    assert (view.valid_from, view.valid_until) == ("2026-01-01", "2026-12-31")
    assert [(one.code, one.name) for one in view.crops] == [("AJ", "Pisang Ambon")]
    assert view.can_buy and view.notice.tone is Tone.GOOD and view.sound == "good"
    assert asked == []


STANDINGS = (
    ("suspended", {"certificate": {"state": "suspended"}}, Standing.SUSPENDED),
    ("revoked at the server", {"certificate": {"state": "revoked"}}, Standing.REVOKED),
    ("over", {"certificate": {"valid_to": "2026-06-14"}}, Standing.EXPIRED),
    ("longer than the card says", {"certificate": {"valid_to": "2027-06-14"}}, None),
    ("another card took its place", {"card": {"state": "retired"}}, Standing.ENDED),
    ("lost", {"card": {"state": "lost"}}, Standing.ENDED),
)


@pytest.mark.parametrize("case, change, standing", STANDINGS)
def test_what_the_server_says_goes_before_the_card(hand, store, case, change, standing):
    carry(store, **change)
    view = hand.tap(CARD_UID, card())
    assert view.standing is (standing or Standing.CERTIFIED), case
    assert view.can_buy is (standing is None)


def test_a_crop_that_the_certificate_has_lost_is_not_bought(hand, desk, store):
    """The card says both still."""
    rights = (CropRight(CROP, 2, 1), CropRight(OTHER_CROP, 2, 1))
    carry(store, certificate={"crops": [{"crop": OTHER_CROP, "guide": 2}]})
    view = hand.tap(CARD_UID, card(crops=rights))
    assert [one.code for one in view.crops] == ["PP"]
    desk.act("buy")
    assert [one.code for one in desk.view().crops] == ["PP"]
    desk.act("home")
    carry(store, certificate={"crops": []})
    assert not hand.tap(CARD_UID, card(crops=rights)).can_buy


def test_a_card_with_the_certificate_of_another_farmer(hand, store):
    """The server refuses what is bought with it."""
    carry(store, certificate={"farmer": FARMER + 1})
    view = hand.tap(CARD_UID, card())
    assert view.standing is Standing.NOT_SAID and not view.can_buy


def test_a_tag_is_read_twice_before_it_is_called_forged_and_no_more(hand, reader):
    """Who takes it away by then is told that it is forged."""
    hand.lay(CARD_UID, card(uid=tag_uid(9)))
    tap = Tap(hand.desk.store, Orders(), reader, reader.sense(1))
    assert tap.finding().verdict is Verdict.FORGED
    hand.field.take(CARD_UID.hex())
    assert tap.finding().verdict is Verdict.FORGED


def test_a_card_whose_time_is_over_or_has_not_come(hand):
    over = {
        "valid_from": datetime.date(2025, 1, 1),
        "valid_until": datetime.date(2025, 12, 31),
        "certificate": "CERT-6",
    }
    assert hand.tap(CARD_UID, card(**over)).standing is Standing.EXPIRED
    early = {"valid_from": datetime.date(2026, 7, 1), "certificate": "CERT-8"}
    view = hand.tap(CARD_UID, card(**early))
    assert view.standing is Standing.NOT_YET and not view.can_buy


def test_forged_copied_revoked_and_unknown_are_told_apart(hand, store, asked):
    stranger = farmtag.SigningKey.generate()
    twin = farmtag.SigningKey(stranger._private, AUTHORITY.key_id)
    for message, verdict in (
        (card(uid=tag_uid(9)), Verdict.FORGED),
        (card(key=twin), Verdict.FORGED),
        (card(key=stranger), Verdict.UNKNOWN_KEY),
        (card(key=store.keys.signing()), Verdict.NOT_ALLOWED),
        (card()[:-4], Verdict.DAMAGED),
        (b"\xd1\x01\x02U\x04a", Verdict.NOT_OURS),
    ):
        view = hand.tap(CARD_UID, message)
        assert (view.verdict, view.can_buy) == (verdict, False)
        assert view.notice.key == f"card.{verdict.value}"
    carry(store, also=[item("revocation", 1, code=str(card_code()))])
    view = hand.tap(CARD_UID, card())
    assert (view.verdict, view.standing) == (Verdict.REVOKED, Standing.REVOKED)
    assert view.certificate == "CERT-7" and not view.can_buy
    assert asked == [Occasion.NEWER_CARD]


def test_too_old_to_know_is_not_forged(hand, store, asked):
    """Without a server for over 30 days nobody knows what was revoked."""
    store.clock._ticks.now = NOW + 40 * 86_400_000
    view = hand.tap(CARD_UID, card())
    assert view.verdict is Verdict.TOO_OLD and view.notice.tone is Tone.WARN
    assert view.farmer == "F-12" and view.can_buy
    assert asked == [Occasion.NEWER_CARD]


def test_a_certificate_that_has_ended_is_told_also_when_the_device_is_old(hand, store):
    """Else there is no button to buy, and nobody says why."""
    carry(store, certificate={"valid_to": "2026-07-01"})
    store.clock._ticks.now = NOW + 40 * 86_400_000
    view = hand.tap(CARD_UID, card())
    assert (view.verdict, view.standing) == (Verdict.TOO_OLD, Standing.EXPIRED)
    assert not view.can_buy and view.notice.key == "card.expired"
    assert judgement(view, Speech("en")).title == "Expired"


def test_unknown_farmer_asks_the_server_and_is_judged_anew(hand, desk, store, asked):
    carry(store, farmer=None, certificate=None, card=None)
    view = hand.tap(CARD_UID, card())
    assert view.standing is Standing.UNKNOWN and view.is_asked and view.can_buy
    assert asked == [Occasion.UNKNOWN_FARMER]
    carry(store)
    before = desk.version
    desk.synced(Outcome())
    assert desk.wait(before, 1) > before
    assert desk.view().standing is Standing.CERTIFIED
    assert desk.view().farmer_name == "Siti"
    assert not desk.view().is_asked


def test_a_blank_tag_is_not_told_of_beside_a_forged_card(hand):
    hand.tap(CARD_UID, card(uid=tag_uid(9)))
    view = hand.tap(tag_uid(1), b"")
    assert isinstance(view, HomeView) and view.notice.key == "home.blank"
    hand.tap(tag_uid(2), card(uid=tag_uid(2)))
    assert isinstance(hand.tap(tag_uid(1)), CardView), "a good card stays"


def test_a_card_newer_than_what_is_carried_asks_the_server(hand, asked):
    hand.tap(CARD_UID, card(counter=2, written=TODAY))
    assert asked == [Occasion.NEWER_CARD]


def test_a_key_that_was_revoked(hand, store):
    revoked = authority_record(state="revoked", revoked_from="2026-06-01")
    carry(store, authority_key=revoked)
    assert hand.tap(CARD_UID, card()).verdict is Verdict.REVOKED


def test_hands_and_blanks_at_home(hand, store):
    view = hand.tap(tag_uid(1), b"")
    assert isinstance(view, HomeView) and view.notice.key == "home.blank"
    code = farmtag.LineageCode(4711, 1).child(3)
    unit = farmtag.Unit(code=code, written=TODAY, crop=CROP, farmer=FARMER)
    uid = tag_uid(2)
    view = hand.tap(uid, write(unit, store.keys.signing(), uid))
    assert view.notice.key == "home.hand.genuine"
    assert view.notice.args == {"code": str(code)}
