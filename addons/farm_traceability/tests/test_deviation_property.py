from contextlib import closing
from datetime import timedelta

from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from odoo import fields
from odoo.fields import Command
from odoo.tests import tagged

from ..models.deviation.turn import sums
from .deviation_common import DeviationCase

LOT = st.integers(0, 5)
KILOS = st.integers(1, 9)
PLACE = st.integers(0, 1)
STOCK = st.lists(st.tuples(LOT, PLACE, KILOS), min_size=2, max_size=9)
EXPIRY = st.lists(st.integers(0, 4), min_size=6, max_size=6)
METHOD = st.sampled_from(("fefo", "fifo", "farm_expiry", "lifo"))


@tagged("post_install", "-at_install")
class TestTurn(DeviationCase):
    """Whose turn it is, asked, is what a reservation gives when it begins anew."""

    def setUp(self):
        super().setUp()
        self.fruit = self.make_product(
            name="Property", categ_id=self.product.categ_id.id
        )
        self.lots = self.env["stock.lot"].create(
            [{"name": f"P{n}", "product_id": self.fruit.id} for n in range(6)]
        )
        self.places = self.stock | self.shelf

    @settings(
        deadline=None, max_examples=30, derandomize=True, phases=(Phase.generate,)
    )
    @given(
        METHOD, EXPIRY, STOCK, st.lists(KILOS, max_size=2), KILOS,
        st.lists(st.tuples(LOT, PLACE, KILOS), min_size=1, max_size=3),
    )  # fmt: skip
    def test_asked_is_given(self, method, expiry, stock, others, demand, typed):
        with closing(self.env.cr.savepoint()):
            self.fill(method, expiry, stock)
            for quantity in others:
                self.make_reserved(quantity, self.fruit)
            picking = self.make_reserved(demand, self.fruit)
            picking.move_line_ids.unlink()
            self.type_in(picking, typed)
            move = picking.move_ids
            taken = sum(move.move_line_ids.mapped("quantity_product_uom"))
            turn = move._get_turn(move.move_line_ids, self.lots, taken)
            move.move_line_ids.unlink()
            move.product_uom_qty = max(demand, taken)
            move.move_line_ids.unlink()  # a higher demand may have reserved already
            move._action_assign()
            given = sums(
                (line.lot_id, line.quantity_product_uom) for line in move.move_line_ids
            )
            self.assertEqual(turn.amounts, given)

    def fill(self, method, expiry, stock):
        self.product.categ_id.removal_strategy_id = self.env["product.removal"].search(
            [("method", "=", method)]
        )
        for lot, days in zip(self.lots, expiry, strict=True):
            lot.removal_date = lot.expiration_date = self.days(20 + days)
        for number, (lot, place, quantity) in enumerate(stock):
            self.env["stock.quant"]._update_available_quantity(
                self.fruit,
                self.places[place],
                quantity,
                lot_id=self.lots[lot],
                in_date=fields.Datetime.now() - timedelta(days=30 - number),
            )

    def type_in(self, picking, typed):
        picking.move_ids.move_line_ids = [
            Command.create(
                {
                    "product_id": self.fruit.id,
                    "lot_id": self.lots[lot].id,
                    "quantity": quantity,
                    "picking_id": picking.id,
                    "location_id": self.places[place].id,
                    "location_dest_id": picking.location_dest_id.id,
                }
            )
            for lot, place, quantity in typed
        ]
