"""The collector's device when its set-up does not come to its end."""

import pytest

from dev import device
from dev.background import Program
from dev.say import Stop


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    monkeypatch.setattr(device, "HOME", tmp_path / "edge")
    monkeypatch.setattr(device, "_SETUP_LOG", tmp_path / "edge-setup.log")
    monkeypatch.setattr(device, "_agent", Program("edge", tmp_path))
    monkeypatch.setattr(device, "_field", Program("edge-field", tmp_path))
    return tmp_path


def test_what_a_killed_set_up_left_goes_with_the_database(home):
    for folder in ("edge", "edge.part"):
        (home / folder).mkdir()
        (home / folder / "collector.db").touch()
    device.forget()
    assert list(home.iterdir()) == []


def test_a_set_up_that_odoo_refuses_says_what_to_do(home, monkeypatch):
    class Admin:
        def call(self, *_question):
            names = (device.WRITER, device.COLLECTOR)
            return [{"name": name, "id": 1, "region_ids": []} for name in names]

    def refuse(*_world):
        raise Stop("Odoo refused: the key is locked.")

    monkeypatch.setattr(device, "_person", lambda *_login: Admin())
    monkeypatch.setattr(device, "_fill", refuse)
    with pytest.raises(Stop, match=r"is locked\. `make up` tries.*`make reset`"):
        device._make("farm_demo", 8069)
    assert not device.HOME.exists()
