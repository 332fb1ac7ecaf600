"""The linters: the same tools and versions as in ``.pre-commit-config.yaml``."""

import json
import os
import re
import shutil

from dev import config, proc, say, stamp, venv
from dev.config import LOG, ROOT, RUN

NODE = RUN / "node"
_SOURCE = ROOT / "dev" / "node"
_OLDEST_NODE = 18
#: what the linters look at, where it exists
_PYTHON = ("addons", "lib", "edge", "bench", "tests", "dev")
_PRETTIER = ("addons/**/*.{js,xml,scss,css}", "*.{md,yaml,yml}", "docs/**/*.md")

TOOLS = ("ruff", "ruff-format", "mypy", "pylint-odoo", "prettier", "eslint")


def ensure():
    """Have the tools that come from npm, where there is a Node.js for them.

    :raises Stop: on no network
    """
    key = stamp.digest(_SOURCE / "package-lock.json")
    if why_no_node() or stamp.is_done("node", key):
        return
    with say.step("Fetching prettier and eslint"):
        shutil.rmtree(NODE, ignore_errors=True)
        shutil.copytree(_SOURCE, NODE)
        command = ["npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts"]
        proc.run_or_stop(command, LOG / "npm.log", "Fetching eslint", cwd=NODE)
    stamp.done("node", key)


def why_no_node(which=shutil.which):
    """Why prettier and eslint cannot run here, or ``None``."""
    if not (which("node") and which("npm")):
        return "Node.js or npm is not on this machine"
    version = re.match(r"v(\d+)", proc.capture(["node", "--version"]).stdout)
    if not version or int(version.group(1)) < _OLDEST_NODE:
        return f"Node.js is older than {_OLDEST_NODE}"
    return None


def why_skipped(tool):
    """Why a tool is skipped on this machine, or ``None``."""
    return why_no_node() if tool in ("prettier", "eslint") else None


def check(tool):
    """Run one linter over the project; return its complaints, empty when clean."""
    command = _command(tool)
    if not command:
        return ""
    answer = proc.capture(command, _environment())
    return (answer.stdout + answer.stderr).strip() if answer.returncode else ""


def main():
    """Run every linter and print what they say; return the exit code."""
    failed = False
    for tool in TOOLS:
        reason = why_skipped(tool)
        complaints = "" if reason else check(tool)
        failed = failed or bool(complaints)
        say.line(f"{tool}: {f'skipped, {reason}' if reason else complaints or 'clean'}")
    return int(failed)


def _command(tool):
    ruff = venv.HOME / "bin" / "ruff"
    python = [path for path in _PYTHON if (ROOT / path).exists()]
    addons = [f"addons/{name}" for name in config.suite()]
    tools = NODE / "node_modules" / ".bin"
    return {
        "ruff": [ruff, "check", *python],
        "ruff-format": [ruff, "format", "--check", *python],
        "mypy": [venv.PYTHON, "-m", "mypy"],
        "pylint-odoo": addons and [venv.PYTHON, "-m", "pylint", "-j2", *addons],
        "prettier": [tools / "prettier", "--check", *_having(_PRETTIER)],
        "eslint": addons and [tools / "eslint", "--no-error-on-unmatched-pattern", "."],
    }[tool]


def _having(patterns):
    """The patterns; prettier wants each to match something."""
    return [*patterns, "--no-error-on-unmatched-pattern", "--log-level=warn"]


def _environment():
    return dict(os.environ, NODE_PATH=str(NODE / "node_modules"))


def versions():
    """Versions of the npm tools that the lock names."""
    text = (_SOURCE / "package.json").read_text(encoding="utf-8")
    return json.loads(text)["devDependencies"]
