"""Load the demonstration story: CONFIG DATABASE [SCALE]."""

import importlib
import sys
from importlib.util import find_spec

from dev.inside import environment, say

CORE = "farm_traceability"


def main(config, database, scale="1"):
    """Run the story's ``load(env, log, scale, more)`` and commit."""
    with environment(config, database) as env:
        story = _story_of(CORE)
        story.load(env, say, float(scale), more=list(_more(env)))


def _more(env):
    """Chapters of the installed add-ons that stand on the core."""
    for module in env["ir.module.module"].search([("state", "=", "installed")]):
        if CORE in module.dependencies_id.mapped("name") and _has_story(module.name):
            yield from _story_of(module.name).CHAPTERS


def _has_story(name):
    package = f"odoo.addons.{name}.demo"
    return bool(find_spec(package) and find_spec(f"{package}.story"))


def _story_of(name):
    return importlib.import_module(f"odoo.addons.{name}.demo.story")


main(*sys.argv[1:])
