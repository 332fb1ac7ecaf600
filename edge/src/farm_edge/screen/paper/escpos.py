"""A slip as the bytes of ESC/POS."""

from __future__ import annotations

from typing import Any

from .errors import PrinterFailed
from .slip import Line, Slip, plain

#: characters in a row of the printer's own letters, by the width of the paper in mm
COLUMNS = {58: 32, 80: 48}


def bytes_of(slip: Slip, paper: int) -> bytes:
    """What a printer is sent for a slip on paper of 58 or 80 mm."""
    try:
        from escpos.printer import Dummy
    except ImportError as error:
        raise PrinterFailed(
            "python-escpos is missing: pip install 'farm-edge[print]'", "driver"
        ) from error
    printer = Dummy()
    for line in slip.lines:
        _put(printer, line, COLUMNS[paper])
    printer.ln(2)
    printer.cut()
    return bytes(printer.output)


def _put(printer: Any, line: Line, columns: int) -> None:
    printer.set(
        align="center" if line.is_middle else "left",
        bold=line.is_bold,
        double_height=line.is_large,
        double_width=line.is_large,
        normal_textsize=not line.is_large,
    )
    for row in line.rows(columns):
        printer.textln(plain(row))
