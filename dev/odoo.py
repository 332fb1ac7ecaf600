"""Running Odoo: its configuration, installing add-ons, scripts inside it."""

import configparser
import os
import re
import secrets
from contextlib import suppress
from itertools import takewhile

from dev import config, database, postgres, proc, say, venv
from dev.config import ADDONS, LOG, ROOT, RUN

CONFIG = RUN / "odoo.conf"
_COMPLAINT = re.compile(r"^\d{4}-\d\d-\d\d \S+ \d+ (WARNING|ERROR|CRITICAL) ")
#: the variable under which ``farm_rfid_bridge`` locks private keys
_KEY_SECRET = "FARM_RFID_KEY_SECRET"
#: the PostgreSQL of the Python index lacks these extensions; Odoo does without them
_NO_EXTENSION = re.compile(r"pg_trgm|unaccent")


def environment():
    """Environment of every Odoo process of ours."""
    env = with_sources(postgres.environment())
    return {**env, _KEY_SECRET: os.environ.get(_KEY_SECRET) or _own_key_secret()}


def _own_key_secret():
    """What private keys are locked under in development; made once."""
    kept = RUN / "key_secret"
    if not kept.exists():
        RUN.mkdir(exist_ok=True)
        part = kept.with_suffix(f".{os.getpid()}")
        part.touch(mode=0o600)
        part.write_text(secrets.token_hex(32), encoding="utf-8")
        with suppress(FileExistsError):  # of two commands at once one makes it
            os.link(part, kept)
        part.unlink()
    return kept.read_text(encoding="utf-8")


def with_sources(env):
    """An environment in which Python finds our sources."""
    path = [ROOT, *config.libraries(), env.get("PYTHONPATH", "")]
    return {**env, "PYTHONPATH": ":".join(str(p) for p in path if p)}


def configure(odoo):
    """Write the development configuration: the production one with our paths."""
    parser = configparser.ConfigParser(interpolation=None)
    parser.read(ROOT / "odoo.conf", encoding="utf-8")
    paths = [*odoo.addons, *([ADDONS] if config.suite() else [])]
    parser["options"].update(
        {
            "addons_path": ",".join(map(str, paths)),
            "data_dir": str(database.DATA),
            "logfile": "",
            "log_level": "info",
            "http_interface": "127.0.0.1",
            "proxy_mode": "False",
            "workers": "0",
            "dbfilter": "",
        }
    )
    RUN.mkdir(exist_ok=True)
    with open(CONFIG, "w", encoding="utf-8") as file:
        parser.write(file)


def command(odoo, *arguments):
    """Command line of Odoo's own script; ``-c`` comes after a subcommand."""
    words = takewhile(lambda word: not str(word).startswith("-"), arguments)
    sub = list(words)
    return [venv.PYTHON, odoo.script, *sub, "-c", CONFIG, *arguments[len(sub) :]]


def install(odoo, target, addons, languages=(), update=()):
    """Install or update add-ons in a database, making the database if need be.

    :raises Stop: when Odoo fails
    :return: the log of it
    """
    log = LOG / f"install-{target}.log"
    log.unlink(missing_ok=True)
    flags = ["-d", target, "--stop-after-init", "--no-http"]
    flags += ["-i", ",".join(addons)] if addons else []
    flags += ["-u", ",".join(update)] if update else []
    flags += [f"--load-language={','.join(languages)}"] if languages else []
    what = f"Installing {', '.join(addons) or ', '.join(update)}"
    proc.run_or_stop(command(odoo, *flags), log, what, environment())
    if any(" ERROR " in row or " CRITICAL " in row for row in complaints(log)):
        raise say.Stop(f"{what} failed: {complaints(log)[-1][:200]} (log: {log})")
    return log


def run_inside(script, target, log, *arguments, what):
    """Run a script of ``dev/inside`` with the virtual environment's Python.

    :param target: the database, or nothing for a script that needs none
    :raises Stop: when it fails
    """
    line = [venv.PYTHON, "-m", f"dev.inside.{script}", CONFIG, target, *arguments]
    env = environment() if target else with_sources(os.environ)
    proc.run_or_stop(line, log, what, env, show=True)


def complaints(log):
    """Lines of an Odoo log at WARNING and above, without those that are excused."""
    rows = log.read_text(encoding="utf-8", errors="replace").splitlines()
    return [r for r in rows if _COMPLAINT.match(r) and not _NO_EXTENSION.search(r)]
