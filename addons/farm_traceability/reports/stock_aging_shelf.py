"""On each shelf what arrived and what departed is laid end to end.

Each line has the running total ``top``: it is the units from ``top - size`` to ``top``
that came, or that left. So what came above the total that is gone remains, and a
transfer of the units from 30 to 40 carried what came as 30 to 40 to its source.
"""

from odoo.tools import SQL

#: the columns of a shelf; lot and owner are 0 where there is none
SHELF = SQL("location_id, product_id, lot_id, owner_id")
_NAMED = SQL(
    """location_id, product_id, COALESCE(lot_id, 0) AS lot_id,
       COALESCE(owner_id, 0) AS owner_id"""
)
_TOP = SQL(
    """sum(size) OVER (
           PARTITION BY location_id, product_id, lot_id, owner_id
               ORDER BY turn, number) AS top"""
)


def tables(scope):
    """The ``WITH`` clauses from ``came`` to ``sent``."""
    return SQL(
        """
        came AS MATERIALIZED (%s),
        gone AS MATERIALIZED (%s),
        tail AS MATERIALIZED (%s),
        gap AS MATERIALIZED (%s),
        arrived AS (%s),
        sent AS MATERIALIZED (%s)
        """,
        _CAME,
        _GONE,
        _TAIL,
        _GAP,
        _ARRIVED,
        _sent(scope),
    )


_CAME = SQL(
    "SELECT %s, id, date, source_id, move_id, size, %s FROM arrival", _NAMED, _TOP
)

_GONE = SQL(
    """
    SELECT %s, sum(size) AS quantity, max(id) AS last_id
      FROM departure
     GROUP BY departure.location_id, departure.product_id, departure.lot_id,
              departure.owner_id
    """,
    _NAMED,
)

# What came after all that is gone, or just before; nothing where more left than came.
_TAIL = SQL(
    """
    SELECT %(shelf)s, id, date, source_id, move_id, size, top,
           COALESCE(gone.quantity, 0) AS gone
      FROM came LEFT JOIN gone USING (%(shelf)s)
     WHERE top >= COALESCE(gone.quantity, 0)
    """,
    shelf=SHELF,
)

_GAP = SQL(
    """
    SELECT %(shelf)s, short.last_id, short.quantity AS gone,
           COALESCE(max(came.top), 0) AS came
      FROM (SELECT %(shelf)s, gone.last_id, gone.quantity
              FROM gone LEFT JOIN tail USING (%(shelf)s)
             WHERE tail.id IS NULL) short
      LEFT JOIN came USING (%(shelf)s)
     GROUP BY %(shelf)s, short.last_id, short.quantity
    """,
    shelf=SHELF,
)

# Where more left than came, the rest is still to come.
_ARRIVED = SQL(
    """
    SELECT %(shelf)s, id, date, source_id, move_id, size, top FROM came
     UNION ALL
    SELECT %(shelf)s, NULL, 'infinity', NULL, NULL, gone - came, gone FROM gap
    """,
    shelf=SHELF,
)


def _sent(scope):
    """What went to other shelves, and other lines that tracing may ask for.

    Since a closing there are few lines: all of them.
    """
    if scope.closing:
        return SQL(
            """
            SELECT * FROM (%s) line WHERE date IS NOT NULL
            """,
            _departed(SQL()),
        )
    return SQL(
        """
        SELECT * FROM (%s) line WHERE location_dest_id IN (SELECT id FROM place)
         UNION ALL
        SELECT * FROM (%s) lost
        """,
        _departed(
            SQL(
                """WHERE location_id = ANY(ARRAY(
                       SELECT source_id FROM came INTERSECT SELECT id FROM place))"""
            )
        ),
        _lost(scope),
    )


def _departed(where):
    return SQL(
        "SELECT %s, id, date, location_dest_id, size, %s FROM departure %s",
        _NAMED,
        _TOP,
        where,
    )


def _lost(scope):
    """What went out and came back, or was used by lot operations.

    These are few: what left their shelves before them is looked up for each.
    """
    before = SQL(
        """
        SELECT quantity_product_uom AS quantity
          FROM stock_move_line other
         WHERE other.state = 'done' AND other.location_id = line.location_id
           AND other.product_id = line.product_id
           AND other.owner_id IS NOT DISTINCT FROM line.owner_id
           AND (other.date, other.id) <= (line.date, line.id)
        """
    )
    return SQL(
        """
        SELECT line.location_id, line.product_id, COALESCE(line.lot_id, 0),
               COALESCE(line.owner_id, 0), line.id, line.date, line.location_dest_id,
               line.quantity_product_uom,
               (SELECT sum(quantity)
                  FROM (%(before)s AND other.lot_id = line.lot_id
                         UNION ALL
                        %(before)s AND other.lot_id IS NULL AND line.lot_id IS NULL
                       ) other)
          FROM (SELECT line.id
                  FROM stock_move back
                  JOIN stock_move_line line
                    ON line.move_id = back.origin_returned_move_id
                 UNION
                SELECT rel.produce_line_id
                  FROM stock_move move
                  JOIN stock_move_line made ON made.move_id = move.id
                  JOIN stock_move_line_consume_rel rel ON rel.consume_line_id = made.id
                 WHERE move.lot_operation_id IS NOT NULL) found
    CROSS JOIN LATERAL (
            SELECT * FROM stock_move_line WHERE id = found.id OFFSET 0) line
         WHERE line.state = 'done' AND line.date < %(until)s
           AND line.location_id IN (SELECT id FROM place)
           AND line.location_dest_id NOT IN (SELECT id FROM place)
        """,
        before=before,
        until=scope.until,
    )
