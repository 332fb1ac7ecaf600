"""What a setting may be: a wrong one would end the agent, or be noticed by nobody."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlsplit

from ..errors import EdgeError
from ..reader.paths import reader_at
from ..sync.trust import context_of
from ..words import LANGUAGES
from .exits import Exit, NotDone

MODES = ("desk", "gate")


def checked(name: str, value: Any) -> Any:
    """The value, if the setting may have it.

    :raises NotDone: if not; one sentence says why
    """
    check = _CHECKS.get(name)
    try:
        if check:
            check(value)
    except (ValueError, EdgeError) as error:
        # A proxy, or what was taken for one, has its password in the address.
        said = name if "@" in str(value) else f"{name} {value!r}"
        raise NotDone(f"{said}: {error}", "setting", Exit.USAGE) from None
    return value


def _from(least: int, most: int) -> Callable[[int], None]:
    def check(value: int) -> None:
        if not least <= value <= most:
            raise ValueError(f"it is a number from {least} to {most}.")

    return check


def _one_of(names: Mapping[str, Any] | tuple[str, ...]) -> Callable[[str], None]:
    def check(value: str) -> None:
        if value not in names:
            raise ValueError(f"it is one of {', '.join(names)}.")

    return check


def _readers(names: list[str]) -> None:
    for name in names:
        reader_at(name)


def _address(text: str) -> None:
    parts = urlsplit(text)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.port == 0:
        raise ValueError("it is an address as https://farm.example.")


def _server(text: str) -> None:
    """It is shown on the screen, and a name in it is sent instead of the token."""
    if text:
        _address(text)
        if "@" in urlsplit(text).netloc:
            raise ValueError("it has no name and password: a token says who asks.")


def _proxy(text: str) -> None:
    if text not in ("", "none"):
        _address(text)


_CHECKS: dict[str, Callable[[Any], object]] = {
    "server": _server,
    "proxy": _proxy,
    "trust": lambda file: context_of(file=file),
    "pin": lambda pin: context_of(pin=pin),
    "language": _one_of(LANGUAGES),
    "minutes": _from(1, 1_440),
    "readers": _readers,
    "mode": _one_of(MODES),
    "dwell_ms": _from(0, 60_000),
    "quiet_s": _from(0, 86_400),
    "screen": _from(0, 65_535),
}
