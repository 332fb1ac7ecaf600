"""Killed at any moment of a purchase or a split: nothing lost, nothing doubled."""

from __future__ import annotations

import os
import random
import signal

import farmtag
import pytest
from farm_edge.reader import TagError
from farm_edge.reader.nfc import NfcReader
from farm_edge.reader.type2.commands import Commands
from farm_edge.store import Tasks, Writes
from farm_edge.virtual.process import Remote
from farm_edge.work import Desk
from farm_edge.work.view import (
    HomeView,
    PurchaseStage,
    PurchaseView,
    SplitStage,
    SplitView,
)
from farmtag.payload import ContainerType
from store_world import NUMBER
from work_world import CROP, TODAY, tag_uid, world, write

KILLS = 40
#: moments of a life, see ``MOMENTS``; a bunch has about 130
LONGEST_LIFE = 300
#: before and after each of these the power may be cut
MOMENTS = (
    (Commands, "write"),
    (Writes, "begin"),
    (Writes, "verified"),
    (Tasks, "begin"),
    (Tasks, "add"),
    (Tasks, "change"),
    (Tasks, "end"),
)
BUNCH_UID = tag_uid(9_999)
PIECES = 1_000


class Worker:
    """A person with a heap of blank tags, who begins anew after each blackout."""

    def __init__(self, path, port):
        self.store = world(path, carried=False)
        self.field = Remote(port)
        self.reader = NfcReader(self.field.path)
        self.reader.open()
        self.desk = Desk(self.store)
        self.used = int(self.store.settings["point"] or 0)

    def tap(self, uid):
        name = uid.hex()
        self.field.swap(name)
        try:
            self.desk.tap(self.reader, self.reader.sense(1))
        except TagError:
            return

    def blank(self):
        """The tag that was begun, else another one."""
        unfinished = self.store.writes.unfinished()
        if unfinished:
            return unfinished[0].uid
        self.used += 1
        self.store.settings["point"] = str(self.used)
        uid = tag_uid(self.used)
        self.field.make(uid.hex(), farmtag.Chip.NTAG215, uid)
        return uid

    def buy(self):
        view = self.desk.view()
        if isinstance(view, HomeView) or view.stage is PurchaseStage.DONE:
            self.desk.act("home")
            self.desk.act("farmer", farmer="F-12")
            return self.desk.act("crop", crop="PP")
        assert isinstance(view, PurchaseView)
        if view.stage is PurchaseStage.COUNT:
            return self.desk.act("count", bunches=3)
        if view.stage is PurchaseStage.BUNCH:
            return self.desk.act("bunch", hands=8, grams=9_000)
        if view.stage is PurchaseStage.TAG:
            return self.tap(self.blank())
        return self.desk.act("finish")

    def split(self):
        view = self.desk.view()
        if isinstance(view, HomeView) or view.stage is SplitStage.DONE:
            self.desk.act("home")
            return self.tap(BUNCH_UID)
        assert isinstance(view, SplitView)
        if view.stage is SplitStage.COUNT:
            return self.desk.act("count", hands=3)
        if view.stage is SplitStage.MARK:
            return self.tap(BUNCH_UID)
        return self.tap(self.blank())

    def finish(self, deed):
        """Bring what was begun to its end."""
        for _step in range(200):
            view = self.desk.view()
            if view.step == "home" or view.stage == "done":
                return
            deed(self)
        raise AssertionError(f"it does not end: {view}")

    def tags(self):
        """All tags that say something: UID → payload."""
        ring, found = self.store.keys.ring(TODAY), {}
        for name, (_chip, uid) in self.field.state()["chips"].items():
            self.field.swap(name)
            message = self.reader.sense(1).read()
            if message:
                uid = bytes.fromhex(uid)
                found[uid] = (farmtag.read(message, ring, uid, TODAY), message)
        return found

    def events(self):
        return [one.values for one in self.store.journal.since(1, 10_000)]

    def close(self):
        self.reader.close()
        self.store.close()


def mortal(moments):
    """Have this process killed after so many moments."""
    left = [moments]

    def moment():
        left[0] -= 1
        if left[0] <= 0:
            os.kill(os.getpid(), signal.SIGKILL)

    def wrapped(deed):
        def do(*args, **more):
            moment()
            value = deed(*args, **more)
            moment()
            return value

        return do

    for kind, name in MOMENTS:
        setattr(kind, name, wrapped(getattr(kind, name)))


def live(path, port, deed, moments):
    """Work until the power is cut."""
    child = os.fork()
    if not child:
        try:
            mortal(moments)
            worker = Worker(path, port)
            while True:
                deed(worker)
        finally:
            os._exit(3)
    _child, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status), "it ended before it was killed"


@pytest.fixture
def path(tmp_path):
    world(tmp_path / "device").close()
    return tmp_path / "device"


def killed(path, field, deed, seed):
    chance, begun = random.Random(seed), 0
    for _kill in range(KILLS):
        live(path, field.port, deed, chance.randint(1, LONGEST_LIFE))
        store = world(path, carried=False)
        begun += len(store.writes.unfinished())
        store.close()
    assert begun > KILLS // 4, "tags were being written when it was killed"
    worker = Worker(path, field.port)
    worker.finish(deed)
    return worker


@pytest.fixture
def own_field():
    from farm_edge.virtual import VirtualField

    with VirtualField() as field:
        yield field


def test_purchase(path, own_field):
    worker = killed(path, own_field, Worker.buy, 1)
    told = [bunch for body in worker.events() for bunch in body["bunches"]]
    assert len(told) > 20
    codes = [one["code"] for one in told]
    assert len(set(codes)) == len(codes), "a bunch was told of twice"
    on_tags = worker.tags()
    assert {one["uid"]: one["payload"] for one in told} == {
        uid: message for uid, (_reading, message) in on_tags.items()
    }, "what is on tags is what was told, each once"
    assert all(len(body["bunches"]) == 3 for body in worker.events())
    worker.store.journal.check()
    assert worker.store.writes.unfinished() == []
    worker.close()


def test_split(path, own_field):
    store = world(path, carried=False)
    whole = farmtag.Container(
        code=farmtag.LineageCode(NUMBER, 4_000_000),
        written=TODAY,
        type=ContainerType.BUNCH,
        crop=CROP,
        pieces=PIECES,
    )
    message = write(whole, store.keys.signing(), BUNCH_UID, farmtag.Chip.NTAG216)
    store.close()
    own_field.make(BUNCH_UID.hex(), farmtag.Chip.NTAG216, BUNCH_UID, message)
    worker = killed(path, own_field, Worker.split, 2)
    on_tags = worker.tags()
    bunch, _message = on_tags.pop(BUNCH_UID)
    codes = [reading.payload.code for reading, _message in on_tags.values()]
    assert len(set(codes)) == len(codes), "a number was given to two chips"
    balance = farmtag.balance_of(bunch)
    balance.check()
    issued = PIECES - balance.pieces_left
    assert {code.steps[-1] for code in codes} <= set(range(1, issued + 1))
    told = [hand for body in worker.events() for hand in body["hands"]]
    assert len(told) > 20
    assert {one["uid"]: one["payload"] for one in told} == {
        uid: message for uid, (_reading, message) in on_tags.items()
    }, "what is on tags is what was told, each once"
    assert len(told) == len(on_tags) <= issued
    assert worker.store.writes.unfinished() == []
    worker.close()
