"""A printer on a bus of its own, below the real pyusb and python-escpos."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import usb.core
from usb.backend import IBackend

VENDOR, PRODUCT = 0x04B8, 0x0202
#: endpoints of the printer: what it tells, and what it prints
TELLS, PRINTS = 0x82, 0x03
_BULK = 2


class VirtualPrinter(IBackend):
    """Keeps what it is sent; without paper it takes a part, and then no more."""

    def __init__(self, room: int = 1_000_000, endpoints: tuple[int, ...] = ()) -> None:
        self.received = b""
        self.patience: set[int] = set()
        self._room = room
        self._endpoints = endpoints or (TELLS, PRINTS)

    def bulk_write(self, handle, ep, interface, data, timeout):
        assert ep == PRINTS
        self.patience.add(timeout)
        taken = bytes(data)[: self._room - len(self.received)]
        if not taken:
            raise usb.core.USBTimeoutError("Operation timed out", errno=110)
        self.received += taken
        return len(taken)

    # -- what pyusb asks every bus ----------------------------------------------------

    def enumerate_devices(self):
        return iter(["printer"])

    def get_parent(self, device):
        return None

    def get_device_descriptor(self, device):
        return _described(
            idVendor=VENDOR, idProduct=PRODUCT, bNumConfigurations=1, bus=1, address=1
        )

    def get_configuration_descriptor(self, device, config):
        if config:
            raise IndexError
        return _described(bNumInterfaces=1, bConfigurationValue=1)

    def get_interface_descriptor(self, device, interface, alternate, config):
        if interface or alternate:
            raise IndexError
        return _described(bInterfaceNumber=0, bNumEndpoints=len(self._endpoints))

    def get_endpoint_descriptor(self, device, endpoint, *_where):
        address = self._endpoints[endpoint]
        return _described(bEndpointAddress=address, bmAttributes=_BULK)

    def open_device(self, device):
        return device

    def get_configuration(self, handle):
        return 1

    def _done(self, *_where):
        pass

    close_device = set_configuration = set_interface_altsetting = _done
    claim_interface = release_interface = reset_device = _done


class _described(SimpleNamespace):
    """A descriptor; what is not said is 0."""

    extra_descriptors = ()

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return 0
