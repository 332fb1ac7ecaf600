"""The way to a printer: bytes as they are, by network, USB or a file of the system."""

from __future__ import annotations

import socket
from pathlib import Path

from .errors import PrinterFailed

PORT = 9100
#: seconds until a printer of the network has to answer, and to take a piece
PATIENCE_SECONDS = 5.0


def send(address: str, data: bytes) -> None:
    """Send all of it.

    :param address: as the setting ``printer`` says it
    :raises PrinterFailed: not there, or it took not all
    """
    kind, _colon, rest = address.partition(":")
    try:
        _WAYS[kind](rest, data)
    except PrinterFailed:
        raise
    except Exception as error:  # each way in has errors of its own
        raise PrinterFailed(
            f"{address} took nothing, or not all ({error}): look at its power, cable"
            " and network, then print again"
        ) from error


def _network(rest: str, data: bytes) -> None:
    host, colon, port = rest.rpartition(":")
    if not colon or rest.endswith("]"):
        host, port = rest, ""
    place = host.strip("[]"), int(port or PORT)
    with socket.create_connection(place, PATIENCE_SECONDS) as line:
        # By sendall all of it would have to go in that time: many labels take longer.
        left = memoryview(data)
        while left:
            left = left[line.send(left) :]
        line.shutdown(socket.SHUT_WR)


def _usb(rest: str, data: bytes) -> None:
    try:
        from escpos.printer import Usb
    except ImportError as error:
        raise PrinterFailed(
            "python-escpos is missing: pip install 'farm-edge[print]'", "driver"
        ) from error
    vendor, product = (int(one, 16) for one in rest.split(":"))
    printer = Usb(vendor, product)
    try:
        printer.open()
        printer._raw(data)
    finally:
        printer.close()


def _file(rest: str, data: bytes) -> None:
    with Path(rest).open("wb", buffering=0) as door:
        left = memoryview(data)
        while left:
            left = left[door.write(left) :]


_WAYS = {"network": _network, "usb": _usb, "file": _file}
