"""What is asked at each tap reads a few rows, after months of work as on day one."""

from __future__ import annotations

import re

import pytest
from store_world import acknowledge, item, open_store, page, purchase

#: tables that grow, read from end to end; the index of the few that are open may be
READ_WHOLE = re.compile(
    r"SCAN (event|result|item|tag_write|task|task_part)\b(?!.*_(open|unfinished))"
    r"|SEARCH result USING PRIMARY KEY \(chain=\? AND seq<\?\)"
    r"|SEARCH item USING .* \((kind|scope)=\?\)"
)


@pytest.fixture
def store(tmp_path):
    store = open_store(tmp_path / "store")
    store.journal.append("purchase", purchase())
    store.intake.take("", page(item("farmer", 1, code="F-1")))
    acknowledge(store, 1, "parked")
    yield store
    store.close()


@pytest.mark.parametrize(
    "ask",
    [
        lambda store: store.journal.append("purchase", purchase(2)),
        lambda store: store.journal.waiting(),
        lambda store: store.journal.back(),
        lambda store: store.journal.refused(),
        lambda store: store.journal.open(10),
        lambda store: store.journal.today(),
        lambda store: store.journal.unsent(10),
        lambda store: store.writes.unfinished(),
        lambda store: store.tasks.unfinished(),
        lambda store: store.tasks.parts_on(b"\4"),
        lambda store: store.snapshot.farmer("F-1"),
        lambda store: store.snapshot.farmer_of_id(1),
        lambda store: store.snapshot.certificates(1),
        lambda store: store.snapshot.crop(1),
        lambda store: store.snapshot.bunch("X"),
        lambda store: store.intake._sweep_some(""),
    ],
)
def test_no_table_that_grows_is_read_from_end_to_end(store, ask):
    asked: list[str] = []
    connection = store.database._connection()
    connection.set_trace_callback(asked.append)
    ask(store)
    connection.set_trace_callback(None)
    steps = []
    for statement in asked:
        if statement.startswith(("SELECT", "INSERT", "UPDATE", "DELETE")):
            plan = connection.execute(f"EXPLAIN QUERY PLAN {statement}")
            steps += [step for *_numbers, step in plan]
    assert steps, "nothing was asked"
    assert [step for step in steps if READ_WHOLE.search(step)] == []
