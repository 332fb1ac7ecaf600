"""Statements about the transfers that lots left by."""

from odoo.tools import SQL

from .input_query import feeding
from .queries import lines
from .reading import array

# What Odoo calls deliveries, and dropships.
_LEFT = SQL(
    """
          JOIN stock_picking_type kind ON kind.id = picking.picking_type_id
          JOIN stock_location target ON target.id = picking.location_dest_id
         WHERE (kind.code = 'outgoing' OR target.usage = 'customer')
    """
)


def deliveries(lot_ids):
    """Transfers that lots left by."""
    return SQL(
        """
        SELECT picking.id
          FROM (SELECT DISTINCT line.picking_id FROM %s) sent
          JOIN stock_picking picking ON picking.id = sent.picking_id
          %s
         ORDER BY picking.id
        """,
        lines(lot_ids),
        _LEFT,
    )


def deliveries_down(lot_ids):
    """Transfers that lots, and what was made of them, left by: in one walk.

    Each line is read once: it leads to the lots made of it, or it names its transfer.
    The lots on the way stay in the server. Rows of a transfer, or of a lot that was
    grown or treated with any of them: there the walk has to go on.
    """
    return SQL(
        """
        WITH RECURSIVE walk(lot_id, picking_id) AS (
            SELECT lot.id, NULL::int FROM stock_lot lot WHERE lot.id = ANY(%(lots)s)
            UNION
            SELECT step.lot_id, step.picking_id
              FROM walk
        CROSS JOIN LATERAL (
                SELECT made.lot_id,
                       CASE WHEN made.lot_id IS NULL THEN line.picking_id END
                       AS picking_id
                  FROM stock_move_line line
                  LEFT JOIN (
                        stock_move_line_consume_rel rel
                        JOIN stock_move_line made
                          ON made.id = rel.consume_line_id
                         AND made.state = 'done'
                         AND made.lot_id IS NOT NULL
                       ) ON rel.produce_line_id = line.id
                 WHERE line.lot_id = walk.lot_id
                   AND line.state = 'done'
                   AND (made.lot_id IS NOT NULL OR line.picking_id IS NOT NULL)
                OFFSET 0
               ) step
             WHERE walk.lot_id IS NOT NULL
        )
        SELECT picking.id, NULL::int
          FROM walk
          JOIN stock_picking picking ON picking.id = walk.picking_id
          %(left)s
         UNION ALL
        SELECT NULL, fed.id FROM (%(feeding)s) AS fed(agent, id)
        """,
        lots=array(lot_ids),
        left=_LEFT,
        feeding=feeding(SQL("SELECT lot_id FROM walk WHERE lot_id IS NOT NULL")),
    )
