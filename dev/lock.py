"""``make lock``: move the locked versions to what the indexes offer now."""

import re
import shutil
import sys

from dev import package, proc, say, venv
from dev.config import LOG, ROOT, RUN

WANTED = ROOT / "dev" / "requirements.in"
_HEAD = "# written by `make lock` from dev/requirements.in\n"
_LOG = LOG / "lock.log"


def main():
    """Write both lock files anew.

    :raises Stop: on no network, or when a package is gone
    """
    _lock_packages()
    _lock_python()
    say.line("The locks are written: make test, then commit them.")


def _lock_packages():
    rows = package.locked()
    with say.step("Reading Debian's index"):
        package.update({row[0] for row in rows})
    lines = package.LOCK.read_text(encoding="utf-8").splitlines()[:1]
    for suite, name, *_old in rows:
        entry = package.index_entry(f"{name}/{suite}")
        if not entry:
            raise say.Stop(f"The package {name} is gone from Debian's {suite}")
        lines.append(f"{suite} {name} {entry['version']} {entry['sha256']}")
    package.LOCK.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _lock_python():
    home = RUN / "lock-venv"
    shutil.rmtree(home, ignore_errors=True)
    with say.step("Resolving the Python libraries"):
        proc.run_or_stop([sys.executable, "-m", "venv", home], _LOG, "A new venv")
        pip = [home / "bin" / "python", "-m", "pip"]
        proc.run_or_stop([*pip, "install", "-r", WANTED], _LOG, "Resolving")
    rows = proc.capture([*pip, "freeze"]).stdout.splitlines()
    lines = [f"{with_marker(row, wanted())}\n" for row in rows]
    venv.LOCK.write_text(_HEAD + "".join(lines), encoding="utf-8")
    shutil.rmtree(home)


def wanted(paths=(WANTED, ROOT / "requirements.txt")):
    """Rows of the files that say what is wanted, without their comments."""
    rows = "\n".join(path.read_text(encoding="utf-8") for path in paths).splitlines()
    return [row.split("#")[0].strip() for row in rows]


def name_of(row):
    """The library that a row asks for, as the index spells it, or nothing."""
    name = re.match(r"[A-Za-z][\w.-]*", row)
    return name.group(0).lower().replace("_", "-") if name else ""


def with_marker(row, rows):
    """A locked row with the condition under which it is wanted, if there is one."""
    markers = [r.partition(";")[2] for r in rows if name_of(r) == name_of(row)]
    return f"{row};{markers[0]}" if any(markers) else row
