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
    :param product: the product, when it is one section
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
    product: int | None = None


# -- parts of statements -----------------------------------------------------------


def _side(scope, place, package):
    """Whether a side of a line, or a quant, lies in what is asked."""
    inside = SQL("%s = ANY(%s)", SQL(place), array(scope.places))
    if scope.packages is None:
        return inside
    chosen = array(filter(None, scope.packages))
    packed = SQL("(%s = ANY(%s)) IS TRUE", SQL(package), chosen)
    if None in scope.packages:
        packed = SQL("(%s OR %s IS NULL)", packed, SQL(package))
    return SQL("(%s AND %s)", inside, packed)


def _brings(scope):
    return _side(
        scope, "stock_move_line.location_dest_id", "stock_move_line.result_package_id"
    )


def _takes(scope):
    return _side(scope, "stock_move_line.location_id", "stock_move_line.package_id")


def _before_end(scope):
    return SQL("date < %s", scope.end) if scope.end else SQL("TRUE")


def _prices(scope):
    """Costs of a unit today, each worked out once."""
    if not scope.values:
        return SQL("price AS (SELECT 1)")
    one = SQL("product.id = %s", scope.product) if scope.product else SQL("TRUE")
    return SQL(
        """price AS MATERIALIZED (
            SELECT product.id AS product_id, company.id AS company_id,
                   company.partner_id, %(by_lot)s AS lot_valuated,
                   (product.standard_price->>company.id::text)::numeric AS cost
              FROM product_product product
              JOIN product_template template ON template.id = product.product_tmpl_id
             CROSS JOIN res_company company
             WHERE %(one)s)""",
        by_lot=SQL("template.lot_valuated" if scope.by_lot else "FALSE"),
        one=one,
    )


def _priced(scope, table):
    """What of a table its cost hangs on."""
    if not scope.values:
        return SQL(
            "NULL::int AS company_id, NULL::int AS owner_id, NULL::int AS lot_id"
        )
    lot = SQL("%s.lot_id", table) if scope.by_lot else SQL("NULL::int AS lot_id")
    return SQL(
        "%(table)s.company_id, %(table)s.owner_id, %(lot)s", table=table, lot=lot
    )


def _cost(scope):
    """The cost of a unit of ``entry``; nothing for goods of another owner."""
    if not scope.values:
        return SQL("0::numeric")
    return SQL(
        """CASE WHEN entry.owner_id IS NOT NULL AND entry.owner_id != price.partner_id
                THEN 0
                WHEN price.lot_valuated
                THEN COALESCE((lot.standard_price->>price.company_id::text)::numeric, 0)
                ELSE COALESCE(price.cost, 0) END"""
        if scope.by_lot
        else """CASE WHEN entry.owner_id IS NOT NULL
                      AND entry.owner_id != price.partner_id
                     THEN 0 ELSE COALESCE(price.cost, 0) END"""
    )


def _cost_joins(scope):
    if not scope.values:
        return SQL()
    joins = SQL(
        """LEFT JOIN price ON price.product_id = entry.product_id
                          AND price.company_id = entry.company_id"""
    )
    if not scope.by_lot:
        return joins
    return SQL("%s LEFT JOIN stock_lot lot ON lot.id = entry.lot_id", joins)


