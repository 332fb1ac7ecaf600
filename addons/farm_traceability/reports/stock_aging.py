"""The statement that says how old stock is; :mod:`..aging` says what is meant by it.

First in, first out needs no queue. On each shelf (place, product, lot and owner) the
n-th unit that leaves is the n-th that came. So lines are laid end to end, those that
came (``came``) and those that left (``sent``), each with the running total ``top``:

- what remains is what came above the total that is gone;
- a transfer of the units from 30 to 40 carried what came as 30 to 40 to its source,
  and so on back to where the goods came in from outside (``layer``). A unit has one
  unit before it at most, and none has two after it, so that this ends;
- what lot operations made is as old as the oldest unit used for it (``origin``).

Both directions are read off an index in the order in which they are summed up.
"""

from typing import NamedTuple

from odoo.tools import SQL

SHELF = SQL("location_id, product_id, lot_id, owner_id")


class Scope(NamedTuple):
    """Which stock: places of these companies, at the moment before ``until``.

    :param list[int] companies: ids
    :param datetime until: UTC, naive
    """

    companies: list
    until: object


def layers(scope):
    """``WITH`` clauses that end in the table ``remaining``.

    Its columns: those of the shelf, ``first_id`` (the line by which the goods came to
    the shelf), ``date`` (when they came in from outside, UTC; null for gaps) and
    ``quantity`` (below zero for gaps); lot and owner are 0 where there is none.
    """
    return SQL(
        """
        WITH RECURSIVE place AS MATERIALIZED (%(place)s),
             gone AS MATERIALIZED (%(gone)s),
             came AS MATERIALIZED (%(came)s),
             tail AS MATERIALIZED (%(tail)s),
             gap AS MATERIALIZED (%(gap)s),
             arrived AS (%(arrived)s),
             sent AS MATERIALIZED (%(sent)s),
             layer AS (%(first)s UNION ALL %(before)s),
             origin AS (%(made)s UNION %(used_before)s),
             oldest AS (%(oldest)s),
             remaining AS MATERIALIZED (%(remaining)s)
        """,
        place=_place(scope),
        gone=_gone(scope),
        came=_came(scope),
        tail=_TAIL,
        gap=_GAP,
        arrived=_ARRIVED,
        sent=_sent(scope),
        first=_FIRST,
        before=_before("layer", _LAYER_ROOT, _CARRIED),
        made=_MADE,
        used_before=_before("origin", ["made_id"], _USED),
        oldest=_OLDEST,
        remaining=_REMAINING,
    )


def _place(scope):
    return SQL(
        """
        SELECT id, company_id, warehouse_id
          FROM stock_location
         WHERE (usage = 'internal' OR usage = 'transit' AND company_id IS NOT NULL)
           AND (company_id IS NULL OR company_id = ANY(%s))
        """,
        scope.companies,
    )


def _gone(scope):
    """What left each shelf, and when goods were last issued from it."""
    return SQL(
        """
        SELECT location_id, product_id, COALESCE(lot_id, 0) AS lot_id,
               COALESCE(owner_id, 0) AS owner_id, sum(quantity_product_uom) AS quantity,
               min(id) AS first_id,
               max(date) FILTER (WHERE location_dest_id IN (
                   SELECT id FROM stock_location
                    WHERE usage IN ('customer', 'production'))) AS issued
          FROM stock_move_line
         WHERE state = 'done' AND date < %(until)s
           AND location_id = ANY(ARRAY(SELECT id FROM place))
         GROUP BY stock_move_line.location_id, stock_move_line.product_id,
                  stock_move_line.lot_id, stock_move_line.owner_id
        """,
        until=scope.until,
    )


