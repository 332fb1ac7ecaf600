"""Plugin of pytest: browser tests that could not run are noted for the closing line."""

import json
import os
from pathlib import Path

_skipped = []


def pytest_runtest_logreport(report):
    """Note the tests that had no browser."""
    if report.skipped and "chrome" in str(report.longrepr).lower():
        _skipped.append(report.nodeid)


def pytest_sessionfinish(session):
    """Add the notes, in the process that sees every worker's reports."""
    name = os.environ.get("FARM_REPORT")
    if name and not hasattr(session.config, "workerinput"):
        path = Path(name)
        before = json.loads(path.read_text("utf-8")) if path.exists() else {}
        skipped = before.get("browser_skipped", []) + _skipped
        path.write_text(json.dumps({"browser_skipped": skipped}), "utf-8")
