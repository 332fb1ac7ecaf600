"""The dashboard of a manager, against the same figures by plain loops over records.

What is read is a year's trade: lots of two grades that come in day by day and go out
to customers of fifty regencies, ten move lines a lot. The issue asks for less than a
second on the demonstration's stock and less than three on a million move lines.
"""

from collections import Counter
from datetime import datetime, timedelta

from odoo import Command
from odoo.tools import SQL

from bench._measure import row, timed

LINES = 1_000_000
DEMONSTRATION = 50_000
LINES_OF_A_LOT = 10
LINES_OF_A_MOVE = 10
REGENCIES = 50
DAYS = 365
OPERATIONS_PER_LINES = 50


def run(env, scale=1.0):
    """Measure a small and a large stock, each in a transaction that is rolled back.

    :param env: environment of a superuser
    :param float scale: share of the million move lines
    :return: rows as ``make bench`` prints them
    """
    rows = []
    for name, lines, target in (
        ("demonstration", DEMONSTRATION, None), ("million", LINES, 10),
    ):  # fmt: skip
        trade = Trade(env, max(int(lines * scale), 1000))
        rows += [
            _measure(trade, f"{name}, 30 days", "month", target),
            _measure(trade, f"{name}, a year", "year", target),
        ]
        env.cr.rollback()
        env.invalidate_all(flush=False)
    return rows


def _measure(trade, name, period, target):
    trade.ask(period)  # rights and rules are cached
    turns = [timed(trade.env, lambda: trade.ask(period)) for _turn in range(3)]
    ours, dashboard = sorted(turns, key=lambda turn: turn[0])[1]
    plain, totals = timed(trade.env, lambda: trade.loop(dashboard["filters"]))
    same = trade.totals_of(dashboard) == totals
    peer = "plain loops for three of its nine tiles"
    return row(f"dashboard: {name}", trade.lines, ours, peer, plain, target, same)


