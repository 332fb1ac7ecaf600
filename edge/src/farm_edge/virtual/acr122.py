"""What an ACR122U makes of the commands of PC/SC part 3, for a chip of Type 2."""

from __future__ import annotations

from .card import DONE, FAILED
from .chip import ACK, REFUSED, VirtualChip
from .faults import Faults
from .field import Field

_ATR = "3B8F8001804F0CA000000306{:02X}{}00000000"
_THRU = b"\xd4\x42"


def atr(standard: int, name: str) -> bytes:
    """The answer to reset of a contactless storage card.

    :param name: two bytes in hex: ``0001`` MIFARE Classic 1K, ``0003`` Ultralight
    """
    body = bytes.fromhex(_ATR.format(standard, name))
    check = 0
    for byte in body[1:]:
        check ^= byte
    return body + bytes((check,))


class Type2Card:
    """A chip of Type 2, selected by the reader when the field goes on.

    Faults that need the tag to leave have it answer nothing until the field was off.
    """

    def __init__(self, chip: VirtualChip, faults: Faults | None = None) -> None:
        self.atr = atr(3, "0003")
        self._field = Field({"tag": chip}, ["tag"], faults=faults or Faults())
        self.chip = chip

    def break_(self, faults: Faults) -> None:
        """From now on go wrong so."""
        self._field.faults = faults

    def power(self, is_on: bool) -> None:
        """Find and select the tag, as the reader does by itself."""
        self._field.off()
        self._field.away.clear()
        if is_on:
            for frame in self.chip.selection():
                self.chip.answer(frame)

    def apdu(self, apdu: bytes) -> bytes:
        """Data and status."""
        head, rest = apdu[:2], apdu[5:]
        if head == b"\xff\xca":
            return self.chip.uid + DONE
        if head == b"\xff\xb0":
            answer = self._answer(bytes((0x30, apdu[3])))
            return answer + DONE if answer and len(answer) == 16 else FAILED
        if head == b"\xff\xd6":
            answer = self._answer(bytes((0xA2, apdu[3])) + rest)
            return DONE if answer == ACK else FAILED
        if head == b"\xff\x00" and rest[:2] == _THRU:
            return self._thru(rest[2:]) + DONE
        return b"\x6a\x81"

    def _answer(self, frame: bytes) -> bytes | None:
        return self._field.answer(frame).data

    def _thru(self, frame: bytes) -> bytes:
        answer = self._answer(frame)
        if not answer:
            return b"\xd5\x43\x01"
        return b"\xd5\x43\x02" if answer == REFUSED else b"\xd5\x43\x00" + answer
