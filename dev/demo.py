"""The demonstration: its database, its story, its logins."""

import csv

from dev import config, database, odoo, say, server, stamp
from dev.config import ADDONS, DEMO_DATABASE, LANGUAGES, LOG

_FOLDER = ADDONS / "farm_traceability" / "demo"


def ensure(used):
    """Have the demonstration database, made whole or brought up to date.

    :raises Stop: when an add-on cannot be installed or the story fails
    :return: its name
    """
    target = database.name(DEMO_DATABASE)
    key = stamp.digest(used.key, stamp.sources())
    have = database.key(target)
    if have is None:
        server.stop()
        database.make(target, key, lambda part: _build(used, part))
    elif have != key:
        server.stop()
        _update(used, target, key)
    return target


def logins(path=_FOLDER / "logins.csv"):
    """Rows of login, password, role and description."""
    if not path.exists():
        everything = "Administrator", "everything"
        return [dict(zip(COLUMNS, ("admin", "admin", *everything), strict=True))]
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


COLUMNS = ("login", "password", "role", "description")


def _build(used, part):
    addons = config.chosen() or ["stock", "product_expiry"]
    with say.step(f"Installing {', '.join(addons)} (about a minute)"):
        odoo.install(used, part, addons, languages=LANGUAGES)
    if not (_FOLDER / "story.py").exists():
        say.line("    There is no demonstration story yet: the database stays empty.")
        return
    with say.step("Loading the demonstration story (up to 3 minutes)"):
        log = LOG / "story.log"
        odoo.run_inside("story", part, log, what="The demonstration story")


def _update(used, target, key):
    with say.step("Updating the demonstration database to changed add-ons"):
        odoo.install(used, target, config.chosen(), update=config.suite())
        database.set_key(target, key)
