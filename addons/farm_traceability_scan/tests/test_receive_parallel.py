from threading import Thread
from uuid import uuid4

from odoo.addons.farm_traceability.tests.parallel_common import ParallelHoldCase
from odoo.fields import Command
from odoo.tests import tagged


@tagged("post_install", "-at_install")
class TestReceiveParallel(ParallelHoldCase):
    """Pickers who scan for the same receipt at the same moment."""

    def setUp(self):
        super().setUp()
        self.uuids = []
        with self.transaction() as env:
            self.picking_id = self.announce(env)

    def take_away(self):
        with self.transaction() as env:
            env["farm.scan.event"].search([("uuid", "in", self.uuids)]).unlink()
        return super().take_away()

    def announce(self, env):
        places = {
            "location_id": self.source_id,
            "location_dest_id": self.stock_id,
        }
        goods = {"product_id": self.product_id, "product_uom_qty": 30}
        kind = env["stock.warehouse"].search([], limit=1).in_type_id
        picking = env["stock.picking"].create(
            places
            | {
                "picking_type_id": kind.id,
                "move_ids": [Command.create(places | goods)],
            }
        )
        self.pickings.append(picking.id)
        picking.action_confirm()
        return picking.id

    def event(self, text="", kind="scan", quantity=None):
        self.uuids.append(str(uuid4()))
        return {
            "uuid": self.uuids[-1],
            "scenario": "receive",
            "document_id": self.picking_id,
            "product_id": self.product_id,
            "kind": kind,
            "text": text,
            "quantity": quantity,
            "at": 1_780_000_000_000,
        }

    def post_all(self, events):
        """Each by a transaction of its own, all at once; gives the answers."""
        answers = []

        def post(event):
            def work(env):
                [answer] = env["farm.scan"].post([event])
                env.flush_all()
                posted.append(answer)

            posted = []
            self.retrying(work)
            answers.append(posted[-1])

        threads = [Thread(target=post, args=(event,)) for event in events]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(60)
        return answers

    def lines(self):
        with self.transaction() as env:
            picking = env["stock.picking"].browse(self.picking_id)
            lines = picking.move_line_ids.filtered("scanned_quantity")
            return picking.state, [(one.lot_name, one.quantity) for one in lines]

    def test_the_same_new_lot_is_one_line(self):
        answers = self.post_all([self.event("CRATE-X", quantity=2) for _n in range(5)])
        self.assertEqual([one["state"] for one in answers], ["applied"] * 5)
        self.assertEqual(self.lines(), ("assigned", [("CRATE-X", 10)]))

    def test_together_they_receive_no_more_than_was_ordered_unasked(self):
        answers = self.post_all([self.event("CRATE-X", quantity=8) for _n in range(5)])
        states = sorted(one["state"] for one in answers)
        self.assertEqual(states, ["applied"] * 3 + ["asked"] * 2)
        self.assertEqual(self.lines(), ("assigned", [("CRATE-X", 24)]))

    def test_what_is_scanned_while_a_colleague_finishes(self):
        self.post_all([self.event("FIRST", quantity=5)])
        finish, scan = self.event(kind="finish"), self.event("SECOND", quantity=3)
        answers = self.post_all([finish, scan])
        with self.transaction() as env:
            picking = env["stock.picking"].browse(self.picking_id)
            rest = picking.backorder_ids
            self.pickings.append(rest.id)
            self.assertEqual(picking.state, "done")
            came = sum(picking.move_ids.mapped("quantity"))
            self.assertEqual(rest.move_ids.product_qty, 30 - came)
        by_uuid = {one["uuid"]: one["state"] for one in answers}
        self.assertEqual(by_uuid[finish["uuid"]], "applied")
        is_in = by_uuid[scan["uuid"]] == "applied"
        self.assertEqual(came, 8 if is_in else 5)
