"""Load the demonstration story: CONFIG DATABASE."""

import importlib
import sys

from dev.inside import environment, say


def main(config, database):
    """Run the story's ``load(env, log)`` and commit."""
    with environment(config, database) as env:
        story = importlib.import_module("odoo.addons.farm_traceability.demo.story")
        story.load(env, say)


main(*sys.argv[1:])
