"""Which movements the ages of stock are told from.

Two tables say it: what arrived on the shelves (``arrival``) and what departed from them
(``departure``), each in its order (``turn``, ``number``). They hold either every done
move line, or what remained at a closing and the lines since then:

- Shelves that no line touched since the closing are as they were.
- On the others what remained comes first, in its order; a gap departs first.
- What comes back of a delivery, or is made by a lot operation, may ask where goods were
  before the closing. All lines of such goods (``retraced``) are read from the beginning
  instead; so are those of the goods that they were made of.
"""

from odoo.tools import SQL

from .stock_aging_shelf import SHELF

LINE = SQL(
    """id, date, product_id, lot_id, owner_id, location_id, location_dest_id, move_id,
       quantity_product_uom AS size"""
)


def tables(scope):
    """The ``WITH`` clauses from ``place`` to ``departure``."""
    tables = _SINCE_CLOSING if scope.closing else _FROM_THE_BEGINNING
    return SQL(
        "place AS MATERIALIZED (%s), %s",
        _place(scope.companies),
        SQL(", ").join(
            SQL("%s AS %s (%s)", SQL.identifier(name), SQL(how), query(scope))
            for name, how, query in tables
        ),
    )


def _place(companies):
    return SQL(
        """
        SELECT id, company_id, warehouse_id
          FROM stock_location
         WHERE (usage = 'internal' OR usage = 'transit' AND company_id IS NOT NULL)
           AND (company_id IS NULL OR company_id = ANY(%s))
        """,
        companies,
    )


# -- from the beginning ------------------------------------------------------------


def _every_line(scope):
    return SQL(
        "SELECT %s FROM stock_move_line WHERE state = 'done' AND date < %s",
        LINE,
        scope.until,
    )


def _arrival(_scope):
    return SQL(
        """
        SELECT location_dest_id AS location_id, product_id, lot_id, owner_id, id, date,
               location_id AS source_id, move_id, size, date AS turn, id AS number
          FROM line
         WHERE location_dest_id = ANY(ARRAY(SELECT id FROM place))
        """
    )


def _departure(_scope):
    return SQL(
        """
        SELECT location_id, product_id, lot_id, owner_id, id, date, location_dest_id,
               size, date AS turn, id AS number
          FROM line
         WHERE location_id = ANY(ARRAY(SELECT id FROM place))
        """
    )


_FROM_THE_BEGINNING = [
    ("line", "NOT MATERIALIZED", _every_line),
    ("arrival", "NOT MATERIALIZED", _arrival),
    ("departure", "NOT MATERIALIZED", _departure),
]


# -- since a closing ---------------------------------------------------------------


def _since(scope):
    return SQL("%s AND date >= %s", _every_line(scope), scope.closing.until)


def retraced(since, until):
    """The statement that finds products and lots that are told from the beginning.

    It is asked first: the planner would think of far too many.
    """
    return SQL(
        """
        WITH RECURSIVE since AS (
            SELECT id, move_id, product_id, lot_id FROM stock_move_line
             WHERE state = 'done' AND date >= %(since)s AND date < %(until)s
        ), goods(product_id, lot_id) AS (
            SELECT since.product_id, COALESCE(since.lot_id, 0)
              FROM since
              JOIN stock_move move ON move.id = since.move_id
              JOIN stock_move_line old ON old.move_id = move.origin_returned_move_id
             WHERE old.state = 'done' AND old.date < %(since)s
             UNION
            SELECT old.product_id, COALESCE(old.lot_id, 0)
              FROM since
              JOIN stock_move_line_consume_rel rel ON rel.consume_line_id = since.id
              JOIN stock_move_line old ON old.id = rel.produce_line_id
             WHERE old.state = 'done' AND old.date < %(since)s
             UNION
            SELECT used.product_id, COALESCE(used.lot_id, 0)
              FROM goods
              JOIN stock_move_line made ON made.lot_id = goods.lot_id
              JOIN stock_move move
                ON move.id = made.move_id AND move.lot_operation_id IS NOT NULL
              JOIN stock_move_line_consume_rel rel ON rel.consume_line_id = made.id
              JOIN stock_move_line used ON used.id = rel.produce_line_id
        )
        SELECT * FROM goods
        """,
        since=since,
        until=until,
    )


def _retraced(scope):
    goods = scope.closing.retraced
    return SQL(
        "SELECT * FROM unnest(%s::int[], %s::int[]) AS goods(product_id, lot_id)",
        [product for product, _lot in goods],
        [lot for _product, lot in goods],
    )


def _lines_that_count(scope):
    """Those since the closing, and the older ones of the few goods told anew.

    These are looked up one by one (``OFFSET 0``).
    """
    return SQL(
        "SELECT * FROM since UNION ALL %s UNION ALL %s",
        _old_lines(scope, SQL("stock_move_line.lot_id = retraced.lot_id")),
        _old_lines(
            scope, SQL("stock_move_line.lot_id IS NULL AND retraced.lot_id = 0")
        ),
    )


def _old_lines(scope, of_lot):
    return SQL(
        """
        SELECT old.*
          FROM retraced
    CROSS JOIN LATERAL (
               SELECT %s FROM stock_move_line
                WHERE state = 'done' AND date < %s AND %s
                  AND stock_move_line.product_id = retraced.product_id
               OFFSET 0) old
        """,
        LINE,
        scope.closing.until,
        of_lot,
    )


def _touched(_scope):
    return SQL(
        """
        SELECT location_id, product_id, COALESCE(lot_id, 0) AS lot_id,
               COALESCE(owner_id, 0) AS owner_id FROM line
         UNION
        SELECT location_dest_id, product_id, COALESCE(lot_id, 0),
               COALESCE(owner_id, 0) FROM line
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
         WHERE (product_id, lot_id) NOT IN (SELECT product_id, lot_id FROM retraced)
        """,
        SHELF,
    )


def _arrival_since(scope):
    return SQL(
        """
        %s
         UNION ALL
        SELECT location_id, product_id, NULLIF(lot_id, 0), NULLIF(owner_id, 0),
               first_id, date, NULL, NULL, quantity, '-infinity', position
          FROM opening WHERE quantity > 0
        """,
        _arrival(scope),
    )


def _departure_since(scope):
    return SQL(
        """
        %s
         UNION ALL
        SELECT location_id, product_id, NULLIF(lot_id, 0), NULLIF(owner_id, 0),
               first_id, NULL, NULL, -quantity, '-infinity', position
          FROM opening WHERE quantity < 0
        """,
        _departure(scope),
    )


_SINCE_CLOSING = [
    ("since", "MATERIALIZED", _since),
    ("retraced", "", _retraced),
    ("line", "MATERIALIZED", _lines_that_count),
    ("touched", "MATERIALIZED", _touched),
    ("closed", "NOT MATERIALIZED", _closed),
    ("opening", "MATERIALIZED", _opening),
    ("arrival", "NOT MATERIALIZED", _arrival_since),
    ("departure", "NOT MATERIALIZED", _departure_since),
]
