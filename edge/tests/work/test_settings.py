"""The settings that are made on the screen."""

import pytest
from farm_edge import __version__
from farm_edge.work.view import SettingsStage, SettingsView, Tone
from store_world import NUMBER


@pytest.fixture
def setting(desk):
    desk.go("settings")
    return desk


def test_what_the_device_is_set_to(setting, store):
    store.settings["server"] = "https://farm.example.id"
    setting.go("settings")
    view = setting.view()
    assert isinstance(view, SettingsView) and view.server == "https://farm.example.id"
    assert (view.number, view.version) == (NUMBER, __version__)
    assert (view.printer, view.paper) == ("", "58")


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("192.168.1.50", "network:192.168.1.50"),
        ("printer.local:9101", "network:printer.local:9101"),
        (" usb:04b8:0202 ", "usb:04b8:0202"),
        ("file:/dev/usb/lp0", "file:/dev/usb/lp0"),
        ("", ""),
    ],
)
def test_a_printer_is_set(setting, store, typed, address):
    setting.act("edit_printer")
    setting.act("printer", printer=typed, paper="60x40")
    view = setting.view()
    assert (view.stage, view.notice.tone) == (SettingsStage.ALL, Tone.GOOD)
    assert (store.settings["printer"], store.settings["paper"]) == (address, "60x40")


@pytest.mark.parametrize(
    ("typed", "paper"),
    [
        ("the red one", "58"),
        ("192.168.1.50", "57"),
        ("file:/var/lib/farm-edge/store.db", "58"),
        ("file:/dev/../etc/passwd", "58"),
        ("file:/dev/mmcblk0", "58"),
        ("file:/dev/shm/receipts", "58"),
    ],
)
def test_what_is_no_printer_is_told_and_not_kept(setting, store, typed, paper):
    setting.act("edit_printer")
    setting.act("printer", printer=typed, paper=paper)
    view = setting.view()
    assert (view.stage, view.notice.key) == (
        SettingsStage.PRINTER,
        "settings.no_printer",
    )
    assert (store.settings["printer"], store.settings["paper"]) == ("", "58")


def test_a_file_that_the_command_line_set_gets_other_paper(setting, store):
    store.settings["printer"] = "file:/dev/printer"
    setting.act("edit_printer")
    setting.act("printer", printer="file:/dev/printer", paper="80")
    assert store.settings["paper"] == "80"


def test_a_size_that_the_command_line_set_stays_to_be_chosen(setting, store):
    store.settings["paper"] = "57x32@300"
    setting.act("edit_printer")
    assert "57x32@300" in setting.view().papers
