"""Plugin of pytest for Odoo's own tests: which run, and which failures are known."""

import os
from pathlib import Path

import freezegun
import pytest

from dev.coretests import known_failures

#: a test that stops the clock does not stop pytest's
freezegun.configure(extend_ignore_list=["_pytest"])


def pytest_collection_modifyitems(config, items):
    """Leave out what Odoo's runner leaves out, mark the known failures."""
    known = known_failures(Path(os.environ["FARM_KNOWN_FAILURES"]))
    chosen = [item for item in items if "standard" in _tags(item)]
    config.hook.pytest_deselected(
        items=[i for i in items if "standard" not in _tags(i)]
    )
    items[:] = chosen
    for item in items:
        reason = known.get(f"{item.parent.name}.{item.name}")
        if reason:
            item.add_marker(pytest.mark.xfail(reason=reason, strict=True))


def _tags(item):
    return getattr(getattr(item, "cls", None), "test_tags", ())
