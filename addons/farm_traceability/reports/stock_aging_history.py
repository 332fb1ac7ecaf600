"""Which movements the ages of stock are told from: every done move line.

Two tables say it: what arrived on the shelves (``arrival``) and what departed from them
(``departure``), each in its order (``turn``, ``number``).
"""

from odoo.tools import SQL

LINE = SQL(
    """id, date, product_id, lot_id, owner_id, location_id, location_dest_id, move_id,
       quantity_product_uom AS size"""
)


def tables(scope):
    """The ``WITH`` clauses from ``place`` to ``departure``."""
    return with_tables(scope, _FROM_THE_BEGINNING)


def with_tables(scope, tables):
    """:param tables: of name, how the planner reads it, and the statement of a scope"""
    return SQL(", ").join(
        SQL("%s AS %s (%s)", SQL.identifier(name), SQL(how), query(scope))
        for name, how, query in tables
    )


def place(scope):
    return SQL(
        """
        SELECT id, company_id, warehouse_id
          FROM stock_location
         WHERE (usage = 'internal' OR usage = 'transit' AND company_id IS NOT NULL)
           AND (company_id IS NULL OR company_id = ANY(%s))
        """,
        scope.companies,
    )


def every_line(scope):
    return SQL(
        "SELECT %s FROM stock_move_line WHERE state = 'done' AND date < %s",
        LINE,
        scope.until,
    )


def arrival(_scope):
    return SQL(
        """
        SELECT location_dest_id AS location_id, product_id, lot_id, owner_id, id, date,
               location_id AS source_id, move_id, size, date AS turn, id AS number
          FROM line
         WHERE location_dest_id = ANY(ARRAY(SELECT id FROM place))
        """
    )


def departure(_scope):
    return SQL(
        """
        SELECT location_id, product_id, lot_id, owner_id, id, date, location_dest_id,
               size, date AS turn, id AS number
          FROM line
         WHERE location_id = ANY(ARRAY(SELECT id FROM place))
        """
    )


_FROM_THE_BEGINNING = [
    ("place", "MATERIALIZED", place),
    ("line", "NOT MATERIALIZED", every_line),
    ("arrival", "NOT MATERIALIZED", arrival),
    ("departure", "NOT MATERIALIZED", departure),
]
