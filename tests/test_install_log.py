"""Installing the suite must leave no warning in Odoo's log."""

import os
from pathlib import Path

import pytest

from dev import odoo


def test_install_log_is_clean_at_warning():
    log = Path(os.environ.get("FARM_INSTALL_LOG", ""))
    if not log.is_file():
        pytest.skip("no installation by `make test` to look at")
    assert odoo.complaints(log) == []