def _cost_of_row(scope):
    """The same, looked up for each row: a join would lose the order of an index."""
    if not scope.values:
        return SQL("0::numeric")
    lot = SQL("LEFT JOIN stock_lot lot ON lot.id = entry.lot_id")
    return SQL(
        """COALESCE((SELECT %(cost)s FROM price %(lot)s
                      WHERE price.company_id = entry.company_id), 0)""",
        cost=_cost(scope),
        lot=lot if scope.by_lot else SQL(),
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
    return (
        SQL(column) if column.startswith("NULL") else SQL("%s.%s", table, SQL(column))
    )


def _sides(scope, part="product", order=None, bounds=None):
    """Lines in what is asked since the beginning, with the section of either side.

    ``OFFSET 0`` keeps what is asked of each line from being worked out many times.

    :param order: what they are ordered by, as an index can give it
    :param bounds: a further condition of lines
    """
    return SQL(
        """SELECT * FROM (
               SELECT stock_move_line.id, stock_move_line.date,
                      stock_move_line.product_id, %(priced)s,
                      %(source)s AS source_part, %(target)s AS target_part,
                      %(brings)s AS brings, %(takes)s AS takes,
                      stock_move_line.quantity_product_uom AS quantity
                 FROM %(from)s
                WHERE %(where)s AND %(since)s AND %(bounds)s
                %(order)s OFFSET 0) side
            WHERE brings OR takes""",
        order=SQL("ORDER BY %s", order) if order else SQL(),
        priced=_priced(scope, LINE),
        source=_part(part, 0, LINE),
        target=_part(part, 1, LINE),
        brings=_brings(scope),
        takes=_takes(scope),
        since=_since(scope),
        bounds=bounds or SQL("TRUE"),
        **{"from": scope.lines.from_clause, "where": scope.lines.where_clause},
    )


def _since(scope):
    if not scope.start:
        return SQL("TRUE")
    return SQL("stock_move_line.date >= %s", scope.start)


def _changes(scope, part):
    """What each line changes in each section; 0 inside of one."""
    if part not in SIDED:
        return SQL(
            """SELECT product_id, company_id, owner_id, lot_id, date,
                      target_part AS part,
                      CASE WHEN brings AND takes THEN 0
                           WHEN brings THEN quantity ELSE -quantity END AS change
                 FROM (%s) side OFFSET 0""",
            _sides(scope, part),
        )
    return SQL(
        """SELECT product_id, company_id, owner_id, lot_id, date, entry.part,
                  entry.change
             FROM (SELECT side.*, brings AND takes
                          AND source_part IS NOT DISTINCT FROM target_part AS is_inner
                     FROM (%s) side) side
            CROSS JOIN LATERAL (VALUES
                  (target_part, quantity, brings AND NOT is_inner),
                  (source_part, -quantity, takes AND NOT is_inner),
                  (source_part, 0, is_inner)) AS entry(part, change, counts)
            WHERE entry.counts OFFSET 0""",
        _sides(scope, part),
    )


def _moved(scope, part):
    """Sums of what lines change, of goods of one cost each."""
    return SQL(
        """SELECT product_id, company_id, owner_id, lot_id, part,
                  0::numeric AS on_hand, sum(change) AS since,
                  sum(change) FILTER (WHERE change > 0 AND %(period)s) AS came,
                  -sum(change) FILTER (WHERE change < 0 AND %(period)s) AS went,
                  count(*) FILTER (WHERE %(listed)s AND %(period)s) AS lines
             FROM (%(changes)s) change
            GROUP BY product_id, company_id, owner_id, lot_id, part""",
        period=_before_end(scope),
        listed=SQL("TRUE") if scope.shows_inner else SQL("change != 0"),
        changes=_changes(scope, part),
    )


def _on_hand(scope, part):
    return SQL(
        """SELECT stock_quant.product_id, %(priced)s, %(part)s AS part,
                  stock_quant.quantity AS on_hand, 0 AS since, 0 AS came, 0 AS went,
                  0 AS lines
             FROM %(from)s
            WHERE %(where)s AND %(side)s""",
        priced=_priced(scope, QUANT),
        part=_part(part, 2, QUANT),
        side=_side(scope, "stock_quant.location_id", "stock_quant.package_id"),
        **{"from": scope.quants.from_clause, "where": scope.quants.where_clause},
    )


# -- statements --------------------------------------------------------------------


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
        prices=_prices(scope),
        cost=_cost(scope),
        moved=_moved(scope, part),
        on_hand=_on_hand(scope, part),
        joins=_cost_joins(scope),
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
        prices=_prices(scope),
        balance=balance,
        running=_running(SQL("change"), backward),
        value=value,
        running_value=_running(SQL("change * cost"), backward),
        cost=_cost_of_row(scope),
        sides=_sides(
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
