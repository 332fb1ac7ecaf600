"""``make lock``: move the locked versions to what the indexes offer now."""

import json
import re
import shutil
import sys

from dev import debian, package, pcsc, proc, say, venv
from dev.config import LOG, ROOT, RUN

WANTED = ROOT / "dev" / "requirements.in"
_HEAD = "# written by `make lock` from dev/requirements.in\n"
_LOG = LOG / "lock.log"


def main():
    """Write the lock files anew.

    :raises Stop: on no network, or when a package is gone
    """
    for path in (package.LOCK, pcsc.PACKAGES):
        _lock_packages(path)
    _lock_python()
    say.line("The locks are written: make test, then commit them.")


def _lock_packages(path):
    rows = debian.locked(path)
    with say.step(f"Reading Debian's index for {path.name}"):
        debian.update(sorted({row[0] for row in rows}))
    lines = path.read_text(encoding="utf-8").splitlines()[:1]
    for suite, name, *_old in rows:
        entry = debian.index_entry(f"{name}/{suite}")
        if not entry:
            raise say.Stop(f"The package {name} is gone from Debian's {suite}")
        lines.append(f"{suite} {name} {entry['version']} {entry['sha256']}")
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _lock_python():
    home = RUN / "lock-venv"
    shutil.rmtree(home, ignore_errors=True)
    with say.step("Resolving the Python libraries"):
        proc.run_or_stop([sys.executable, "-m", "venv", home], _LOG, "A new venv")
        pip = [home / "bin" / "python", "-m", "pip"]
        proc.run_or_stop([*pip, "install", "-r", WANTED], _LOG, "Resolving")
        _lock_pyscard(pip)
    rows = proc.capture([*pip, "freeze"]).stdout.splitlines()
    lines = [f"{with_marker(row, wanted())}\n" for row in rows]
    venv.LOCK.write_text(_HEAD + "".join(lines), encoding="utf-8")
    shutil.rmtree(home)


def _lock_pyscard(pip):
    """The newest of each, as nothing but the build of pyscard needs them."""
    lines = pcsc.LIBRARY.read_text(encoding="utf-8").splitlines()
    names = [name for name in map(name_of, lines) if name]
    dry = ["--dry-run", "--ignore-installed", "--no-deps", "--quiet"]
    report = RUN / "lock-venv" / "report.json"
    command = [*pip, "install", *dry, "--report", report, *names]
    proc.run_or_stop(command, _LOG, "Resolving pyscard")
    pcsc.LIBRARY.write_text(
        "\n".join([lines[0], *pinned(report), ""]), encoding="utf-8"
    )


def pinned(report):
    """Rows of a lock from what pip reports that it would install."""
    found = json.loads(report.read_text(encoding="utf-8"))["install"]
    rows = [one["metadata"] for one in found]
    return sorted(f"{row['name']}=={row['version']}" for row in rows)


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
