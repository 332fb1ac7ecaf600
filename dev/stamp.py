"""Remember which steps are finished, and for what content."""

import fcntl
import hashlib
import os
from contextlib import contextmanager
from pathlib import Path

from dev import say
from dev.config import ADDONS, RUN

STAMPS = RUN / "stamps"
#: folders of an add-on whose content needs no update of the database
_LOOSE = {"static", "tests", "demo", "__pycache__", "docs", "readme"}


def is_done(name, key):
    """Whether step ``name`` was finished for exactly this ``key``."""
    path = STAMPS / name
    return path.exists() and path.read_text(encoding="utf-8") == key


def done(name, key):
    """Record that step ``name`` is finished for ``key``; a crash leaves no half."""
    STAMPS.mkdir(parents=True, exist_ok=True)
    part = STAMPS / f"{name}.part"
    part.write_text(key, encoding="utf-8")
    os.replace(part, STAMPS / name)


def forget(name):
    """Take the record of a step away, before its work is undone."""
    (STAMPS / name).unlink(missing_ok=True)


def digest(*parts):
    """Short hash of texts and files (a file counts by its content)."""
    total = hashlib.sha256()
    for part in parts:
        data = part.read_bytes() if isinstance(part, Path) else str(part).encode()
        total.update(b"%d:" % len(data) + data)
    return total.hexdigest()[:16]


def sources(addons=ADDONS):
    """Hash of everything in the add-ons that a database must be updated for."""
    files = [p for p in sorted(addons.rglob("*")) if p.is_file() and _counts(p, addons)]
    return digest(*[x for p in files for x in (str(p.relative_to(addons)), p)])


@contextmanager
def only_one(what="prepare"):
    """Let one command at a time do a thing in this checkout; others wait."""
    RUN.mkdir(parents=True, exist_ok=True)
    with open(RUN / f"{what}.lock", "w", encoding="utf-8") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say.line("==> Another command works in this checkout: waiting for it ...")
            fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _counts(path, addons):
    inside = path.relative_to(addons).parts
    return path.suffix != ".pyc" and not _LOOSE.intersection(inside[1:-1])
