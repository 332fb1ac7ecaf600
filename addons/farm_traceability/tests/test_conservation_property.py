from collections import defaultdict
from contextlib import closing

from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import tagged

from ..trace import trace
from .common import FarmCase

PICK = st.integers(0, 30)
KILOS = st.integers(1, 6)
PART = st.sampled_from((0.25, 0.5, 1.0))
STEPS = st.one_of(
    st.tuples(st.just("receive"), st.lists(KILOS, min_size=1, max_size=3)),
    st.tuples(st.just("split"), PICK, PART, st.integers(1, 3), st.booleans()),
    st.tuples(st.just("merge"), st.sets(PICK, min_size=2, max_size=3)),
    st.tuples(st.just("repack"), st.sets(PICK, min_size=1, max_size=2), PICK),
    st.tuples(st.just("regrade"), PICK, PART),
    st.tuples(st.just("reverse"), PICK),
    st.tuples(st.just("transfer"), PICK, PART),
    st.tuples(st.just("order"), KILOS),
    st.tuples(st.just("hold_and_order"), PICK, KILOS),
    st.tuples(st.just("deliver"), PICK),
    st.tuples(st.just("bring_back"), PICK, PART),
    st.tuples(st.just("hold"), PICK),
    st.tuples(st.just("release"), PICK),
    st.tuples(st.just("quarantine"), PICK),
    st.tuples(st.just("scrap"), PICK, PART),
)


