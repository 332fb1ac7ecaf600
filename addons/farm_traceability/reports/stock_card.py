"""Statements of the stock card.

A line brings goods when its destination lies in the places that are asked, and takes
goods when its source does. A line that does both moves goods inside: it changes no
balance. What lies there now is what the quants say; the balance of any moment before is
that, less what lines have brought since.
"""

from datetime import datetime
from typing import NamedTuple

from odoo.tools import SQL
from odoo.tools.query import Query

from ..trace.reading import array

LINE, QUANT = SQL.identifier("stock_move_line"), SQL.identifier("stock_quant")
# What a card is parted by beside the product: at the source, at the destination, now.
_PARTS = {
    "product": ("NULL::int", "NULL::int", "NULL::int"),
    "lot": ("lot_id", "lot_id", "lot_id"),
    "owner": ("owner_id", "owner_id", "owner_id"),
    "package": ("package_id", "result_package_id", "package_id"),
    "place": ("location_id", "location_dest_id", "location_id"),
}
# Lines have their place of either side, which not all sections are the same for.
SIDED = ("package", "place", "warehouse")


class Scope(NamedTuple):
    """What is asked, of whom it may be seen.

    :param lines: done lines of the products, lots and owners that the reader may see
    :param quants: the same of quants
    :param places: ids of all places whose stock counts together
    :param packages: ids, with ``None`` for what is in no package; ``None`` for all
    :param start: first moment of the period; ``None`` from the beginning
    :param end: first moment after the period; ``None`` to the end
    :param shows_inner: whether lines inside are listed
    :param values: whether costs are asked
    :param by_lot: whether products may be valued by lots here
    """

    lines: Query
    quants: Query
    places: list
    packages: list | None = None
    start: datetime | None = None
    end: datetime | None = None
    shows_inner: bool = False
    values: bool = False
    by_lot: bool = False


# -- parts of statements -----------------------------------------------------------


def _side(scope, place, package):
    """Whether a side of a line, or a quant, lies in what is asked."""
    inside = SQL("%s = ANY(%s)", SQL(place), array(scope.places))
    if scope.packages is None:
        return inside
    packed = SQL(
        "%s = ANY(%s)", SQL(package), array(filter(None, scope.packages))
    )
    if None in scope.packages:
        packed = SQL("(%s OR %s IS NULL)", packed, SQL(package))
    return SQL("(%s AND %s)", inside, packed)


def _brings(scope):
    return _side(
        scope, "stock_move_line.location_dest_id", "stock_move_line.result_package_id"
    )


def _takes(scope):
    return _side(scope, "stock_move_line.location_id", "stock_move_line.package_id")


def _in_period(scope, date):
    parts = [SQL("TRUE")]
    if scope.start:
        parts.append(SQL("%s >= %s", date, scope.start))
    if scope.end:
        parts.append(SQL("%s < %s", date, scope.end))
    return SQL("(%s)", SQL(" AND ").join(parts))


def _since(scope, date):
    return SQL("%s >= %s", date, scope.start) if scope.start else SQL("TRUE")


def _cost(scope, table):
    """The cost of a unit today; nothing for goods of another owner."""
    if not scope.values:
        return SQL("0::numeric")
    cost = SQL("(product.standard_price->>%s.company_id::text)", table)
    if scope.by_lot:
        cost = SQL(
            """CASE WHEN template.lot_valuated
                    THEN lot.standard_price->>%s.company_id::text ELSE %s END""",
            table,
            cost,
        )
    return SQL(
        """CASE WHEN %(table)s.owner_id IS NULL
                  OR %(table)s.owner_id = company.partner_id
                THEN COALESCE((%(cost)s)::numeric, 0) ELSE 0 END""",
        table=table,
        cost=cost,
    )


def _cost_joins(scope, table):
    if not scope.values:
        return SQL()
    joins = SQL(
        """LEFT JOIN product_product product ON product.id = %(table)s.product_id
           LEFT JOIN res_company company ON company.id = %(table)s.company_id""",
        table=table,
    )
    if not scope.by_lot:
        return joins
    return SQL(
        """%(joins)s
           LEFT JOIN product_template template ON template.id = product.product_tmpl_id
           LEFT JOIN stock_lot lot ON lot.id = %(table)s.lot_id""",
        joins=joins,
        table=table,
    )


