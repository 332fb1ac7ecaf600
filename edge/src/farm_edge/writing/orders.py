"""What is to be on one tag. Never carried out on another, nor later."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

from .errors import OrderExpired

#: of a clock that never jumps, in seconds
Clock = Callable[[], float]
LIFE_SECONDS = 60.0


def seconds_since_start() -> float:
    """Of the machine; the time that it sleeps counts as well."""
    return time.clock_gettime(getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC))


@dataclass
class WriteOrder:
    """An order.

    - ``message``: the NDEF message
    - ``purpose``: what the work that placed it knows it by, also after a restart
    - ``expires``: by the clock of its :class:`Orders`
    - ``based_on``: the message that it was made from; ``None`` for whatever is there
    - ``write_id``: of the log, once it was begun
    """

    uid: bytes
    message: bytes
    purpose: str
    expires: float
    based_on: bytes | None = None
    write_id: int | None = None


class Orders:
    """The open orders of a device, one for a tag at most."""

    def __init__(self, clock: Clock = seconds_since_start) -> None:
        self.clock = clock
        self._open: dict[bytes, WriteOrder] = {}

    def place(
        self,
        uid: bytes,
        message: bytes,
        purpose: str,
        based_on: bytes | None = None,
        seconds: float = LIFE_SECONDS,
    ) -> WriteOrder:
        """An order in place of any other for this tag."""
        self._forget_expired()
        expires = self.clock() + seconds
        order = WriteOrder(uid, message, purpose, expires, based_on)
        self._open[uid] = order
        return order

    def of(self, uid: bytes) -> WriteOrder | None:
        """The order for a tag."""
        self._forget_expired()
        return self._open.get(uid)

    def check(self, order: WriteOrder) -> None:
        """:raises OrderExpired: if its time is over, or another one has its place"""
        if self.of(order.uid) is not order:
            raise OrderExpired("The order has expired: place it again.")

    def withdraw(self, order: WriteOrder) -> None:
        """Forget an order: it is done, or nobody wants it."""
        if self._open.get(order.uid) is order:
            del self._open[order.uid]

    def _forget_expired(self) -> None:
        now = self.clock()
        self._open = {u: o for u, o in self._open.items() if o.expires > now}
