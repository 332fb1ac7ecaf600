"""A reader that nfcpy drives.

Of nfcpy only finding and exchanging are used. ``connect()`` says False for an unplugged
reader as for an interrupt, and looks for tags of all kinds before it looks whether it
should end; its tags write on after errors, and past altered containers.
"""

from __future__ import annotations

import errno
import time
from collections.abc import Iterator
from contextlib import contextmanager

import nfc
import nfc.clf

from ...errors import EdgeError
from ..errors import ReaderBusy, ReaderError, ReaderGone, TagGone, TwoTags
from ..type2 import Commands, Password, Product, Type2Tag
from ..type2.commands import Refused
from ..type2.products import PAGE, by_version, without_version
from .udp import UdpDevice

_TECHNOLOGY = "106A"
_PAUSE_SECONDS = 0.02
_RADIO_SECONDS, _UDP_SECONDS = 0.05, 0.25
_HALT_SECONDS = 0.005
_LONGEST = 240  # bytes of an answer that every reader can take, with its check sum
_NOT_TYPE_2 = 0x68  # bits of SEL_RES: ISO 14443-4, NFC-DEP, MIFARE Classic
_NXP = 0x04
_BUSY = (errno.EACCES, errno.EPERM, errno.EBUSY)


class NfcReader:
    """One reader.

    :param path: as nfcpy has it: ``usb:054c:06c3``, ``tty:USB0:pn532``,
        ``udp:127.0.0.1:41000``
    :param password: for tags that ask for one before they are written
    :param patience: seconds that a tag may take to answer; more over a network
    """

    def __init__(
        self,
        path: str,
        password: Password | None = None,
        patience: float | None = None,
    ) -> None:
        self.name = path
        usual = _UDP_SECONDS if path.startswith("udp") else _RADIO_SECONDS
        self._password, self._patience = password, patience or usual
        self._frontend: nfc.ContactlessFrontend | None = None
        self._alone: bytes | None = None

    def open(self) -> None:
        """Take it; what was open is closed before."""
        self.close()
        with self._nfcpy():
            frontend = nfc.ContactlessFrontend()
            if self.name.startswith("udp"):
                frontend.device = UdpDevice(self.name, self._patience)
            elif not frontend.open(self.name):
                raise OSError(errno.ENODEV, "no such reader")
            self._frontend = frontend

    def close(self) -> None:
        """Let go of it, also when it is not there any more."""
        frontend, self._frontend, self._alone = self._frontend, None, None
        try:
            with self._nfcpy():
                if frontend:
                    frontend.close()
        except EdgeError:
            return  # it was gone already

    def sense(self, seconds: float) -> Type2Tag | None:
        """Look for a tag at least once, and until the time is over."""
        end = time.monotonic() + seconds
        while True:
            with self._nfcpy():
                target = self._find()
                if target is not None:
                    return self._activated(target)
            if time.monotonic() >= end:
                self._alone = None
                return None
            time.sleep(_PAUSE_SECONDS)

    # finding --------------------------------------------------------------------------

    def _find(self, uid: bytes | None = None) -> nfc.clf.RemoteTarget | None:
        """Switch the field off and on, and select a tag."""
        wanted = nfc.clf.RemoteTarget(_TECHNOLOGY, sel_req=uid)
        return self._open_frontend().sense(wanted, iterations=1)

    def _activated(self, target: nfc.clf.RemoteTarget) -> Type2Tag:
        uid = bytes(target.sdd_res or target.rid_res or b"")
        if not target.sel_res or target.sel_res[0] & _NOT_TYPE_2:
            return self._tag(uid, None)
        if uid != self._alone:
            self._check_alone(uid)
        return self._tag(uid, self._product(uid))

    def _check_alone(self, uid: bytes) -> None:
        """Have this one be silent, and see whether another answers."""
        self._commands(_HALT_SECONDS).halt()
        frontend = self._open_frontend()
        try:
            with frontend.lock:
                other = frontend.device.sense_tta(nfc.clf.RemoteTarget(_TECHNOLOGY))
        except nfc.clf.CommunicationError:
            other = None
        if other is not None and bytes(other.sdd_res or b"") != uid:
            self._alone = None
            raise TwoTags("Two tags lie on the reader: take one away.")
        self._again(uid)
        self._alone = uid

    def _product(self, uid: bytes) -> Product | None:
        """What chip it is; a chip that refuses to say is selected again."""
        try:
            return by_version(self._commands().version())
        except Refused:
            self._again(uid)
        except TagGone:
            self._again(uid)
            if uid[0] == _NXP:
                raise  # those of NXP refuse, they are not silent
        return without_version(self._commands().read(3)[:PAGE])

    def _again(self, uid: bytes) -> None:
        if self._find(uid) is None:
            raise TagGone("The tag left the reader: tap again.")

    # exchanging -----------------------------------------------------------------------

    def _tag(self, uid: bytes, product: Product | None) -> Type2Tag:
        return Type2Tag(uid, product, self._commands(), self._password)

    def _commands(self, seconds: float | None = None) -> Commands:
        def exchange(frame: bytes) -> bytes:
            with self._nfcpy():
                frontend = self._open_frontend()
                answer = frontend.exchange(frame, seconds or self._patience)
                if answer is None:
                    raise TagGone("No tag is selected: tap again.")
                return bytes(answer)

        return Commands(exchange, _LONGEST)

    def _open_frontend(self) -> nfc.ContactlessFrontend:
        if self._frontend is None:
            raise ReaderGone(f"The reader {self.name} is not open: open it.")
        return self._frontend

    @contextmanager
    def _nfcpy(self) -> Iterator[None]:
        """Whatever nfcpy raises, as an error of ours.

        An unplugged reader shows as OSError, termios.error, USBError, IndexError,
        TypeError and more, by driver and moment. All have the same remedy.
        """
        try:
            yield
        except EdgeError:
            raise
        except nfc.clf.CommunicationError as error:
            raise TagGone(f"The tag does not answer ({error}): tap again.") from error
        except Exception as error:
            raise self._error(error) from error

    def _error(self, error: Exception) -> ReaderError:
        what = f"The reader {self.name} does not work ({error!r}):"
        if isinstance(error, OSError) and error.errno in _BUSY:
            return ReaderBusy(f"{what} end the other program, or give us the right.")
        return ReaderGone(f"{what} plug it in again.")