def _part(part, position, table):
    """Column of a section, of a line's source, its destination, or a quant."""
    if part == "warehouse":
        place = ("location_id", "location_dest_id", "location_id")[position]
        return SQL(
            "(SELECT warehouse_id FROM stock_location WHERE id = %s.%s)",
            table,
            SQL(place),
        )
    column = _PARTS[part][position]
    return SQL(column) if column.startswith("NULL") else SQL("%s.%s", table, SQL(column))


def _sides(scope, part):
    """Lines in what is asked, with the section of either side."""
    return SQL(
        """SELECT stock_move_line.id, stock_move_line.date, stock_move_line.product_id,
                  %(source)s AS source_part, %(target)s AS target_part,
                  %(brings)s AS brings, %(takes)s AS takes,
                  stock_move_line.quantity_product_uom AS quantity, %(cost)s AS cost
             FROM %(from)s %(joins)s
            WHERE %(where)s AND (%(brings)s OR %(takes)s)""",
        source=_part(part, 0, LINE),
        target=_part(part, 1, LINE),
        brings=_brings(scope),
        takes=_takes(scope),
        cost=_cost(scope, LINE),
        joins=_cost_joins(scope, LINE),
        **{"from": scope.lines.from_clause, "where": scope.lines.where_clause},
    )


def _changes(scope, part):
    """What each line changes in each section; 0 inside of one."""
    if part not in SIDED:
        return SQL(
            """SELECT product_id, target_part AS part, date, cost,
                      CASE WHEN brings AND takes THEN 0
                           WHEN brings THEN quantity ELSE -quantity END AS change
                 FROM (%s) side""",
            _sides(scope, part),
        )
    return SQL(
        """SELECT product_id, entry.part, date, cost, entry.change
             FROM (SELECT side.*, brings AND takes
                          AND source_part IS NOT DISTINCT FROM target_part AS inner_one
                     FROM (%s) side) side
            CROSS JOIN LATERAL (VALUES
                  (target_part, quantity, brings AND NOT inner_one),
                  (source_part, -quantity, takes AND NOT inner_one),
                  (source_part, 0, inner_one)) AS entry(part, change, counts)
            WHERE entry.counts""",
        _sides(scope, part),
    )


def _on_hand(scope, part):
    return SQL(
        """SELECT stock_quant.product_id, %(part)s AS part,
                  sum(stock_quant.quantity) AS quantity,
                  sum(stock_quant.quantity * %(cost)s) AS value
             FROM %(from)s %(joins)s
            WHERE %(where)s AND %(side)s
            GROUP BY 1, 2""",
        part=_part(part, 2, QUANT),
        cost=_cost(scope, QUANT),
        joins=_cost_joins(scope, QUANT),
        side=_side(scope, "stock_quant.location_id", "stock_quant.package_id"),
        **{"from": scope.quants.from_clause, "where": scope.quants.where_clause},
    )


# -- statements --------------------------------------------------------------------