@tagged("post_install", "-at_install")
class TestConservation(FarmCase):
    """Whatever is done with lots, nothing appears, vanishes or slips past a hold."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.user = cls.make_user("stock")
        cls.collector = cls.make_user("collector", cls.regency)
        cls.quality = cls.make_user("quality")
        cls.stock = cls.warehouse.lot_stock_id
        cls.shelf, cls.quarantine = cls.env["stock.location"].create(
            [
                {"name": "Shelf", "location_id": cls.stock.id},
                {
                    "name": "Quarantine",
                    "location_id": cls.warehouse.view_location_id.id,
                    "is_quarantine": True,
                },
            ]
        )
        cls.customers = cls.env.ref("stock.stock_location_customers")

    def setUp(self):
        super().setUp()
        self.kilogram = self.product.uom_id

    # Shrinking takes minutes; the steps of a failure are short enough as they are.
    @settings(
        deadline=None, max_examples=20, derandomize=True, phases=(Phase.generate,)
    )
    @given(st.lists(STEPS, min_size=6, max_size=14))
    def test_nothing_appears_vanishes_or_slips_past_a_hold(self, steps):
        with closing(self.env.cr.savepoint()):
            self.begin()
            self.play("receive", [6, 4])
            for name, *values in steps:
                self.play(name, *values)

    def begin(self):
        self.lots = self.env["stock.lot"]
        self.received = {}
        self.orders = self.env["stock.picking"]
        self.operations = self.env["farm.lot.operation"]
        self.holds = self.env["farm.hold"]
        self.books = defaultdict(float)

    def play(self, name, *values):
        getattr(self, f"play_{name}")(*values)
        self.env.flush_all()
        self.check_books()
        self.check_no_promise()
        self.check_trace()

    # -- steps ----------------------------------------

    def play_receive(self, weights):
        harvest = self.receive(*weights, user=self.collector)
        for lot, weight in zip(harvest.lot_ids, weights, strict=True):
            self.lots |= lot.sudo(False).with_user(self.env.user)
            self.received[lot.id] = weight
            self.books[lot.id, self.stock.id] += weight

    def play_split(self, pick, part, pieces, lossy):
        lot = self.pick(pick)
        taken = self.free(lot, part)
        if not taken:
            return
        loss = self.round(taken / 8) if lossy else 0.0
        each = self.round((taken - loss) / pieces)
        outputs = [each] * (pieces - 1)
        outputs.append(self.round(taken - loss - sum(outputs)))
        if all(weight > 0 for weight in outputs):
            self.operate("split", {lot: taken}, [(None, weight) for weight in outputs])

    def play_merge(self, picks):
        inputs = {lot: self.free(lot, 1.0) for lot in self.union(picks)}
        inputs = {lot: taken for lot, taken in inputs.items() if taken}
        if len(inputs) > 1:
            self.operate("merge", inputs, [(None, sum(inputs.values()))])

    def play_repack(self, picks, pick):
        """Into a lot that there is already, perhaps one of those used."""
        inputs = {lot: self.free(lot, 0.5) for lot in self.union(picks)}
        inputs = {lot: taken for lot, taken in inputs.items() if taken}
        target = self.pick(pick)
        if inputs:
            self.operate("repack", inputs, [(target, sum(inputs.values()))])

    def play_regrade(self, pick, part):
        lot = self.pick(pick)
        taken = self.free(lot, part)
        if taken:
            self.operate("regrade", {lot: taken}, [(None, taken)])

    def operate(self, kind, inputs, outputs):
        loss = self.round(
            sum(inputs.values()) - sum(weight for _lot, weight in outputs)
        )
        operation = (
            self.env["farm.lot.operation"]
            .with_user(self.user)
            .create(
                {
                    "kind": kind,
                    "location_id": self.stock.id,
                    "input_ids": [
                        Command.create({"lot_id": lot.id, "quantity": taken})
                        for lot, taken in inputs.items()
                    ],
                    "output_ids": [
                        Command.create(
                            {
                                "product_id": self.product.id,
                                "input_quantity": weight,
                                "lot_id": target and target.id,
                                "piece_count": 0,
                            }
                        )
                        for target, weight in outputs
                    ],
                    "loss_ids": [Command.create({"quantity": loss})] if loss else [],
                }
            )
        )
        held = any(lot.is_on_hold for lot in inputs)
        if self.refused(operation.action_post, when=held):
            return
        self.operations |= operation
        self.lots |= operation.output_ids.lot_id.with_user(self.env.user)
        for lot, taken in inputs.items():
            self.books[lot.id, self.stock.id] -= taken
        for line in operation.output_ids:
            self.books[line.lot_id.id, self.stock.id] += line.quantity

    def play_reverse(self, pick):
        if not self.operations:
            return
        operation = self.operations[pick % len(self.operations)]
        if self.refused(lambda: operation._reverse("Wrong lot"), when=None):
            return
        self.operations -= operation
        for line in operation.input_ids:
            self.books[line.lot_id.id, line.location_id.id] += line.quantity
        for line in operation.output_ids:
            self.books[line.lot_id.id, self.stock.id] -= line.quantity

    def play_transfer(self, pick, part):
        lot = self.pick(pick)
        taken = self.free(lot, part)
        self.move(lot, taken, self.stock, self.shelf, when=lot.is_on_hold)

    def play_order(self, kilos):
        order = self.make_delivery(self.product, kilos, user=self.user)
        order.action_assign()
        self.orders |= order

    def play_deliver(self, pick):
        ready = self.orders.filtered(lambda order: order.state == "assigned")
        if not ready:
            return
        order = ready[pick % len(ready)]
        order.move_ids.picked = True
        order.with_context(skip_backorder=True).button_validate()
        self.assertEqual(order.state, "done")
        for line in order.move_line_ids:
            self.book(line.lot_id, line.quantity, line.location_id, self.customers)

    def play_bring_back(self, pick, part):
        lot = self.pick(pick)
        sold = self.round(self.books[lot.id, self.customers.id] * part)
        self.move(lot, sold, self.customers, self.stock)

    def play_hold(self, pick):
        lot = self.pick(pick).with_user(self.quality)
        if not lot.is_on_hold:
            hold = self.env["farm.hold"].with_user(self.quality)
            self.holds |= hold._place(lot, "quality", "Soft spots")

    def play_hold_and_order(self, pick, kilos):
        """Somebody orders more than there is, right after a hold."""
        self.play_hold(pick)
        self.play_order(kilos * 10)

    def play_release(self, pick):
        if self.holds:
            hold = self.holds[pick % len(self.holds)]
            hold._release("Checked again")
            self.holds -= hold

    def play_quarantine(self, pick):
        lot = self.pick(pick)
        self.move(lot, self.free(lot, 1.0), self.stock, self.quarantine)

    def play_scrap(self, pick, part):
        lot = self.pick(pick)
        taken = self.free(lot, part)
        if not taken:
            return
        scrap = (
            self.env["stock.scrap"]
            .with_user(self.user)
            .create(
                {
                    "product_id": self.product.id,
                    "lot_id": lot.id,
                    "scrap_qty": taken,
                    "location_id": self.stock.id,
                }
            )
        )
        scrap.do_scrap()
        self.book(lot, taken, self.stock, scrap.scrap_location_id)

    # -- what steps are made of ----------------------------------------

    def pick(self, number):
        return self.lots[number % len(self.lots)]

    def union(self, picks):
        return self.lots.browse(dict.fromkeys(self.pick(number).id for number in picks))

    def round(self, quantity):
        return self.product.uom_id.round(quantity)

    def free(self, lot, part):
        """A part of what lies in stock and is promised to nobody."""
        quants = self.env["stock.quant"].search(
            [("lot_id", "=", lot.id), ("location_id", "=", self.stock.id)]
        )
        free = sum(quant.quantity - quant.reserved_quantity for quant in quants)
        return self.round(max(free, 0.0) * part)

    def move(self, lot, quantity, source, target, when=False):
        if quantity <= 0:
            return
        places = {"location_id": source.id, "location_dest_id": target.id}
        line = places | {
            "product_id": lot.product_id.id,
            "lot_id": lot.id,
            "quantity": quantity,
        }
        vals = places | {
            "product_id": lot.product_id.id,
            "product_uom_qty": quantity,
            "picked": True,
            "move_line_ids": [Command.create(line)],
        }

        def job():
            self.env["stock.move"].with_user(self.user).create(vals)._action_done()

        if not self.refused(job, when=when):
            self.book(lot, quantity, source, target)

    def book(self, lot, quantity, source, target):
        self.books[lot.id, source.id] -= quantity
        self.books[lot.id, target.id] += quantity

    def refused(self, job, when):
        """Do a job that is refused just when it has to be; nothing is left of it.

        :param when: whether it has to be refused, ``None`` if it may be
        """
        try:
            with self.env.cr.savepoint():
                job()
        except UserError:
            self.assertIsNot(when, False)
            return True
        self.assertIsNot(when, True)
        return False

    # -- what always holds ----------------------------------------

    def check_books(self):
        quants = self.env["stock.quant"].search([("lot_id", "in", self.lots.ids)])
        found = defaultdict(float)
        for quant in quants:
            if quant.location_id.usage not in ("production", "supplier"):
                found[quant.lot_id.id, quant.location_id.id] += quant.quantity
        for key in {*found, *self.books}:
            self.assertAlmostEqual(found[key], self.books[key], 4)

    def check_no_promise(self):
        held = self.lots.filtered("is_on_hold")
        self.assertFalse(held.quant_ids.filtered("reserved_quantity"))
        promised = self.env["stock.move.line"].search(
            [
                ("lot_id", "in", held.ids),
                ("state", "in", ("assigned", "partially_available")),
            ]
        )
        self.assertFalse(promised)

    def check_trace(self):
        answer = trace(self.env, self.lots.ids)
        self.check_roots(answer)
        lot = self.lots[-1]
        roots = [origin.lot_id for origin in answer.origins(lot.id)]
        self.assertIn(lot.id, trace(self.env, roots, "down").down_ids)

    def check_roots(self, answer):
        """What was received as a lot is somewhere, in whatever lot by now."""
        found = defaultdict(float)
        for lot in self.lots.ids:
            here = self.left(lot) + self.lost(lot, answer)
            for origin in answer.origins(lot):
                found[origin.lot_id] += origin.share * here
        for lot in {*found, *self.received}:
            self.assertAlmostEqual(found[lot], self.received.get(lot, 0.0), 4)

    def left(self, lot):
        return sum(held for (owner, _place), held in self.books.items() if owner == lot)

    def lost(self, lot, answer):
        used = sum(
            event.quantity
            for event in answer.events
            if event.lot_id == lot and event.kind == "consumed"
        )
        return used - sum(
            edge.produced for edge in answer.edges if edge.parent_id == lot
        )
