"""What a person or the agent sets, by name."""

from __future__ import annotations

import re
from typing import Any

from . import canonical
from .database import Database
from .errors import UnfitSetting
from .vault import Vault

DEFAULTS: dict[str, Any] = {
    "server": "",  # https://farm.example
    "trust": "",  # file of certificates that are trusted instead of the system's
    "pin": "",  # sha256/…: the one key that the server may have
    "proxy": "",  # http://…; "" as the environment says; "none"
    "language": "en",
    "region": "",  # where it works today
    "regions": [],  # those that it was in, where all are too much to carry
    "minutes": 15,  # from one look at the server to the next, if nothing calls
    "readers": [],  # usb:…, tty:…, udp:…, pcsc:…, keys:…, replay:…
    "mode": "desk",  # or "gate"
    "point": "",  # code of the read point of a gate
    "dwell_ms": 0,  # how long a tag lies at a gate before it counts
    "quiet_s": 10,  # how long a tag is away from a gate before it counts again
    "signal": "none",  # or gpio:…, see work/signal.py
    "screen": 8070,  # port on loopback; 0: no screen
    "printer": "",  # network:…, usb:…, file:…; "": none
    "paper": "58",  # or 80: mm of a roll; 60x40, 60x40@300: mm of a label, and its dpi
}
#: what a setting has to look like, and how that is said
FORMS = {
    "printer": (
        r"|network:(\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9][A-Za-z0-9._-]*)(:[0-9]{1,5})?"
        r"|usb:[0-9A-Fa-f]{4}:[0-9A-Fa-f]{4}|file:/[^\x00-\x1f]+",
        "network:192.168.1.50, usb:04b8:0202, file:/dev/usb/lp0, or nothing",
    ),
    "paper": (
        r"58|80|[1-9][0-9]{1,2}x[1-9][0-9]{1,2}(@(203|300|600))?",
        "58 or 80 for a roll, or the size of a label in mm as 60x40 or 60x40@300",
    ),
}


class Settings:
    """Settings; each is a plain value, and has a default.

    :raises KeyError: for a name that is none
    :raises UnfitSetting: for a value that means nothing
    """

    def __init__(self, database: Database, vault: Vault) -> None:
        self._database = database
        self._vault = vault

    def __getitem__(self, name: str) -> Any:
        default = DEFAULTS[name]
        query = "SELECT value FROM setting WHERE name = ?"
        row = self._database.row(query, (name,))
        if row is None:
            return list(default) if isinstance(default, list) else default
        return canonical.decode(self._vault.unlock(row[0], _place(name)))

    def __setitem__(self, name: str, value: Any) -> None:
        kind = type(DEFAULTS[name])
        if not isinstance(value, kind):
            raise TypeError(f"{name} is set to a {kind.__name__}")
        check(name, value)
        raw = canonical.encode(value)
        with self._database.writing() as connection:
            connection.execute(
                "INSERT OR REPLACE INTO setting VALUES (?, ?)",
                (name, self._vault.lock(raw, _place(name))),
            )

    def all(self) -> dict[str, Any]:
        """Every setting, for whoever looks after the device."""
        return {name: self[name] for name in DEFAULTS}


def check(name: str, value: Any) -> None:
    """Look whether a setting can mean something.

    :raises UnfitSetting: if it cannot
    """
    form, said = FORMS.get(name, ("", ""))
    if form and not re.fullmatch(form, value):
        raise UnfitSetting(f"{name} cannot be {value!r}: write {said}.")


def _place(name: str) -> str:
    return f"setting {name}"
