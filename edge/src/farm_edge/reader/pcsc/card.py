"""Contactless tags by the pseudo APDU of PC/SC part 3 and of the ACR122U.

Reading, writing and keys are PC/SC 2.01 part 3, 3.2.2; the rest goes to the PN532 in
the reader (ACR122U API 2.04, 4.1; PN532 InCommunicateThru).
"""

from __future__ import annotations

from collections.abc import Callable

from ..errors import Garbled, TagGone, TagLocked

#: sends an APDU; gives data and status (SW1 SW2, as a number)
Transmit = Callable[[bytes], tuple[bytes, int]]

DONE, NOT_DONE = 0x9000, 0x6300
KEY_A, KEY_B = 0x60, 0x61
#: bytes of one answer that every such reader takes
LONGEST = 128
_ACK, _NAK = b"\x0a", b"\x00"
_READ, _WRITE = 0x30, 0xA2
_THRU, _THRU_DONE, _THRU_TIMEOUT = b"\xd4\x42", b"\xd5\x43\x00", b"\xd5\x43\x01"


class ContactlessCard:
    """The tag that the reader has selected."""

    def __init__(self, transmit: Transmit) -> None:
        self._transmit = transmit

    def uid(self) -> bytes:
        """Its UID."""
        return self._done(b"\xff\xca\x00\x00\x00", "has no UID")

    def exchange(self, frame: bytes) -> bytes:
        """A command for a Type 2 chip, and its answer.

        Reading and writing go by the reader's own commands, since the chip's short
        acknowledgements have no CRC and some firmware loses them.
        """
        if frame[0] == _READ:
            data, status = self._transmit(bytes((0xFF, 0xB0, 0, frame[1], 16)))
            return data if status == DONE else _NAK
        if frame[0] == _WRITE:
            apdu = bytes((0xFF, 0xD6, 0, frame[1], 4)) + frame[2:]
            return _ACK if self._transmit(apdu)[1] == DONE else _NAK
        return self._thru(frame)

    def login(self, block: int, key: bytes, kind: int) -> None:
        """Open the sector of a block of MIFARE Classic.

        :param key: 6 bytes
        :raises TagLocked: it has another key
        """
        self._done(b"\xff\x82\x00\x00\x06" + key, "took no key")
        apdu = bytes((0xFF, 0x86, 0, 0, 5, 1, 0, block, kind, 0))
        if self._transmit(apdu)[1] != DONE:
            raise TagLocked(f"Block {block} has another key: take a tag of ours.")

    def read_block(self, number: int) -> bytes:
        """16 bytes."""
        data = self._done(bytes((0xFF, 0xB0, 0, number, 16)), "was not read")
        if len(data) != 16:
            raise Garbled(f"{len(data)} bytes came instead of 16: tap again.")
        return data

    def write_block(self, number: int, data: bytes) -> None:
        """:param data: 16 bytes"""
        self._done(bytes((0xFF, 0xD6, 0, number, 16)) + data, "was not written")

    def _thru(self, frame: bytes) -> bytes:
        command = _THRU + frame
        head = bytes((0xFF, 0, 0, 0, len(command)))
        answer = self._done(head + command, "does not answer")
        if answer.startswith(_THRU_DONE):
            return answer[len(_THRU_DONE) :]
        if answer == _THRU_TIMEOUT:
            raise TagGone("The tag does not answer: tap again.")
        return _NAK

    def _done(self, apdu: bytes, otherwise: str) -> bytes:
        data, status = self._transmit(apdu)
        if status != DONE:
            raise TagGone(f"The tag {otherwise} ({status:04X}): tap again.")
        return data