def sections(scope, part="product", lang="en_US", limit=None, offset=0):
    """Sums of each product, parted by lot, owner, package, place or warehouse.

    Each row: product, part, opening, in, out, closing, value of the opening, of what
    came, of what went, of the closing; lines in the period; what is on hand now and has
    come without a line; number of all sections. Sections in which nothing is or was
    are left out.
    """
    return SQL(
        """
        WITH moved AS (
            SELECT product_id, part,
                   sum(change) AS moved,
                   COALESCE(sum(change) FILTER (WHERE %(since)s), 0) AS since,
                   COALESCE(sum(change * cost) FILTER (WHERE %(since)s), 0)
                       AS since_value,
                   COALESCE(sum(change) FILTER (WHERE change > 0 AND %(period)s), 0)
                       AS came,
                   COALESCE(sum(change * cost)
                       FILTER (WHERE change > 0 AND %(period)s), 0) AS came_value,
                   COALESCE(-sum(change) FILTER (WHERE change < 0 AND %(period)s), 0)
                       AS went,
                   COALESCE(-sum(change * cost)
                       FILTER (WHERE change < 0 AND %(period)s), 0) AS went_value,
                   count(*) FILTER (WHERE %(period)s %(listed)s) AS lines
              FROM (%(changes)s) entry
             GROUP BY product_id, part
        ), on_hand AS (%(on_hand)s), total AS (
            SELECT COALESCE(moved.product_id, on_hand.product_id) AS product_id,
                   COALESCE(moved.part, on_hand.part) AS part,
                   COALESCE(on_hand.quantity, 0) - COALESCE(since, 0) AS opening,
                   COALESCE(on_hand.value, 0) - COALESCE(since_value, 0)
                       AS opening_value,
                   COALESCE(came, 0) AS came, COALESCE(went, 0) AS went,
                   COALESCE(came_value, 0) AS came_value,
                   COALESCE(went_value, 0) AS went_value,
                   COALESCE(lines, 0) AS lines,
                   COALESCE(on_hand.quantity, 0) - COALESCE(moved, 0) AS unmoved
              FROM moved
              FULL JOIN on_hand
                ON on_hand.product_id = moved.product_id
               AND COALESCE(on_hand.part, 0) = COALESCE(moved.part, 0)
        )
        SELECT total.product_id, total.part, opening::float8, came::float8,
               went::float8, (opening + came - went)::float8, opening_value::float8,
               came_value::float8, went_value::float8,
               (opening_value + came_value - went_value)::float8, lines,
               unmoved::float8, count(*) OVER ()
          FROM total
          JOIN product_product product ON product.id = total.product_id
          JOIN product_template template ON template.id = product.product_tmpl_id
         WHERE template.is_storable
           AND (opening != 0 OR came != 0 OR went != 0 OR lines != 0)
         ORDER BY COALESCE(template.name->>%(lang)s, template.name->>'en_US'),
                  total.product_id, total.part
         LIMIT %(limit)s OFFSET %(offset)s
        """,
        since=_since(scope, SQL("date")),
        period=_in_period(scope, SQL("date")),
        listed=SQL() if scope.shows_inner else SQL("AND change != 0"),
        changes=_changes(scope, part),
        on_hand=_on_hand(scope, part),
        lang=lang,
        limit=limit,
        offset=offset,
    )


def rows(scope, opening, opening_value=0, after=None, limit=None, offset=0):
    """Ids of lines of one section in order, with what each changes and the balance.

    Each row: id, date, in, out, balance, value of what it changes, of the balance.

    :param opening: balance before the period, or behind the line ``after``
    :param after: (date, id) of the line that was read last
    """
    listed = SQL("TRUE") if scope.shows_inner else SQL("brings != takes")
    return SQL(
        """
        SELECT id, date,
               CASE WHEN change > 0 THEN change ELSE 0 END::float8,
               CASE WHEN change < 0 THEN -change ELSE 0 END::float8,
               (%(opening)s::numeric + sum(change) OVER running)::float8,
               (change * cost)::float8,
               (%(opening_value)s::numeric + sum(change * cost) OVER running)::float8,
               change = 0
          FROM (SELECT id, date, cost,
                       CASE WHEN brings AND takes THEN 0
                            WHEN brings THEN quantity ELSE -quantity END AS change
                  FROM (%(sides)s) side
                 WHERE %(period)s AND %(after)s AND %(listed)s) entry
        WINDOW running AS (ORDER BY date, id ROWS UNBOUNDED PRECEDING)
         ORDER BY date, id
         LIMIT %(limit)s OFFSET %(offset)s
        """,
        opening=opening,
        opening_value=opening_value,
        sides=_sides(scope, "product"),
        period=_in_period(scope, SQL("date")),
        after=SQL("(date, id) > (%s, %s)", *after) if after else SQL("TRUE"),
        listed=listed,
        limit=limit,
        offset=offset,
    )


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
