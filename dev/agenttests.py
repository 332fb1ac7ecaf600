"""The agent's tests: a process of their own, as Odoo ends what a test class leaves."""

import subprocess
from itertools import pairwise

from dev import say, venv
from dev.config import ROOT

ROOM = "edge"
#: a file stays together: it may have a service to itself
PARALLEL = ("-n", "2", "--dist", "loadfile", ROOM)
#: options of pytest whose next argument is no place
_WITH_A_WORD = ("-k", "-m", "-n", "-p", "-c", "-o", "-W", "--dist")


def run_with(arguments):
    """Whether they run for these arguments: all tests, or some of them."""
    return not arguments or is_meant(arguments)


def is_meant(arguments):
    """Whether the places that somebody names, from the root on, are the agent's.

    :raises Stop: when some are, and others are not
    """
    pairs = pairwise(["", *arguments])
    named = [one for last, one in pairs if last not in _WITH_A_WORD]
    places = [ROOT / one.partition("::")[0] for one in named if one[:1] != "-"]
    found = [one.resolve().is_relative_to(ROOT / ROOM) for one in places]
    if any(found) and not all(found):
        raise say.Stop(f"The tests in {ROOM}/ run by themselves: name them alone.")
    return any(found)


def run(environment, arguments=PARALLEL):
    """Run them.

    :param environment: that of pytest
    :return: the exit code of pytest
    """
    command = [venv.PYTHON, "-m", "pytest", "-p", "dev.pytest_report"]
    command += ["-c", f"{ROOM}/pyproject.toml", *arguments]
    return subprocess.call(
        [str(part) for part in command],
        env=environment,
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
    )
