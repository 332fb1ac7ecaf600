"""The device's agent: tags by the real nfcpy, its process idle and busy, its start.

Tags are virtual ones in a process of their own, which speaks nfcpy's UDP protocol: what
is measured is the agent, not the radio. The peers are nfcpy alone, which reads with no
doubt and writes without a journal, without reading back. Memory and processor time are
the kernel's figures of the agent's process.
"""

import json
import os
import resource
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path

from bench._measure import row

EDGE = Path(__file__).parents[1] / "edge"
sys.path[:0] = [str(EDGE / "src"), str(EDGE / "tests")]

import httpx  # noqa: E402
import nfc  # noqa: E402
from farm_edge.reader.nfc import NfcReader  # noqa: E402
from farm_edge.store import Store  # noqa: E402
from farm_edge.virtual import VirtualField  # noqa: E402
from farm_edge.work import check  # noqa: E402
from farm_edge.writing import Orders, SafeWriter  # noqa: E402
from farmtag import Chip  # noqa: E402
from store_world import enrolment, item, page  # noqa: E402
from work_world import AUTHORITY, card, items, tag_uid  # noqa: E402

NEEDS_DATABASE = False
TAGS = 300
FARMERS = 5_000
IDLE_SECONDS = 20
MEMORY_MB, START_SECONDS = 80, 2
ALONE = "nfcpy alone"


def run(_env, scale=1.0):
    """Read, write, rest, work.

    :param float scale: share of the 300 tags and of the 5,000 farmers carried
    :return: rows as ``make bench`` prints them
    """
    count = max(int(TAGS * scale), 20)
    with tempfile.TemporaryDirectory() as folder, VirtualField() as field:
        path = Path(folder) / "device"
        store = _carrying(path, max(int(FARMERS * scale), 10))
        cards = _cards(field, count)
        rows = [_read(store, field, cards), _write(store, field, cards)]
        store.close()
        return rows + _agent(path, field, cards)


def _carrying(path, farmers):
    """A store that is enrolled and carries a region."""
    store = Store.open(path)
    store.enrolled(enrolment())
    also = [
        item("farmer", number, code=f"F-{number}", name=f"Farmer {number}")
        for number in range(1_000, 1_000 + farmers)
    ]
    store.intake.begin_anew("")
    store.intake.take("", page(*items(also=also)))
    return store


def _cards(field, count):
    """Farmers' cards, genuine each for its own chip."""
    cards = {f"card {number}": tag_uid(number) for number in range(count)}
    for name, uid in cards.items():
        field.make(name, Chip.NTAG215, uid, card(uid, AUTHORITY))
    return cards


# -- tags ------------------------------------------------------------------------------


def _read(store, field, cards):
    reader = NfcReader(field.path)
    reader.open()

    def ours():
        tag = reader.sense(1)
        finding = check.check(store, tag.read(), tag.uid)
        return check.check_card(store, finding).farmer["code"]

    found, seconds = _with_each(field, cards, ours)
    reader.close()
    _messages, alone = _alone(field, cards, lambda tag: tag.ndef.octets)
    name = f"read, verified, looked up, NTAG215: {len(cards) / seconds:.0f} a second"
    return row(name, len(cards), seconds, ALONE, alone, same=set(found) == {"F-12"})


def _write(store, field, cards):
    """Each card is replaced by another one that differs in nearly every page."""
    news = {uid: card(uid, AUTHORITY, counter=2) for uid in cards.values()}
    reader = NfcReader(field.path)
    reader.open()
    orders = Orders()
    writer = SafeWriter(
        reader, store.writes, orders, lambda pending: [("read", {"uid": pending.uid})]
    )
    left = iter(cards.values())

    def ours():
        uid = next(left)
        return writer.write(orders.place(uid, news[uid], "bench"))

    events, seconds = _with_each(field, cards, ours)
    reader.close()
    holds = [field.memory(name).find(news[uid]) > 0 for name, uid in cards.items()]
    olds = {uid: card(uid, AUTHORITY) for uid in cards.values()}
    _none, alone = _alone(
        field, cards, lambda tag: setattr(tag.ndef, "octets", olds[tag.identifier])
    )
    name = f"safe write, read back, its event: {len(cards) / seconds:.0f} a second"
    same = all(holds) and all(len(one) == 1 for one in events)
    return row(name, len(cards), seconds, ALONE, alone, same=same)


def _with_each(field, cards, job):
    """What a job gives for each tag, and its seconds, those of the hand left out."""
    found, seconds = [], 0.0
    for name in cards:
        field.swap(name)
        begin = time.perf_counter()
        found.append(job())
        seconds += time.perf_counter() - begin
    field.take(name)
    return found, seconds


def _alone(field, cards, job):
    with nfc.ContactlessFrontend(field.path) as frontend:
        target = nfc.clf.RemoteTarget("106A")

        def activated():
            return job(nfc.tag.activate(frontend, frontend.sense(target)))

        return _with_each(field, cards, activated)


# -- the process -----------------------------------------------------------------------


def _agent(path, field, cards):
    with _running(path, field) as (process, started, url):
        time.sleep(1)
        idle = _used(process, lambda: time.sleep(IDLE_SECONDS))
        at_rest = _megabytes(process)
        busy = _used(process, lambda: _tap_all(field, cards, url))
        at_work = _megabytes(process)
    asked = f"MB, asked under {MEMORY_MB}"
    share, taps = 100 * idle / IDLE_SECONDS, len(cards)
    return [
        row(f"agent with its page ready, asked under {START_SECONDS} s", 1, started),
        row(f"idle {at_rest:.0f} {asked}; {share:.1f} % of a core", 1, idle),
        row(f"busy {at_work:.0f} {asked}; taps shown: processor time", taps, busy),
    ]


@contextmanager
def _running(path, field):
    """The agent's process, the seconds until it said that it is ready, its page."""
    command = [sys.executable, "-m", "farm_edge", "run", "--json", "--port", "0"]
    command += ["--store", str(path), "--reader", field.path]
    libraries = os.pathsep.join(filter(None, sys.path))
    begin = time.perf_counter()
    with subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": libraries},
    ) as process:
        try:
            said = json.loads(process.stdout.readline())
            yield process, time.perf_counter() - begin, said["page"]
        finally:
            process.send_signal(signal.SIGTERM)


def _tap_all(field, cards, url):
    """Lay each card there as soon as the page shows the one before."""
    with httpx.stream("GET", f"{url}live", timeout=30) as live:
        lines = live.iter_lines()
        for name in cards:
            field.swap(name)
            next(line for line in lines if "F-12" in line)


def _used(process, job):
    """Seconds of processor time that a process uses during a job."""
    before = _processor_time(process)
    job()
    return _processor_time(process) - before


def _processor_time(process):
    fields = Path(f"/proc/{process.pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _megabytes(process):
    """Resident memory."""
    pages = int(Path(f"/proc/{process.pid}/statm").read_text().split()[1])
    return pages * resource.getpagesize() / 1e6
