"""Browser tests that could not run are named and counted in the last line."""

import json

import pytest

from dev import browser, testrun


@pytest.fixture
def report(tmp_path):
    path = tmp_path / "report.json"
    path.write_text(
        json.dumps({"browser_skipped": ["a.py::Tours::tour_1", "a.py::Tours::tour_2"]})
    )
    return path


def test_skipped_browser_tests_are_named_and_counted(report):
    line = testrun.closing_line(0, report, None)
    assert line.startswith("All tests passed. 2 browser tests were skipped")
    assert "no Chromium" in line
    assert line.endswith(": Tours::tour_1, Tours::tour_2")


def test_failure_is_said_first(report):
    assert testrun.closing_line(1, report, None).startswith("TESTS FAILED.")


def test_nothing_skipped_nothing_said(tmp_path):
    line = testrun.closing_line(0, tmp_path / "none.json", "bin")
    assert line == "All tests passed."


def test_first_known_name_is_the_browser():
    have = {"chromium": "/usr/bin/chromium"}
    assert browser.find(which=have.get) == "/usr/bin/chromium"
    assert browser.find(which=lambda _name: None) is None
