"""Devices that were offline send what they have, while people use the screens."""

import random
import time
from datetime import datetime, timedelta
from functools import partial
from statistics import quantiles
from threading import Event, Thread

import requests

from .screens import COLUMNS, WEEK
from .server import HOST, together

DEVICES, PEOPLE = 50, 10
READS_EACH, EVENTS_EACH = 50, 8
#: how long the devices were offline
OFFLINE = timedelta(days=3)
PAUSE = 1.0
#: every so many pushes, the answer is lost and the device sends again
LOST = 5


def see(gate, lots):
    """Note what a device read while it was offline, over days."""
    gate.see_hands(lots, READS_EACH, since=datetime.now() - OFFLINE)


def drain(database, gates, people):
    """Send all; gives the seconds, and those of the people's requests."""
    done = Event()
    users = [_Person(database, person) for person in people]
    threads = [Thread(target=user.work, args=(done,)) for user in users]
    for thread in threads:
        thread.start()
    seconds = together(*[partial(_send_all, gate) for gate in gates])
    done.set()
    for thread in threads:
        thread.join()
    for user in users:
        user.check()
    waits = [wait for user in users for wait in user.waits]
    return seconds, quantiles(waits, n=20)[-1]


def _send_all(gate):
    for number, (first, last) in enumerate(gate.pushes(EVENTS_EACH)):
        states = gate.device.push(HOST, first, last)
        if number % LOST == 0:
            assert gate.device.push(HOST, first, last) == states
        assert set(states) == {"applied"}, states


class _Person:
    """Looks at reads and transfers, one screen every second or so."""

    def __init__(self, database, login):
        self.session = requests.Session()
        self.waits, self.failure = [], None
        self.ask(
            "/web/session/authenticate",
            {"db": database, "login": login, "password": login},
        )
        self.waits.clear()

    def work(self, done):
        try:
            while not done.is_set():
                self.look("farm.read", WEEK, COLUMNS)
                time.sleep(random.uniform(0, 2 * PAUSE))
                self.look("stock.picking", [], {"name": {}, "state": {}})
                time.sleep(random.uniform(0, 2 * PAUSE))
        except Exception as error:  # it is raised by ``check``, where it is seen
            self.failure = error

    def check(self):
        if self.failure:
            raise self.failure

    def look(self, model, domain, specification):
        self.ask(
            f"/web/dataset/call_kw/{model}/web_search_read",
            {
                "model": model,
                "method": "web_search_read",
                "args": [domain, specification],
                "kwargs": {"limit": 80, "count_limit": 1_001},
            },
        )

    def ask(self, path, params):
        begin = time.perf_counter()
        answer = self.session.post(
            f"{HOST}{path}", json={"jsonrpc": "2.0", "params": params}, timeout=120
        ).json()
        self.waits.append(time.perf_counter() - begin)
        if "error" in answer:
            raise RuntimeError(answer["error"]["data"]["message"])
