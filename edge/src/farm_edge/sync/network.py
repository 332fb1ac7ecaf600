"""Whether the machine has a way out, as far as its own tables say."""

from __future__ import annotations

from pathlib import Path

_ROUTES = Path("/proc/net/route")
_ROUTES_6 = Path("/proc/net/ipv6_route")
_ANY = "00000000"
_ANY_6 = "0" * 32


def has_way_out(routes: Path = _ROUTES, routes_6: Path = _ROUTES_6) -> bool:
    """Whether there is a default route. A way out may lead nowhere: it is a reason to
    try, and its absence none not to."""
    return _has(routes, 1, _ANY) or _has(routes_6, 0, _ANY_6)


def _has(routes: Path, column: int, wanted: str) -> bool:
    try:
        lines = routes.read_text().splitlines()
    except OSError:
        return False
    rows = [line.split() for line in lines]
    return any(row[column] == wanted and row[-1] != "lo" for row in rows if row[1:])
