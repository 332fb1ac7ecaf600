"""Running other programs: output to a log, a sign of life on the screen."""

import ctypes
import os
import re
import shutil
import signal
import subprocess
import time

from dev import say
from dev.config import LOG, ROOT

HEARTBEAT = 10
_PR_SET_PDEATHSIG = 1
#: date, process, level and database at the head of a line of Odoo's log
_PREFIX = re.compile(r"^\d{4}-\S+ \S+ \d+ [A-Z]+ \S+ ")


def run(command, log, env=None, cwd=ROOT, show=False):
    """Run ``command`` with its output in the file ``log``; return the exit code.

    Prints the last line of the log every ten seconds. The program ends with us.

    :param show: leave standard output on the screen, only errors go to the log
    """
    LOG.mkdir(parents=True, exist_ok=True)
    with open(log, "ab") as output:
        child = _start(command, output, env, cwd, show)
        return _wait(child, log, output.tell())


def run_or_stop(command, log, what, env=None, cwd=ROOT, show=False):
    """Like :func:`run`, for a program that must succeed.

    :raises Stop: naming ``what`` failed, its last words and the log
    """
    start = log.stat().st_size if log.exists() else 0
    if run(command, log, env, cwd, show):
        text = log.read_text(encoding="utf-8", errors="replace")[start:]
        raise say.Stop(explain(text, what, log))


def capture(command, env=None, cwd=ROOT):
    """Run a short command and return its ``CompletedProcess`` with text output.

    :raises Stop: when there is no such program
    """
    need(command[0], env)
    return subprocess.run(
        [str(part) for part in command],
        env=env,
        cwd=cwd,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        errors="replace",
        check=False,
    )


def need(program, env=None):
    """Check that a program is there, on the PATH that it will be started with.

    :raises Stop: naming it
    """
    if not shutil.which(str(program), path=(env or os.environ).get("PATH")):
        raise say.Stop(f"The program {program} is not on this machine: install it.")


NO_NETWORK = (
    "temporary failure resolving",
    "temporary failure in name resolution",
    "could not resolve",
    "could not connect",
    "network is unreachable",
    "connection timed out",
    "connection failed",
    "newconnectionerror",
    "name or service not known",
    " enotfound",  # with the space: Python has a ModuleNotFoundError
    "eai_again",
    "econnrefused",
    "etimedout",
)


def explain(text, what, log):
    """One line about a failed program, from the text that it printed."""
    lowered = text.lower()
    if any(sign in lowered for sign in NO_NETWORK):
        return f"{what}: no network. Connect and run the same command again."
    if "no space left on device" in lowered:
        return f"{what}: the disk is full. Make room and run the same command again."
    words = [row.strip() for row in text.splitlines() if row.strip()]
    last = words[-1][:200] if words else "it said nothing"
    return f"{what} failed: {last} (all of it in {log})"


def _start(command, output, env, cwd, show):
    need(command[0], env)
    return subprocess.Popen(
        [str(part) for part in command],
        stdin=subprocess.DEVNULL,
        stdout=None if show else output,
        stderr=output,
        env=env,
        cwd=cwd,
        preexec_fn=_die_with_parent,
    )


def _die_with_parent():
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


def _wait(child, log, begin):
    start = time.monotonic()
    while True:
        try:
            return child.wait(HEARTBEAT)
        except subprocess.TimeoutExpired:
            seconds = time.monotonic() - start
            say.line(f"    {seconds:.0f} s: {_last_line(log, begin)}")
        except BaseException:
            child.terminate()
            raise


def _last_line(log, begin):
    with open(log, "rb") as file:
        file.seek(0, os.SEEK_END)
        file.seek(max(begin, file.tell() - 2000))
        rows = file.read().decode("utf-8", "replace").splitlines()
    rows = [row.strip() for row in rows if row.strip()]
    return _PREFIX.sub("", rows[-1])[:100] if rows else "at work"
