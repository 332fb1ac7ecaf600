"""``make test``: everything, in two runs of pytest with one closing line."""

import json
import os
import subprocess

from dev import (
    agenttests,
    browser,
    database,
    lint,
    odoo,
    pcsc,
    postgres,
    say,
    stamp,
    template,
    venv,
)
from dev.config import ROOT, RUN

REPORT = RUN / "test-report.json"
_ROOMS = ("tests", "lib", "addons")
#: two workers, each with its own copy of the database, a class stays together: the
#: whole run took 164 s on two cores, 214 s without
PARALLEL = ("-n", "2", "--dist", "loadscope")


def main(used, arguments):
    """Prepare what the tests need and run them; return the exit code."""
    with stamp.only_one("test"), postgres.running():
        REPORT.unlink(missing_ok=True)
        with stamp.only_one():
            lint.ensure()
            chrome = browser.ensure()
            no_pcsc = pcsc.ensure() if agenttests.run_with(arguments) else ""
        if agenttests.is_meant(arguments):
            return agenttests.run(_agent_environment(chrome, no_pcsc), arguments)
        with stamp.only_one():
            source = template.with_companions(used)
            target = database.name("farm_test")
            database.copy(source, target)
        code = 0
        if not arguments:
            with say.step("Running the tests of the agent"):
                code = agenttests.run(_agent_environment(chrome, no_pcsc))
        with say.step("Running the tests"):
            code = _pytest(target, chrome, arguments or [*PARALLEL, *rooms()]) or code
        database.drop(target)
    say.line(f"Took longest: {say.longest()}.")
    say.line(closing_line(code, REPORT, chrome, no_pcsc))
    return code


def closing_line(code, report, chrome, no_pcsc=""):
    """The last line of the run: how it ended and what was not run.

    :param no_pcsc: why PC/SC was not tried
    """
    rows = json.loads(report.read_text(encoding="utf-8")) if report.exists() else {}
    skipped = rows.get("browser_skipped", [])
    text = "All tests passed." if code == 0 else "TESTS FAILED."
    if skipped:
        why = "no Chromium here" if not chrome else "Chromium did not start"
        text += f" {len(skipped)} browser tests were skipped, {why}: "
        text += ", ".join(name.partition("::")[2] for name in skipped)
    if no_pcsc:
        text += f" The tests of readers by PC/SC were skipped: {no_pcsc}"
    return text


def rooms(root=ROOT):
    """Folders that hold tests."""
    return [room for room in _ROOMS if (root / room).is_dir()]


def _pytest(target, chrome, arguments):
    command = [venv.PYTHON, "-m", "pytest"]
    command += ["-p", "dev.pytest_suite", "-p", "dev.pytest_report"]
    command += [f"--odoo-database={target}", f"--odoo-config={odoo.CONFIG}"]
    command += ["--odoo-http", "--odoo-log-level=warn", *arguments]
    command = [str(part) for part in command]
    env = environment(chrome)
    return subprocess.call(command, env=env, cwd=ROOT, stdin=subprocess.DEVNULL)


def _agent_environment(chrome, no_pcsc):
    return pcsc.environment(environment(chrome), no_pcsc)


def environment(chrome):
    """Environment of pytest: the database server, the browser, the report."""
    env = odoo.environment()
    path = [*([str(chrome)] if chrome else []), env.get("PATH", os.defpath)]
    log = template.install_log(database.name("farm_full"))
    names = {"FARM_REPORT": str(REPORT), "FARM_INSTALL_LOG": str(log)}
    return {**env, "PATH": os.pathsep.join(path), **names}
