"""A PN532 on a serial line, with a field of virtual tags before it.

What nfcpy's driver asks of the chip, and no more (PN532 user manual, 6 and 7). The line
is a pseudo terminal, so that the driver, pyserial and termios are the real ones.
"""

from __future__ import annotations

import os
import select
import threading
import tty
from collections.abc import Callable
from functools import reduce
from operator import xor

from .field import Field

ACK = bytes.fromhex("0000FF00FF00")
_START = b"\x00\x00\xff"
_TO_CHIP, _FROM_CHIP = 0xD4, 0xD5
_TIMEOUT, _NO_FRAME = 0x01, b"\x26"
_FIFO = bytes.fromhex("6339")
_LONG = 0xFF
_CHUNK = 1024


class SerialPn532:
    """One reader; ``path`` is that of its line.

    :param field: what lies on it
    """

    def __init__(self, field: Field) -> None:
        self._field, self._rest = field, b""
        self._master, slave = os.openpty()
        tty.setraw(slave)
        self.path = os.ttyname(slave)
        self._slave = slave
        self._stopped, self._stop = os.pipe()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def unplug(self) -> None:
        """Pull it out: the line ends."""
        os.close(self._stop)
        self._thread.join()
        for end in (self._slave, self._master, self._stopped):
            os.close(end)

    def _run(self) -> None:
        ends = [self._master, self._stopped]
        while self._stopped not in select.select(ends, [], [])[0]:
            self._rest += os.read(self._master, _CHUNK)
            for frame in self._frames():
                self._answer(frame)

    def _frames(self) -> list[bytes]:
        """The whole commands that came, without frame and ``D4``."""
        frames = []
        while (start := self._rest.find(_START)) >= 0:
            rest = self._rest[start + 3 :]
            if len(rest) < 5:
                break
            is_long = rest[0] == rest[1] == _LONG
            at = 5 if is_long else 2
            size = int.from_bytes(rest[2:4], "big") if is_long else rest[0]
            if rest[:2] == b"\x00\xff":
                self._rest = rest[3:]  # an acknowledgement
                continue
            if len(rest) < at + size + 2:
                break
            frames.append(rest[at + 1 : at + size])
            self._rest = rest[at + size + 2 :]
        return frames

    def _answer(self, command: bytes) -> None:
        self._send(ACK)
        code, rest = command[0], command[1:]
        answers: dict[int, Callable[[bytes], bytes]] = {
            0x00: lambda data: data,
            0x02: lambda data: bytes.fromhex("32010607"),
            0x06: _registers,
            0x32: self._configure,
            0x42: self._exchange,
            0x4A: self._find,
        }
        data = answers[code](rest) if code in answers else b""
        self._send(_framed(bytes((_FROM_CHIP, code + 1)) + data))

    def _send(self, data: bytes) -> None:
        os.write(self._master, data)

    # what the field hears -------------------------------------------------------------

    def _configure(self, data: bytes) -> bytes:
        if data[0] == 0x01 and not data[1] & 1:
            self._field.off()
        return b""

    def _heard(self, frame: bytes) -> bytes:
        return self._field.answer(frame).data or b""

    def _find(self, data: bytes) -> bytes:
        """Select a tag: the one whose UID is given, with its cascade mark, or any."""
        sens = self._heard(b"\x26")
        if not sens:
            return b"\x00"
        wanted, uid, sak = data[2:], b"", b"\x04"
        for level in (b"\x93", b"\x95"):
            asked = wanted[len(uid) :][:4]
            part = asked + _xor(asked) if asked else self._heard(level + b"\x20")
            sak = self._heard(level + b"\x70" + part)
            uid += part[:4]
            if not sak:
                return b"\x00"
        uid = uid[1:4] + uid[4:]
        return b"\x01\x01" + sens[::-1] + sak + bytes((len(uid),)) + uid

    def _exchange(self, frame: bytes) -> bytes:
        answer = self._heard(frame)
        if not answer:
            return bytes((_TIMEOUT,))
        return b"\x00" + (answer if len(answer) == 1 else answer + _crc_a(answer))


def _registers(data: bytes) -> bytes:
    """Their values; that of the buffer is the search that nobody answered."""
    names = [data[i : i + 2] for i in range(0, len(data), 2)]
    return b"".join(_NO_FRAME if name == _FIFO else b"\x00" for name in names)


def _framed(data: bytes) -> bytes:
    size = len(data)
    if size <= _LONG:
        head = bytes((size, -size & 0xFF))
    else:
        length = size.to_bytes(2, "big")
        head = b"\xff\xff" + length + bytes((-sum(length) & 0xFF,))
    return _START + head + data + bytes((-sum(data) & 0xFF, 0))


def _xor(data: bytes) -> bytes:
    return bytes((reduce(xor, data),))


def _crc_a(data: bytes) -> bytes:
    """CRC_A of ISO 14443-3."""
    crc = 0x6363
    for byte in data:
        crc ^= byte
        for _ in range(8):
            crc = crc >> 1 ^ (0x8408 if crc & 1 else 0)
    return crc.to_bytes(2, "little")
