import pytest
from farm_edge.sync import Client, Pace, Sync, enrol
from store_world import open_store
from sync_server import CODE


@pytest.fixture
def client(village):
    client = Client(village.url)
    yield client
    client.close()


@pytest.fixture
def device(tmp_path, client):
    """A store that the village has taken on."""
    store = open_store(tmp_path / "device", enrol=False)
    enrol(store, client, CODE)
    yield store
    store.close()


@pytest.fixture
def sync(device, client):
    return Sync(device, client, Pace(), ask_again=0.0)
