"""The store's own log of writes, and what tests look at in it."""

from __future__ import annotations

from store_world import open_store


class WriteLog:
    """A ``records.Writes``; events come back as their numbers."""

    def __init__(self, path):
        self.store = open_store(path)
        writes = self.store.writes
        self.begin, self.failed = writes.begin, writes.failed
        self.unfinished = writes.unfinished
        self.db = self.store.database._connection()

    def verified(self, write_id, *events):
        return [event.seq for event in self.store.writes.verified(write_id, *events)]

    def states(self):
        """State of each write, in order."""
        rows = self.store.database.rows("SELECT state FROM tag_write ORDER BY id")
        return [state for (state,) in rows]

    def events(self):
        """Body of each event, in order."""
        return [event.values for event in self.store.journal.since(1, 1_000)]


def card_event(pending):
    """What a written card means."""
    return [("card", {"uid": pending.uid.hex(), "purpose": pending.purpose})]
