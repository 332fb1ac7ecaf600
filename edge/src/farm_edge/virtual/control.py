"""What is put on the reader, taken away, broken: JSON, one datagram each.

``{"id": 7, "do": "put", "name": "card"}`` is answered by ``{"id": 7, …}``, and by the
same again if it comes again. ``error`` in the answer says what was wrong.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from farmtag import Chip

from ..reader.type2.products import PRODUCTS
from .chip import VirtualChip
from .faults import Command, Cue, Fault, Faults
from .field import Field

SLOWEST = 60.0
Wish = dict[str, Any]


class Control:
    """Changes a field as told.

    - ``slow_seconds``: how long every answer takes
    - ``other_technologies``: frames that came for tags of other kinds, as ``frames``
    """

    def __init__(self, field: Field) -> None:
        self._field = field
        self.slow_seconds = 0.0
        self.other_technologies = 0
        self._last: Wish = {"id": None}

    def answer(self, datagram: bytes) -> Wish:
        """Do what is asked."""
        try:
            wish = json.loads(datagram)
            if wish["id"] != self._last["id"]:
                done = self._wishes()[wish["do"]](wish)
                self._last = {**(done or {}), "id": wish["id"]}
            return self._last
        except (
            ValueError,
            LookupError,
            TypeError,
            AttributeError,
            RecursionError,
        ) as error:
            return {"id": None, "error": f"{type(error).__name__}: {error}"}

    def _wishes(self) -> dict[str, Callable[[Wish], Wish | None]]:
        return {
            "make": self._make,
            "put": self._put,
            "take": self._take,
            "swap": self._swap,
            "poke": self._poke,
            "protect": self._protect,
            "break": self._break,
            "slow": self._slow,
            "state": self._state,
            "memory": self._memory,
            "frames": self._frames,
        }

    def _make(self, wish: Wish) -> None:
        product = PRODUCTS[Chip[wish["chip"]]]
        uid, message = bytes.fromhex(wish["uid"]), bytes.fromhex(wish["message"])
        self._field.chips[wish["name"]] = VirtualChip(product, uid, message)

    def _put(self, wish: Wish) -> None:
        self._field.put(wish["name"])

    def _take(self, wish: Wish) -> None:
        self._field.take(wish["name"])

    def _swap(self, wish: Wish) -> None:
        name = wish["name"]
        self._field.put(name)
        for other in [one for one in self._field.lying if one != name]:
            self._field.take(other)

    def _poke(self, wish: Wish) -> None:
        data = bytes.fromhex(wish["data"])
        self._field.chips[wish["name"]].poke(wish["page"], data)

    def _protect(self, wish: Wish) -> None:
        secret, pack = bytes.fromhex(wish["password"]), bytes.fromhex(wish["pack"])
        self._field.chips[wish["name"]].protect(secret, pack, wish["first"])

    def _break(self, wish: Wish) -> None:
        rates = {Fault(name): rate for name, rate in wish["rates"].items()}
        script = [Cue(Command(c), n, Fault(f)) for c, n, f in wish["script"]]
        self._field.faults = Faults(wish["seed"], rates, script)
        self._field.away.clear()

    def _slow(self, wish: Wish) -> None:
        seconds = float(wish["seconds"])
        if not 0 <= seconds <= SLOWEST:
            raise ValueError(f"an answer takes 0 to {SLOWEST} seconds")
        self.slow_seconds = seconds

    def _state(self, wish: Wish) -> Wish:
        chips = self._field.chips.items()
        shown = {n: [c.product.chip.name, c.uid.hex()] for n, c in chips}
        return {"chips": shown, "lying": self._field.lying}

    def _memory(self, wish: Wish) -> Wish:
        return {"memory": self._field.chips[wish["name"]].memory.hex()}

    def _frames(self, wish: Wish) -> Wish:
        came = {
            "frames": [frame.hex() for frame in self._field.frames],
            "other": self.other_technologies,
        }
        self._field.frames.clear()
        self.other_technologies = 0
        return came
