"""``make test-odoo-core``: Odoo's own tests of the apps that we extend.

They run on a database where the suite is installed, with all its models in place: what
passes on plain Odoo must pass there too. Known failures stand in a file with reasons.
"""

import subprocess

from dev import (
    browser,
    config,
    database,
    odoo,
    postgres,
    say,
    stamp,
    template,
    testrun,
    venv,
)
from dev.config import ROOT

KNOWN = ROOT / "tests" / "odoo-core-known-failures.txt"


def main(used):
    """Run the tests of all groups of apps; return pytest's exit code."""
    with stamp.only_one("core"), postgres.running():
        return max(_run_group(used, group) for group in config.CORE_APPS)


def _run_group(used, group):
    with stamp.only_one():
        chrome = browser.ensure()
        target = database.name("farm_core")
        database.copy(template.with_core_apps(used, group), target)
    with say.step(f"Running Odoo's own tests of {', '.join(group)}"):
        code = _pytest(folders(used, group), target, chrome)
    database.drop(target)
    return code


def known_failures(path=KNOWN):
    """Test names and the reason why each is excused."""
    rows = path.read_text(encoding="utf-8").splitlines()
    pairs = (row.split(None, 1) for row in rows if row and not row.startswith("#"))
    return dict(pairs)


def folders(used, group):
    """Folders of the tests of a group of apps, wherever Odoo's add-ons lie."""
    found = [path / app / "tests" for path in used.addons for app in group]
    return [path for path in found if path.is_dir()]


def _pytest(rooms, target, chrome):
    command = [venv.PYTHON, "-m", "pytest", "-p", "dev.pytest_core"]
    command += ["-c", ROOT / "pyproject.toml", "--rootdir", ROOT, "-q"]
    command += testrun.PARALLEL
    command += [f"--odoo-database={target}", f"--odoo-config={odoo.CONFIG}"]
    # Without this pytest-odoo silences the warnings that some tests look for.
    command += ["--odoo-http", "--odoo-log-level=warn", *rooms]
    env = {**testrun.environment(chrome), "FARM_KNOWN_FAILURES": str(KNOWN)}
    command = [str(part) for part in command]
    return subprocess.call(command, env=env, cwd=ROOT, stdin=subprocess.DEVNULL)
