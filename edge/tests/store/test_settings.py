"""Settings that mean something, and those that do not."""

import pytest
from farm_edge.store import UnfitSetting
from store_world import open_store


@pytest.fixture
def settings(tmp_path):
    store = open_store(tmp_path / "device")
    yield store.settings
    store.close()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("printer", ""),
        ("printer", "network:192.168.1.50"),
        ("printer", "network:printer-2.local:9101"),
        ("printer", "network:[fe80::1]:9100"),
        ("printer", "usb:04b8:0202"),
        ("printer", "file:/dev/usb/lp0"),
        ("paper", "80"),
        ("paper", "60x40"),
        ("paper", "100x150@300"),
    ],
)
def test_what_means_something_is_kept(settings, name, value):
    settings[name] = value
    assert settings[name] == value


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("printer", "192.168.1.50"),
        ("printer", "network:"),
        ("printer", "network:a b"),
        ("printer", "network:host:123456"),
        ("printer", "usb:4b8:202"),
        ("printer", "file:lp0"),
        ("printer", "file:/dev/usb/lp0\n"),
        ("paper", ""),
        ("paper", "57"),
        ("paper", "60x"),
        ("paper", "60x40@204"),
    ],
)
def test_what_means_nothing_is_told_in_a_sentence(settings, name, value):
    before = settings[name]
    with pytest.raises(UnfitSetting, match=f"^{name} cannot be .*: write .*[.]$"):
        settings[name] = value
    assert settings[name] == before
