"""Lots of one product on a shelf, each with its own expiry."""

from datetime import timedelta

from odoo import fields
from odoo.tools import SQL

PER_LOT = 10.0


class Shelf:
    """A product with lots of ten units, in an order of expiry unlike that of ids."""

    def __init__(self, env, count, promised=0.0):
        """
        :param int count: number of lots
        :param float promised: share of the lots, those that expire first, that are
            promised already, in a table as vacuum leaves it
        """
        self.env, self.count, self.promised = env, count, promised
        self.warehouse = env["stock.warehouse"].search([], limit=1)
        self.location = self.warehouse.lot_stock_id
        self.product = env["product.product"].create(
            {
                "name": f"Bench {count}",
                "is_storable": True,
                "tracking": "lot",
                "use_expiration_date": True,
                "removal_strategy_id": env.ref("product_expiry.removal_fefo").id,
            }
        )
        self._make_lots()
        env.cr.execute("ANALYZE stock_lot, stock_quant")
        env.invalidate_all()

    def _make_lots(self):
        begin = fields.Datetime.now() + timedelta(days=30)
        # Past the ORM: a hundred thousand lots in a second. 7919 is prime: every lot
        # gets a day of its own, in an order that is neither that of ids nor of dates.
        self.env.cr.execute(
            SQL(
                """
                WITH lot AS (
                    INSERT INTO stock_lot (name, product_id, expiration_date,
                                           removal_date, company_id)
                    SELECT 'BENCH-' || number, %(product)s, day, day, NULL
                      FROM generate_series(1, %(count)s) number,
                   LATERAL (SELECT %(begin)s + interval '1 minute'
                         * (number::bigint * 7919 %% %(count)s)) AS dated(day)
                 RETURNING id, expiration_date, removal_date
                )
                INSERT INTO stock_quant (product_id, location_id, company_id, lot_id,
                        quantity, reserved_quantity, in_date, expiration_date,
                        removal_date, is_on_hold)
                SELECT %(product)s, %(location)s, %(company)s, id, %(each)s,
                       CASE WHEN expiration_date < %(free)s THEN %(each)s ELSE 0 END,
                       now()::timestamp(0), expiration_date, removal_date, FALSE
                  FROM lot
                """,
                product=self.product.id,
                count=self.count,
                location=self.location.id,
                company=self.location.company_id.id,
                each=PER_LOT,
                begin=begin,
                free=begin + timedelta(minutes=int(self.count * self.promised)),
            )
        )

    def look_up(self, quantity, **context):
        """What a reservation would take: ``[(lot id, quantity)]``."""
        taken = (
            self.env["stock.quant"]
            .with_context(**context)
            ._get_reserve_quantity(self.product, self.location, quantity)
        )
        return [(quant.lot_id.id, part) for quant, part in taken]

    def make_picking(self, shelves, quantity):
        """A delivery with one line of each shelf's product, confirmed."""
        places = {
            "location_id": self.location.id,
            "location_dest_id": self.env.ref("stock.stock_location_customers").id,
        }
        picking = self.env["stock.picking"].create(
            places | {"picking_type_id": self.warehouse.out_type_id.id}
        )
        self.env["stock.move"].create(
            [
                places
                | {
                    "product_id": shelf.product.id,
                    "picking_id": picking.id,
                    "product_uom_qty": quantity,
                    "state": "confirmed",
                }
                for shelf in shelves
            ]
        )
        return picking


def plain_sort(shelf, quantity):
    """The same by Python: all stock is sorted and taken from the beginning."""
    shelf.env.cr.execute(
        """SELECT removal_date, in_date, id, lot_id, quantity - reserved_quantity
             FROM stock_quant WHERE product_id = %s""",
        [shelf.product.id],
    )
    taken = []
    for *_order, lot_id, free in sorted(shelf.env.cr.fetchall()):
        if quantity <= 0:
            break
        if free > 0:
            taken.append((lot_id, min(free, quantity)))
            quantity -= free
    return taken
