import random

from farmtag.lineage import LineageCode, parse
from odoo.fields import Domain
from odoo.tests import tagged

from .bridge_common import NOW
from .read_common import ReadCase

BUNCH = "1G7400N6-HW"
MAKER = 200_001
HOUR = 3_600_000
HANDS = range(1, 9)
USAGES = ("internal", "transit", "customer")


@tagged("post_install", "-at_install")
class TestReadPieces(ReadCase):
    """Tags of hands move their share, wherever the others lie."""

    def bunch(self, quantity=12.0):
        [lot] = self.make_lots(quantity=quantity)
        lot.sudo().lineage_code = BUNCH
        return lot

    def hand(self, number):
        return str(parse(BUNCH).child(number))

    def hands(self, *numbers):
        return [self.hand(number) for number in numbers]

    def everywhere(self, lot):
        quants = self.env["stock.quant"].search(
            Domain("lot_id", "=", lot.id) & Domain("location_id.usage", "in", USAGES)
        )
        return sum(quants.mapped("quantity"))

    def ship(self, lot, quantity):
        picking = self.deliver(quantity)
        self.assertEqual(picking.move_line_ids.lot_id, lot)
        picking.move_ids.picked = True
        picking.button_validate()

    # -- put away ---------------------------------------------------------------------

    def test_hands_that_come_two_by_two_weigh_the_same(self):
        lot = self.bunch()
        point = self.make_point()
        for first in (1, 3, 5, 7):
            self.pass_by(point, *self.hands(first, first + 1))
            self.assertAlmostEqual(self.lies(lot, self.cold), 1.5 * (first + 1))
        self.assertEqual(self.outcomes(), ["counted"] * 8)

    def test_the_last_hand_takes_what_rounding_left(self):
        lot = self.bunch(10.05)  # 1.25625 a hand
        point = self.make_point()
        for number in HANDS:
            self.pass_by(point, self.hand(number))
        self.assertAlmostEqual(self.lies(lot, self.cold), 10.05)

    def test_hands_that_were_sold_weigh_what_they_weighed(self):
        lot = self.bunch()
        self.ship(lot, 6)
        self.pass_by(self.make_point(), *self.hands(1, 2))
        self.assertAlmostEqual(self.lies(lot, self.cold), 3)

    def test_in_any_order_nothing_is_lost_or_made(self):
        rooms = [self.make_place(f"Room {number}") for number in range(3)]
        points = [self.make_point(place=room) for room in rooms]
        for seed in range(6):
            chance = random.Random(seed)
            quantity = round(chance.uniform(3, 40), 2)
            lot, code = self.make_lots(quantity=quantity), LineageCode(MAKER, seed)
            lot.sudo().lineage_code = str(code)
            for _push in range(6):
                seen = chance.sample(HANDS, chance.randint(1, 4))
                hands = [str(code.child(number)) for number in seen]
                self.pass_by(chance.choice(points), *hands)
                self.assertAlmostEqual(self.everywhere(lot), quantity, msg=seed)
            last = chance.choice(points)
            self.pass_by(last, lot)
            self.assertAlmostEqual(self.lies(lot, last.location_id), quantity)

    def test_a_hand_that_passes_again_an_hour_later_moves_no_other(self):
        lot, hour = self.bunch(), NOW - HOUR
        point, next_door = self.make_point(), self.make_point()
        self.pass_by(point, self.hand(1), at=hour)
        self.pass_by(point, self.hand(1))
        self.pass_by(next_door, self.hand(1))
        self.assertEqual(self.outcomes(), ["counted", "repeated", "repeated"])
        self.assertEqual(self.lies(lot, self.cold), 1.5)

    def test_a_hand_that_was_elsewhere_meanwhile_counts(self):
        lot, room = self.bunch(), self.make_place("Room")
        here, there = self.make_point(), self.make_point(place=room)
        for number, point in enumerate((here, there, here)):
            self.pass_by(point, *self.hands(*HANDS), at=NOW - HOUR * (3 - number))
        self.assertEqual(self.outcomes(), ["counted"] * 24)
        self.assertEqual(self.lies(lot, self.cold), 12)

    def test_a_hand_counts_again_where_the_books_have_no_more_of_it(self):
        lot = self.bunch()
        point = self.make_point()
        self.pass_by(point, self.hand(1), at=NOW - HOUR)
        back = self.make_transfer(
            self.warehouse.int_type_id, self.cold, self.stock, self.product, 1.5
        )
        back.move_ids.picked = True
        back.button_validate()
        self.assertEqual(self.lies(lot, self.cold), 0)
        self.pass_by(point, self.hand(1))
        self.assertEqual(self.outcomes(), ["counted", "counted"])

    # -- receive, pick ----------------------------------------------------------------

    def test_hands_come_in_two_by_two(self):
        kind = self.warehouse.in_type_id
        kind.validate_farm_receipts = False
        lot = self.receive(12).lot_ids
        lot.sudo().lineage_code = BUNCH
        point = self.make_point("receive", self.stock, finish="complete")
        for first in (1, 3, 5, 7):
            self.pass_by(point, *self.hands(first, first + 1))
            lines = self.event().picking_id.move_line_ids.filtered("picked")
            picked = sum(lines.mapped("quantity"))
            self.assertAlmostEqual(picked, 1.5 * (first + 1))
        self.assertEqual(self.event().picking_id.state, "done")
        self.assertEqual(self.lies(lot, self.stock), 12)

    def test_hands_come_in_with_backorders(self):
        kind = self.warehouse.in_type_id
        kind.validate_farm_receipts = False
        lot = self.receive(12).lot_ids
        lot.sudo().lineage_code = BUNCH
        point = self.make_point("receive", self.stock)
        for first in (1, 3, 5, 7):
            self.pass_by(point, *self.hands(first, first + 1))
            self.assertAlmostEqual(self.lies(lot, self.stock), 1.5 * (first + 1))

    def test_hands_come_back_with_their_weight(self):
        lot = self.bunch()
        self.ship(lot, 12)
        self.pass_by(self.make_point("receive", self.stock), *self.hands(1, 2))
        self.assertAlmostEqual(self.lies(lot, self.stock), 3)
        self.assertAlmostEqual(self.everywhere(lot), 12)

    def test_hands_are_picked_one_by_one_over_many_orders(self):
        lot = self.bunch()
        point = self.make_point("pick", self.stock)
        for number in HANDS:
            self.deliver(1.5)
            self.pass_by(point, self.hand(number))
            self.assertAlmostEqual(self.lies(lot, self.stock), 12 - 1.5 * number)
            self.assertAlmostEqual(self.everywhere(lot), 12)

    def test_a_hand_is_picked_once(self):
        lot = self.bunch()
        point = self.make_point("pick", self.stock)
        self.deliver(3)
        self.pass_by(point, self.hand(1), at=NOW - HOUR)
        self.pass_by(point, self.hand(1))
        self.assertEqual(self.outcomes(), ["counted", "repeated"])
        self.assertEqual(self.lies(lot, self.stock), 10.5)

    def test_a_hand_is_picked_again_when_its_order_was_cancelled(self):
        self.bunch()
        point = self.make_point("pick", self.stock, finish="open")
        picking = self.deliver(1.5)
        self.pass_by(point, self.hand(1), at=NOW - HOUR)
        picking.action_cancel()
        self.deliver(1.5)
        self.pass_by(point, self.hand(1))
        self.assertEqual(self.outcomes(), ["counted", "counted"])

    def test_a_hand_is_received_once(self):
        kind = self.warehouse.in_type_id
        kind.validate_farm_receipts = False
        lot = self.receive(12).lot_ids
        lot.sudo().lineage_code = BUNCH
        point = self.make_point("receive", self.stock)
        self.pass_by(point, self.hand(1), at=NOW - HOUR)
        self.pass_by(point, self.hand(1))
        self.assertNotIn("counted", self.outcomes()[1:])
        self.assertEqual(self.lies(lot, self.stock), 1.5)

    # -- count ------------------------------------------------------------------------

    def counted(self, lot, place):
        return self.env["stock.quant"].search(
            Domain("lot_id", "=", lot.id) & Domain("location_id", "=", place.id)
        )

    def test_half_a_lot_is_counted_without_loss(self):
        lot = self.bunch()
        self.pass_by(self.make_point(), *self.hands(1, 2, 3, 4))
        self.gate.sudo().user_id = self.keeper
        point = self.make_point("count", finish="open")
        self.pass_by(point, *self.hands(1, 2))
        self.pass_by(point, *self.hands(3, 4))
        quant = self.counted(lot, self.cold)
        self.assertAlmostEqual(quant.inventory_quantity, 6)
        self.assertAlmostEqual(quant.inventory_diff_quantity, 0)
        quant.with_user(self.keeper).action_apply_inventory()
        self.assertAlmostEqual(self.everywhere(lot), 12)

    def test_hands_that_lie_elsewhere_are_not_made_by_a_count(self):
        lot = self.bunch()
        self.pass_by(self.make_point(), *self.hands(1, 2))
        self.gate.sudo().user_id = self.keeper
        point = self.make_point("count")
        self.assertEqual(self.pass_by(point, *self.hands(1, 2, 3)), "refused")
        self.assertIn(self.stock.display_name, self.reads(point)[0].reason)
        self.assertAlmostEqual(self.lies(lot, self.cold), 3)
        self.assertAlmostEqual(self.everywhere(lot), 12)

    def test_hands_are_counted_over_all_that_lies_there(self):
        lot = self.bunch()
        rooms = [self.make_place(f"Shelf {one}") for one in range(2)]
        for room, first in zip(rooms, (1, 5), strict=True):
            seen = self.hands(*range(first, first + 4))
            self.pass_by(self.make_point(place=room), *seen)
        self.gate.sudo().user_id = self.keeper
        self.pass_by(self.make_point("count", self.stock), *self.hands(*HANDS))
        self.assertEqual([self.lies(lot, room) for room in rooms], [6, 6])
