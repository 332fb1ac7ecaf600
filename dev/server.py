"""The development server: started in the background, stopped by its process id."""

import time
import urllib.error
import urllib.request

from dev import background, machine, odoo, say
from dev.config import LOG

LOG_FILE = LOG / "odoo.log"
_PATIENCE = 120
#: what the environment says of proxies is not for this machine
_straight = urllib.request.build_opener(urllib.request.ProxyHandler({}))
_program = background.Program("odoo")


def running_port():
    """Port of our server when it runs, else ``None``."""
    notes = _program.notes()
    return int(notes[0]) if notes else None


def start(used, target, port):
    """Start Odoo on the database and wait until it answers.

    :raises Stop: when the port is taken or Odoo ends or stays silent
    """
    machine.need_port(port)
    with say.step(f"Starting Odoo on port {port}"):
        child = _spawn(used, target, port)
        wait_for_answer(child, f"http://127.0.0.1:{port}/web/login", "Odoo", LOG_FILE)


def stop():
    """Stop our server if it runs; tell whether it did."""
    return _program.stop()


def wait_for_answer(child, address, who, log):
    """Wait until a page is there.

    :raises Stop: when the program ends before, or stays silent
    """
    deadline = time.monotonic() + _PATIENCE
    while time.monotonic() < deadline:
        if child.poll() is not None:
            raise say.Stop(f"{who} ended at once: {log} says why")
        if _answers(address):
            return
        time.sleep(0.2)
    raise say.Stop(f"{who} gives no answer at {address}: {log} says why")


def _spawn(used, target, port):
    flags = ["-d", target, f"--db-filter=^{target}$", f"--http-port={port}"]
    flags += [f"--logfile={LOG_FILE}"]
    LOG_FILE.unlink(missing_ok=True)
    return _program.start(odoo.command(used, *flags), odoo.environment(), port)


def _answers(address):
    try:
        with _straight.open(address, timeout=60) as answer:
            return answer.status == 200
    except (urllib.error.URLError, OSError):
        return False
