"""A line of 64 kbit/s that loses much, between a device and its server."""

from __future__ import annotations

import random
import socket
import threading
import time
from contextlib import suppress
from datetime import date

import farmtag
from farm_edge.store import Store
from farmtag.payload import ContainerType, Grade, Guide
from store_world import NOW

BITS = 64_000
SEGMENT = 1_400
#: bytes of IP and TCP around each segment
AROUND = 40
LOSS = 0.1
DELAY = 2.0
LINK = "https://id.tani.example/01/08991234567897/10/"
CARD_UID = bytes.fromhex("04112233445566")


class ThinLine:
    """Passes a connection on in segments, of which one in ten is lost.

    What is lost is sent once more, and counts once more; one loss in ten resets the
    connection instead. A turn takes a second, a segment as long as its bits.

    :param is_timed: whether the time passes indeed, or is counted only
    """

    def __init__(self, port: int, is_timed: bool = False, seed: int = 8) -> None:
        self.port_behind = port
        self.is_timed = is_timed
        self.chance = random.Random(seed)
        self.up = self.down = self.lost = self.resets = self.connections = 0
        self.turns = 0
        self._last = ""
        self._guard = threading.Lock()
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port = self._socket.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self) -> None:
        self._socket.close()

    @property
    def seconds_up(self) -> float:
        """Line time of all that went up, whatever else there was to wait for."""
        return self.up * 8 / BITS

    def _accept(self) -> None:
        while True:
            try:
                near, _address = self._socket.accept()
            except OSError:
                return
            self.connections += 1
            self._wait(DELAY)  # the handshake
            far = socket.create_connection(("127.0.0.1", self.port_behind))
            for ends in ((near, far, "up"), (far, near, "down")):
                threading.Thread(target=self._pass, args=ends, daemon=True).start()

    def _pass(self, source: socket.socket, target: socket.socket, way: str) -> None:
        with suppress(OSError):
            while piece := source.recv(SEGMENT):
                if not self._carry(len(piece) + AROUND, way):
                    break
                target.sendall(piece)
        for one in (source, target):
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
            one.close()

    def _carry(self, size: int, way: str) -> bool:
        """Count a segment; gives whether the connection lives on."""
        with self._guard:
            is_lost = self.chance.random() < LOSS
            is_reset = is_lost and self.chance.random() < LOSS
            times = 2 if is_lost else 1
            setattr(self, way, getattr(self, way) + times * size)
            self.lost += is_lost
            self.resets += is_reset
            turned, self._last = way != self._last, way
            self.turns += turned
        self._wait(times * size * 8 / BITS + (DELAY / 2 if turned else 0))
        return not is_reset

    def _wait(self, seconds: float) -> None:
        if self.is_timed:
            time.sleep(seconds)


def buy(store: Store, count: int, has_payload: bool) -> None:
    """Purchases as a collector makes them: a card, a bunch with a tag.

    :param has_payload: with all that was written to the tag
    """
    key = store.keys.signing()
    for number in range(count):
        code, uid = store.codes.next(), number.to_bytes(7, "big")
        bunch = {"code": str(code), "grams": 18_400, "hands": 8, "uid": uid}
        bunch |= {"chip": "NTAG216", "grade": "A"}
        if has_payload:
            bunch["payload"] = tag_of(code, uid, key)
        body = {
            "at": NOW + number,
            "card": "1G7400N6-HW",
            "card_uid": CARD_UID,
            "crop": "PISANG-AMBON",
            "certificate": "GAP-33-2026-000123",
            "valid_to": "2028-09-30",
            "bunches": [bunch],
        }
        store.journal.append("purchase", body)


def tag_of(code: farmtag.LineageCode, uid: bytes, key: farmtag.SigningKey) -> bytes:
    container = farmtag.Container(
        code=code,
        written=date(2026, 11, 20),
        type=ContainerType.BUNCH,
        crop=12,
        pieces=8,
        weight=18_400,
        days_since_harvest=0,
        grade=Grade.A,
        farmer=1234,
        region=33_1311_0001,
        certificate="GAP-33-2026-000123",
        guide=Guide(300, 2),
    )
    text = farmtag.Text("Pisang · 8 sisir", "id")
    draft = farmtag.Draft(container, LINK + str(code), LINK, text)
    return farmtag.write(draft, farmtag.Chip.NTAG216, key, uid).message
