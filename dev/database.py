"""Databases that are whole or not there: made under another name, then renamed."""

import os
import shutil
from pathlib import Path

from dev import postgres, proc, say, stamp
from dev.config import ROOT, RUN

DATA = RUN / "data"


def name(base):
    """Full name of a database; on a shared server it tells our checkout apart."""
    return f"{base}_{stamp.digest(str(ROOT))[:6]}" if postgres.is_external() else base


def key(database):
    """What the database was made for, or ``None`` when there is no such database."""
    query = (
        "SELECT coalesce(shobj_description(oid, 'pg_database'), '')"
        f" FROM pg_database WHERE datname = '{database}'"
    )
    rows = _sql(query).splitlines()
    return rows[0] if rows else None


def exists(database):
    """Whether the database is there (it is then complete)."""
    return key(database) is not None


def number(database):
    """What tells a database from a later one of the same name."""
    return _sql(f"SELECT oid FROM pg_database WHERE datname = '{database}'").strip()


def make(database, wanted, build):
    """Make a database with ``build(temporary name)`` and publish it in one go."""
    part = f"{database}_part"
    drop(part)
    build(part)
    drop(database)
    set_key(part, wanted)
    _move(filestore(part), filestore(database))
    _sql(f'ALTER DATABASE "{part}" RENAME TO "{database}"')


def set_key(database, wanted):
    """Record what the database is made for."""
    _sql(f"COMMENT ON DATABASE \"{database}\" IS '{wanted}'")


def copy(source, target):
    """Copy a database and its files; the files are shared as hard links."""
    drop(target)
    _sql(f'CREATE DATABASE "{target}" TEMPLATE "{source}"')
    if filestore(source).exists():
        shutil.copytree(filestore(source), filestore(target), copy_function=os.link)


def drop(database):
    """Drop a database and its files, also while somebody is connected to it."""
    _sql(f'DROP DATABASE IF EXISTS "{database}" WITH (FORCE)')
    shutil.rmtree(filestore(database), ignore_errors=True)


def filestore(database):
    """Folder of the database's attachments."""
    return DATA / "filestore" / database


def _move(source, target):
    shutil.rmtree(target, ignore_errors=True)
    if source.exists():
        Path(source).rename(target)


def _sql(query):
    options = ["-X", "-t", "-A", "-q", "-v", "ON_ERROR_STOP=1", "-d", "postgres"]
    command = ["psql", *options, "-c", query]
    answer = proc.capture(command, postgres.environment())
    if answer.returncode:
        words = answer.stderr.strip().splitlines() or ["no answer"]
        raise say.Stop(f"The database server refused: {words[0]}")
    return answer.stdout
