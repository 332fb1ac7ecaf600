"""Browser tests that could not run are named and counted in the last line."""

import json
import os
import subprocess
import sys

import pytest

from dev import browser, testrun
from dev.config import ROOT


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


def test_skipped_tests_of_two_runs_are_counted_together(tmp_path):
    room, found = tmp_path / "test_screen.py", tmp_path / "report.json"
    room.write_text(
        "import pytest\n"
        "@pytest.mark.skip(reason='there is no Chrome')\n"
        "def test_page(): pass\n"
        "@pytest.mark.skip(reason='no reader')\n"
        "def test_reader(): pass\n"
    )
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:odoo"]
    command += ["-p", "dev.pytest_report", "--rootdir", tmp_path, room]
    env = {**os.environ, "FARM_REPORT": str(found)}
    for _run in range(2):
        subprocess.run(command, env=env, cwd=ROOT, capture_output=True, check=True)
    line = testrun.closing_line(0, found, None)
    assert line.endswith(
        "2 browser tests were skipped, no Chromium here: test_page, test_page"
    )


def test_first_known_name_is_the_browser():
    have = {"chromium": "/usr/bin/chromium"}
    assert browser.find(which=have.get) == "/usr/bin/chromium"
    assert browser.find(which=lambda _name: None) is None
