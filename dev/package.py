"""Odoo itself: Debian's package, unpacked into the project, never installed."""

import os
import shutil
from pathlib import Path

from dev import debian, machine, say, stamp
from dev.config import ROOT, RUN

LOCK = ROOT / "dev" / "packages.lock"
HOME = RUN / "odoo"
_LIBRARY = "usr/lib/python3/dist-packages"
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
        _make(debian.locked(LOCK), key)
    return odoo()


def _checkout(path):
    script = path / "odoo-bin"
    release = path / "odoo" / "release.py"
    if not script.exists() or "(19, 0" not in release.read_text(encoding="utf-8"):
        raise say.Stop(f"ODOO_PATH={path} is no checkout of Odoo's branch 19.0")
    return Odoo(path, script, [path / "addons", path / "odoo" / "addons"])


def _make(rows, key):
    with say.step("Fetching the Odoo package (120 MB)"):
        debs = _fetch(rows)
    with say.step("Unpacking Odoo"):
        part = debian.part_of(HOME)
        debian.unpack(debs, part)
        _stand_in(part)
        check_links(part)
        stamp.forget("odoo")
        shutil.rmtree(HOME, ignore_errors=True)
        part.rename(HOME)
    stamp.done("odoo", key)


def _fetch(rows):
    try:
        return debian.fetch(rows)
    except debian.Gone as gone:
        way = "Or set ODOO_PATH to a checkout of Odoo's branch 19.0."
        raise say.Stop(f"{gone} {way}") from None


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
