"""A recall of 10,000 lots made of one: scope, freezing and holding, notices, report.

Core has no recall. Its part of the job, finding the deliveries of a lot and of what was
made of it, is the peer of the scope; the other rows have none and stand for themselves.
"""

from odoo import Command, fields
from odoo.tools import split_every

from bench._measure import row, timed

LOTS = 10_000
PEER = "core: delivery_ids of the lot"
CUSTOMERS = 200
# One lot in so many was delivered; the others are on the shelf.
DELIVERED = 3
# Hands cut from one bunch of the story.
HANDS = 100


def run(env, scale=1.0):
    """Take a recall from its start to its report.

    :param env: environment of a quality manager; everything is rolled back
    :param float scale: share of the 10,000 lots
    :return: rows as ``make bench`` prints them
    """
    env = env(context=dict(env.context, tracking_disable=True))
    story = _Story(env, max(int(LOTS * scale), 10))
    recall = story.make_recall()
    core, deliveries = timed(env, story.core_deliveries)
    scope, _none = timed(env, recall.action_scope)
    same = deliveries == story.deliveries()
    start, _none = timed(env, recall.action_start)
    rows = [
        row("scope with its numbers", story.count, scope, PEER, core, same=same),
        row("frozen, held, customers listed", story.count, start),
        row("form opened: balance and first lines", *story.timed_form(recall)),
        row("report, PDF", *story.timed_file(recall, "action_report")),
        row("sheet, XLSX", *story.timed_file(recall, "action_sheet")),
        row("notices with their sheets", *story.timed_notices(recall)),
    ]
    env.cr.rollback()
    return rows


class _Story:
    """One harvest, cut into as many hands as asked, a third of them sold."""

    def __init__(self, env, count):
        self.env, self.count = env, count
        self.warehouse = env["stock.warehouse"].search([], limit=1)
        self.stock = self.warehouse.lot_stock_id
        self.target = env.ref("stock.stock_location_customers")
        self.bunch, self.hand = (self.make_product(name) for name in ("bunch", "hand"))
        self.production = self.bunch.property_stock_production
        self.root = self.make_lots(self.bunch, 1)
        self.hands = self.make_lots(self.hand, count)
        self.sold = self.hands[::DELIVERED]
        self.make_stock()
        self.cut()
        self.sell()
        env.flush_all()
        env.cr.execute(
            "ANALYZE stock_move_line, stock_move_line_consume_rel, stock_lot"
        )

    def make_product(self, name):
        return self.env["product.product"].create(
            {"name": f"Bench {name}", "is_storable": True, "tracking": "lot"}
        )

    def make_lots(self, product, count, mark="A"):
        return self.env["stock.lot"].create(
            [
                {
                    "name": f"RECALL-{product.id}-{mark}-{number}",
                    "product_id": product.id,
                }
                for number in range(count)
            ]
        )

    def make_stock(self):
        self.env["stock.quant"].create(
            [
                {
                    "product_id": self.hand.id,
                    "location_id": self.stock.id,
                    "lot_id": lot.id,
                    "quantity": 1.0,
                }
                for lot in self.hands - self.sold
            ]
        )

    def make_lines(self, lots, quantity, source, target, picking=None):
        """Done lines, as validation would have left them."""
        places = {"location_id": source.id, "location_dest_id": target.id}
        shared = places | {
            "product_id": lots.product_id.id,
            "picking_id": picking and picking.id,
            "state": "draft",
        }
        move = self.env["stock.move"].create(
            shared | {"product_uom_qty": quantity * len(lots)}
        )
        lines = self.env["stock.move.line"].create(
            [
                shared | {"move_id": move.id, "lot_id": lot.id, "quantity": quantity}
                for lot in lots
            ]
        )
        self.env.flush_all()
        for table, ids in (("stock_move_line", lines.ids), ("stock_move", move.ids)):
            self.env.cr.execute(
                f"UPDATE {table} SET state = 'done', date = %s WHERE id = ANY(%s)",
                [fields.Datetime.now(), ids],
            )
        self.env.invalidate_all()
        return lines

    def cut(self):
        """The root into bunches, each bunch into a hundred hands."""
        supplier = self.env.ref("stock.stock_location_suppliers")
        self.make_lines(self.root, float(self.count), supplier, self.stock)
        parts = list(split_every(HANDS, self.hands.ids, self.hands.browse))
        bunches = self.make_lots(self.bunch, len(parts), "B")
        self.operate(self.root, bunches, float(HANDS))
        for bunch, hands in zip(bunches, parts, strict=True):
            self.operate(bunch, hands, 1.0)

    def operate(self, lot, lots, quantity):
        weight = quantity * len(lots)
        used = self.make_lines(lot, weight, self.stock, self.production)
        made = self.make_lines(lots, quantity, self.production, self.stock)
        made.consume_line_ids = [Command.set(used.ids)]

    def sell(self):
        self.customers = self.env["res.partner"].create(
            [
                {"name": f"Bench {number}", "email": f"b{number}@example.com"}
                for number in range(min(CUSTOMERS, len(self.sold)))
            ]
        )
        for number, customer in enumerate(self.customers):
            picking = self.env["stock.picking"].create(
                {
                    "picking_type_id": self.warehouse.out_type_id.id,
                    "partner_id": customer.id,
                    "location_id": self.stock.id,
                    "location_dest_id": self.target.id,
                }
            )
            lots = self.sold[number :: len(self.customers)]
            self.make_lines(lots, 1.0, self.stock, self.target, picking)

    def make_recall(self):
        return self.env["farm.recall"].create(
            {
                "reason": "Bench",
                "reach": "origins",
                "start_ids": [
                    Command.create({"record": f"stock.lot,{self.hands[0].id}"})
                ],
            }
        )

    def core_deliveries(self):
        found = self.root._find_delivery_ids_by_lot_iterative()
        return set(found[self.root.id])

    def deliveries(self):
        lines = self.env["stock.move.line"].search(
            [("lot_id", "in", self.hands.ids), ("picking_id", "!=", False)]
        )
        return set(lines.picking_id.ids)

    # -- what is timed ----------------------------------------------------------------

    def timed_form(self, recall):
        def open_form():
            recall.read(["balance_table", "scope_table", "customer_count"])
            recall.line_ids[:40].read(["lot_id", "quantity", "now", "recovered"])

        return self.count, timed(self.env, open_form)[0]

    def timed_file(self, recall, action):
        return self.count, timed(self.env, getattr(recall, action))[0]

    def timed_notices(self, recall):
        def send():
            recall.action_notify()
            recall.notice_ids._make_mails()

        return len(recall.customer_ids), timed(self.env, send)[0]
