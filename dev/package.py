"""Odoo itself: Debian's package, unpacked into the project, never installed.

``apt-get`` works on lists and a cache of its own, so the system's are not touched.
"""

import hashlib
import os
import shutil
from pathlib import Path
from urllib.parse import unquote

from dev import machine, proc, say, stamp
from dev.config import LOG, ROOT, RUN

LOCK = ROOT / "dev" / "packages.lock"
HOME = RUN / "odoo"
_APT = RUN / "cache" / "apt"
_DEBS = RUN / "cache" / "debs"
_LOG = LOG / "odoo-package.log"
_LIBRARY = "usr/lib/python3/dist-packages"
_KEYRING = Path("/usr/share/keyrings/debian-archive-keyring.gpg")
_DEFAULT_MIRROR = "http://deb.debian.org/debian"
#: left out of the package for its licence; the web client's bundle asks for it
_STAND_IN = "odoo/addons/mail/static/lib/selfie_segmentation/selfie_segmentation.js"


class Odoo:
    """The Odoo in use: where it is imported from and how it is started."""

    def __init__(self, library, script, addons):
        self.library = library
        self.script = script
        self.addons = addons
        self.key = stamp.digest(str(library), LOCK)


def odoo():
    """The Odoo in use: ``ODOO_PATH`` when set, else the package.

    :raises Stop: when ``ODOO_PATH`` is no checkout of Odoo 19
    """
    named = os.environ.get("ODOO_PATH")
    if named:
        return _checkout(Path(named).resolve())
    library = HOME / _LIBRARY
    return Odoo(library, HOME / "usr/bin/odoo", [library / "odoo/addons"])


def ensure():
    """Have Odoo's files on disk, whatever was there before.

    :raises Stop: on no apt, no network, no disk, a package that is gone or damaged
    """
    if os.environ.get("ODOO_PATH"):
        return odoo()
    key = stamp.digest(LOCK)
    if not (stamp.is_done("odoo", key) and HOME.exists()):
        machine.need_apt()
        machine.need_disk(machine.SETUP_GB)
        _make(locked(), key)
    return odoo()


def locked(path=None):
    """Rows of the lock file: suite, package, version, SHA-256."""
    rows = (path or LOCK).read_text(encoding="utf-8").splitlines()
    return [row.split() for row in rows if row and not row.startswith("#")]


def _checkout(path):
    script = path / "odoo-bin"
    release = path / "odoo" / "release.py"
    if not script.exists() or "(19, 0" not in release.read_text(encoding="utf-8"):
        raise say.Stop(f"ODOO_PATH={path} is no checkout of Odoo's branch 19.0")
    return Odoo(path, script, [path / "addons", path / "odoo" / "addons"])


def _make(rows, key):
    with say.step("Fetching the Odoo package (120 MB)"):
        debs = fetch(rows)
    with say.step("Unpacking Odoo"):
        for left in RUN.glob("odoo.*.part"):
            shutil.rmtree(left, ignore_errors=True)
        part = RUN / f"odoo.{os.getpid()}.part"
        for deb in debs:
            proc.run_or_stop(["dpkg", "-x", deb, part], _LOG, f"Unpacking {deb.name}")
        _stand_in(part)
        check_links(part)
        stamp.forget("odoo")
        shutil.rmtree(HOME, ignore_errors=True)
        part.rename(HOME)
    stamp.done("odoo", key)


def fetch(rows):
    """Paths of the packages, downloaded and checked against the lock."""
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
            raise say.Stop(
                f"The package {package} is gone from Debian's {suite}: set ODOO_PATH to"
                " a checkout of Odoo's branch 19.0, or move the lock (see README)."
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
            f"The package {package} {version} does not have the SHA-256 of"
            f" {LOCK.name}: try again, or move the lock (see README)."
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


def _stand_in(home):
    path = home / _LIBRARY / _STAND_IN
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists():
        path.write_text("", encoding="utf-8")


def check_links(home):
    """Check that the web client's links into other packages lead somewhere.

    :raises Stop: naming files that are missing
    """
    addons = home / _LIBRARY / "odoo/addons"
    broken = [p for p in addons.glob("web/static/**/*") if _dangles(p)]
    if broken:
        names = ", ".join(p.name for p in broken[:3])
        raise say.Stop(
            f"{len(broken)} files of Odoo's web client are missing ({names} ...): a"
            " package in dev/packages.lock does not fit, move it (see README)."
        )


def _dangles(path):
    return path.is_symlink() and not path.exists()
