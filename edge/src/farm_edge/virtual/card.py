"""A tag on an ACR122U, for a PC/SC service with the virtual reader ``vpcd``.

The service listens; the card comes by TCP. Each message has two bytes of length; one
byte is a wish of the reader (off, on, reset, answer to reset), more are an APDU.
"""

from __future__ import annotations

import socket
import struct
import threading
from contextlib import suppress
from typing import Protocol

PORT = 35_963
_OFF, _ON, _RESET, _ATR = 0, 1, 2, 4
_LENGTH = struct.Struct(">H")
DONE, FAILED = b"\x90\x00", b"\x63\x00"


class Card(Protocol):
    """What is in the card."""

    atr: bytes

    def power(self, is_on: bool) -> None:
        """The field goes on or off."""

    def apdu(self, apdu: bytes) -> bytes:
        """The answer, with its status."""


class CardOnReader:
    """A card that lies on the virtual reader until it is taken away.

    :raises OSError: if there is no such reader
    """

    def __init__(self, card: Card, port: int = PORT) -> None:
        self._card = card
        self._line = socket.create_connection(("127.0.0.1", port), timeout=5)
        self._line.settimeout(None)
        self._line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def take(self) -> None:
        """Take it away, at whatever moment."""
        with suppress(OSError):  # it had gone
            self._line.shutdown(socket.SHUT_RDWR)
        self._thread.join()
        self._line.close()

    def _run(self) -> None:
        try:
            while True:
                self._serve(self._exactly(_LENGTH.unpack(self._exactly(2))[0]))
        except (EOFError, OSError):
            return

    def _serve(self, message: bytes) -> None:
        if len(message) > 1:
            self._send(self._card.apdu(message))
        elif message == bytes((_ATR,)):
            self._send(self._card.atr)
        elif message in (bytes((_OFF,)), bytes((_ON,)), bytes((_RESET,))):
            self._card.power(False)
            self._card.power(message != bytes((_OFF,)))

    def _send(self, data: bytes) -> None:
        self._line.sendall(_LENGTH.pack(len(data)) + data)

    def _exactly(self, size: int) -> bytes:
        data = b""
        while len(data) < size:
            self._line.setsockopt(socket.IPPROTO_TCP, socket.TCP_QUICKACK, 1)
            more = self._line.recv(size - len(data))
            if not more:
                raise EOFError
            data += more
        return data
