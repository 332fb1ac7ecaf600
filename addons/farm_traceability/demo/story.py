"""The order of the chapters. See ``docs/demonstration.md`` for what they tell."""

import time

from odoo.exceptions import UserError

from . import crops, growing, path, people, places, quality, rotation, season
from .world import World

CHAPTERS = [
    ("Companies and places", places.tell),
    ("People", people.tell),
    ("Crops, guides and inputs", crops.tell),
    ("Plots, certificates and cycles", growing.tell),
    ("The season", season.tell),
    ("One bunch, from plot to hospital", path.tell),
    ("What is open today", season.tell_today),
    ("On the quality manager's table", quality.tell),
    ("What leaves first", rotation.tell),
]


def load(env, log, scale=1.0, more=()):
    """Load the demonstration story, all of it or nothing, in one transaction.

    :param env: environment of the superuser on a database without farm data
    :param log: called with one line of progress at a time
    :param float scale: size of the story; 1.0 is 91 groups and 5,000 lots
    :param more: chapters of other add-ons, which come last
    :raises UserError: when the database has farm data already
    """
    _check_empty(env)
    world = World(env, log, scale)
    chapters = [*CHAPTERS, *more]
    for number, (title, tell) in enumerate(chapters, 1):
        log(f"{number}/{len(chapters)} {title}")
        begin = time.monotonic()
        tell(world)
        world.turn_page()
        log(f"    {time.monotonic() - begin:.0f} s")


def _check_empty(env):
    for model in ("farm.crop", "farm.plot", "farm.harvest"):
        if env[model].with_context(active_test=False).search_count([], limit=1):
            raise UserError(
                env._(
                    "This database has farm data already: load the demonstration"
                    " story into a fresh database."
                )
            )
