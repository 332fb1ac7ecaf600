"""The network between devices and their server, which comes and goes."""

import socket
import threading
from contextlib import suppress

PIECE = 4096
END = b"\r\n\r\n"
PUSH = b"POST /farm_rfid/v1/push"


class BadLine:
    """Passes connections on, or not; and tears pushes at a place that is said.

    - ``torn``: how many pushes were torn in the request, and in the answer

    :param port_behind: gives the port of the server, which may be another one each time
    """

    def __init__(self, port_behind):
        self._port_behind = port_behind
        self._guard = threading.Lock()
        self._is_there = True
        self._tears = []
        self._ends = set()
        self.torn = {"request": 0, "answer": 0}
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port = self._socket.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self):
        self._socket.close()
        self.go()

    # -- what happens to it -----------------------------------------------------------

    def go(self):
        """No network from now on; what is under way is torn."""
        with self._guard:
            self._is_there = False
            ends, self._ends = self._ends, set()
        for one in ends:
            _reset(one)

    def come(self):
        """The network is there."""
        with self._guard:
            self._is_there = True

    def tear(self, *places):
        """Tear the next pushes, one after another.

        :param places: ``request`` in the middle of its body, ``answer`` in the middle
            of what is answered: then the server has it and the device does not know
        """
        with self._guard:
            self._tears += places

    # -- passing on -------------------------------------------------------------------

    def _accept(self):
        while True:
            try:
                near, _address = self._socket.accept()
            except OSError:
                return
            threading.Thread(target=self._connect, args=(near,), daemon=True).start()

    def _connect(self, near):
        if not self._is_there:
            _reset(near)
            return
        try:
            far = socket.create_connection(("127.0.0.1", self._port_behind()))
        except OSError:
            _reset(near)
            return
        with self._guard:
            self._ends |= {near, far}
        connection = _Connection(self)
        for ends in ((near, far, connection.up), (far, near, connection.down)):
            threading.Thread(target=self._pass, args=ends, daemon=True).start()

    def _pass(self, source, target, carry):
        with suppress(OSError):
            while piece := source.recv(PIECE):
                kept, is_torn = carry(piece)
                target.sendall(kept)
                if is_torn:
                    break
        with self._guard:
            self._ends -= {source, target}
        for one in (source, target):
            _reset(one)

    def take_tear(self, place):
        """Whether the push at this place is the one to be torn."""
        with self._guard:
            if self._tears[:1] != [place]:
                return False
            self._tears.pop(0)
            self.torn[place] += 1
            return True


class _Connection:
    """What one connection carries, request by request."""

    def __init__(self, line):
        self._line = line
        self._is_push = False

    def up(self, piece):
        """What of a piece passes, and whether the line is torn there."""
        head = b""
        if piece.startswith((b"POST ", b"GET ")):
            self._is_push = piece.startswith(PUSH)
            head, _end, body = piece.partition(END)
            head += END
        else:
            body = piece
        # The head alone is no middle: some of the body has to pass.
        if self._is_push and body and self._line.take_tear("request"):
            return head + body[: len(body) // 2], True
        return piece, False

    def down(self, piece):
        if self._is_push and self._line.take_tear("answer"):
            return piece[: len(piece) // 2], True
        return piece, False


def _reset(one):
    """End a connection so that both sides notice it at once."""
    with suppress(OSError):
        one.shutdown(socket.SHUT_RDWR)
    one.close()
