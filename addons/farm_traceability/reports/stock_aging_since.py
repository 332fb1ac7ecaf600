"""Which movements ages of stock are told from: what remained at a closing, and later.

- Shelves that no line touched since the closing are as they were.
- On the others what remained comes first, in its order; a gap departs first.
- What comes back of a delivery, or is made by a lot operation, may ask where goods were
  before the closing. The shelves that they had left (``retraced``) are told from the
  beginning instead; so are those from which goods had come to these.
"""

from odoo.tools import SQL

from .stock_aging_history import (
    LINE,
    arrival,
    departure,
    every_line,
    place,
    with_tables,
)
from .stock_aging_shelf import SHELF


def tables(scope):
    """The ``WITH`` clauses from ``place`` to ``departure``."""
    return with_tables(scope, _SINCE_CLOSING)


def _since(scope):
    return SQL("%s AND date >= %s", every_line(scope), scope.closing.until)


def retraced(since, until):
    """The statement that finds the shelves that are told from the beginning.

    It is asked first: the planner would think of far too many.
    """
    return SQL(
        """
        WITH RECURSIVE since AS (
            SELECT id, move_id FROM stock_move_line
             WHERE state = 'done' AND date >= %(since)s AND date < %(until)s
        ), shelf(location_id, product_id, lot_id, owner_id) AS (
            SELECT %(before)s
              FROM since
        CROSS JOIN LATERAL (%(asked)s OFFSET 0) asked(id)
              JOIN stock_move_line before ON before.id = asked.id
             WHERE before.state = 'done' AND before.date < %(since)s AND %(inside)s
             UNION
            SELECT %(before)s
              FROM shelf
        CROSS JOIN LATERAL (
                   SELECT id FROM (%(came)s) came
                   UNION ALL
                   SELECT asked.id FROM (%(came)s) since
               CROSS JOIN LATERAL (%(asked)s) asked(id)
                   OFFSET 0) asked(id)
              JOIN stock_move_line before ON before.id = asked.id
             WHERE before.state = 'done' AND %(inside)s
        )
        SELECT * FROM shelf
        """,
        since=since,
        until=until,
        before=_BEFORE,
        inside=_INSIDE,
        asked=_ASKED,
        came=_old_lines(SQL("location_dest_id"), since),
    )


_BEFORE = SQL(
    """before.location_id, before.product_id, COALESCE(before.lot_id, 0),
       COALESCE(before.owner_id, 0)"""
)

_INSIDE = SQL(
    """before.location_id IN (
           SELECT id FROM stock_location WHERE usage IN ('internal', 'transit'))"""
)

# The lines by which goods had left that the line ``since`` brings back, or is made of.
_ASKED = SQL(
    """
    SELECT delivered.id
      FROM stock_move move
      JOIN stock_move_line delivered ON delivered.move_id = move.origin_returned_move_id
     WHERE move.id = since.move_id
     UNION ALL
    SELECT rel.produce_line_id
      FROM stock_move move
      JOIN stock_move_line_consume_rel rel ON rel.consume_line_id = since.id
     WHERE move.id = since.move_id AND move.lot_operation_id IS NOT NULL
    """
)


def _old_lines(place, closed):
    """Lines of before the closing that came to, or left, the one shelf ``shelf``.

    :param place: SQL, which end of the line it is
    """
    of_shelf = SQL(
        """
        SELECT %(line)s
          FROM stock_move_line line
         WHERE line.state = 'done' AND line.date < %(closed)s
           AND line.%(place)s = shelf.location_id
           AND line.product_id = shelf.product_id
           AND COALESCE(line.owner_id, 0) = shelf.owner_id
        """,
        line=LINE,
        closed=closed,
        place=place,
    )
    return SQL(
        """
        %(of_shelf)s AND line.lot_id = shelf.lot_id
         UNION ALL
        %(of_shelf)s AND line.lot_id IS NULL AND shelf.lot_id = 0
        """,
        of_shelf=of_shelf,
    )


def _retraced(scope):
    columns = list(zip(*scope.closing.retraced, strict=True)) or [()] * 4
    return SQL(
        """
        SELECT * FROM unnest(%s::int[], %s::int[], %s::int[], %s::int[])
                   AS shelf(location_id, product_id, lot_id, owner_id)
        """,
        *map(list, columns),
    )


def _lines_that_count(scope):
    """Those since the closing, and the older ones of the shelves told anew."""
    return SQL(
        """
        SELECT * FROM since
         UNION
        SELECT old.*
          FROM retraced shelf
    CROSS JOIN LATERAL (%s UNION ALL %s OFFSET 0) old
        """,
        _old_lines(SQL("location_id"), scope.closing.until),
        _old_lines(SQL("location_dest_id"), scope.closing.until),
    )


def _touched(_scope):
    return SQL(
        """
        SELECT location_id, product_id, COALESCE(lot_id, 0) AS lot_id,
               COALESCE(owner_id, 0) AS owner_id FROM since
         UNION
        SELECT location_dest_id, product_id, COALESCE(lot_id, 0),
               COALESCE(owner_id, 0) FROM since
         UNION
        SELECT * FROM retraced
        """
    )


def _closed(scope):
    """What remained on shelves at the closing, where there are such places."""
    return SQL(
        """
        SELECT %s, first_id, date, quantity, position
          FROM farm_stock_aging_layer
         WHERE closing_id = %s AND location_id IN (SELECT id FROM place)
        """,
        SHELF,
        scope.closing.id,
    )


def _opening(_scope):
    return SQL(
        """
        SELECT closed.* FROM closed JOIN touched USING (%s)
         WHERE (%s) NOT IN (SELECT * FROM retraced)
        """,
        SHELF,
        SHELF,
    )


def _arrival_since(scope):
    return SQL(
        """
        %s AND %s
         UNION ALL
        SELECT location_id, product_id, NULLIF(lot_id, 0), NULLIF(owner_id, 0),
               first_id, date, NULL, NULL, quantity, '-infinity', position
          FROM opening WHERE quantity > 0
        """,
        arrival(scope),
        _is_told(SQL("location_dest_id"), scope),
    )


def _departure_since(scope):
    return SQL(
        """
        %s AND %s
         UNION ALL
        SELECT location_id, product_id, NULLIF(lot_id, 0), NULLIF(owner_id, 0),
               first_id, NULL, NULL, -quantity, '-infinity', position
          FROM opening WHERE quantity < 0
        """,
        departure(scope),
        _is_told(SQL("location_id"), scope),
    )


def _is_told(place, scope):
    """An old line tells of the shelves told anew, not of the other end."""
    return SQL(
        """(date >= %s OR (%s, product_id, COALESCE(lot_id, 0), COALESCE(owner_id, 0))
            IN (SELECT * FROM retraced))""",
        scope.closing.until,
        place,
    )


_SINCE_CLOSING = [
    ("place", "MATERIALIZED", place),
    ("since", "MATERIALIZED", _since),
    ("retraced", "", _retraced),
    ("line", "MATERIALIZED", _lines_that_count),
    ("touched", "MATERIALIZED", _touched),
    ("closed", "NOT MATERIALIZED", _closed),
    ("opening", "MATERIALIZED", _opening),
    ("arrival", "NOT MATERIALIZED", _arrival_since),
    ("departure", "NOT MATERIALIZED", _departure_since),
]
