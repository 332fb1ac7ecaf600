"""Scripts that run with Odoo imported, in the virtual environment's Python."""

import sys
from contextlib import contextmanager

import odoo.tools
from odoo.api import SUPERUSER_ID, Environment
from odoo.modules.registry import Registry


@contextmanager
def environment(config, database):
    """An Odoo environment as superuser; committed when the block ends well."""
    options = ["-c", config, "-d", database, "--no-http", "--log-level=warn"]
    odoo.tools.config.parse_config(options, setup_logging=True)
    with Registry(database).cursor() as cursor:
        yield Environment(cursor, SUPERUSER_ID, {})


def say(text):
    """Print a line of progress at once."""
    sys.stdout.write(f"    {text}\n")
    sys.stdout.flush()
