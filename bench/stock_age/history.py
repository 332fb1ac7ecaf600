"""A history of stock: goods that come in bulk, go to a picking place and are sold."""

from datetime import datetime, time, timedelta

from odoo import fields
from odoo.tools import SQL

PRODUCTS = 5_000
#: lines of one lot (or, every other time, goods without lots): 3 receipts, 3 transfers
#: to the picking place, 14 deliveries; in every tenth the last one comes back in part
LINES = 20
RECEIVED, FILLED, SOLD = 60, 40, 7
#: days ago that the first receipt was; the last delivery is today. Some 3,500 lines a
#: day at full size
DAYS = 298


class History:
    """Move lines of ``count`` lots in a company of its own; take them away at the end.

    They are committed, since only rows that everybody sees are read from an index
    alone, as they are in a database that is at work.
    """

    def __init__(self, env, count):
        self.count = count
        self.company = env["res.company"].create(
            {"name": f"Aging benchmark {datetime.now()}"}
        )
        env.user.company_ids |= self.company
        self.today = datetime.combine(fields.Date.today(), time.min)
        self.env = env(context=dict(env.context, allowed_company_ids=self.company.ids))
        self.warehouse = self.env["stock.warehouse"].search(
            [("company_id", "=", self.company.id)]
        )
        self._make_goods()
        self._trust_what_is_made()
        self._make_lines()
        self._make_returns()
        self._make_quants()
        self._settle()

    def _make_goods(self):
        stock = self.warehouse.lot_stock_id
        self.places = self.env["stock.location"].create(
            [{"name": f"B{n}", "location_id": stock.id} for n in range(20)]
            + [{"name": f"P{n}", "location_id": stock.id} for n in range(20)]
        )
        products = max(self.count * PRODUCTS // 50_000, 1)
        self.products = self.env["product.product"].create(
            [
                {"name": f"Aged {n}", "is_storable": True, "tracking": "lot",
                 "standard_price": n % 90 + 10}
                for n in range(products)
            ]
        )  # fmt: skip
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                """INSERT INTO stock_lot (name, product_id)
                   SELECT 'AGE-' || n, (%s::int[])[1 + n %% %s]
                     FROM generate_series(0, %s) n""",
                self.products.ids,
                products,
                self.count - 1,
            )
        )

    def _trust_what_is_made(self):
        """Not to look up each of a million keys, where the database user may say so."""
        self.env.cr.execute("SELECT rolsuper FROM pg_roles WHERE rolname = user")
        if self.env.cr.fetchone()[0]:
            self.env.cr.execute("SET LOCAL session_replication_role = replica")

    def _make_lines(self):
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO stock_move_line (
                    product_id, lot_id, product_uom_id, location_id, location_dest_id,
                    quantity, quantity_product_uom, date, write_date, state, company_id,
                    picked)
                SELECT lot.product_id, CASE WHEN lot.n %% 2 = 0 THEN lot.id END,
                       %(unit)s,
                       CASE WHEN k IN (0, 4, 8) THEN %(supplier)s
                            WHEN k IN (1, 5, 9) THEN bulk ELSE pick END,
                       CASE WHEN k IN (0, 4, 8) THEN bulk
                            WHEN k IN (1, 5, 9) THEN pick ELSE %(customer)s END,
                       size, size, moment, moment, 'done', %(company)s, TRUE
                  FROM (SELECT *, row_number() OVER (ORDER BY id) AS n FROM stock_lot
                         WHERE product_id = ANY(%(products)s)) lot
            CROSS JOIN generate_series(0, %(last)s) k
            CROSS JOIN LATERAL (
                    SELECT (%(places)s::int[])[1 + lot.n / 7 %% 20] AS bulk,
                           (%(places)s::int[])[21 + lot.n / 7 %% 20] AS pick,
                           CASE WHEN k IN (0, 4, 8) THEN %(received)s
                                WHEN k IN (1, 5, 9) THEN %(filled)s
                                ELSE %(sold)s END AS size,
                           %(begin)s::timestamp
                           + (k * 15 + lot.n %% 14) * interval '1 day'
                           + (lot.n %% 86400) * interval '1 second' AS moment) shelf
                 ORDER BY k, lot.n
                """,
                unit=self.products[0].uom_id.id,
                supplier=self.env.ref("stock.stock_location_suppliers").id,
                customer=self.env.ref("stock.stock_location_customers").id,
                begin=self.today - timedelta(days=DAYS),
                company=self.company.id,
                products=self.products.ids,
                places=self.places.ids,
                last=LINES - 1,
                received=RECEIVED,
                filled=FILLED,
                sold=SOLD,
            )
        )

    def _make_returns(self):
        """Every tenth lot's last delivery comes back after an hour."""
        self.env.cr.execute(
            SQL(
                """
                WITH last AS (
                    SELECT DISTINCT ON (product_id, lot_id, location_id) *
                      FROM stock_move_line
                     WHERE company_id = %(company)s AND product_id %% 10 = 0
                       AND location_dest_id = %(customer)s
                     ORDER BY product_id, lot_id, location_id, date DESC, id DESC
                ), delivery AS (
                    INSERT INTO stock_move (
                        product_id, product_uom, product_uom_qty, location_id,
                        location_dest_id, company_id, date, state, procure_method,
                        origin)
                    SELECT product_id, product_uom_id, quantity, location_id,
                           location_dest_id, company_id, date, 'done', 'make_to_stock',
                           id::text
                      FROM last RETURNING *
                ), back AS (
                    INSERT INTO stock_move (
                        product_id, product_uom, product_uom_qty, location_id,
                        location_dest_id, company_id, date, state, procure_method,
                        origin, origin_returned_move_id)
                    SELECT product_id, product_uom, product_uom_qty, location_dest_id,
                           location_id, company_id, date + interval '1 hour', 'done',
                           'make_to_stock', origin, id
                      FROM delivery RETURNING *
                ), sold AS (
                    UPDATE stock_move_line line SET move_id = delivery.id
                      FROM delivery WHERE delivery.origin = line.id::text
                )
                INSERT INTO stock_move_line (
                    move_id, product_id, lot_id, product_uom_id, location_id,
                    location_dest_id, quantity, quantity_product_uom, date, write_date,
                    state, company_id, picked)
                SELECT back.id, last.product_id, last.lot_id, last.product_uom_id,
                       last.location_dest_id, last.location_id, 3, 3, back.date,
                       back.date, 'done', last.company_id, TRUE
                  FROM back JOIN last ON last.id::text = back.origin
                """,
                company=self.company.id,
                customer=self.env.ref("stock.stock_location_customers").id,
            )
        )

    def _make_quants(self):
        """What lies there after all that, as Odoo keeps it."""
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO stock_quant (
                    product_id, lot_id, owner_id, location_id, company_id, quantity,
                    reserved_quantity, in_date)
                SELECT line.product_id, line.lot_id, line.owner_id, place.id,
                       line.company_id, sum(place.sign * line.quantity), 0, min(date)
                  FROM stock_move_line line
            CROSS JOIN LATERAL (
                       VALUES (location_dest_id, 1), (location_id, -1)
                       ) place(id, sign)
                 WHERE line.company_id = %(company)s AND place.id = ANY(%(places)s)
                 GROUP BY place.id, line.product_id, line.lot_id, line.owner_id,
                          line.company_id
                """,
                company=self.company.id,
                places=self.places.ids,
            )
        )

    def close(self, day):
        """What the cron had written down on the night before a day."""
        self.env["farm.stock.aging.closing"]._close(day, day)
        self.env.cr.commit()

    def _settle(self):
        self.env.cr.commit()
        self._tidy()

    def _tidy(self):
        """As the database does by itself from time to time."""
        with self.env.registry.cursor() as other:
            other._cnx.autocommit = True
            try:
                other.execute("VACUUM ANALYZE stock_move_line, stock_quant")
                other.execute("ANALYZE stock_move, stock_lot, product_product")
            finally:
                other._cnx.autocommit = False

    def take_away(self):
        """Leave no moves; goods, lots and company stay, archived.

        To take lots away means to ask each table that may point to them, for each lot.
        """
        self.env.cr.rollback()
        company = self.company.id
        self._trust_what_is_made()
        self.env.cr.execute("DELETE FROM farm_stock_aging_closing")
        for table in ("stock_quant", "stock_move_line", "stock_move"):
            self.env.cr.execute(
                SQL("DELETE FROM %s WHERE company_id = %s",
                    SQL.identifier(table), company)
            )  # fmt: skip
        self.env.cr.commit()
        self.products.product_tmpl_id.active = False
        self.warehouse.active = False
        self.company.active = False
        self.env.cr.commit()
        self._tidy()
