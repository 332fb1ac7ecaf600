"""The power is cut or the process killed at any moment: nothing is lost or doubled."""

from __future__ import annotations

import os
import random
import shutil
import signal
import time

from farm_edge.store import Store
from store_world import Ticks, enrolment, item, open_store, page, purchase

KILLS = 500
#: seconds; from the opening of the store to some transactions later
LONGEST_LIFE = 0.12
UID = bytes.fromhex("04a1b2c3d4e5f6")


def work(path, promise, seed):
    """What a device does all day, each thing promised when it is done."""
    chance = random.Random(seed)
    store = Store.open(path, ticks=Ticks())
    os.write(promise, b"open\n")
    if store.identity is None:
        store.enrolled(enrolment())
    while True:
        code = str(store.codes.next())
        os.write(promise, f"code {code}\n".encode())
        write = store.writes.begin(UID, b"old", code.encode(), "bunch")
        os.write(promise, f"begun {write}\n".encode())
        event = ("purchase", purchase(code))
        store.writes.verified(write, event)
        os.write(promise, f"bought {code}\n".encode())
        if chance.random() < 0.3:
            head = store.journal.head()
            store.journal.acknowledge(head.seq, head.hash, [])
            os.write(promise, f"sent {head.seq}\n".encode())
        if chance.random() < 0.2:
            people = [item("crop", one, code=str(one)) for one in range(1, 40)]
            store.intake.take("", page(*people))


def live(path, seed, seconds):
    """A process that works until it is killed; gives what it promised."""
    ours, theirs = os.pipe()
    child = os.fork()
    if not child:
        try:
            os.close(ours)
            work(path, theirs, seed)
        finally:
            os._exit(3)
    os.close(theirs)
    time.sleep(seconds)
    os.kill(child, signal.SIGKILL)
    with open(ours, "rb") as promised:
        lines = promised.read().decode().split("\n")[:-1]
    _child, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status), "it ended before it was killed"
    return [line.split(" ", 1) for line in lines]


def test_killed_500_times_nothing_is_lost_and_nothing_doubled(tmp_path):
    path, chance = tmp_path / "store", random.Random(8)
    open_store(path).close()
    codes, bought, begun, sent = [], [], 0, 0
    for kill in range(KILLS):
        for what, *rest in live(path, kill, chance.uniform(0.002, LONGEST_LIFE)):
            codes += rest if what == "code" else []
            bought += rest if what == "bought" else []
            begun += what == "begun"
            sent = int(rest[0]) if what == "sent" else sent
        if kill % 25 == 0:
            check(path, codes, bought, begun, sent)
    check(path, codes, bought, begun, sent)
    assert len(bought) > KILLS


def check(path, codes, bought, begun, sent):
    store = open_store(path)
    store.journal.check()
    events = store.journal.since(1, 10**6)
    there = [event.values["bunches"][0]["code"] for event in events]
    assert [one.seq for one in events] == list(range(1, len(events) + 1))
    assert len(set(there)) == len(there), "something is there twice"
    assert set(bought) <= {code.removeprefix("CODE-") for code in there}
    assert len(set(codes)) == len(codes), "a code was given twice"
    assert store.journal.head().ack_seq >= sent
    # A write has its event, or is known to be unfinished.
    ended = store.database.row(
        "SELECT count(*) FROM tag_write WHERE state = 'verified'"
    )[0]
    assert ended == len(events)
    assert ended + len(store.writes.unfinished()) >= begun
    store.close()


def test_a_torn_journal_of_the_disk_has_all_that_was_promised(tmp_path):
    """The disk has kept all up to a commit, and of what came later any part: cut
    anywhere, or garbled."""
    path, chance = tmp_path / "store", random.Random(9)
    store = open_store(path)
    promised = []
    for number in range(60):
        store.journal.append("purchase", purchase(number))
        promised.append(os.path.getsize(f"{path}-wal"))
    for turn in range(120):
        seq = chance.randrange(1, len(promised))
        torn = tmp_path / f"torn-{turn}"
        shutil.copy(path, torn)
        raw = bytearray((tmp_path / "store-wal").read_bytes())
        del raw[chance.randint(promised[seq - 1], len(raw)) :]
        if turn % 2 and len(raw) > promised[seq - 1]:
            raw[chance.randrange(promised[seq - 1], len(raw))] ^= 0xFF
        (tmp_path / f"torn-{turn}-wal").write_bytes(raw)
        copy = Store.open(torn)
        copy.journal.check()
        assert copy.journal.head().seq >= seq
        assert copy.journal.append("purchase", purchase()).seq >= seq + 1
        copy.close()
