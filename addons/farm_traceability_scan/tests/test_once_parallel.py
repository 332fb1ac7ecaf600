from threading import Thread
from uuid import uuid4

from odoo.addons.farm_traceability.tests.parallel_common import ParallelHoldCase
from odoo.exceptions import ConcurrencyError
from odoo.tests import tagged


@tagged("post_install", "-at_install")
class TestOnceParallel(ParallelHoldCase):
    """The same event twice at the same time, and two pickers on one transfer."""

    def setUp(self):
        super().setUp()
        self.picking_id = self.make_delivery(8)
        self.retrying(lambda env: self.reserve(env, self.picking_id))
        self.uuids = []

    def take_away(self):
        with self.transaction() as env:
            env["farm.scan.event"].search([("uuid", "in", self.uuids)]).unlink()
        return super().take_away()

    def event(self, quantity):
        self.uuids.append(str(uuid4()))
        return {
            "uuid": self.uuids[-1],
            "scenario": "pick",
            "document_id": self.picking_id,
            "kind": "scan",
            "text": "PARALLEL-0",
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

    def scanned(self):
        with self.transaction() as env:
            lines = env["stock.picking"].browse(self.picking_id).move_line_ids
            return sum(lines.mapped("scanned_quantity"))

    def test_the_same_event_is_applied_once(self):
        event = self.event(2)
        answers = self.post_all([event] * 6)
        self.assertEqual([one["state"] for one in answers], ["applied"] * 6)
        self.assertEqual(self.scanned(), 2)

    def test_pickers_at_once_take_no_more_than_is_there(self):
        answers = self.post_all([self.event(2) for _number in range(6)])
        states = sorted(one["state"] for one in answers)
        self.assertEqual(states, ["applied"] * 4 + ["refused"] * 2)
        self.assertEqual(self.scanned(), 8)

    def test_a_transfer_that_somebody_is_at_is_tried_again(self):
        """No refusal of what was only in the way: the request begins again."""
        self.post_all([self.event(8)])
        finish = self.event(None) | {"kind": "finish", "text": ""}
        with self.transaction() as office:
            office["stock.picking"].browse(self.picking_id).lock_for_update()
            with self.assertRaises(ConcurrencyError), self.transaction() as env:
                env["farm.scan"].post([finish])
        [answer] = self.post_all([finish])
        self.assertEqual(answer["state"], "applied", answer["message"])
