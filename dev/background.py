"""A program of ours that goes on when the command is over."""

import os
import signal
import subprocess
import time
from pathlib import Path

from dev import say
from dev.config import LOG, ROOT, RUN

#: seconds until a program that does not end by itself is ended
_GRACE = 20


class Program:
    """Known by its process id and time of birth, and by notes of who started it.

    :param name: of its record and its log in ``.run``
    """

    def __init__(self, name, folder=RUN):
        self.log = LOG / f"{name}-start.log"
        self._record = folder / f"{name}.pid"

    def start(self, command, env, *notes):
        """Start it; what it says goes to ``log``, which begins anew.

        :param notes: words that :meth:`notes` gives while it lives
        """
        LOG.mkdir(parents=True, exist_ok=True)
        with open(self.log, "wb") as output:
            child = subprocess.Popen(
                [str(part) for part in command],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                env=env,
                cwd=ROOT,
                start_new_session=True,
            )
        try:
            self._note(child.pid, notes)
        except BaseException:  # nobody would find it again
            child.kill()
            child.wait()
            raise
        return child

    def notes(self):
        """The notes of the one that runs, or ``None``."""
        found = self._found()
        return found[2:] if found else None

    def stop(self):
        """End it if it runs; tell whether it did."""
        found = self._found()
        if found:
            _end(int(found[0]), int(found[1]))
        self._record.unlink(missing_ok=True)
        return bool(found)

    def _note(self, pid, notes):
        part = self._record.with_suffix(".part")
        words = map(str, (pid, born(pid), *notes))
        part.write_text(f"{' '.join(words)}\n", encoding="utf-8")
        os.replace(part, self._record)

    def _found(self):
        """Process id, time of birth and notes, when it still lives."""
        try:
            words = self._record.read_text(encoding="utf-8").split()
            pid, birth = int(words[0]), int(words[1])
        except (OSError, ValueError, IndexError):
            return None
        return words if born(pid) == birth else None


def born(pid):
    """Time at which a living process began; it tells a reused id apart."""
    try:
        text = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8")
    except OSError:
        return None
    fields = text.rpartition(")")[2].split()
    return None if fields[0] == "Z" else int(fields[19])


def _end(pid, birth):
    for how in (signal.SIGTERM, signal.SIGKILL):
        _send(pid, how)
        deadline = time.monotonic() + _GRACE
        while born(pid) == birth:
            if time.monotonic() > deadline:
                break
            time.sleep(0.1)
        else:
            return


def _send(pid, how):
    try:
        os.kill(pid, how)
    except ProcessLookupError:
        return  # it has ended by itself meanwhile
    except PermissionError:
        raise say.Stop(
            f"Process {pid} was started by another user of this machine: give the"
            " command as that user."
        ) from None
