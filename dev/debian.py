"""Packages of Debian: downloaded, checked against a lock, unpacked, never installed.

``apt-get`` works on lists and a cache of its own, so the system's are not touched.
"""

import hashlib
import os
import shutil
from pathlib import Path
from urllib.parse import unquote

from dev import proc, say
from dev.config import LOG, RUN

_APT = RUN / "cache" / "apt"
_DEBS = RUN / "cache" / "debs"
_LOG = LOG / "debian.log"
_KEYRING = Path("/usr/share/keyrings/debian-archive-keyring.gpg")
_DEFAULT_MIRROR = "http://deb.debian.org/debian"


class Gone(say.Stop):
    """A locked package is in the index no more, in no version."""


def locked(path):
    """Rows of a lock file: suite, package, version, SHA-256."""
    rows = path.read_text(encoding="utf-8").splitlines()
    return [row.split() for row in rows if row and not row.startswith("#")]


def part_of(home):
    """Where the content of ``home`` is made, before it takes its name.

    What a crash left there is removed.
    """
    for left in home.parent.glob(f"{home.name}.*.part"):
        shutil.rmtree(left, ignore_errors=True)
    return home.with_name(f"{home.name}.{os.getpid()}.part")


def unpack(debs, folder):
    """Unpack packages over each other.

    :raises Stop: on no disk or a damaged package
    """
    for deb in debs:
        proc.run_or_stop(["dpkg", "-x", deb, folder], _LOG, f"Unpacking {deb.name}")


def fetch(rows):
    """Paths of the packages, downloaded and checked against the lock.

    :raises Stop: on no network, no disk, a package that is gone or damaged
    """
    missing = [row for row in rows if not _cached(*row[1:])]
    if missing:
        update(sorted({row[0] for row in rows}))
        wanted = [f"{row[1]}={row[2]}" for row in missing]
        proc.run(["apt-get", *_options(), "download", *wanted], _LOG, cwd=_DEBS)
    return [_cached(*row[1:]) or _download(*row) for row in rows]


def _cached(package, version, sha256):
    for path in _DEBS.glob(f"{package}_*.deb"):
        if unquote(path.name).split("_")[1] == version and _sha256(path) == sha256:
            return path
    return None


def _sha256(path):
    total = hashlib.sha256()
    with open(path, "rb") as file:
        while block := file.read(1 << 20):
            total.update(block)
    return total.hexdigest()


def _download(suite, package, version, sha256):
    wanted = f"{package}={version}"
    entry = index_entry(wanted)
    if entry is None:
        entry = index_entry(f"{package}/{suite}")
        if entry is None:
            raise Gone(
                f"The package {package} is gone from Debian's {suite}: move the lock"
                " (see README)."
            )
        say.line(
            f"    {package} {version} is not in {suite} any more; taking"
            f" {entry['version']}, checked by the index. `make lock` records it."
        )
        wanted, sha256 = f"{package}={entry['version']}", entry["sha256"]
    return _get(wanted, package, entry["version"], sha256)


def _get(wanted, package, version, sha256):
    proc.run_or_stop(
        ["apt-get", *_options(), "download", wanted],
        _LOG,
        f"Downloading {package}",
        cwd=_DEBS,
    )
    path = _cached(package, version, sha256)
    if not path:
        raise say.Stop(
            f"The package {package} {version} does not have the SHA-256 of the"
            " lock: try again, or move the lock (see README)."
        )
    return path


def index_entry(wanted):
    """Version and SHA-256 of a package in the index, or ``None``."""
    answer = proc.capture(["apt-get", *_options(), "download", "--print-uris", wanted])
    fields = answer.stdout.split()
    if answer.returncode or len(fields) < 4 or not fields[3].startswith("SHA256:"):
        return None
    version = unquote(unquote(fields[1])).split("_")[1]
    return {"version": version, "sha256": fields[3].removeprefix("SHA256:")}


def update(suites):
    """Read the index of the suites into lists of our own.

    :raises Stop: on no network or an unsigned index
    """
    for folder in (_APT / "lists/partial", _APT / "archives/partial", _DEBS):
        folder.mkdir(parents=True, exist_ok=True)
    signed = f"[signed-by={_KEYRING}] " if _KEYRING.exists() else ""
    lines = [f"deb {signed}{mirror()} {suite} main\n" for suite in suites]
    (_APT / "sources.list").write_text("".join(lines), encoding="utf-8")
    strict = ["-o", "APT::Update::Error-Mode=any"]
    command = ["apt-get", *_options(), *strict, "update"]
    proc.run_or_stop(command, _LOG, "Reading the package index")


def mirror():
    """The Debian mirror of the machine's own configuration, else Debian's."""
    answer = proc.capture(
        ["apt-get", "indextargets", "--format", "$(SITE)", "Created-By: Packages"]
    )
    sites = [site.rstrip("/") for site in answer.stdout.split()]
    return next((s for s in sites if s.endswith("/debian")), _DEFAULT_MIRROR)


def _options():
    settings = {
        "Dir::Etc::sourcelist": _APT / "sources.list",
        "Dir::Etc::sourceparts": "/dev/null",
        "Dir::Etc::preferencesparts": "/dev/null",
        "Dir::State::Lists": _APT / "lists",
        "Dir::Cache": _APT,
        "APT::Sandbox::User": "",
        "Acquire::Languages": "none",
        "Acquire::Retries": "2",
    }
    return [x for key, value in settings.items() for x in ("-o", f"{key}={value}")]
