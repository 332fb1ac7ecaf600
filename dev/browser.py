"""Chromium for the browser tests: the machine's own, else by apt when root."""

import os
import shutil

from dev import machine
from dev.config import RUN

#: names that Odoo's test browser looks for, in its order
NAMES = ("google-chrome", "chromium", "chromium-browser", "google-chrome-stable")
_BIN = RUN / "bin"
#: keeps the browser from looking for updates and accounts while it is tested
_SILENT = (
    "--disable-quic",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--disable-background-networking",
)


def ensure():
    """Folder to put first on PATH, or ``None`` when there is no browser."""
    found = find()
    if not found and machine.can_apt_install() and machine.apt_install("chromium"):
        found = find()
    if found:
        _wrap(found)
    return _BIN if found else None


def find(which=shutil.which):
    """Path of the machine's browser, or ``None``."""
    return next(filter(None, map(which, NAMES)), None)


def _wrap(real):
    _BIN.mkdir(parents=True, exist_ok=True)
    path = _BIN / NAMES[0]
    part = path.with_suffix(".part")
    flags = " ".join(_SILENT)
    part.write_text(f'#!/bin/sh\nexec {real} {flags} "$@"\n', encoding="utf-8")
    part.chmod(0o755)
    os.replace(part, path)
