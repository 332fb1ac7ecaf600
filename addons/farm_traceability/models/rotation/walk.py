"""Reads free stock in order, from an index, only as far as it is wanted."""

from dataclasses import dataclass, replace
from datetime import datetime

from odoo.tools import SQL

FIRST_STEP = 32
FARTHEST_STEP = 50_000
#: where a row that was read has what is free
FREE = 4


@dataclass(frozen=True, slots=True)
class Free:
    """Stock that may be taken: a quant, its lot, how much, when it expires."""

    id: int
    lot_id: int | None
    free: float
    expiry: datetime | None

    def less(self, quantity):
        return replace(self, free=self.free - quantity)


def places_with_stock(env, product_ids, location):
    """Where below a location free stock of products lies, without reading it.

    :return: ``{product id: [location ids]}``, and the ids of products of which more
        is promised or gone than was there, anywhere
    """
    # Each look-up is ordered by the whole of an index: nothing else is as cheap, so
    # the planner takes no other, whatever it guesses of the quantities.
    rows = env.execute_query(
        SQL(
            """
            WITH RECURSIVE place(product_id, location_id) AS (
                SELECT product.id, (SELECT location_id FROM stock_quant
                                     WHERE product_id = product.id
                                       AND quantity > reserved_quantity
                                     ORDER BY location_id, in_date, id LIMIT 1)
                  FROM unnest(%(products)s) AS product(id)
                 UNION ALL
                SELECT product_id, (SELECT location_id FROM stock_quant
                                     WHERE product_id = place.product_id
                                       AND location_id > place.location_id
                                       AND quantity > reserved_quantity
                                     ORDER BY location_id, in_date, id LIMIT 1)
                  FROM place WHERE location_id IS NOT NULL
            )
            SELECT product_id, place.location_id,
                   (SELECT id FROM stock_quant
                     WHERE product_id = place.product_id
                       AND quantity < reserved_quantity
                     ORDER BY in_date, id LIMIT 1) IS NOT NULL
              FROM place JOIN stock_location ON stock_location.id = place.location_id
             WHERE starts_with(stock_location.parent_path, %(path)s)
            """,
            products=list(product_ids),
            path=location.parent_path,
        )
    )
    places, overdrawn = {}, set()
    for product_id, location_id, is_overdrawn in rows:
        places.setdefault(product_id, []).append(location_id)
        if is_overdrawn:
            overdrawn.add(product_id)
    return places, overdrawn


