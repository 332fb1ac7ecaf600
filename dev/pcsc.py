"""PC/SC for the agent's tests: service, virtual reader and pyscard, never installed.

The service has its folders compiled into it and would need root for them. The unpacked
copy finds other names there, of the same length: those of a folder that whoever starts
it has opened as file 9 (``dev/pcscd.sh``). So any user can run any number of them, and
neither a service of the machine nor its USB readers are touched.
"""

import os
import shlex
import shutil
import sys
import sysconfig
from pathlib import Path

from dev import debian, proc, say, stamp, venv
from dev.config import LOG, ROOT, RUN

PACKAGES = ROOT / "dev" / "packages-pcsc.lock"
LIBRARY = ROOT / "dev" / "requirements-pcsc.lock"
HOME = RUN / "pcsc"
#: the packages are locked for these machines
ARCHITECTURE = "amd64"
_START = ROOT / "dev" / "pcscd.sh"
_LOG = LOG / "pcsc.log"
_DAEMON = "usr/sbin/pcscd"
_FOLDERS = {
    b"/run/pcscd": b"/dev/fd//9",
    b"/usr/lib/pcsc/drivers": b"/dev/fd//9/usbdrivers",
}


def ensure():
    """Have all of it, if this machine can.

    :return: why it cannot, or nothing
    """
    key = stamp.digest(PACKAGES, LIBRARY, Path(__file__), sys.version, str(ROOT))
    if stamp.is_done("pcsc", key) and HOME.exists():
        return ""
    why = _hindrance()
    if not why:
        try:
            _make(key)
        except say.Stop as stop:
            why = str(stop)
    return why


def environment(base, why):
    """An environment in which the tests find it.

    :param base: that of pytest
    :param why: what :func:`ensure` returned
    """
    if why:
        return {**base, "FARM_PCSC_MISSING": why}
    return {
        **base,
        "FARM_PCSCD": str(_START),
        "LD_LIBRARY_PATH": _before(base.get("LD_LIBRARY_PATH"), _libraries()),
        "PYTHONPATH": _before(base.get("PYTHONPATH"), HOME / "python"),
    }


def has_python_headers(include=None):
    """Whether extensions of this Python can be compiled."""
    return (Path(include or sysconfig.get_path("include")) / "Python.h").exists()


def has_compiler(which=shutil.which):
    """Whether the compiler that pip would take is there."""
    named = os.environ.get("CC") or sysconfig.get_config_var("CC") or "cc"
    return bool(which(shlex.split(named)[0]))


def relocate(daemon, folders=None):
    """Give a program other folders than those that are compiled into it.

    :raises Stop: when it does not name one of them
    """
    data = daemon.read_bytes()
    for old, new in (folders or _FOLDERS).items():
        if old not in data or len(old) != len(new):
            raise say.Stop(f"{daemon.name} has no folder {os.fsdecode(old)}")
        data = data.replace(old, new)
    daemon.write_bytes(data)


def _hindrance():
    missing = [tool for tool in ("apt-get", "dpkg") if not shutil.which(tool)]
    if missing:
        return f"no {' and no '.join(missing)} here"
    made_for = proc.capture(["dpkg", "--print-architecture"]).stdout.strip()
    if made_for != ARCHITECTURE:
        return f"locked for {ARCHITECTURE}, this is {made_for}"
    if not has_compiler():
        return "no C compiler here"
    return "" if has_python_headers() else "no Python.h here, of python3-dev"


def _make(key):
    with say.step("Making PC/SC and its virtual reader ready"):
        debs = debian.fetch(debian.locked(PACKAGES))
        part = debian.part_of(HOME)
        debian.unpack(debs, part)
        relocate(part / _DAEMON)
        proc.run_or_stop([part / _DAEMON, "--version"], _LOG, "Trying pcscd")
        venv.build("pyscard", LIBRARY, part / "python", part / "usr/include/PCSC")
        stamp.forget("pcsc")
        shutil.rmtree(HOME, ignore_errors=True)
        part.rename(HOME)
    stamp.done("pcsc", key)


def _libraries():
    return next(HOME.glob("usr/lib/*/libpcsclite.so.1")).parent


def _before(paths, first):
    return f"{first}{os.pathsep}{paths}" if paths else str(first)
