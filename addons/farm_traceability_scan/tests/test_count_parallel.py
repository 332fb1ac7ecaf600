from threading import Thread
from uuid import uuid4

from odoo.addons.farm_traceability.tests.parallel_common import ParallelHoldCase
from odoo.tests import tagged


@tagged("post_install", "-at_install")
class TestCountParallel(ParallelHoldCase):
    """Two people count one place at the same time."""

    def setUp(self):
        super().setUp()
        self.uuids = []

    def make_world(self, env):
        world = super().make_world(env)
        shelf = env["stock.location"].create(
            {"name": "Parallel Shelf", "location_id": self.stock_id}
        )
        self.shelf_id = shelf.id
        env["stock.quant"].create(
            {
                "product_id": self.product_id,
                "lot_id": self.lot_ids[0],
                "location_id": shelf.id,
                "quantity": 10.0,
            }
        )
        return world

    def take_away(self):
        with self.transaction() as env:
            env["farm.scan.event"].search([("uuid", "in", self.uuids)]).unlink()
            for table in ("stock_move_line", "stock_move", "farm_count"):
                env.cr.execute(
                    f"DELETE FROM {table} WHERE product_id = %s", [self.product_id]
                )
        done = super().take_away()
        with self.transaction() as env:
            env["stock.location"].browse(self.shelf_id).unlink()
        return done

    def event(self, text="", **more):
        self.uuids.append(str(uuid4()))
        return {
            "uuid": self.uuids[-1],
            "scenario": "count",
            "document_id": self.shelf_id,
            "kind": "scan",
            "text": text,
            "at": 1_780_000_000_000,
        } | more

    def post_all(self, events):
        """Each by a transaction of its own, all at once; gives the answers' states."""
        states = []

        def post(event):
            def work(env):
                [answer] = env["farm.scan"].post([event])
                env.flush_all()
                posted.append(answer["state"])

            posted = []
            self.retrying(work)
            states.append(posted[-1])

        threads = [Thread(target=post, args=(event,)) for event in events]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(60)
        return sorted(states)

    def counted(self):
        """What each lot was counted to be, one entry for each line."""
        with self.transaction() as env:
            quants = env["stock.quant"].search([("location_id", "=", self.shelf_id)])
            return sorted(
                (quant.lot_id.name, quant.inventory_quantity)
                for quant in quants
                if quant.inventory_quantity_set
            )

    def test_scans_of_both_add_up(self):
        events = [self.event("PARALLEL-0") for _number in range(6)]
        self.assertEqual(self.post_all(events), ["applied"] * 6)
        self.assertEqual(self.counted(), [("PARALLEL-0", 6)])

    def test_what_both_find_is_one_line(self):
        events = [self.event("PARALLEL-2") for _number in range(4)]
        self.assertEqual(self.post_all(events), ["applied"] * 4)
        self.assertEqual(self.counted(), [("PARALLEL-2", 4)])

    def test_one_finishes_while_the_other_counts(self):
        """The last scan is counted, or begins anew from none: never lost."""
        events = [
            self.event("PARALLEL-0", quantity=7),
            self.event(kind="finish", confirm="empty"),
        ]
        self.assertEqual(self.post_all(events), ["applied"] * 2)
        self.assertEqual(self.counted(), [("PARALLEL-0", 7)])

    def test_both_apply(self):
        self.post_all([self.event("PARALLEL-0", quantity=7)])
        states = self.post_all([self.event(kind="apply") for _number in range(2)])
        self.assertEqual(states, ["applied", "refused"])
        with self.transaction() as env:
            self.assertEqual(env["stock.lot"].browse(self.lot_ids[0]).product_qty, 17)
            counts = env["farm.count"].search([("product_id", "=", self.product_id)])
            self.assertEqual(len(counts), 1)
