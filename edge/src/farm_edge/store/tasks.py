"""Work that was begun and is not an event yet: a purchase, a split, tag by tag.

What is on a tag but in no event is found here after a power cut. Whether the tag of a
part holds it is in the log of writes, by the part's purpose, and nowhere else.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from . import canonical
from .chain import Event
from .database import Database
from .errors import TaskOver
from .journal import Journal

WANTED, GIVEN_UP = "wanted", "given_up"
OPEN, UNDO, DONE, DROPPED = "open", "undo", "done", "dropped"
_PART = """
SELECT number, state, uid, body,
       (SELECT state FROM tag_write WHERE purpose = 'task ' || task || '.' || number
         ORDER BY id DESC LIMIT 1),
       (SELECT state FROM tag_write WHERE purpose = 'undo ' || task || '.' || number
         ORDER BY id DESC LIMIT 1)
  FROM task_part
"""


@dataclass(frozen=True)
class Part:
    """A tag of a task.

    - ``written``, ``cleared``: ``begun``, ``verified``, ``failed``, or "" if no write
      was begun: of the tag with the part, and of the tag as it was before
    """

    number: int
    state: str
    uid: bytes
    values: dict[str, Any]
    written: str
    cleared: str

    @property
    def is_wanted(self) -> bool:
        """Whether its tag is to hold it."""
        return self.state == WANTED

    @property
    def is_on_tag(self) -> bool:
        """Whether its tag certainly holds it."""
        return self.is_wanted and self.written == "verified"

    @property
    def may_be_on_tag(self) -> bool:
        """Whether its tag may hold it."""
        return self.written in ("begun", "verified") and self.cleared != "verified"


@dataclass(frozen=True)
class Task:
    """Work that was begun; ``state``: open, undo, done or dropped."""

    id: int
    kind: str
    state: str
    values: dict[str, Any]


class Tasks:
    """Tasks of the device; what is in them is written before a tag is."""

    def __init__(self, database: Database, journal: Journal) -> None:
        self._database = database
        self._journal = journal

    def begin(self, kind: str, values: dict[str, Any]) -> Task:
        """Work begins."""
        with self._database.writing() as connection:
            cursor = connection.execute(
                "INSERT INTO task (kind, state, body) VALUES (?, ?, ?)",
                (kind, OPEN, canonical.encode(values)),
            )
        return Task(int(cursor.lastrowid or 0), kind, OPEN, values)

    def of(self, id: int) -> Task | None:
        """The task with a number."""
        row = self._database.row(
            "SELECT id, kind, state, body FROM task WHERE id = ?", (id,)
        )
        return _task(*row) if row else None

    def unfinished(self) -> list[Task]:
        """What was begun and did not end, the oldest first."""
        rows = self._database.rows(
            "SELECT id, kind, state, body FROM task"
            " WHERE state IN ('open', 'undo') ORDER BY id"
        )
        return [_task(*row) for row in rows]

    def change(self, id: int, **values: Any) -> Task:
        """Set values of a task that is open.

        :raises TaskOver: if it is not
        """
        with self._database.writing() as connection:
            task = self._open(id)
            body = canonical.encode(task.values | values)
            connection.execute("UPDATE task SET body = ? WHERE id = ?", (body, id))
        return Task(id, task.kind, task.state, task.values | values)

    def end(
        self, id: int, state: str, *events: tuple[str, dict[str, Any]]
    ) -> list[Event]:
        """Leave the state ``open`` or ``undo``, with what is to be sent, in one
        transaction.

        :raises TaskOver: if it ended before; then its events are there already
        """
        with self._database.writing() as connection:
            cursor = connection.execute(
                "UPDATE task SET state = ? WHERE id = ? AND state IN ('open', 'undo')",
                (state, id),
            )
            if not cursor.rowcount:
                raise TaskOver(f"The work {id} is over: begin anew.")
            return [self._journal.append(kind, body) for kind, body in events]

    # -- parts ------------------------------------------------------------------------

    def add(self, id: int, uid: bytes, values: dict[str, Any]) -> Part:
        """Note that a tag is about to become a part.

        :raises TaskOver: if the task is not open
        """
        with self._database.writing() as connection:
            self._open(id)
            number = connection.execute(
                "SELECT 1 + coalesce(max(number), 0) FROM task_part WHERE task = ?",
                (id,),
            ).fetchone()[0]
            connection.execute(
                "INSERT INTO task_part VALUES (?, ?, ?, ?, ?)",
                (id, number, WANTED, uid, canonical.encode(values)),
            )
        return Part(number, WANTED, uid, values, "", "")

    def parts(self, id: int) -> list[Part]:
        """The parts of a task, in order."""
        rows = self._database.rows(f"{_PART} WHERE task = ? ORDER BY number", (id,))
        return [_part(*row) for row in rows]

    def part(self, id: int, number: int) -> Part | None:
        """One part."""
        query = f"{_PART} WHERE task = ? AND number = ?"
        row = self._database.row(query, (id, number))
        return _part(*row) if row else None

    def parts_on(self, uid: bytes) -> list[tuple[Task, Part]]:
        """What a chip was to be, and may be, the latest first."""
        rows = self._database.rows(
            "SELECT task, number FROM task_part WHERE uid = ? ORDER BY task DESC,"
            " number DESC",
            (uid,),
        )
        found = [(self.of(task), self.part(task, number)) for task, number in rows]
        return [(task, part) for task, part in found if task and part]

    def give_up(self, id: int, number: int) -> None:
        """Another tag takes the place of a part's.

        :raises TaskOver: if it is certainly on its tag
        """
        with self._database.writing() as connection:
            part = self.part(id, number)
            if part is None or part.is_on_tag:
                raise TaskOver(f"Part {number} of the work {id} is on its tag.")
            connection.execute(
                "UPDATE task_part SET state = ? WHERE (task, number) = (?, ?)",
                (GIVEN_UP, id, number),
            )

    def _open(self, id: int) -> Task:
        task = self.of(id)
        if task is None or task.state != OPEN:
            raise TaskOver(f"The work {id} is over: begin anew.")
        return task


def purpose_of(task: int, number: int, deed: str = "task") -> str:
    """What the log of writes knows a part by; ``deed``: ``task`` or ``undo``."""
    return f"{deed} {task}.{number}"


def _task(id: int, kind: str, state: str, body: bytes) -> Task:
    return Task(id, kind, state, canonical.decode(body))


def _part(
    number: int,
    state: str,
    uid: bytes,
    body: bytes,
    written: str | None,
    cleared: str | None,
) -> Part:
    values = canonical.decode(body)
    return Part(number, state, uid, values, written or "", cleared or "")