def _came(scope):
    return SQL(
        """
        SELECT location_dest_id AS location_id, product_id,
               COALESCE(lot_id, 0) AS lot_id, COALESCE(owner_id, 0) AS owner_id,
               id, date, location_id AS source_id, move_id,
               quantity_product_uom AS size,
               sum(quantity_product_uom) OVER (
                   PARTITION BY location_dest_id, product_id, lot_id, owner_id
                       ORDER BY date, id) AS top
          FROM stock_move_line
         WHERE state = 'done' AND date < %(until)s
           AND location_dest_id = ANY(ARRAY(SELECT id FROM place))
        """,
        until=scope.until,
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
    SELECT %(shelf)s, short.first_id, short.quantity AS gone,
           COALESCE(max(came.top), 0) AS came
      FROM (SELECT %(shelf)s, gone.first_id, gone.quantity
              FROM gone LEFT JOIN tail USING (%(shelf)s)
             WHERE tail.id IS NULL) short
      LEFT JOIN came USING (%(shelf)s)
     GROUP BY %(shelf)s, short.first_id, short.quantity
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
    """What went to other shelves of the places that sent anything there."""
    return SQL(
        """
        SELECT *
          FROM (SELECT location_id, product_id, COALESCE(lot_id, 0) AS lot_id,
                       COALESCE(owner_id, 0) AS owner_id, id, date, location_dest_id,
                       quantity_product_uom AS size,
                       sum(quantity_product_uom) OVER (
                           PARTITION BY location_id, product_id, lot_id, owner_id
                               ORDER BY date, id) AS top
                  FROM stock_move_line
                 WHERE state = 'done' AND date < %(until)s
                   AND location_id = ANY(ARRAY(
                       SELECT source_id FROM came INTERSECT SELECT id FROM place))
               ) line
         WHERE location_dest_id IN (SELECT id FROM place)
         UNION ALL
        SELECT * FROM (%(lost)s) lost
        """,
        until=scope.until,
        lost=_lost(scope),
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


def _ask(line):
    """Where the age of a line's goods is found.

    Null: the line itself; -1: the shelf they came from; 0: what a lot operation used;
    above 0: the move that had delivered them. Moves are read for the few lines that
    may have more to say.
    """
    return SQL(
        """
        CASE WHEN %(line)s.source_id IN (SELECT id FROM place) THEN -1
             WHEN %(line)s.source_id IN (
                  SELECT id FROM stock_location WHERE usage = 'supplier') THEN NULL
             ELSE (SELECT COALESCE(origin_returned_move_id, lot_operation_id * 0)
                     FROM stock_move WHERE id = %(line)s.move_id)
         END
        """,
        line=line,
    )


# What is still on its shelf, by the line that brought it there. ``low`` and ``high``
# are positions within the line ``id``.
_FIRST = SQL(
    """
    SELECT %(shelf)s, id AS first_id, id, date, %(back)s AS back,
           GREATEST(gone - top + size, 0) AS low, size AS high
      FROM tail
     WHERE top > gone AND size > 0
    """,
    shelf=SHELF,
    back=_ask(SQL("tail")),
)


def _before(table, root, steps):
    """One step back: from positions in lines by which goods came to those before them.

    The steps are made first (``OFFSET 0``); what they are looked up in is then read
    once for all of them, and not once for each.

    :param root: names of the columns for which a step is made, handed on
    :param steps: SQL, lines by which the goods left before, and the positions in
        those; a line that is null says that no more is known
    """
    return SQL(
        """
        SELECT %(step_root)s, arrived.id, LEAST(arrived.date, sent.date, step.date),
               CASE WHEN arrived.date <= sent.date THEN %(back)s END,
               CASE WHEN arrived.top IS NULL THEN step.low ELSE GREATEST(0,
                    sent.top - sent.size + step.low - arrived.top + arrived.size) END,
               CASE WHEN arrived.top IS NULL THEN step.high ELSE LEAST(arrived.size,
                    sent.top - sent.size + step.high - arrived.top + arrived.size) END
          FROM (SELECT %(node_root)s, node.date, line.id, line.low, line.high
                  FROM %(table)s node
            CROSS JOIN LATERAL (%(steps)s) line(id, low, high)
                OFFSET 0) step
          LEFT JOIN sent ON sent.id = step.id
          LEFT JOIN arrived
            ON arrived.location_id = sent.location_id
           AND arrived.product_id = sent.product_id
           AND arrived.lot_id = sent.lot_id
           AND arrived.owner_id = sent.owner_id
           AND arrived.top > sent.top - sent.size + step.low
           AND arrived.top - arrived.size < sent.top - sent.size + step.high
        """,
        table=SQL.identifier(table),
        step_root=_columns("step", root),
        node_root=_columns("node", root),
        steps=steps,
        back=_ask(SQL("arrived")),
    )


def _columns(table, names):
    return SQL(", ").join(SQL.identifier(table, name) for name in names)


_LAYER_ROOT = ["location_id", "product_id", "lot_id", "owner_id", "first_id"]

_ALIKE = SQL(
    """other.product_id = line.product_id
       AND other.lot_id IS NOT DISTINCT FROM line.lot_id
       AND other.owner_id IS NOT DISTINCT FROM line.owner_id"""
)

# The line that brought goods back, and how much came back before it.
_RETURNED = SQL(
    """
    SELECT line.product_id, line.lot_id, line.owner_id,
           COALESCE((
               SELECT sum(other.quantity_product_uom)
                 FROM stock_move move
                 JOIN stock_move_line other ON other.move_id = move.id
                WHERE move.origin_returned_move_id = node.back
                  AND other.state = 'done' AND %(alike)s
                  AND (other.date, other.id) < (line.date, line.id)), 0) AS start
      FROM stock_move_line line
     WHERE line.id = node.id AND node.back > 0
    """,
    alike=_ALIKE,
)

# What had been delivered; what came back above that is of no delivery.
_DELIVERED = SQL(
    """
    SELECT other.id, other.quantity_product_uom AS size,
           sum(other.quantity_product_uom) OVER (ORDER BY other.date, other.id)
           - other.quantity_product_uom AS start
      FROM stock_move_line other
     WHERE other.move_id = node.back AND other.state = 'done' AND %(alike)s
     UNION ALL
    SELECT NULL, 1e15, COALESCE(sum(other.quantity_product_uom), 0)
      FROM stock_move_line other
     WHERE other.move_id = node.back AND other.state = 'done' AND %(alike)s
    """,
    alike=_ALIKE,
)

# By a transfer, which is the line itself; or by the delivery that came back.
_CARRIED = SQL(
    """
    SELECT node.id, node.low, node.high WHERE node.back = -1
     UNION ALL
    SELECT delivered.id, GREATEST(node.low + line.start - delivered.start, 0),
           LEAST(node.high + line.start - delivered.start, delivered.size)
      FROM (%(returned)s OFFSET 0) line
CROSS JOIN LATERAL (%(delivered)s) delivered
     WHERE delivered.start < node.high + line.start
       AND delivered.start + delivered.size > node.low + line.start
    """,
    returned=_RETURNED,
    delivered=_DELIVERED,
)

# Also all that lot operations used for what they made.
_USED = SQL(
    """
    %s
     UNION ALL
    SELECT line.id, 0, line.quantity_product_uom
      FROM stock_move_line_consume_rel rel
      JOIN stock_move_line line ON line.id = rel.produce_line_id
     WHERE rel.consume_line_id = node.id AND node.back = 0
    """,
    _CARRIED,
)

_MADE = SQL(
    """
    SELECT DISTINCT id AS made_id, id, date, 0 AS back, 0::numeric AS low,
           0::numeric AS high
      FROM layer WHERE back = 0
    """
)


_OLDEST = SQL("SELECT made_id, min(date) AS date FROM origin GROUP BY made_id")

_REMAINING = SQL(
    """
    SELECT location_id, product_id, lot_id, owner_id, first_id,
           COALESCE(oldest.date, layer.date) AS date, high - low AS quantity
      FROM layer
      LEFT JOIN oldest ON layer.back = 0 AND oldest.made_id = layer.id
     WHERE layer.back IS NULL OR layer.back = 0
     UNION ALL
    SELECT location_id, product_id, lot_id, owner_id, first_id, NULL, came - gone
      FROM gap
    """
)
