import pytest
from farm_edge.work import Desk
from work_world import Hand, world


@pytest.fixture
def store(tmp_path):
    store = world(tmp_path / "device")
    yield store
    store.close()


@pytest.fixture
def asked():
    """Why the server was asked."""
    return []


@pytest.fixture
def desk(store, asked):
    return Desk(store, ask=asked.append)


@pytest.fixture
def hand(field, reader, desk):
    return Hand(field, reader, desk)
