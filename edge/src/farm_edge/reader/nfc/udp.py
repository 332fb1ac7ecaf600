"""nfcpy's UDP driver, put right.

Datagrams have no number, so that an answer that comes late passes for the answer to the
next command. Here every command goes from a port of its own: what is late comes to a
port that is closed. A reader that is not there is told by the system at once.
"""

from __future__ import annotations

import socket
from typing import Any

import nfc.clf
import nfc.clf.udp

DEFAULT_HOST, DEFAULT_PORT = "localhost", 54_321


class UdpDevice(nfc.clf.udp.Device):  # type: ignore[misc]  # nfcpy has no annotations
    """The driver.

    :param path: ``udp[:host][:port]``
    :param patience: seconds that an answer may take
    :raises OSError: if there is no such host
    """

    def __init__(self, path: str, patience: float) -> None:
        host, port = _address(path)
        self.addr = (socket.gethostbyname(host), port)
        self._path = f"udp:{host}:{port}"
        self._vendor_name, self._device_name = "", "UDP"
        self._chipset_name = "UDP"
        self._patience = patience
        self.socket: socket.socket | None = None
        self._create_socket()

    def mute(self) -> None:
        """Switch the field off, also if nothing has been heard in it yet."""
        if self.socket:
            self.rcvd_data = 1  # or else the driver says nothing
            super().mute()

    def _send_data(self, brty: str, data: bytes, addr: Any) -> None:
        self._renew_socket()
        super()._send_data(brty, data, self.addr)

    def _recv_data(self, timeout: float | None, *brty_list: str) -> Any:
        patience = self._patience if timeout is None else timeout
        return super()._recv_data(min(patience, self._patience), *brty_list)

    def _renew_socket(self) -> None:
        if self.socket:
            self.socket.close()
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.socket.connect(self.addr)


def _address(path: str) -> tuple[str, int]:
    parts = [*path.split(":"), "", ""]
    return parts[1] or DEFAULT_HOST, int(parts[2] or DEFAULT_PORT)