class Walk:
    """Free stock of products that the same conditions hold for, in one order.

    :param quants: ``stock.quant``, with the rights of whoever may see all stock
    :param str order: an order of the ORM, by stored fields
    :param Domain domain: what else must hold, beside product and place
    :param parts: conditions of stock that is read one after the other
    """

    def __init__(self, quants, order, domain, parts):
        self.quants = quants
        query = quants._search(domain, bypass_access=True)
        self.is_readable = query.from_clause == SQL.identifier(quants._table)
        self.where = query.where_clause or SQL("TRUE")
        #: walks of different products with the same key can be read together
        self.key = (self.where.code, repr(self.where.params), order)
        self.order = quants._order_to_sql(order, query)
        lots = SQL("stock_quant.lot_id IS NOT NULL")
        self.phases = [
            *(SQL("%s AND %s", lots, part) for part in parts),
            SQL("stock_quant.lot_id IS NULL"),
        ]

    def find(self, product_id, location, need):
        """:meth:`rows` of a product below a location, from now; and whether anything
        of it is overdrawn.
        """
        self.quants.flush_model()
        places, overdrawn = places_with_stock(self.quants.env, [product_id], location)
        return self.rows(product_id, places.get(product_id), need), bool(overdrawn)

    def rows(self, product_id, places, need, first=None):
        """Yield :class:`Free` in order; stock without a lot comes last.

        :param places: ids of places with free stock, if any
        :param float need: how much is likely to be asked for
        :param first: what :meth:`first_rows` gave for this product
        """
        if not places:
            return
        for phase in self.phases:
            size, seen = FIRST_STEP, 0
            while True:
                depth = _depth(size, places)
                rows, first = first, None
                if rows is None:
                    products = [product_id] * len(places)
                    rows = self._read(phase, products, places, depth)
                for _product, number, *values in rows[seen:]:
                    yield Free(*values)
                    seen += 1
                    if number == depth:
                        break  # the next one of its place may come before others
                else:
                    break
                size = _next_size(size, rows, need)

    def first_rows(self, places):
        """The beginning of :meth:`rows` for many products, in few statements.

        :param places: ids of places by product id
        :rtype: dict[int, list]
        """
        by_depth = {}
        for product_id, ids in places.items():
            pairs = by_depth.setdefault(_depth(FIRST_STEP, ids), [])
            pairs += [(product_id, place_id) for place_id in ids]
        rows = {product_id: [] for product_id in places}
        for depth, pairs in by_depth.items():
            products, spots = map(list, zip(*pairs, strict=True))
            for row in self._read(self.phases[0], products, spots, depth):
                rows[row[0]].append(row)
        return rows

    def _read(self, phase, product_ids, places, depth):
        """The first ones of each place, all in order."""
        return self.quants.env.execute_query(
            SQL(
                """
                SELECT place.product_id, stock_quant.number, stock_quant.id,
                       stock_quant.lot_id, stock_quant.free, stock_quant.expiration_date
                  FROM unnest(%(products)s, %(places)s) place(product_id, location_id)
                 CROSS JOIN LATERAL (
                       SELECT *, quantity - reserved_quantity AS free,
                              row_number() OVER (ORDER BY %(order)s) AS number
                         FROM (SELECT * FROM stock_quant
                                WHERE product_id = place.product_id
                                  AND location_id = place.location_id
                                  AND quantity > reserved_quantity
                                  AND %(condition)s AND %(where)s
                                ORDER BY %(order)s LIMIT %(depth)s) stock_quant
                       ) stock_quant
                 ORDER BY %(order)s
                """,
                products=product_ids,
                places=places,
                condition=phase,
                where=self.where,
                order=self.order,
                depth=depth,
            )
        )

    def overdrawn(self, product_id, location):
        """Lots of which more is promised or gone than was there.

        :return: ids of lots (None for stock without one), and how much is promised
            beyond what is there
        """
        rows = self._ask(
            SQL("lot_id, reserved_quantity - GREATEST(quantity, 0)"),
            product_id,
            location,
            SQL("quantity < reserved_quantity"),
        )
        return {lot for lot, _ in rows}, sum(max(lacks, 0) for _, lacks in rows)

    def of_lots(self, product_id, location, lot_ids):
        """Ids of all stock of lots (None: stock without one), free or not."""
        named = [lot_id for lot_id in lot_ids if lot_id]
        condition = SQL("lot_id = ANY(%s)", named)
        if None in lot_ids:
            condition = SQL("(%s OR lot_id IS NULL)", condition)
        rows = self._ask(
            SQL.identifier("stock_quant", "id"), product_id, location, condition
        )
        return [quant_id for (quant_id,) in rows]

    def _ask(self, columns, product_id, location, condition):
        return self.quants.env.execute_query(
            SQL(
                """
                SELECT %(columns)s FROM stock_quant
                  JOIN stock_location place ON place.id = stock_quant.location_id
                 WHERE stock_quant.product_id = %(product)s
                   AND starts_with(place.parent_path, %(path)s)
                   AND %(condition)s AND %(where)s
                """,
                columns=columns,
                product=product_id,
                path=location.parent_path,
                condition=condition,
                where=self.where,
            )
        )


def _next_size(size, rows, need):
    """So many that the need should be met, at least twice as many."""
    found = sum(row[FREE] for row in rows)
    return max(2 * size, min(int(1.2 * size * need / found), FARTHEST_STEP))


def _depth(size, places):
    return max(size // len(places), 2)
