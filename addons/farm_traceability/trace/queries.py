"""The statements of the trace. Each reads one kind of fact for a whole set of lots.

In ``stock_move_line_consume_rel`` the column ``consume_line_id`` is the
line that was *made* and ``produce_line_id`` the line that was *used*.
"""

from odoo.tools import SQL

from .reading import array

# Matter begins as a lot when it comes from there.
ENTRY = ("supplier", "inventory", "production")
INSIDE = ("internal", "transit")
# A dropship names the supplier on the transfer and the customer on its moves.
DIRECT = (("supplier", "customer"), ("customer", "supplier"))

UP, DOWN = "up", "down"
_COLUMNS = {
    UP: ("consume_line_id", "produce_line_id"),
    DOWN: ("produce_line_id", "consume_line_id"),
}


def _lots(lot_ids):
    return SQL("unnest(%s) AS node(id)", array(lot_ids))


def lines(lot_ids):
    """Done lines of lots, as ``line``.

    ``OFFSET 0`` keeps it a look-up by index for each lot: else the planner may well
    read all move lines there are.
    """
    return SQL(
        """
        %s CROSS JOIN LATERAL (
            SELECT * FROM stock_move_line
             WHERE lot_id = node.id AND state = 'done'
            OFFSET 0
        ) line
        """,
        _lots(lot_ids),
    )


def walk(lot_ids, direction, limit):
    """Lots reached from lots, the nearest first, each once.

    ``UNION`` drops what was met before, which ends every loop. ``OFFSET 0`` keeps
    the step a look-up by index for each lot: without it the planner may read all
    move lines at every step.
    """
    here, there = _COLUMNS[direction]
    return SQL(
        """
        WITH RECURSIVE walk(lot_id) AS (
            SELECT lot.id FROM %(lots)s JOIN stock_lot lot ON lot.id = node.id
            UNION
            SELECT step.lot_id
              FROM walk
        CROSS JOIN LATERAL (
                SELECT linked.lot_id
                  FROM stock_move_line line
                  JOIN stock_move_line_consume_rel rel ON rel.%(here)s = line.id
                  JOIN stock_move_line linked ON linked.id = rel.%(there)s
                 WHERE line.lot_id = walk.lot_id
                   AND line.state = 'done'
                   AND linked.state = 'done'
                   AND linked.lot_id IS NOT NULL
                OFFSET 0
               ) step
        )
        SELECT lot_id FROM walk LIMIT %(limit)s
        """,
        lots=_lots(lot_ids),
        here=SQL.identifier(here),
        there=SQL.identifier(there),
        limit=limit,
    )


def lots(lot_ids):
    return SQL(
        """
        SELECT lot.id, lot.product_id, lot.company_id, lot.harvest_id
          FROM %s
          JOIN stock_lot lot ON lot.id = node.id
        """,
        _lots(lot_ids),
    )


def events(lot_ids):
    """Done moves of lots that do not stay inside, one row per lot and move.

    Moves of lot operations that were reversed, there and back, never counted. Their
    links are cut already.
    """
    return SQL(
        """
        WITH undone AS MATERIALIZED (
            SELECT move.id
              FROM farm_lot_operation operation
              JOIN stock_move move ON move.lot_operation_id = operation.id
             WHERE operation.state = 'reversed'
        )
        SELECT line.lot_id,
               CASE WHEN target.usage = 'customer' THEN 'delivered'
                    WHEN source.usage = 'customer' THEN 'returned'
                    WHEN target.usage = 'supplier' THEN 'returned_to_supplier'
                    WHEN target.usage = 'production' THEN 'consumed'
                    WHEN target.usage = 'inventory' AND move.scrap_id IS NOT NULL
                    THEN 'scrapped'
                    WHEN target.usage = 'inventory' THEN 'lost'
                    WHEN source.usage = 'supplier' THEN 'received'
                    WHEN source.usage = 'production' THEN 'produced'
                    ELSE 'found' END AS kind,
               sum(line.quantity_product_uom)::float8, max(line.date),
               source.usage, target.usage, line.move_id, line.picking_id,
               line.company_id, partner.id, partner.commercial_partner_id
          FROM %(lines)s
          JOIN stock_location source ON source.id = line.location_id
          JOIN stock_location target ON target.id = line.location_dest_id
          LEFT JOIN stock_move move ON move.id = line.move_id
          LEFT JOIN stock_picking picking ON picking.id = line.picking_id
          LEFT JOIN res_partner partner ON partner.id = CASE
               WHEN (source.usage, target.usage) IN %(direct)s
               THEN COALESCE(move.partner_id, picking.partner_id)
               ELSE COALESCE(picking.partner_id, move.partner_id) END
         WHERE NOT (source.usage IN %(inside)s AND target.usage IN %(inside)s)
           AND source.usage != target.usage
           AND (line.move_id IN (SELECT id FROM undone)) IS NOT TRUE
         GROUP BY line.lot_id, kind, source.usage, target.usage, line.move_id,
                  line.picking_id, line.company_id, partner.id
         ORDER BY max(line.date), line.move_id, line.lot_id
        """,
        lines=lines(lot_ids),
        inside=INSIDE,
        direct=DIRECT,
    )


def places(lot_ids):
    return SQL(
        """
        SELECT quant.lot_id, quant.location_id, location.usage,
               location.company_id, quant.package_id, quant.owner_id,
               sum(quant.quantity)::float8, sum(quant.reserved_quantity)::float8
          FROM %(lots)s
    CROSS JOIN LATERAL (
            SELECT * FROM stock_quant WHERE lot_id = node.id OFFSET 0
           ) quant
          JOIN stock_location location ON location.id = quant.location_id
         WHERE location.usage IN %(inside)s
         GROUP BY quant.lot_id, quant.location_id, location.usage,
                  location.company_id, quant.package_id, quant.owner_id
        HAVING sum(quant.quantity) != 0
         ORDER BY quant.lot_id, quant.location_id
        """,
        lots=_lots(lot_ids),
        inside=INSIDE,
    )
