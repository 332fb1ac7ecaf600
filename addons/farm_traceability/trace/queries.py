"""The statements of the trace. Each reads one kind of fact for a whole set of lots.

Lots go in as one array literal that is unnested, so that 100,000 of them cost no
planning. In ``stock_move_line_consume_rel`` the column ``consume_line_id`` is the
line that was *made* and ``produce_line_id`` the line that was *used*.
"""

from odoo.tools import SQL

# Matter begins as a lot when it comes from there.
ENTRY = ("supplier", "inventory", "production")
INSIDE = ("internal", "transit")

UP, DOWN = "up", "down"
_COLUMNS = {
    UP: ("consume_line_id", "produce_line_id"),
    DOWN: ("produce_line_id", "consume_line_id"),
}


def _lots(lot_ids):
    literal = "{" + ",".join(map(str, lot_ids)) + "}"
    return SQL("unnest(%s::int[]) AS node(id)", literal)


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
            SELECT node.id FROM %(lots)s
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


def edges(lot_ids):
    """Parents of lots with the quantities that passed between them.

    The relation says which used lines stand behind a made line, not how much of
    each. An operation with several of both links all to all. So:

    - a used line is spread over the lines made of it, by their quantities;
    - a made line is ascribed to the lines used for it, by what each gave.

    Quantities in units that convert are compared in their common reference unit.
    Those that do not convert (kilograms and pieces) cannot be compared: a used line
    then gives each kind of output an equal part, and a made line is ascribed to each
    kind of input by itself. Inputs without a lot take their part of their kind.
    A made line that brings no new quantity (a repaired product) gets quantity 0.
    """
    return SQL(
        """
        WITH made AS MATERIALIZED (
            SELECT line.id, line.lot_id, line.date,
                   CASE WHEN source.usage IN %(entry)s
                        THEN line.quantity_product_uom::float8
                        ELSE 0 END AS quantity
              FROM %(lots)s
              JOIN stock_move_line line
                ON line.lot_id = node.id AND line.state = 'done'
              JOIN stock_location source ON source.id = line.location_id
        ), link AS MATERIALIZED (
            SELECT made.id AS made_id, rel.produce_line_id AS used_id
              FROM made
              JOIN stock_move_line_consume_rel rel ON rel.consume_line_id = made.id
        ), output AS (
            SELECT used.used_id, line.id AS made_id, unit.kind,
                   CASE WHEN source.usage IN %(entry)s
                        THEN line.quantity_product_uom::float8 * unit.factor
                        ELSE 0 END AS weight
              FROM (SELECT DISTINCT used_id FROM link) used
              JOIN stock_move_line_consume_rel rel ON rel.produce_line_id = used.used_id
              JOIN stock_move_line line
                ON line.id = rel.consume_line_id AND line.state = 'done'
              JOIN stock_location source ON source.id = line.location_id
              JOIN (%(units)s) unit ON unit.product_id = line.product_id
        ), output_kind AS (
            SELECT used_id, kind, sum(weight) AS weight, count(*) AS lines,
                   count(*) OVER (PARTITION BY used_id) AS kinds
              FROM output
             GROUP BY used_id, kind
        ), given AS (
            SELECT link.made_id, used.lot_id, unit.kind, unit.factor,
                   used.quantity_product_uom::float8 / output_kind.kinds
                   * CASE WHEN output_kind.weight > 0
                          THEN output.weight / output_kind.weight
                          ELSE 1.0 / output_kind.lines END AS quantity
              FROM link
              JOIN output USING (made_id, used_id)
              JOIN output_kind USING (used_id, kind)
              JOIN stock_move_line used
                ON used.id = link.used_id AND used.state = 'done'
              JOIN (%(units)s) unit ON unit.product_id = used.product_id
        ), ascribed AS (
            SELECT made_id, lot_id, quantity,
                   CASE WHEN sum(quantity * factor) OVER same_kind > 0
                        THEN quantity * factor
                             / sum(quantity * factor) OVER same_kind
                        ELSE 1.0 / count(*) OVER same_kind END AS share
              FROM given
            WINDOW same_kind AS (PARTITION BY made_id, kind)
        )
        SELECT ascribed.lot_id, made.lot_id,
               sum(ascribed.quantity),
               sum(ascribed.share * made.quantity),
               max(made.date)
          FROM ascribed
          JOIN made ON made.id = ascribed.made_id
         WHERE ascribed.lot_id IS NOT NULL
         GROUP BY ascribed.lot_id, made.lot_id
         ORDER BY made.lot_id, ascribed.lot_id
        """,
        lots=_lots(lot_ids),
        entry=ENTRY,
        units=_UNITS,
    )


# Kind of unit of each product, and its size in that kind's reference unit.
_UNITS = SQL(
    """
    SELECT product.id AS product_id, uom.factor::float8 AS factor,
           split_part(uom.parent_path, '/', 1) AS kind
      FROM product_product product
      JOIN product_template template ON template.id = product.product_tmpl_id
      JOIN uom_uom uom ON uom.id = template.uom_id
    """
)


def events(lot_ids):
    """Done moves of lots that do not stay inside, one row per lot and move."""
    return SQL(
        """
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
          FROM %(lots)s
          JOIN stock_move_line line ON line.lot_id = node.id AND line.state = 'done'
          JOIN stock_location source ON source.id = line.location_id
          JOIN stock_location target ON target.id = line.location_dest_id
          LEFT JOIN stock_move move ON move.id = line.move_id
          LEFT JOIN stock_picking picking ON picking.id = line.picking_id
          LEFT JOIN res_partner partner
            ON partner.id = COALESCE(picking.partner_id, move.partner_id)
         WHERE NOT (source.usage IN %(inside)s AND target.usage IN %(inside)s)
           AND source.usage != target.usage
         GROUP BY line.lot_id, kind, source.usage, target.usage, line.move_id,
                  line.picking_id, line.company_id, partner.id
         ORDER BY max(line.date), line.move_id, line.lot_id
        """,
        lots=_lots(lot_ids),
        inside=INSIDE,
    )


def places(lot_ids):
    return SQL(
        """
        SELECT quant.lot_id, quant.location_id, location.usage,
               location.company_id, quant.package_id, quant.owner_id,
               sum(quant.quantity)::float8, sum(quant.reserved_quantity)::float8
          FROM %(lots)s
          JOIN stock_quant quant ON quant.lot_id = node.id
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
