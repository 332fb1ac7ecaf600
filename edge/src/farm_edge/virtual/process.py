"""A field in a process of its own, as its owner sees it."""

from __future__ import annotations

import itertools
import json
import os
import socket
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any

from farmtag import Chip

from .faults import Command, Fault

_PATIENCE_SECONDS = 5.0
_TRIES = 4
_MOST_BYTES = 65_000


class FieldError(RuntimeError):
    """The process does not answer, or refuses what was asked."""


class Remote:
    """Controls a field that somebody has started on a port of this machine."""

    def __init__(self, port: int, host: str = "127.0.0.1") -> None:
        self.port = port
        self._address = (host, port)
        self._numbers = itertools.count(1)

    @property
    def path(self) -> str:
        """What nfcpy opens."""
        return f"udp:{self._address[0]}:{self.port}"

    def make(self, name: str, chip: Chip, uid: bytes, message: bytes = b"") -> None:
        """A chip that does not lie there yet."""
        uid_hex, hexed = uid.hex(), message.hex()
        self._ask("make", name=name, chip=chip.name, uid=uid_hex, message=hexed)

    def put(self, name: str) -> None:
        """Lay a chip on the reader."""
        self._ask("put", name=name)

    def take(self, name: str) -> None:
        """Take a chip away."""
        self._ask("take", name=name)

    def swap(self, name: str) -> None:
        """Put a chip there in place of all others."""
        self._ask("swap", name=name)

    def poke(self, name: str, page: int, data: bytes) -> None:
        """Set bytes of the memory past all rules."""
        self._ask("poke", name=name, page=page, data=data.hex())

    def protect(self, name: str, password: bytes, pack: bytes, first: int) -> None:
        """Ask for a password (4 bytes, answered by 2) from a page on."""
        secret, answer = password.hex(), pack.hex()
        self._ask("protect", name=name, password=secret, pack=answer, first=first)

    def break_(
        self,
        script: Sequence[tuple[Command, int, Fault]] = (),
        rates: Mapping[Fault, float] | None = None,
        seed: int = 0,
    ) -> None:
        """From now on go wrong so, and in no other way."""
        cues = [[command.value, nth, fault.value] for command, nth, fault in script]
        by_name = {fault.value: rate for fault, rate in (rates or {}).items()}
        self._ask("break", script=cues, rates=by_name, seed=seed)

    def slow(self, seconds: float) -> None:
        """Take so long for every answer."""
        self._ask("slow", seconds=seconds)

    def memory(self, name: str) -> bytes:
        """All bytes of a chip."""
        return bytes.fromhex(self._ask("memory", name=name)["memory"])

    def frames(self) -> list[bytes]:
        """The frames that came since they were asked for the last time."""
        return self.heard()[0]

    def heard(self) -> tuple[list[bytes], int]:
        """Those frames, and how many came for tags of other kinds than type A."""
        came = self._ask("frames")
        return [bytes.fromhex(one) for one in came["frames"]], int(came["other"])

    def state(self) -> dict[str, Any]:
        """``chips``: name → [chip, uid]; ``lying``: names."""
        return self._ask("state")

    def _ask(self, what: str, **arguments: Any) -> dict[str, Any]:
        wish = {"id": f"{id(self)}.{next(self._numbers)}", "do": what, **arguments}
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as ask:
            ask.settimeout(_PATIENCE_SECONDS)
            ask.connect(self._address)
            answer = self._answer(ask, json.dumps(wish).encode())
        if "error" in answer:
            raise FieldError(f"{what}: {answer['error']}")
        return answer

    def _answer(self, ask: socket.socket, wish: bytes) -> dict[str, Any]:
        for _ in range(_TRIES):
            try:
                ask.send(wish)
                found: dict[str, Any] = json.loads(ask.recv(_MOST_BYTES))
                return found
            except TimeoutError:
                continue
            except OSError as error:
                raise FieldError(f"no field at {self.path}: {error}") from error
        raise FieldError(f"the field at {self.path} does not answer")


class VirtualField(Remote):
    """A field with its process: start, use, stop.

    :param port: 0 for any that is free
    :param keep: file from which chips come back
    :raises FieldError: if the process does not start
    """

    def __init__(self, port: int = 0, keep: Path | None = None) -> None:
        self._keep = ["--keep", str(keep)] if keep else []
        self._process = self._started(port)
        super().__init__(self._said_port())

    def unplug(self) -> None:
        """End the process as if the plug was pulled; chips not kept are lost."""
        self._process.kill()
        self._process.wait()
        if self._process.stdout:
            self._process.stdout.close()

    def plug(self) -> None:
        """Start it anew on the same port, with the chips that are kept."""
        self._process = self._started(self.port)
        self._said_port()

    def __enter__(self) -> VirtualField:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.unplug()

    def _started(self, port: int) -> subprocess.Popen[str]:
        code = "from farm_edge.virtual.command import main; raise SystemExit(main())"
        return subprocess.Popen(
            [sys.executable, "-c", code, "--port", str(port), "--empty", *self._keep],
            stdout=subprocess.PIPE,
            text=True,
            env=_with_path(),
        )

    def _said_port(self) -> int:
        line = self._process.stdout.readline() if self._process.stdout else ""
        try:
            return int(json.loads(line)["port"])
        except (ValueError, LookupError):
            raise FieldError("the process of the field did not start") from None


def _with_path() -> dict[str, str]:
    """The environment, so that the process finds what this one has found."""
    return {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
