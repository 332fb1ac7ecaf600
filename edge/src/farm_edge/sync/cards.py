"""Orders of farmers' cards, for a writer with a network."""

from __future__ import annotations

from ..store import Store
from . import wire
from .client import Client
from .errors import Refused


def orders(store: Store, client: Client) -> list[wire.CardOrder]:
    """The cards that this device has to write.

    :raises SyncError: as :class:`Client` does
    """
    token = store.identities.needed().token
    return wire.read_orders(client.post("cards", wire.write_orders_asked(), token))


def sign(
    store: Store, client: Client, order: int, uid: bytes, chip: str
) -> wire.CardOrder | None:
    """Have a card signed for the chip that lies on the reader; None if the server has
    no such order any more.

    :param chip: name of a ``farmtag.Chip``
    :raises SyncError: ``Refused`` with ``card-refused`` where it may not be
    """
    me = store.identities.needed()
    asked = wire.write_card_asked(me.number, me.signing_key(), order, uid, chip)
    try:
        signed = wire.read_orders(client.post("cards", asked, me.token))
    except Refused as refused:
        if refused.problem == "not-found":
            return None
        raise
    return next((one for one in signed if one.order == order and one.message), None)
