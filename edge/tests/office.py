"""A server that orders cards, beside all that the village does."""

from __future__ import annotations

import farmtag
from store_world import NOW
from sync_server import Ledger, Problem
from work_world import AUTHORITY, card


class Office(Ledger):
    """Orders are ``number → UID or b""``; signed when asked, once for a chip."""

    def __init__(self, now: int = NOW) -> None:
        super().__init__()
        self.now = now
        self.open: dict[int, bytes] = {}
        self.signed: dict[int, tuple[bytes, bytes]] = {}

    def enrol(self, asked):
        return super().enrol(asked) | {"server_time": self.now}

    def push(self, sent):
        return super().push(sent) | {"server_time": self.now}

    def snapshot(self, asked):
        return super().snapshot(asked) | {"server_time": self.now}

    def cards(self, asked):
        if "order" in asked:
            self._sign(asked["order"], asked["uid"], asked["chip"])
        return {
            "orders": [self._told(one) for one in self.open],
            "server_time": self.now,
        }

    def _sign(self, order, uid, chip):
        if order not in self.open or self.open[order] not in (b"", uid):
            raise Problem(409, "card-refused")
        assert farmtag.Chip[chip]
        self.signed.setdefault(order, (uid, card(uid, AUTHORITY, counter=order)))

    def _told(self, order):
        uid, message = self.signed.get(order, (self.open[order], b""))
        return {
            "order": order,
            "code": str(farmtag.LineageCode(9, order)),
            "farmer": "F-12",
            "certificate": "CERT-7",
            "chip": "NTAG215",
            "uid": uid,
            "expires": self.now + 3_600_000,
            "message": message,
        }
