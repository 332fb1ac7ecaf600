"""A reader that the PC/SC service drives.

pyscard's plain functions are used, with a context for each reader: its classes share
one among all threads, and it is stale once the service was started anew.
"""

from __future__ import annotations

import time
from typing import Any

from smartcard import scard

from ..errors import ReaderBusy, ReaderError, ReaderGone, TagError, TagGone
from ..interface import Tag
from ..type2 import Commands, Password, Product, Type2Tag
from ..type2.commands import Refused
from ..type2.products import PAGE, by_version, without_version
from .card import LONGEST, ContactlessCard
from .classic import ClassicTag

_PAUSE_SECONDS = 0.05
_PROTOCOLS = scard.SCARD_PROTOCOL_T0 | scard.SCARD_PROTOCOL_T1
_NO_TAG = (scard.SCARD_E_NO_SMARTCARD, scard.SCARD_W_REMOVED_CARD)
_TAG_LEFT = (
    *_NO_TAG,
    scard.SCARD_W_RESET_CARD,
    scard.SCARD_W_UNPOWERED_CARD,
    scard.SCARD_W_UNRESPONSIVE_CARD,
    scard.SCARD_E_NOT_TRANSACTED,
    scard.SCARD_E_PROTO_MISMATCH,
    scard.SCARD_F_COMM_ERROR,
)
_BUSY = (scard.SCARD_E_SHARING_VIOLATION, scard.SCARD_E_NO_ACCESS)
#: bytes of the answer to reset that name the kind of chip (PC/SC part 3 supplement)
_STORAGE_CARD, _CLASSIC_1K = bytes.fromhex("A000000306"), b"\x00\x01"
_NXP = 0x04


class PcscReader:
    """One reader. That two tags lie on it is not seen by this way.

    :param name: what the service calls it, or the beginning of that
    :param password: for tags that ask for one before they are written
    """

    def __init__(self, name: str = "", password: Password | None = None) -> None:
        self.name = f"pcsc:{name}"
        self._wanted, self._password = name, password
        self._context: Any = None
        self._reader = ""
        self._card: Any = None
        self._protocol = _PROTOCOLS

    def open(self) -> None:
        """Ask the service for it."""
        self.close()
        result, self._context = scard.SCardEstablishContext(scard.SCARD_SCOPE_USER)
        self._check(result)
        result, names = scard.SCardListReaders(self._context, [])
        self._check(result)
        found = [name for name in names if name.startswith(self._wanted)]
        if not found:
            raise ReaderGone(f"The service knows no {self.name}: plug it in.")
        self._reader = found[0]

    def sense(self, seconds: float) -> Tag | None:
        """Look for a tag at least once, and until the time is over."""
        end = time.monotonic() + seconds
        while True:
            if self._connect():
                return self._tag()
            if time.monotonic() >= end:
                return None
            time.sleep(_PAUSE_SECONDS)

    def close(self) -> None:
        """Let go of the tag and of the service."""
        self._disconnect()
        if self._context is not None:
            scard.SCardReleaseContext(self._context)
        self._context = None

    # the service ----------------------------------------------------------------------

    def _connect(self) -> bool:
        """Switch the field off and on. :return: whether a tag is there"""
        if self._context is None:
            raise ReaderGone(f"The reader {self.name} is not open: open it.")
        self._disconnect()
        result, card, protocol = scard.SCardConnect(
            self._context, self._reader, scard.SCARD_SHARE_EXCLUSIVE, _PROTOCOLS
        )
        if result in _TAG_LEFT:
            return False
        self._check(result)
        self._card, self._protocol = card, protocol
        return True

    def _disconnect(self) -> None:
        card, self._card = self._card, None
        if card is not None:
            scard.SCardDisconnect(card, scard.SCARD_UNPOWER_CARD)

    def _check(self, result: int) -> None:
        """:raises ReaderError: by the result; :raises TagGone: if it is the tag's"""
        if result == scard.SCARD_S_SUCCESS:
            return
        what = scard.SCardGetErrorMessage(result)
        if result in _TAG_LEFT:
            raise TagGone(f"The tag left the reader ({what}): tap again.")
        raise self._error(result, what)

    def _error(self, result: int, what: str) -> ReaderError:
        if result in _BUSY:
            return ReaderBusy(f"{self.name} is taken ({what}): end the other program.")
        return ReaderGone(
            f"{self.name} does not work ({what}): plug it in, start pcscd."
        )

    # the tag --------------------------------------------------------------------------

    def _tag(self) -> Tag:
        card = self._activated()
        uid = card.uid()
        if self._is_classic():
            return ClassicTag(uid, card)
        return Type2Tag(uid, *self._chip(uid, card), self._password)

    def _activated(self) -> ContactlessCard:
        """The tag as long as no other activation follows."""
        mine = self._card

        def transmit(apdu: bytes) -> tuple[bytes, int]:
            if self._card is not mine:
                raise TagGone("The tag was activated anew since: tap again.")
            return self._transmit(apdu)

        return ContactlessCard(transmit)

    def _transmit(self, apdu: bytes) -> tuple[bytes, int]:
        header = (
            scard.SCARD_PCI_T1
            if self._protocol == scard.SCARD_PROTOCOL_T1
            else scard.SCARD_PCI_T0
        )
        result, answer = scard.SCardTransmit(self._card, header, list(apdu))
        self._check(result)
        data = bytes(byte & 0xFF for byte in answer)
        return data[:-2], int.from_bytes(data[-2:], "big")

    def _is_classic(self) -> bool:
        result, _name, _state, _protocol, atr = scard.SCardStatus(self._card)
        self._check(result)
        marks = bytes(byte & 0xFF for byte in atr)
        at = marks.find(_STORAGE_CARD)
        return at >= 0 and marks[at + 6 : at + 8] == _CLASSIC_1K

    def _chip(
        self, uid: bytes, card: ContactlessCard
    ) -> tuple[Product | None, Commands]:
        """What product it is; a chip that refuses to say is activated anew."""
        commands = Commands(card.exchange, LONGEST)
        try:
            return by_version(commands.version()), commands
        except Refused:
            card = self._again(uid)
        except TagGone:
            if uid[0] == _NXP:
                raise
            card = self._again(uid)
        commands = Commands(card.exchange, LONGEST)
        try:
            return without_version(commands.read(3)[:PAGE]), commands
        except TagError:
            return None, commands

    def _again(self, uid: bytes) -> ContactlessCard:
        if not self._connect():
            raise TagGone("The tag left the reader: tap again.")
        card = self._activated()
        if card.uid() != uid:
            raise TagGone("Another tag lies there by now: tap again.")
        return card
