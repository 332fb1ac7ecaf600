"""The statement of how old stock is; ``tests/aging_queue.py`` says what is meant by it.

First in, first out needs no queue. On each shelf (place, product, lot and owner) the
n-th unit that leaves is the n-th that came. So the story has three parts:

1. Which movements count: all of them (:mod:`.stock_aging_history`), or what remained at
   a closing and all since then (:mod:`.stock_aging_since`).
2. On each shelf they are laid end to end (:mod:`.stock_aging_shelf`), and what came
   above the total that is gone remains.
3. From there goods are followed back, transfer by transfer, to where they came in from
   outside (:mod:`.stock_aging_trace`).
"""

from datetime import datetime
from typing import NamedTuple

from odoo.tools import SQL

from . import stock_aging_history as history
from . import stock_aging_shelf as shelf
from . import stock_aging_since as since
from . import stock_aging_trace as trace


class Closing(NamedTuple):
    """What remained, and how old it was, at the moment before ``until`` (UTC).

    :param list retraced: shelves that are told from the beginning
    """

    id: int
    until: datetime
    retraced: list


class Scope(NamedTuple):
    """Which stock: places of these companies, at the moment before ``until``.

    :param list[int] companies: ids
    :param datetime until: UTC, naive
    :param closing: of that moment or before, to go on from; None: from the beginning
    """

    companies: list
    until: datetime
    closing: Closing | None = None


def layers(scope):
    """``WITH`` clauses that end in the table ``remaining``.

    Its columns: those of the shelf (lot and owner are 0 where there is none),
    ``first_id`` (the line by which the goods came to the shelf, or the last that left a
    gap), ``date`` (when they came in from outside, UTC; null for gaps), ``quantity``
    (below zero for gaps) and ``position`` (their order on the shelf).
    """
    return SQL(
        "WITH RECURSIVE %s, %s, %s",
        (since if scope.closing else history).tables(scope),
        shelf.tables(scope),
        trace.tables(scope),
    )
