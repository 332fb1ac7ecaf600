"""A server with two workers, and who asks it."""

import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from threading import Thread

import odoo.tools
import requests
from odoo.tools import config

PORT = 8396
HOST = f"http://127.0.0.1:{PORT}"
WORKERS = 2
# The server starts further processes by its own script.
SCRIPT = Path(odoo.tools.__file__).parents[5] / "bin/odoo"


@contextmanager
def server(database):
    """Two workers on this database, until the block ends."""
    command = [sys.executable, str(SCRIPT), "-c", config["config"], "-d", database]
    options = [
        "--http-port",
        str(PORT),
        "--workers",
        str(WORKERS),
        "--max-cron-threads",
        "0",
    ]
    with subprocess.Popen([*command, *options, "--log-level", "critical"]) as process:
        try:
            _wait()
            yield
        finally:
            process.terminate()
            process.wait(60)


def _wait():
    for _attempt in range(240):
        try:
            if requests.get(f"{HOST}/web/health", timeout=5).ok:
                return
        except requests.RequestException:
            time.sleep(0.5)
    raise RuntimeError("The server does not answer")


class Caller:
    """Somebody with an API key: a request for each call."""

    def __init__(self, key):
        self.session = requests.Session()
        self.session.headers["Authorization"] = f"Bearer {key}"

    def call(self, model, method, **parameters):
        answer = self.session.post(
            f"{HOST}/json/2/{model}/{method}", json=parameters, timeout=300
        )
        if not answer.ok:
            raise RuntimeError(f"{answer.status_code}: {answer.text[:500]}")
        return answer.json()


def together(*jobs):
    """Seconds that jobs take at the same time; what one raises is raised."""
    failures = []

    def work(job):
        try:
            job()
        except Exception as error:  # it is raised below, where it is seen
            failures.append(error)

    threads = [Thread(target=work, args=(job,)) for job in jobs]
    begin = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failures:
        raise failures[0]
    return time.perf_counter() - begin
