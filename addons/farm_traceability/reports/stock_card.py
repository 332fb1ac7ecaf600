"""Statements of the stock card.

A line brings goods when its destination lies in the places that are asked, and takes
goods when its source does. A line that does both moves goods inside: it changes no
balance. What lies there now is what the quants say; the balance of any moment before is
that, less what lines have brought since.
"""

from odoo.tools import SQL

from ..trace.reading import array
from .stock_card_parts import (
    cost,
    cost_joins,
    cost_of_row,
    moved,
    on_hand,
    prices,
    sides,
)


def sections(scope, part="product", lang="en_US", limit=None, offset=0):
    """Sums of each product, parted by lot, owner, package, place or warehouse.

    Each row: product, part, opening, in, out, closing, value of the opening, of what
    came, of what went, of the closing; lines in the period; number of all sections.
    Sections in which nothing is or was are left out.
    """
    return SQL(
        """
        WITH %(prices)s, entry AS (
            SELECT entry.*, %(cost)s AS cost
              FROM (%(moved)s UNION ALL %(on_hand)s) entry %(joins)s
        ), total AS (
            SELECT product_id, part,
                   sum(on_hand - since) AS opening,
                   COALESCE(sum(came), 0) AS came, COALESCE(sum(went), 0) AS went,
                   sum((on_hand - since) * cost) AS opening_value,
                   COALESCE(sum(came * cost), 0) AS came_value,
                   COALESCE(sum(went * cost), 0) AS went_value,
                   sum(lines)::int AS lines
              FROM entry
             GROUP BY product_id, part
        )
        SELECT total.product_id, total.part, opening::float8, came::float8,
               went::float8, (opening + came - went)::float8, opening_value::float8,
               came_value::float8, went_value::float8,
               (opening_value + came_value - went_value)::float8, lines,
               count(*) OVER ()
          FROM total
          JOIN product_product product ON product.id = total.product_id
          JOIN product_template template ON template.id = product.product_tmpl_id
         WHERE template.is_storable
           AND (opening != 0 OR came != 0 OR went != 0 OR lines != 0)
         ORDER BY COALESCE(template.name->>%(lang)s, template.name->>'en_US'),
                  total.product_id, total.part
         LIMIT %(limit)s OFFSET %(offset)s
        """,
        prices=prices(scope),
        cost=cost(scope),
        moved=moved(scope, part),
        on_hand=on_hand(scope, part),
        joins=cost_joins(scope),
        lang=lang,
        limit=limit,
        offset=offset,
    )


def rows(scope, balance, value=0, after=None, limit=None, offset=0, backward=False):
    """Lines of one section in order, with what each changes and the balance behind it.

    Each row: id, date, in, out, balance, value of the change, value of the balance,
    whether it moves inside.

    :param balance: before the period, or behind the line ``after``; with ``backward``,
        at the end of the period
    :param after: (date, id) of the line that was read last
    :param backward: whether lines come, and are skipped, from the last one
    """
    way = SQL("DESC" if backward else "ASC")
    return SQL(
        """
        WITH %(prices)s
        SELECT id, date,
               CASE WHEN change > 0 THEN change ELSE 0 END::float8,
               CASE WHEN change < 0 THEN -change ELSE 0 END::float8,
               (%(balance)s::numeric %(running)s)::float8,
               (change * cost)::float8,
               (%(value)s::numeric %(running_value)s)::float8, change = 0
          FROM (SELECT id, date, %(cost)s AS cost,
                       CASE WHEN brings AND takes THEN 0
                            WHEN brings THEN quantity ELSE -quantity END AS change
                  FROM (%(sides)s) entry
                 WHERE %(listed)s
                 ORDER BY date %(way)s, id %(way)s OFFSET 0) change
        WINDOW running AS (ORDER BY date %(way)s, id %(way)s
                           ROWS UNBOUNDED PRECEDING)
         ORDER BY date %(way)s, id %(way)s
         LIMIT %(limit)s OFFSET %(offset)s
        """,
        prices=prices(scope),
        balance=balance,
        running=_running(SQL("change"), backward),
        value=value,
        running_value=_running(SQL("change * cost"), backward),
        cost=cost_of_row(scope),
        sides=sides(
            scope,
            order=SQL("stock_move_line.date %s, stock_move_line.id %s", way, way),
            bounds=_bounds(scope, after),
        ),
        listed=SQL("TRUE") if scope.shows_inner else SQL("brings != takes"),
        way=way,
        limit=limit,
        offset=offset,
    )


def _bounds(scope, after):
    date = SQL("stock_move_line.date")
    bounds = [SQL("TRUE")]
    if scope.end:
        bounds.append(SQL("%s < %s", date, scope.end))
    if after:
        bounds.append(SQL("(%s, stock_move_line.id) > (%s, %s)", date, *after))
    return SQL(" AND ").join(bounds)


def _running(what, backward):
    """What is added to a balance behind each row; from the end, taken off after it."""
    if not backward:
        return SQL("+ sum(%s) OVER running", what)
    return SQL("- sum(%(what)s) OVER running + %(what)s", what=what)


def words(line_ids, lang):
    """What the lines say, in order of the ids given.

    Each row: id, document, its kind, partner, from, to, lot, package, owner.
    """
    return SQL(
        """
        SELECT line.id, COALESCE(move.reference, operation.name),
               CASE WHEN move.lot_operation_id IS NOT NULL THEN 'operation'
                    WHEN move.scrap_id IS NOT NULL THEN 'scrap'
                    WHEN move.is_inventory THEN 'inventory' END,
               COALESCE(type.name->>%(lang)s, type.name->>'en_US'),
               partner.complete_name, source.complete_name, target.complete_name,
               lot.name, package.complete_name, result.complete_name,
               owner.complete_name
          FROM unnest(%(ids)s) WITH ORDINALITY AS asked(id, position)
          JOIN stock_move_line line ON line.id = asked.id
          JOIN stock_location source ON source.id = line.location_id
          JOIN stock_location target ON target.id = line.location_dest_id
          LEFT JOIN stock_move move ON move.id = line.move_id
          LEFT JOIN stock_picking picking ON picking.id = line.picking_id
          LEFT JOIN stock_picking_type type ON type.id = move.picking_type_id
          LEFT JOIN farm_lot_operation operation ON operation.id = move.lot_operation_id
          LEFT JOIN res_partner partner
                 ON partner.id = COALESCE(picking.partner_id, move.partner_id)
          LEFT JOIN stock_lot lot ON lot.id = line.lot_id
          LEFT JOIN stock_package package ON package.id = line.package_id
          LEFT JOIN stock_package result ON result.id = line.result_package_id
          LEFT JOIN res_partner owner ON owner.id = line.owner_id
         ORDER BY asked.position
        """,
        ids=array(line_ids),
        lang=lang,
    )
