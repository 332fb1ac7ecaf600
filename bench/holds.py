"""A hold on 10,000 lots, 2,000 of them reserved, against plain Odoo doing it by hand.

Core has no hold. The peer is what a user's server action would do with core alone: for
each lot, take back the reservations of its moves and mark the lot. It leaves the lots
open to be reserved again, keeps no history, tells nobody and looks for no other lots;
ours does all of that.
"""

from bench._measure import row, timed

LOTS = 10_000
RESERVED = 2_000
LINES_PER_DELIVERY = 10


def run(env, scale=1.0):
    """Measure ours and the peer on two alike sets of lots, in one transaction.

    :param env: environment of a quality manager; everything is rolled back
    :param float scale: share of the 10,000 lots
    :return: rows as ``make bench`` prints them
    """
    env = env(context=dict(env.context, tracking_disable=True))
    count, reserved = max(int(LOTS * scale), 10), max(int(RESERVED * scale), 2)
    ours, peer = (_Stock(env, name, count, reserved) for name in ("ours", "peer"))
    placing, hold = timed(env, ours.place)
    job, _none = timed(env, lambda: ours.work_off(hold))
    by_hand, _none = timed(env, peer.by_hand)
    same = ours.promised() == peer.promised() == 0
    env.cr.rollback()
    what = "core: _do_unreserve and write, lot by lot"
    return [
        row("hold placed, gate closed", count, placing, what, by_hand, 20, same),
        row(
            "the same, promises taken back, other lots looked for, owners told",
            count, placing + job, what, by_hand, 3, same,
        ),
    ]  # fmt: skip


class _Stock:
    """Lots of one product on a shelf, the first of them reserved by deliveries."""

    def __init__(self, env, name, count, reserved):
        self.env = env
        self.warehouse = env["stock.warehouse"].search([], limit=1)
        self.stock = self.warehouse.lot_stock_id
        self.product = env["product.product"].create(
            {"name": f"Bench {name}", "is_storable": True, "tracking": "lot"}
        )
        self.lots = env["stock.lot"].create(
            [
                {"name": f"BENCH-{name}-{number}", "product_id": self.product.id}
                for number in range(count)
            ]
        )
        env["stock.quant"].create(
            [
                {
                    "product_id": self.product.id,
                    "location_id": self.stock.id,
                    "lot_id": lot.id,
                    "quantity": 10.0,
                }
                for lot in self.lots
            ]
        )
        for start in range(0, reserved, LINES_PER_DELIVERY):
            self.make_delivery(self.lots[start : start + LINES_PER_DELIVERY])
        assert self.promised() == reserved

    def make_delivery(self, lots):
        """A delivery with a move for each lot, which is reserved for it."""
        places = {
            "location_id": self.stock.id,
            "location_dest_id": self.env.ref("stock.stock_location_customers").id,
        }
        picking = self.env["stock.picking"].create(
            places | {"picking_type_id": self.warehouse.out_type_id.id}
        )
        base = places | {"product_id": self.product.id, "picking_id": picking.id}
        moves = self.env["stock.move"].create(
            [base | {"product_uom_qty": 10.0, "state": "confirmed"} for _lot in lots]
        )
        self.env["stock.move.line"].create(
            [
                base | {"move_id": move.id, "lot_id": lot.id, "quantity": 10.0}
                for move, lot in zip(moves, lots, strict=True)
            ]
        )

    def promised(self):
        return self.env["stock.move.line"].search_count(
            [("lot_id", "in", self.lots.ids), ("quantity", ">", 0)]
        )

    def place(self):
        return self.env["farm.hold"]._place(self.lots, "quality", "Bench")

    def work_off(self, hold):
        lines = hold._promises()
        while lines:
            step = hold._one_step(lines)
            step._take_back()
            lines -= step

    def by_hand(self):
        for lot in self.lots:
            lines = self.env["stock.move.line"].search(
                [("lot_id", "=", lot.id), ("state", "not in", ("done", "cancel"))]
            )
            lines.move_id._do_unreserve()
            lot.write({"note": "On hold", "ref": "HOLD"})
            self.env.flush_all()
