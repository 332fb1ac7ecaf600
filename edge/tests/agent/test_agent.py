"""The agent: what it works with may be missing, and it ends when it is told."""

import shutil
import threading
import time

import pytest
from farm_edge.agent import Agent, AgentRuns
from farm_edge.reader.nfc import NfcReader
from farm_edge.store import Store, StoreDamaged
from farm_edge.work.view import CardView, TroubleView
from work_world import CARD_UID, card, until, world


class Page:
    """Stands in the place of the page: notes what it is given."""

    def __init__(self):
        self.desks, self.ended, self.there = [], 0, threading.Event()

    def __call__(self, desk, store):
        self.desks.append(desk)
        return self

    def start(self):
        self.there.set()

    def stop(self):
        self.ended += 1


class Running:
    """An agent in a thread."""

    def __init__(self, path, readers=(), page=None):
        self.ready = threading.Event()
        self.agent = Agent(
            path, None, lambda store: readers, page or Page(), self.ready.set
        )
        self.thread = threading.Thread(target=self.agent.run)

    def __enter__(self):
        self.thread.start()
        assert self.ready.wait(20)
        return self

    def __exit__(self, *_error):
        self.agent.stop()
        self.thread.join(20)
        assert not self.thread.is_alive()


@pytest.fixture
def path(tmp_path):
    world(tmp_path / "device").close()
    return tmp_path / "device"


def test_a_tap_reaches_the_page(path, field):
    page = Page()
    with Running(path, [NfcReader(field.path)], page):
        field.make("card", *_card())
        field.put("card")
        view = until(page.desks[0], lambda view: isinstance(view, CardView))
        assert view.card
    assert page.ended == 1


def _card():
    from farmtag import Chip

    return Chip.NTAG215, CARD_UID, card()


def test_a_reader_that_comes_later(path, field):
    page = Page()
    field.unplug()
    try:
        with Running(path, [NfcReader(field.path)], page):
            desk = page.desks[0]
            until(desk, lambda view: view.bar.readers_lost)
            field.plug()
            until(desk, lambda view: view.bar.readers)
    finally:
        if field._process.poll() is not None:
            field.plug()


def test_a_store_that_is_damaged_is_told_until_it_is_put_right(path, monkeypatch):
    monkeypatch.setattr("farm_edge.agent.RETRY", 0.05)
    whole = path.with_name("whole")
    shutil.copy(path, whole)
    path.write_bytes(b"no database" * 1_000)
    page = Page()
    with Running(path, page=page):
        view = page.desks[0].view()
        assert isinstance(view, TroubleView) and view.code == StoreDamaged.code
        shutil.move(whole, path)
        for _try in range(400):
            if page.desks[-1].view().step == "home":
                break
            time.sleep(0.05)
        assert page.desks[-1].view().step == "home"


def test_a_store_that_stays_damaged_is_told_once(path, monkeypatch):
    """Another page each time would be loaded anew under the reader's eyes."""
    monkeypatch.setattr("farm_edge.agent.RETRY", 0.01)
    path.write_bytes(b"no database" * 1_000)
    tried, page, ready = threading.Semaphore(0), Page(), []
    open_ = Store.open

    def opened(*values):
        tried.release()
        return open_(*values)

    monkeypatch.setattr("farm_edge.agent.Store.open", opened)
    agent = Agent(path, None, lambda store: [], page, lambda: ready.append(1))
    thread = threading.Thread(target=agent.run)
    thread.start()
    for _try in range(5):
        assert tried.acquire(timeout=20)
    agent.stop()
    thread.join(20)
    assert len(page.desks) == page.ended == len(ready) == 1


def test_one_agent_for_a_store(path):
    with Running(path), pytest.raises(AgentRuns):
        Agent(path, None, lambda store: []).run()
    with Running(path):
        pass
