"""The printer of the settings, and one receipt after another."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from concurrent.futures import Future, TimeoutError
from typing import Any

from ...store import UnfitSetting
from ...store.settings import check
from ...work.view import Receipt
from ..speech import Speech
from . import escpos, zpl
from .door import send
from .errors import PrinterFailed
from .receipt import slip_of

#: seconds that somebody waits for a receipt before it is told that it takes long
PATIENCE_SECONDS = 12.0


class Printer:
    """A printer of receipts, or of labels.

    :param address: ``network:192.168.1.50`` (``:9100``), ``usb:04b8:0202`` (vendor and
        product as ``lsusb`` says them), ``file:/dev/usb/lp0``
    :param paper: ``58`` or ``80``: mm of a roll, ESC/POS; ``60x40``, ``60x40@300``: mm
        of a label and its dots per inch, ZPL
    :raises PrinterFailed: for what is none
    """

    def __init__(self, address: str, paper: str = "58") -> None:
        try:
            check("printer", address)
            check("paper", paper)
        except UnfitSetting as error:
            raise PrinterFailed(str(error), "wrong") from None
        if not address:
            raise PrinterFailed("No printer is set", "wrong")
        self.address, self.paper = address, paper

    @classmethod
    def of(cls, settings: Mapping[str, Any]) -> Printer | None:
        """The printer of the settings, None where there is none."""
        address = settings["printer"]
        return cls(address, settings["paper"]) if address else None

    def print(self, receipt: Receipt, speech: Speech) -> None:
        """Print a receipt; waits as long as the printer does.

        :raises PrinterFailed: not there, out of reach, or its library is missing
        """
        send(self.address, self.bytes_of(receipt, speech))

    def bytes_of(self, receipt: Receipt, speech: Speech) -> bytes:
        """What the printer is sent."""
        if "x" in self.paper:
            return zpl.labels_of(receipt, speech, zpl.Size.of(self.paper))
        return escpos.bytes_of(slip_of(receipt, speech), int(self.paper))


class Spool:
    """One receipt at a time, in a thread of its own: no printer holds up the page.

    :param patience: seconds
    """

    def __init__(self, patience: float = PATIENCE_SECONDS) -> None:
        self._patience = patience
        self._turn = threading.Lock()

    def do(self, job: Callable[[], None]) -> None:
        """Have a job done; what takes longer goes on, and is not waited for.

        :raises PrinterFailed: as the job, or ``stuck``, or ``busy`` with another job
        """
        if not self._turn.acquire(blocking=False):
            raise PrinterFailed("The receipt before is not printed yet", "busy")
        end: Future[None] = Future()
        threading.Thread(
            target=self._run, args=(job, end), name="printer", daemon=True
        ).start()
        try:
            end.result(self._patience)
        except TimeoutError:
            raise PrinterFailed(
                f"The printer took nothing for {self._patience:.0f} s: look at its"
                " paper",
                "stuck",
            ) from None

    def _run(self, job: Callable[[], None], end: Future[None]) -> None:
        try:
            job()
        except BaseException as error:  # it is raised where it is waited for
            self._turn.release()
            end.set_exception(error)
        else:
            self._turn.release()
            end.set_result(None)
