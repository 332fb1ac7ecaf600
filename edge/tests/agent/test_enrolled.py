"""A device out of its box: enrolled on its screen, it fetches what it works with."""

import threading

import pytest
from farm_edge.agent import Agent
from farm_edge.work.view import EnrolStage, HomeView, Link
from sync_server import CODE
from work_world import items, until


class Page:
    """Stands in the place of the page: notes what it is given."""

    def __call__(self, desk, store):
        self.desk, self.store = desk, store
        return self

    def start(self):
        """Nothing."""

    def stop(self):
        """Nothing."""


@pytest.fixture
def page(tmp_path):
    page, ready = Page(), threading.Event()
    agent = Agent(tmp_path / "device", None, lambda store: (), page, ready.set)
    thread = threading.Thread(target=agent.run)
    thread.start()
    assert ready.wait(20)
    yield page
    agent.stop()
    thread.join(20)
    assert not thread.is_alive()


def test_records_come_at_once_and_the_day_begins(page, village):
    village.ledger.items, village.ledger.page = items(), 50
    desk = page.desk
    desk.act("server", server=village.url)
    desk.act("code", code=CODE)
    until(desk, lambda view: getattr(view, "stage", None) is EnrolStage.DONE)
    until(desk, lambda view: view.bar.link is Link.GOOD)
    assert page.store.snapshot.is_whole()
    desk.act("home")
    assert isinstance(desk.view(), HomeView)
    desk.act("farmer", farmer="F-12")
    assert desk.view().farmer_name == "Siti"
