"""What is looked at; nothing is changed, and nothing is raised."""

from __future__ import annotations

import os
import platform
import shutil
import socket
import sqlite3
import ssl
import sys
import time
from collections.abc import Iterator, Sequence
from datetime import datetime, timezone
from importlib import metadata
from pathlib import Path
from urllib.parse import urlsplit

from ... import __version__
from ...errors import EdgeError
from ...reader import Reader
from ...store import Store, StoreError
from ...store.store import ENOUGH
from ...sync import Client, NotTheServer, Untrusted
from ...sync.network import has_way_out
from ...sync.trust import pin_of
from .finding import Finding, bad, good, warn

#: seconds that the clock may be wrong before the office sees it
CLOCK_WRONG = 600.0
#: seconds before anything built today
_BUILT = 1_767_225_600  # 2026
#: days after which nobody can tell what was revoked meanwhile, as farmtag has it
_OLD, _TOO_OLD = 14, 30
_MILLION = 1_000_000
NEWEST_TRIED = (3, 13)
_PACKAGES = ("farmtag", "nfcpy", "httpx", "cbor2", "cryptography")


class NoStore(StoreError):
    """Nothing was ever stored there."""


def versions() -> Iterator[Finding]:
    """What runs here."""
    named = []
    for name in _PACKAGES:
        try:
            named.append(f"{name} {metadata.version(name)}")
        except metadata.PackageNotFoundError:
            named.append(f"{name} (not installed as a package)")
    says = (
        f"farm-edge {__version__}, Python {platform.python_version()}, SQLite "
        f"{sqlite3.sqlite_version}, {', '.join(named)}"
    )
    if sys.version_info[:2] > NEWEST_TRIED:
        yield warn("versions", says, "This Python was not tried; if odd, take 3.13.")
    else:
        yield good("versions", says)


def store(opened: Store | StoreError) -> Iterator[Finding]:
    """Whether the store is whole, and who the device is."""
    if isinstance(opened, NoStore):
        yield bad("store", str(opened), "farm-edge enrol CODE, or name it by --store")
        return
    if isinstance(opened, StoreError):
        yield bad("store", f"{opened.code}: {opened}", _STORE_REMEDY)
        return
    try:
        opened.journal.check()
        yield good("store", f"{opened.path} is whole")
    except StoreError as error:
        yield bad("store", str(error), "Keep this file, and enrol the device anew.")
    yield from _identity(opened)
    yield from _left_over(opened)
    if not opened.is_encrypted:
        yield warn(
            "store",
            "names and keys lie on the disk in clear",
            "Give a key: systemd credential farm-edge.key, or --key-file.",
        )


_STORE_REMEDY = "Look at the disk; if the file is damaged, keep it and enrol anew."


def _identity(opened: Store) -> Iterator[Finding]:
    me = opened.identity
    if me is None:
        yield bad("store", "the device is not enrolled", "farm-edge enrol CODE")
    elif me.quarantine:
        remedy = "Have the office look at both histories, then enrol anew."
        yield bad("store", f"the device is in quarantine: {me.quarantine}", remedy)
    else:
        yield good("store", f"enrolled as {me.number}")
        yield from _age(opened)


def _age(opened: Store) -> Iterator[Finding]:
    as_of = opened.snapshot.as_of()
    if as_of is None:
        yield bad("store", "nothing is carried yet", "farm-edge sync")
        return
    days = (opened.clock.today() - as_of).days
    says = f"what is carried is of {as_of}"
    if days > _TOO_OLD:
        yield bad("store", f"{says}: cards cannot be judged by it", "farm-edge sync")
    elif days > _OLD:
        yield warn("store", f"{says}, {days} days ago", "farm-edge sync")
    else:
        yield good("store", says)


def _left_over(opened: Store) -> Iterator[Finding]:
    tasks, writes = opened.tasks.unfinished(), opened.writes.unfinished()
    if tasks or writes:
        names = ", ".join(f"{one.kind} {one.id}" for one in tasks) or "none"
        yield warn(
            "store",
            f"work that was begun: {names}; tags that were begun: {len(writes)}",
            "Go on with it on the screen, or by --resume; tap those tags again.",
        )
    back = opened.journal.back()
    if back:
        yield warn("store", f"{back} events came back", "Look at them with the office.")


