"""The way to a printer: bytes as they are, by network, USB or a file of the system."""

from __future__ import annotations

import socket
from pathlib import Path
from types import ModuleType
from typing import Any

from .errors import PrinterFailed

PORT = 9100
#: seconds until a printer of the network or by USB has to answer, and to take a piece
PATIENCE_SECONDS = 5.0
#: bytes that a USB printer is sent at once
_PIECE = 4_096
#: of the USB's classes of devices
_PRINTER_CLASS = 7


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
        from usb import util
    except ImportError as error:
        raise PrinterFailed(
            "python-escpos or pyusb is missing: pip install 'farm-edge[print]'",
            "driver",
        ) from error
    vendor, product = (int(one, 16) for one in rest.split(":"))
    printer = Usb(vendor, product, timeout=int(PATIENCE_SECONDS * 1_000))
    try:
        printer.open()
        device, way_in = printer.device, _way_in(printer.device, util)
        left = memoryview(data)
        while left:
            # It may take a part and stop; _raw of python-escpos says nothing of that.
            left = left[device.write(way_in, left[:_PIECE], printer.timeout) :]
    finally:
        printer.close()


def _way_in(device: Any, util: ModuleType) -> int:
    """The endpoint that takes what is printed: each maker numbers it otherwise. That of
    a printer goes before others; not all say that they are one."""
    interfaces = sorted(
        device.get_active_configuration(),
        key=lambda one: one.bInterfaceClass != _PRINTER_CLASS,
    )
    for endpoint in (endpoint for interface in interfaces for endpoint in interface):
        address, kind = endpoint.bEndpointAddress, endpoint.bmAttributes
        is_for_bytes = util.endpoint_type(kind) == util.ENDPOINT_TYPE_BULK
        if is_for_bytes and util.endpoint_direction(address) == util.ENDPOINT_OUT:
            return int(address)
    raise PrinterFailed("What is plugged in there takes no bytes", "wrong")


def _file(rest: str, data: bytes) -> None:
    with Path(rest).open("wb", buffering=0) as door:
        left = memoryview(data)
        while left:
            left = left[door.write(left) :]


_WAYS = {"network": _network, "usb": _usb, "file": _file}
