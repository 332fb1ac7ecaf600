"""Frames as datagrams, as nfcpy's UDP driver sends them: ``106A 93 20`` in hex.

One thing is added: where no tag is heard, an empty frame says so, as the chip of a real
reader would; a lost frame is no datagram at all.
"""

from __future__ import annotations

import json
import logging
import socket
import time
from typing import Any

from .control import Control
from .field import Field
from .shelf import Shelf

log = logging.getLogger(__name__)
_TECHNOLOGY = b"106A"
_MOST_BYTES = 65_000
Address = tuple[str, int]


class Radio:
    """Serves a field on a port of this machine.

    :param port: 0 for any that is free
    :param shelf: keeps the chips when the process ends
    :raises OSError: if the port is taken
    """

    def __init__(
        self,
        field: Field,
        port: int = 0,
        host: str = "127.0.0.1",
        shelf: Shelf | None = None,
    ) -> None:
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.socket.bind((host, port))
        self._field, self._control = field, Control(field)
        self._shelf = shelf
        self._held: list[tuple[bytes, Address]] = []

    @property
    def port(self) -> int:
        """The port that it got."""
        number: int = self.socket.getsockname()[1]
        return number

    def run(self) -> None:
        """Answer until the process ends; what is no frame ends nothing."""
        while True:
            try:
                self.serve_one()
            except ValueError as error:
                log.warning("a datagram cannot be answered: %s", error)

    def serve_one(self) -> None:
        """Answer one datagram."""
        datagram, address = self.socket.recvfrom(_MOST_BYTES)
        if datagram.startswith(b"{"):
            answer = self._control.answer(datagram)
            self._keep()
            self._send(_as_json(answer), address)
        elif datagram.startswith(b"RFOFF"):
            self._field.off()
        else:
            self._frame(datagram, address)

    def _frame(self, datagram: bytes, address: Address) -> None:
        technology, _space, digits = datagram.partition(b" ")
        if technology != _TECHNOLOGY:
            self._control.other_technologies += 1
            return
        answer = self._field.answer(bytes.fromhex(digits.decode("ascii")))
        self._keep()
        time.sleep(self._control.slow_seconds)
        late, self._held = self._held, []
        for held in late:
            self._send(*held)
        if answer.data is None:
            return
        out = (_TECHNOLOGY + b" " + answer.data.hex().encode()).strip()
        if answer.is_late:
            self._held.append((out, address))
        else:
            self._send(out, address)

    def _keep(self) -> None:
        """What a chip has acknowledged is kept before anybody hears of it."""
        if self._shelf:
            self._shelf.keep(self._field.chips)

    def _send(self, datagram: bytes, address: Address) -> None:
        try:
            self.socket.sendto(datagram, address)
        except OSError as error:  # such as an answer that no datagram holds
            log.warning("%s is not answered: %s", address, error)


def _as_json(answer: dict[str, Any]) -> bytes:
    return json.dumps(answer).encode()