def clock(
    opened: Store | StoreError, server_time: datetime | None
) -> Iterator[Finding]:
    """Whether the clock is right, by what the server says now or said before."""
    remedy = "Have it set by the network (timedatectl set-ntp true)."
    now = datetime.now(timezone.utc)
    if server_time is not None:
        wrong = (now - server_time).total_seconds()
        says = f"the clock differs by {wrong:+.0f} s from the server's"
        wrong_much = abs(wrong) > CLOCK_WRONG
        yield bad("clock", says, remedy) if wrong_much else good("clock", says)
        return
    behind = 0.0 if isinstance(opened, StoreError) else -opened.clock.ahead() / 1_000
    if time.time() < _BUILT:
        yield bad("clock", f"it is {now:%Y-%m-%d} here, before this was made", remedy)
    elif behind > CLOCK_WRONG:
        says = f"the clock is {behind:.0f} s behind what the server has said before"
        yield bad("clock", says, remedy)
    else:
        yield good("clock", f"it is {now:%Y-%m-%d %H:%M} UTC; the server was not asked")


def disk(opened: Store | StoreError, place: Path) -> Iterator[Finding]:
    """Whether there is room, and the disk takes something.

    :param place: the folder of the store
    """
    there = next(one for one in (place, *place.absolute().parents) if one.exists())
    free = shutil.disk_usage(there).free
    says = f"{free // _MILLION} MB are free"
    if free < ENOUGH:
        yield bad("disk", says, "Make room, or take a larger card.")
    else:
        yield good("disk", says)
    if isinstance(opened, StoreError):
        if not os.access(there, os.W_OK):
            yield bad("disk", f"{there} cannot be written", "Look at its rights.")
        return
    try:
        with opened.database.writing() as connection:
            connection.execute("UPDATE meta SET value = value WHERE name = 'word'")
        yield good("disk", "it can be written")
    except StoreError as error:
        yield bad("disk", str(error), "Take another card: worn ones end so.")


def readers(found: Sequence[Reader]) -> Iterator[Finding]:
    """Whether each reader can be had."""
    if not found:
        yield bad("reader", "no reader is named", "farm-edge set readers usb")
    for reader in found:
        try:
            reader.open()
            tag = reader.sense(0.1)
            lies = f", a tag lies there: {tag.uid.hex().upper()}" if tag else ""
            yield good("reader", f"{reader.name} works{lies}")
        except EdgeError as error:
            yield bad("reader", f"{error.code}: {error}", _READER_REMEDY)
        finally:
            reader.close()


_READER_REMEDY = "Plug it in, end what else uses it (the agent, pcscd), see its rights."


def network(server: str) -> Iterator[Finding]:
    """Whether there is a way out, and the server's name has an address."""
    try:
        host = urlsplit(server).hostname
    except ValueError as error:
        says = f"{server} is no address ({error})"
        yield bad("network", says, "farm-edge set server https://…")
        return
    if not host:
        yield bad("network", "no server is set", "farm-edge enrol --server https://…")
        return
    try:
        address = socket.getaddrinfo(host, None)[0][4][0]
        yield good("network", f"{host} is {address}")
    except OSError as error:
        says = f"{host} has no address here ({error})"
        yield bad("network", says, "Look at the network, and at the server's name.")
        return
    if not has_way_out():
        says = "there is no default route"
        yield warn(
            "network", says, "Fine where the server is next door; else join one."
        )


def server(opened: Store) -> tuple[list[Finding], datetime | None]:
    """Whether the server answers, is believed, and what time it has."""
    address = opened.settings["server"]
    if not address:
        return [], None
    found = list(_pin(address))
    try:
        client = Client.of(opened)
        try:
            said = client.greet()
        finally:
            client.close()
    except EdgeError as error:
        return [*found, bad("server", str(error), _remedy(error))], None
    return [good("server", f"{address} answers"), *found], said


def _remedy(error: EdgeError) -> str:
    if isinstance(error, Untrusted):
        return "Look at trust and pin in the settings; if it is right, call the office."
    if isinstance(error, NotTheServer):
        return "Sign in to the network, or set the right server."
    return "Look at the network; what waits is sent when it is there again."


def _pin(address: str) -> Iterator[Finding]:
    """The key that the server shows, whoever believes it."""
    parts = urlsplit(address)
    if parts.scheme != "https":
        remedy = "Use https: names and tokens go over this line."
        yield warn("server", f"{address} is not encrypted", remedy)
        return
    try:
        place = (parts.hostname or "", parts.port or 443)
        shown = ssl.get_server_certificate(place, timeout=5.0)
        pin = pin_of(ssl.PEM_cert_to_DER_cert(shown))
        yield good("server", f"it shows the key {pin}")
    except (OSError, ValueError):
        return  # why is said by the request itself
