"""Prepared databases that tests and benchmarks copy.

Each is made in two steps, so that a change in our add-ons does not install Odoo's
apps again: first Odoo's apps, then, on a copy, the suite: its chosen add-ons by name,
its glue by Odoo, as it happens to a user.
"""

from dev import config, database, odoo, say, stamp
from dev.config import LOG


def with_companions(used):
    """Database with all of the suite and its test companions; return its name."""
    return _suite(used, "farm_full", config.COMPANIONS)


def without_companions(used):
    """Database with the suite's chosen add-ons alone: no glue; return its name."""
    return _suite(used, "farm_plain", ())


def with_core_apps(used, group):
    """Database with the suite and the apps of a group; return its name."""
    further = sorted({*group} - {*config.outer_depends()})
    if not further:
        return without_companions(used)
    return _suite(used, "_".join(["farm_core", *further]), further)


def install_log(name):
    """Log of the installation of the suite in the database of this name."""
    return LOG / f"install-{name}_part.log"


def _suite(used, base, companions):
    apps = sorted({*config.outer_depends(), *companions} or {"base"})
    source = _apps(used, database.name(f"{base}_apps"), apps)
    target = database.name(base)
    key = stamp.digest(database.key(source), stamp.sources())
    if database.key(target) != key:
        with say.step(f"Preparing database {target} with the suite"):
            database.make(target, key, lambda part: _install(used, source, part))
    return target


def _apps(used, target, apps):
    key = stamp.digest(used.key, *apps)
    if database.key(target) != key:
        with say.step(f"Preparing database {target} with {', '.join(apps)}"):
            database.make(target, key, lambda part: odoo.install(used, part, apps))
    return target


def _install(used, source, part):
    database.copy(source, part)
    if config.chosen():
        odoo.install(used, part, config.chosen())
    log = LOG / "assets.log"
    odoo.run_inside("assets", part, log, what="Building the web client's bundles")
