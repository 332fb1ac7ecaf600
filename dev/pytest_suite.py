"""Plugin of pytest: logs must stay clean, and each worker has files of its own."""

import logging
import os
import shutil
from pathlib import Path

import freezegun
import hypothesis
import pytest

#: a test that stops the clock does not stop pytest's
freezegun.configure(extend_ignore_list=["_pytest"])
#: a busy machine is no reason to fail
hypothesis.settings.register_profile(
    "suite", suppress_health_check=[hypothesis.HealthCheck.too_slow], deadline=None
)
hypothesis.settings.load_profile("suite")


def pytest_sessionstart():
    """Give each worker files of its own.

    At the end of a test class Odoo deletes the files that the worker's database does
    not know, which may be what another worker has just stored.
    """
    if worker := os.environ.get("PYTEST_XDIST_WORKER"):
        _move_files(worker)


def _move_files(worker):
    from odoo.tools import config

    shared = Path(config["data_dir"])
    own = shared.with_name(f"{shared.name}-{worker}")
    shutil.rmtree(own, ignore_errors=True)
    name = config["db_name"]
    stored = shared / "filestore" / (name if isinstance(name, str) else name[0])
    if stored.exists():
        target = own / "filestore" / stored.name
        shutil.copytree(stored, target, copy_function=os.link)
    config["data_dir"] = str(own)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item):
    """Fail a test that passes but logs a warning of Odoo's or ours."""
    with _Listener() as listener:
        result = yield
    if listener.rows:
        pytest.fail("logged at WARNING or above:\n" + "\n".join(listener.rows))
    return result


class _Listener(logging.Handler):
    """Collects what is logged at WARNING and above under ``odoo``."""

    def __init__(self):
        super().__init__(logging.WARNING)
        self.rows = []

    def emit(self, record):
        if record.name == "odoo.http" and record.levelno == logging.WARNING:
            return  # an error meant for the user, answered to the browser
        self.rows.append(f"{record.levelname} {record.name}: {record.getMessage()}")

    def __enter__(self):
        logging.getLogger("odoo").addHandler(self)
        return self

    def __exit__(self, *_error):
        logging.getLogger("odoo").removeHandler(self)
