import signal
import subprocess
import sys
import time
from textwrap import dedent

from odoo.sql_db import db_connect
from odoo.tests import get_db_name
from odoo.tools import config

from .parallel_common import ParallelHoldCase

PATIENCE = 30
BEGIN = """
    import sys
    import odoo.tools
    from odoo import SUPERUSER_ID, api
    from odoo.modules.registry import Registry

    rc, database = sys.argv[1:3]
    odoo.tools.config.parse_config(
        ["-c", rc, "-d", database, "--no-http", "--log-level=critical"]
    )

    def wait_for_the_end():
        print("here", flush=True)
        sys.stdin.readline()

    cr = Registry(database).cursor()
    env = api.Environment(cr, SUPERUSER_ID, {})
"""


class KilledCase(ParallelHoldCase):
    """A process of its own that is killed in the middle of its work."""

    def killed(self, script, *args):
        """Run a script of its own process until it waits there, and kill it."""
        process = subprocess.Popen(
            [
                *(sys.executable, "-c", dedent(BEGIN) + dedent(script)),
                *(config["config"], get_db_name()),
                *map(str, args),
            ],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        with process:
            self.assertEqual(process.stdout.readline().strip(), "here")
            process.send_signal(signal.SIGKILL)
        self.assertEqual(process.returncode, -signal.SIGKILL)
        self._see_it_off(process.pid)

    def _see_it_off(self, pid):
        """Wait until PostgreSQL has noticed: until then the locks are held."""
        name = f"odoo-{pid}"
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            with db_connect("postgres").cursor() as cr:
                cr.execute(
                    "SELECT FROM pg_stat_activity WHERE application_name = %s", [name]
                )
                if not cr.rowcount:
                    return
            time.sleep(0.05)
        self.fail(f"{name} is still connected")
