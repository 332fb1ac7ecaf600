"""Tables of the store, version by version.

A migration is never edited after a release: what changes is another one.
"""

from __future__ import annotations

import sqlite3

from .errors import StoreTooNew

VERSION_1 = """
CREATE TABLE meta (name TEXT PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE setting (name TEXT PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID;

-- An enrolment: a number, a key, and the journal that goes with them.
CREATE TABLE chain (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    number INTEGER NOT NULL,
    public_key BLOB NOT NULL CHECK (length(public_key) = 32),
    seed BLOB NOT NULL,
    token BLOB NOT NULL,
    description BLOB NOT NULL,
    is_current INTEGER NOT NULL CHECK (is_current IN (0, 1)),
    quarantine TEXT,
    ack_seq INTEGER NOT NULL DEFAULT 0,
    ack_hash BLOB NOT NULL CHECK (length(ack_hash) = 32)
);
CREATE UNIQUE INDEX chain_one_current ON chain (is_current) WHERE is_current = 1;

-- The last code given, by number: a number may come back, a code may not.
CREATE TABLE counter (number INTEGER PRIMARY KEY, last INTEGER NOT NULL);
CREATE TRIGGER counter_goes_up BEFORE UPDATE ON counter WHEN NEW.last <= OLD.last
BEGIN SELECT RAISE(ABORT, 'codes are never given twice'); END;
CREATE TRIGGER counter_stays BEFORE DELETE ON counter
BEGIN SELECT RAISE(ABORT, 'codes are never given twice'); END;

CREATE TABLE event (
    chain INTEGER NOT NULL REFERENCES chain,
    seq INTEGER NOT NULL,
    id BLOB NOT NULL CHECK (length(id) = 16),
    kind TEXT NOT NULL,
    body BLOB NOT NULL CHECK (length(body) BETWEEN 1 AND 16384),
    hash BLOB NOT NULL CHECK (length(hash) = 32),
    at INTEGER NOT NULL,
    PRIMARY KEY (chain, seq),
    UNIQUE (chain, id)
);
CREATE INDEX event_at ON event (at);
CREATE TRIGGER event_has_no_gap BEFORE INSERT ON event
WHEN NEW.seq <> 1 + (SELECT coalesce(max(seq), 0) FROM event WHERE chain = NEW.chain)
BEGIN SELECT RAISE(ABORT, 'the journal has no gaps'); END;
CREATE TRIGGER event_is_frozen BEFORE UPDATE ON event
BEGIN SELECT RAISE(ABORT, 'the journal is frozen'); END;
CREATE TRIGGER event_stays BEFORE DELETE ON event
BEGIN SELECT RAISE(ABORT, 'the journal is frozen'); END;

CREATE TABLE result (
    chain INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    state TEXT NOT NULL,
    code TEXT NOT NULL,
    message TEXT NOT NULL,
    refs BLOB NOT NULL,
    PRIMARY KEY (chain, seq),
    FOREIGN KEY (chain, seq) REFERENCES event
) WITHOUT ROWID;
CREATE INDEX result_open ON result (chain, seq)
    WHERE state NOT IN ('applied', 'settled');

CREATE TABLE tag_write (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    uid BLOB NOT NULL,
    old BLOB NOT NULL,
    new BLOB NOT NULL,
    purpose TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('begun', 'verified', 'failed')),
    why TEXT NOT NULL DEFAULT ''
);
CREATE INDEX tag_write_unfinished ON tag_write (id) WHERE state = 'begun';
CREATE TRIGGER tag_write_ends_once BEFORE UPDATE ON tag_write
WHEN OLD.state <> 'begun' OR NEW.uid <> OLD.uid OR NEW.old <> OLD.old
    OR NEW.new <> OLD.new OR NEW.purpose <> OLD.purpose
BEGIN SELECT RAISE(ABORT, 'a write ends once'); END;
CREATE TRIGGER tag_write_stays BEFORE DELETE ON tag_write
BEGIN SELECT RAISE(ABORT, 'a write stays on record'); END;

-- What is carried, by region; '' is all of the device's regions.
CREATE TABLE scope (
    name TEXT PRIMARY KEY,
    generation INTEGER,
    incoming INTEGER,
    since INTEGER NOT NULL DEFAULT 0,
    token TEXT,
    is_whole INTEGER NOT NULL DEFAULT 0,
    pulled INTEGER NOT NULL DEFAULT 0,
    server_time INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID;
CREATE TABLE item (
    scope TEXT NOT NULL,
    generation INTEGER NOT NULL,
    kind TEXT NOT NULL,
    id INTEGER NOT NULL,
    version TEXT NOT NULL,
    code TEXT,
    owner INTEGER,
    uid TEXT,
    data BLOB NOT NULL,
    PRIMARY KEY (scope, generation, kind, id)
) WITHOUT ROWID;
CREATE INDEX item_code ON item (kind, code);
CREATE INDEX item_owner ON item (kind, owner) WHERE owner IS NOT NULL;
CREATE INDEX item_uid ON item (uid) WHERE uid IS NOT NULL;
"""

# What was refused or waits is asked about again: which was asked last.
VERSION_2 = """
ALTER TABLE result ADD COLUMN asked INTEGER NOT NULL DEFAULT 0;
"""

# Purchases and splits, from the first tag to the event.
VERSION_3 = """
CREATE TABLE task (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('open', 'undo', 'done', 'dropped')),
    body BLOB NOT NULL
);
CREATE INDEX task_unfinished ON task (id) WHERE state IN ('open', 'undo');
CREATE TRIGGER task_ends_once BEFORE UPDATE ON task
WHEN OLD.state IN ('done', 'dropped')
BEGIN SELECT RAISE(ABORT, 'work ends once'); END;

CREATE TABLE task_part (
    task INTEGER NOT NULL REFERENCES task,
    number INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('wanted', 'given_up')),
    uid BLOB NOT NULL,
    body BLOB NOT NULL,
    PRIMARY KEY (task, number)
) WITHOUT ROWID;
CREATE INDEX task_part_uid ON task_part (uid);
CREATE INDEX tag_write_purpose ON tag_write (purpose);
"""

MIGRATIONS = (VERSION_1, VERSION_2, VERSION_3)


def migrate(connection: sqlite3.Connection) -> None:
    """Bring the tables to this version; each step wholly or not at all.

    :raises StoreTooNew: if a later version of the agent was here
    """
    here = version_of(connection)
    if here > len(MIGRATIONS):
        raise StoreTooNew(
            f"The store is of version {here}, and this agent knows"
            f" {len(MIGRATIONS)}: update the agent"
        )
    for version, script in enumerate(MIGRATIONS[here:], here + 1):
        connection.execute("BEGIN IMMEDIATE")
        try:
            if version_of(connection) < version:  # else another process was faster
                for statement in _statements(script):
                    connection.execute(statement)
                connection.execute(f"PRAGMA user_version = {version}")
            connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise


def version_of(connection: sqlite3.Connection) -> int:
    """The version of the tables; 0 in an empty file."""
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def _statements(script: str) -> list[str]:
    """The statements of a script: ``executescript`` would end the transaction."""
    found, begun = [], ""
    for line in script.splitlines():
        begun += line + "\n"
        if sqlite3.complete_statement(begun):
            found.append(begun)
            begun = ""
    return found
