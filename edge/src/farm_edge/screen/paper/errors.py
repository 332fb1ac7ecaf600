"""What goes wrong on the way to paper."""

from __future__ import annotations

from ...errors import EdgeError


class PrinterFailed(EdgeError):
    """The receipt was not printed, or not to its end.

    - ``why``: ``gone`` (off or out of reach), ``stuck`` (it takes nothing: no paper),
      ``busy`` (the receipt before is not done), ``wrong`` (no printer is meant by its
      address), ``driver`` (python-escpos or pyusb is missing)
    """

    code = "printer-failed"

    def __init__(self, message: str, why: str = "gone") -> None:
        super().__init__(message)
        self.why = why