class Trade:
    """Lots, their stock, their moves and the operations on them, made past the ORM."""

    def __init__(self, env, lines):
        self.env, self.lines = env(context={"tracking_disable": True}), lines
        self.now = datetime.now().replace(microsecond=0)
        self.warehouse = self.env["stock.warehouse"].search([], limit=1)
        self.company = self.warehouse.company_id
        self.stock = self.warehouse.lot_stock_id
        self.customers = self.env.ref("stock.stock_location_customers")
        self._make_master_data()
        self._make_lots()
        self._make_moves()
        self._make_operations()
        self.env.cr.execute(
            "ANALYZE stock_lot, stock_quant, stock_move, stock_move_line,"
            " farm_lot_operation, res_partner"
        )
        self.env.invalidate_all()
        self.dashboard = self.env["farm.dashboard"].with_user(self.user)

    def _make_master_data(self):
        self.crop = self.env["farm.crop"].create(
            {
                "name": "Bench fruit",
                "code": "BENCHD",
                "grade_ids": [
                    Command.create({"name": name, "code": name}) for name in "AB"
                ],
            }
        )
        self.product = self.env["product.product"].create(
            {
                "name": "Bench fruit",
                "is_storable": True,
                "tracking": "lot",
                "use_expiration_date": True,
                "standard_price": 7,
                "uom_id": self.env.ref("uom.product_uom_kgm").id,
                "farm_crop_id": self.crop.id,
            }
        )
        regions = self.env["farm.region"].create(
            [
                {"name": f"Bench {number}", "code": f"B{number}", "level": "regency"}
                for number in range(REGENCIES)
            ]
        )
        self.partners = self.env["res.partner"].create(
            [
                {"name": f"Shop {number}", "farm_region_id": region.id}
                for number, region in enumerate(regions)
            ]
        )
        self.user = self.env["res.users"].create(
            {
                "name": "Bench manager",
                "login": "bench-dashboard",
                "tz": "Asia/Jakarta",
                "company_id": self.company.id,
                "company_ids": [Command.set(self.company.ids)],
                "group_ids": [
                    Command.link(self.env.ref("farm_traceability.group_manager").id)
                ],
            }
        )
        self.env.flush_all()

    def _make_lots(self):
        """A tenth as many lots as move lines, 5 kg of each still in stock."""
        self.env.cr.execute(
            SQL(
                """
                WITH lot AS (
                    INSERT INTO stock_lot (name, product_id, company_id, grade_id,
                           harvest_date, expiration_date)
                    SELECT 'BENCH-' || number, %(product)s, %(company)s,
                           (%(grades)s::int[])[1 + number %% 2],
                           %(now)s::date - number %% %(days)s,
                           %(now)s + interval '1 day' * (number %% %(days)s - 5)
                      FROM generate_series(1, %(lots)s) number
                 RETURNING id, harvest_date, expiration_date
                )
                INSERT INTO stock_quant (product_id, location_id, company_id, lot_id,
                       quantity, reserved_quantity, in_date, harvest_date,
                       expiration_date, is_on_hold)
                SELECT %(product)s, %(stock)s, %(company)s, id, 5, 0, harvest_date,
                       harvest_date, expiration_date, FALSE
                  FROM lot
                """,
                product=self.product.id,
                company=self.company.id,
                grades=self.crop.grade_ids.ids,
                now=self.now,
                days=DAYS,
                lots=self.lines // LINES_OF_A_LOT,
                stock=self.stock.id,
            )
        )
        self.lot_ids = (
            self.env["stock.lot"].search([("product_id", "=", self.product.id)]).ids
        )

    def _make_moves(self):
        """Deliveries of a year, a tenth as many moves as lines."""
        self.env.cr.execute(
            SQL(
                """
                WITH move AS (
                    INSERT INTO stock_move (product_id, product_uom, product_uom_qty,
                           location_id, location_dest_id, company_id, partner_id, state,
                           date, procure_method, quantity)
                    SELECT %(product)s, %(unit)s, 10, %(stock)s, %(customers)s,
                           %(company)s, (%(partners)s::int[])[1 + number %% %(many)s],
                           'done', %(now)s - interval '1 day' * (number %% %(days)s),
                           'make_to_stock', 10
                      FROM generate_series(1, %(moves)s) number
                 RETURNING id, date
                ), numbered AS (
                    SELECT id, date, row_number() OVER (ORDER BY id) AS number FROM move
                )
                INSERT INTO stock_move_line (move_id, product_id, product_uom_id,
                       quantity, quantity_product_uom, location_id, location_dest_id,
                       company_id, state, date, lot_id)
                SELECT numbered.id, %(product)s, %(unit)s, 1, 1, %(stock)s,
                       %(customers)s, %(company)s, 'done', numbered.date,
                       (%(lots)s::int[])[1 + (numbered.number + part) %% %(many_lots)s]
                  FROM numbered
                 CROSS JOIN generate_series(1, %(each)s) part
                """,
                lots=self.lot_ids,
                many_lots=len(self.lot_ids),
                product=self.product.id,
                unit=self.product.uom_id.id,
                stock=self.stock.id,
                customers=self.customers.id,
                company=self.company.id,
                partners=self.partners.ids,
                many=REGENCIES,
                now=self.now,
                days=DAYS,
                moves=self.lines // LINES_OF_A_MOVE,
                each=LINES_OF_A_MOVE,
            )
        )

    def _make_operations(self):
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO farm_lot_operation (name, kind, state, date, company_id,
                       location_id, loss_share)
                SELECT 'BENCH-' || number,
                       (ARRAY['split', 'merge', 'repack'])[1 + number %% 3], 'done',
                       %(now)s - interval '1 day' * (number %% %(days)s),
                       %(company)s, %(stock)s, CASE WHEN number %% 100 = 0 THEN 20
                                               ELSE number %% 5 END
                  FROM generate_series(1, %(count)s) number
                """,
                now=self.now,
                days=DAYS,
                company=self.company.id,
                stock=self.stock.id,
                count=self.lines // OPERATIONS_PER_LINES,
            )
        )

    # -- the two sides -----------------------------------------------------------------

    def ask(self, period):
        return self.dashboard.get_dashboard({"period": period, "crop_id": self.crop.id})

    def totals_of(self, dashboard):
        """Rounded sums of the three tiles that the loops work out as well."""
        tiles = {tile["key"]: tile["tables"] for tile in dashboard["tiles"]}
        return {
            "age": round(self._sum(tiles["age"])),
            "deliveries": round(self._sum(tiles["deliveries"])),
            "expiring": tiles["expiring"][0]["rows"][-1]["cells"][0]["value"],
        }

    def _sum(self, tables):
        return sum(
            cell["value"]
            for table in tables
            for line in table["rows"]
            for cell in line["cells"]
            if cell
        )

    def loop(self, filters):
        """The same by searching the records and adding them up in Python."""
        env = self.dashboard.env
        ages, regions, soon = Counter(), Counter(), 0
        quants = env["stock.quant"].search(
            [("product_id.farm_crop_id", "=", self.crop.id),
             ("location_id.usage", "=", "internal"), ("quantity", ">", 0)]
        )  # fmt: skip
        for quant in quants:
            ages[quant.lot_id.grade_id, quant.harvest_date] += quant.quantity
            left = quant.expiration_date - self.now
            soon += timedelta() < left and left.days <= 30
        moves = env["stock.move"].search(
            [("product_id.farm_crop_id", "=", self.crop.id), ("state", "=", "done"),
             ("location_dest_id.usage", "=", "customer"),
             ("date", ">=", self._utc(filters["begin"]))]
        )  # fmt: skip
        for move in moves:
            regions[move.partner_id.farm_region_id] += move.quantity
        return {
            "age": round(sum(ages.values())),
            "deliveries": round(sum(regions.values())),
            "expiring": soon,
        }

    def _utc(self, day):
        """Midnight in Jakarta, seven hours before that in Greenwich."""
        return datetime.fromisoformat(day) - timedelta(hours=7)
