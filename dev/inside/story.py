"""Load the demonstration story: CONFIG DATABASE [SCALE]."""

import importlib
import sys

from dev.inside import environment, say


def main(config, database, scale="1"):
    """Run the story's ``load(env, log, scale)`` and commit."""
    with environment(config, database) as env:
        story = importlib.import_module("odoo.addons.farm_traceability.demo.story")
        story.load(env, say, float(scale))


main(*sys.argv[1:])
