"""The statement that says how much of which lot went into which.

The relation says which used lines stand behind a made line, not how much of each. An
operation with several of both links all to all. So:

- a used line is spread over the lines made of it, by what they took of it where a lot
  operation put that on record, else by their quantities;
- a made line is ascribed to the lines used for it, by what each gave.

Quantities in units that convert are compared in their common reference unit. Those
that do not convert (kilograms and pieces) cannot be compared: a used line then gives
each kind of output an equal part, and a made line is ascribed to each kind of input by
itself. Inputs without a lot take their part of their kind. A made line that brings no
new quantity (a repaired product) gets quantity 0.
"""

from odoo.tools import SQL

from .queries import ENTRY
from .reading import array


def edges(lot_ids):
    """Parents of lots with the quantities that passed between them.

    How many rows a step finds is more than the planner can guess. So each step looks
    rows up by index for each row of the step before (``OFFSET 0``), and what must be
    brought together is in a ``FULL JOIN``, which is never a loop in a loop; a plain
    condition on one side would turn it into one that may be.
    """
    lots = array(lot_ids)
    return SQL(
        """
        WITH used AS (%(used)s),
             pair AS MATERIALIZED (%(pairs)s),
             made AS (%(made)s),
             given AS (%(given)s),
             ascribed AS (%(ascribed)s)
        SELECT lot_id, child_id, sum(quantity), sum(share * made_quantity), max(date)
          FROM ascribed
         WHERE lot_id IS NOT NULL
         GROUP BY lot_id, child_id
         ORDER BY child_id, lot_id
        """,
        used=_used(lots),
        pairs=_PAIRS,
        made=_MADE,
        given=_GIVEN,
        ascribed=_ascribed(lots),
    )


# The unit of a ``line``: its kind, and its size in that kind's reference unit.
_UNIT = SQL(
    """
          JOIN product_product product ON product.id = line.product_id
          JOIN product_template template ON template.id = product.product_tmpl_id
          JOIN uom_uom uom ON uom.id = template.uom_id
    """
)
_KIND = SQL("uom.factor::float8 AS factor, split_part(uom.parent_path, '/', 1) AS kind")


def _used(lots):
    """Lines that were used for any of the lots, each once."""
    return SQL(
        """
        SELECT one.id, detail.*
          FROM (
                SELECT DISTINCT step.id
                  FROM unnest(%(lots)s) AS node(id)
            CROSS JOIN LATERAL (
                    SELECT rel.produce_line_id AS id
                      FROM stock_move_line line
                      JOIN stock_move_line_consume_rel rel
                        ON rel.consume_line_id = line.id
                     WHERE line.lot_id = node.id AND line.state = 'done'
                    OFFSET 0
                   ) step
               ) one
    CROSS JOIN LATERAL (
            SELECT line.lot_id, line.quantity_product_uom::float8 AS quantity, %(kind)s
              FROM stock_move_line line %(unit)s
             WHERE line.id = one.id AND line.state = 'done'
            OFFSET 0
           ) detail
        """,
        lots=lots,
        kind=_KIND,
        unit=_UNIT,
    )


# Used lines with all that was made of them, lots in question or not.
_PAIRS = SQL(
    """
    SELECT used.*, step.made_id
      FROM used
CROSS JOIN LATERAL (
        SELECT consume_line_id AS made_id
          FROM stock_move_line_consume_rel
         WHERE produce_line_id = used.id
        OFFSET 0
       ) step
    """
)

# Those made lines, each once. What they weigh against each other is what they took, by
# the record of a lot operation, else their quantity.
_MADE = SQL(
    """
    SELECT one.id, detail.lot_id, detail.date, detail.quantity,
           CASE WHEN detail.taken IS NULL THEN detail.kind ELSE '' END AS rivals,
           detail.quantity * COALESCE(detail.taken, detail.factor) AS weight
      FROM (SELECT DISTINCT made_id AS id FROM pair) one
CROSS JOIN LATERAL (
        SELECT line.lot_id, line.date, %(kind)s,
               CASE WHEN source.usage IN %(entry)s
                    THEN line.quantity_product_uom::float8 ELSE 0 END AS quantity,
               (SELECT sum(output.input_quantity) / sum(output.quantity)
                  FROM farm_lot_operation_output output
                 WHERE output.operation_id = move.lot_operation_id
                   AND output.lot_id = line.lot_id)::float8 AS taken
          FROM stock_move_line line %(unit)s
          JOIN stock_location source ON source.id = line.location_id
          LEFT JOIN stock_move move ON move.id = line.move_id
         WHERE line.id = one.id AND line.state = 'done'
        OFFSET 0
       ) detail
    """,
    kind=_KIND,
    entry=ENTRY,
    unit=_UNIT,
)

# What used lines gave to each line that was made of them.
_GIVEN = SQL(
    """
    SELECT made_id, child_id, made_quantity, date, lot_id, kind, factor,
           quantity * part / max(rank) OVER (PARTITION BY id) AS quantity
      FROM (
            SELECT pair.*, made.lot_id AS child_id, made.quantity AS made_quantity,
                   made.date,
                   dense_rank() OVER (PARTITION BY pair.id ORDER BY rivals) AS rank,
                   CASE WHEN sum(made.weight) OVER alike > 0
                        THEN made.weight / sum(made.weight) OVER alike
                        ELSE 1.0 / count(*) OVER alike END AS part
              FROM pair
              FULL JOIN made ON made.id = pair.made_id
             WHERE COALESCE(made.id, 0) > 0
            WINDOW alike AS (PARTITION BY pair.id, rivals)
           ) rated
    """
)


def _ascribed(lots):
    """Which share of the lines that made the lots came from each used line."""
    return SQL(
        """
        SELECT lot_id, child_id, made_quantity, date, quantity,
               CASE WHEN sum(quantity * factor) OVER same_kind > 0
                    THEN quantity * factor / sum(quantity * factor) OVER same_kind
                    ELSE 1.0 / count(*) OVER same_kind END AS share
          FROM given
         WHERE child_id = ANY(%s)
        WINDOW same_kind AS (PARTITION BY made_id, kind)
        """,
        lots,
    )
