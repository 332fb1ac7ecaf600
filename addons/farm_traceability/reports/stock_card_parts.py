"""What the statements of the stock card are made of; see :mod:`.stock_card`."""

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


def prices(scope):
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


def cost(scope):
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


def cost_joins(scope):
    if not scope.values:
        return SQL()
    joins = SQL(
        """LEFT JOIN price ON price.product_id = entry.product_id
                          AND price.company_id = entry.company_id"""
    )
    if not scope.by_lot:
        return joins
    return SQL("%s LEFT JOIN stock_lot lot ON lot.id = entry.lot_id", joins)


def cost_of_row(scope):
    """The same, looked up for each row: a join would lose the order of an index."""
    if not scope.values:
        return SQL("0::numeric")
    lot = SQL("LEFT JOIN stock_lot lot ON lot.id = entry.lot_id")
    return SQL(
        """COALESCE((SELECT %(cost)s FROM price %(lot)s
                      WHERE price.company_id = entry.company_id), 0)""",
        cost=cost(scope),
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


def sides(scope, part="product", order=None, bounds=None):
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
            sides(scope, part),
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
        sides(scope, part),
    )


def moved(scope, part):
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


def on_hand(scope, part):
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
