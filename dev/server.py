"""The development server: started in the background, stopped by its process id."""

import os
import signal
import subprocess
import time
import urllib.error
import urllib.request
from pathlib import Path

from dev import machine, odoo, say
from dev.config import LOG, ROOT, RUN

LOG_FILE = LOG / "odoo.log"
_PID = RUN / "odoo.pid"
_PATIENCE = 120


def running_port():
    """Port of our server when it runs, else ``None``."""
    record = _record()
    return record[2] if record else None


def start(used, target, port):
    """Start Odoo on the database and wait until it answers.

    :raises Stop: when the port is taken or Odoo ends or stays silent
    """
    machine.need_port(port)
    with say.step(f"Starting Odoo on port {port}"):
        child = _spawn(used, target, port)
        _write_record(child.pid, port)
        _wait_for_answer(child, f"http://127.0.0.1:{port}/web/login")


def stop():
    """Stop our server if it runs; tell whether it did."""
    record = _record()
    if record:
        _end(record[0], record[1])
    _PID.unlink(missing_ok=True)
    return bool(record)


def _spawn(used, target, port):
    flags = ["-d", target, f"--db-filter=^{target}$", f"--http-port={port}"]
    flags += [f"--logfile={LOG_FILE}"]
    LOG.mkdir(parents=True, exist_ok=True)
    LOG_FILE.unlink(missing_ok=True)
    with open(LOG / "odoo-start.log", "wb") as output:
        return subprocess.Popen(
            [str(part) for part in odoo.command(used, *flags)],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            env=odoo.environment(),
            cwd=ROOT,
            start_new_session=True,
        )


def _wait_for_answer(child, address):
    deadline = time.monotonic() + _PATIENCE
    while time.monotonic() < deadline:
        if child.poll() is not None:
            raise say.Stop(f"Odoo ended at once: {LOG_FILE} says why")
        if _answers(address):
            return
        time.sleep(0.5)
    raise say.Stop(f"Odoo gives no answer at {address}: {LOG_FILE} says why")


def _answers(address):
    try:
        with urllib.request.urlopen(address, timeout=60) as answer:
            return answer.status == 200
    except (urllib.error.URLError, OSError):
        return False


def _write_record(pid, port):
    part = _PID.with_suffix(".part")
    part.write_text(f"{pid} {born(pid)} {port}\n", encoding="utf-8")
    os.replace(part, _PID)


def _record():
    """Process id, time of birth and port of our server, when it still lives."""
    try:
        pid, birth, port = map(int, _PID.read_text(encoding="utf-8").split())
    except (OSError, ValueError):
        return None
    return (pid, birth, port) if born(pid) == birth else None


def born(pid):
    """Time at which a living process began; it tells a reused id apart."""
    try:
        text = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8")
    except OSError:
        return None
    fields = text.rpartition(")")[2].split()
    return None if fields[0] == "Z" else int(fields[19])


def _end(pid, birth):
    os.kill(pid, signal.SIGTERM)
    deadline = time.monotonic() + 20
    while born(pid) == birth and time.monotonic() < deadline:
        time.sleep(0.2)
    if born(pid) == birth:
        os.kill(pid, signal.SIGKILL)
