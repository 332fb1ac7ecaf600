"""The server of the page, in a thread beside the readers."""

from __future__ import annotations

import socket
import threading
from ipaddress import ip_address

import uvicorn
from starlette.applications import Starlette

from ..errors import EdgeError

PORT = 8070
#: seconds that open event streams get when it ends
GRACE = 2
_PATIENCE = 10.0


class PortTaken(EdgeError):
    """Something else listens there."""

    code = "port-taken"


class Server:
    """Serves the page to this machine alone.

    :param port: 0 for any that is free; ``port`` says which one it is
    :param host: an address of this machine; another one only inside of a container,
        where the way in is the container's own
    :raises PortTaken: if something else listens there
    """

    def __init__(
        self, app: Starlette, port: int = PORT, host: str = "127.0.0.1"
    ) -> None:
        self._app = app
        self._socket = _listening(host, port)
        self.port: int = self._socket.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}/"
        config = uvicorn.Config(
            app,
            log_level="warning",
            access_log=False,
            lifespan="off",
            server_header=False,
            timeout_graceful_shutdown=GRACE,
        )
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._run, name="screen", daemon=True)

    def start(self) -> None:
        """Serve; returns at once, requests that come meanwhile wait."""
        self._thread.start()

    def stop(self) -> None:
        """End, also of event streams."""
        self._app.state.end()
        self._server.should_exit = True
        if self._thread.is_alive():
            self._thread.join(_PATIENCE)
        self._socket.close()

    def _run(self) -> None:
        self._server.run(sockets=[self._socket])


def is_loopback(host: str) -> bool:
    """Whether an address leads to this machine alone."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _listening(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    found = socket.socket(family, socket.SOCK_STREAM)
    found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        found.bind((host, port))
        found.listen(64)
    except OSError as error:
        found.close()
        raise PortTaken(
            f"Port {port} of {host} cannot be had ({error}): choose another by --port"
        ) from error
    return found
