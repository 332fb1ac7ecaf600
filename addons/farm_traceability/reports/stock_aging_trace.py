"""What remains is followed back to where it came in from outside.

- A transfer carried what came to its source at the same positions.
- What comes back of a delivery is what had been delivered: first out, first back.
- What lot operations made is as old as the oldest unit used for it (``origin``).

A unit has one unit before it at most, and none has two after it, so that this ends.
"""

from odoo.tools import SQL

from .stock_aging_shelf import SHELF


def tables(scope):
    """The ``WITH`` clauses from ``layer`` to ``remaining``."""
    return SQL(
        """
        layer AS (%(first)s UNION ALL %(before)s),
        origin AS (%(made)s UNION %(used_before)s),
        oldest AS (SELECT made_id, min(date) AS date FROM origin GROUP BY made_id),
        remaining AS (%(remaining)s)
        """,
        first=_FIRST,
        before=_before("layer", _LAYER_ROOT, _CARRIED, SQL(", step.start - fit.shift")),
        made=_MADE,
        used_before=_before("origin", ["made_id"], _USED),
        remaining=_remaining(scope),
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
# are positions within the line ``id``, which begins at ``start`` of the shelf.
_FIRST = SQL(
    """
    SELECT %(shelf)s, id AS first_id, id, date, %(back)s AS back,
           GREATEST(gone - top + size, 0) AS low, size AS high, top - size AS start
      FROM tail
     WHERE top > gone AND size > 0
    """,
    shelf=SHELF,
    back=_ask(SQL("tail")),
)


def _before(table, root, steps, start=None):
    """One step back: from positions in lines by which goods came to those before them.

    The steps are made first (``OFFSET 0``); what they are looked up in is then read
    once for all of them, and not once for each.

    :param root: names of the columns for which a step is made, handed on
    :param steps: SQL, lines by which the goods left before, the positions in those,
        and by how much these are higher; a line that is null says that no more is known
    :param start: SQL, where the line before begins on the shelf that is told of
    """
    return SQL(
        """
        SELECT %(step_root)s, arrived.id, LEAST(arrived.date, sent.date, step.date),
               CASE WHEN arrived.date <= sent.date THEN %(back)s END,
               GREATEST(step.low + fit.shift, 0),
               LEAST(step.high + fit.shift, arrived.size) %(start)s
          FROM (SELECT %(node_root)s, node.date, line.id, line.low, line.high
                       %(node_start)s
                  FROM %(table)s node
            CROSS JOIN LATERAL (%(steps)s) line(id, low, high, shift)
                OFFSET 0) step
          LEFT JOIN sent ON sent.id = step.id
          LEFT JOIN arrived
            ON arrived.location_id = sent.location_id
           AND arrived.product_id = sent.product_id
           AND arrived.lot_id = sent.lot_id
           AND arrived.owner_id = sent.owner_id
           AND arrived.top > sent.top - sent.size + step.low
           AND arrived.top - arrived.size < sent.top - sent.size + step.high
    CROSS JOIN LATERAL (
            SELECT COALESCE(sent.top - sent.size - arrived.top + arrived.size, 0)
            ) fit(shift)
        """,
        table=SQL.identifier(table),
        step_root=_columns("step", root),
        node_root=_columns("node", root),
        node_start=SQL(", node.start - line.shift AS start") if start else SQL(),
        steps=steps,
        start=start or SQL(),
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
    SELECT node.id, node.low, node.high, 0 WHERE node.back = -1
     UNION ALL
    SELECT delivered.id, GREATEST(node.low + line.start - delivered.start, 0),
           LEAST(node.high + line.start - delivered.start, delivered.size),
           line.start - delivered.start
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
    SELECT line.id, 0, line.quantity_product_uom, 0
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


def _remaining(scope):
    return SQL(
        """
        SELECT location_id, product_id, lot_id, owner_id, first_id,
               COALESCE(oldest.date, layer.date) AS date, high - low AS quantity,
               start + low AS position
          FROM layer
          LEFT JOIN oldest ON layer.back = 0 AND oldest.made_id = layer.id
         WHERE layer.back IS NULL OR layer.back = 0
         UNION ALL
        SELECT location_id, product_id, lot_id, owner_id, last_id, NULL, came - gone, 0
          FROM gap
        %s
        """,
        _UNTOUCHED if scope.closing else SQL(),
    )


_UNTOUCHED = SQL(
    """
     UNION ALL
    SELECT closed.*
      FROM closed
     WHERE NOT EXISTS (
           SELECT FROM touched
            WHERE touched.location_id = closed.location_id
              AND touched.product_id = closed.product_id
              AND touched.lot_id = closed.lot_id
              AND touched.owner_id = closed.owner_id)
    """
)
