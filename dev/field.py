"""The virtual reader of the demonstration, as ``farm-edge simulate-tag`` serves it."""

import itertools
import json
import secrets
import socket

from dev import say

#: seconds; it answers at once, as soon as it is there
_PATIENCE = 1.0
_TRIES = 20
#: of NXP, as those on the market
_NXP = "04"


class Field:
    """Tags on a port of this machine, put there and taken away by datagrams."""

    def __init__(self, port):
        self.path = f"udp:127.0.0.1:{port}"
        self._address = ("127.0.0.1", port)
        self._numbers = itertools.count(1)

    def make(self, name, chip):
        """A blank tag; gives its UID."""
        uid = _NXP + secrets.token_hex(6)
        self._ask("make", name=name, chip=chip, uid=uid, message="")
        return uid

    def swap(self, name):
        """Lay a tag on the reader in place of all others."""
        self._ask("swap", name=name)

    def take(self, name):
        """Take a tag away."""
        self._ask("take", name=name)

    def _ask(self, what, **arguments):
        number = f"{id(self)}.{next(self._numbers)}"
        wish = json.dumps({"id": number, "do": what, **arguments}).encode()
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as to:
            to.settimeout(_PATIENCE)
            to.connect(self._address)
            answer = _answer(to, wish)
        if "error" in answer:
            raise say.Stop(f"The virtual reader refused: {answer['error']}")


def _answer(to, wish):
    for _try in range(_TRIES):
        try:
            to.send(wish)
            return json.loads(to.recv(65_000))
        except TimeoutError:
            continue
        except OSError as error:
            raise say.Stop(f"The virtual reader is not there: {error}") from error
    raise say.Stop("The virtual reader does not answer.")
