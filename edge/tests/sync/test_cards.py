"""A writer asks for its orders, and has a card signed for the chip that lies on it."""

from __future__ import annotations

import pytest
from farm_edge.sync import Refused
from farm_edge.sync.cards import orders, sign
from store_world import NOW

UID = bytes.fromhex("04a1b2c3d4e5f6")
OTHER = bytes.fromhex("04a1b2c3d4e5f7")


@pytest.fixture
def ordered(village):
    order = {"order": 5, "code": "1G7400N6-HW", "farmer": "F-12", "expires": NOW}
    order |= {"certificate": "ORG-1", "chip": "NTAG215", "uid": b"", "message": b""}
    village.ledger.orders = {5: order}


def test_orders_say_whose_card_it_is(device, client, village, ordered):
    [order] = orders(device, client)
    assert (order.order, order.farmer, order.message) == (5, "F-12", b"")


def test_a_card_is_signed_for_one_chip(device, client, village, ordered):
    signed = sign(device, client, 5, UID, "NTAG215")
    assert (signed.uid, signed.message) == (UID, b"signed")
    assert sign(device, client, 5, UID, "NTAG215") == signed
    with pytest.raises(Refused) as refused:
        sign(device, client, 5, OTHER, "NTAG215")
    assert refused.value.problem == "card-refused"


def test_without_orders_there_is_nothing_to_write(device, client, village):
    assert orders(device, client) == []
    assert sign(device, client, 5, UID, "NTAG215") is None
