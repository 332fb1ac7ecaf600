from datetime import timedelta

from odoo.tests import tagged

from .bridge_common import NOW
from .read_common import ReadCase

HOUR = 3_600_000


@tagged("post_install", "-at_install")
class TestReadMoves(ReadCase):
    """Reads become stock moves, as a picker would have made them."""

    def hold(self, lots):
        return (
            self.env["farm.hold"]
            .with_user(self.quality)
            ._place(lots, "quality", "Soft")
        )

    # -- put away ---------------------------------------------------------------------

    def test_a_held_lot_stays_and_the_others_go(self):
        lots = self.make_lots(5)
        self.hold(lots[2])
        self.assertEqual(self.pass_by(self.make_point(), *lots), "applied")
        wanted = ["counted", "counted", "refused", "counted", "counted"]
        self.assertEqual(self.outcomes(), wanted)
        self.assertIn("on hold", self.reads()[2].reason)
        self.assertEqual(self.lies(lots[2], self.cold), 0)
        self.assertEqual(self.lies(lots[3], self.cold), 12)
        self.assertEqual(len(self.event().picking_id.move_line_ids), 4)
        self.assertIn("on hold", self.event().message)

    def test_a_held_lot_alone_is_refused_and_goes_when_it_is_free(self):
        [lot] = self.make_lots()
        hold = self.hold(lot)
        self.assertEqual(self.pass_by(self.make_point(), lot), "refused")
        self.assertTrue(self.event().is_open)
        hold.with_user(self.quality)._release("Fine again")
        self.event().with_user(self.keeper).action_try_again()
        self.assertEqual(self.event().state, "applied")
        self.assertEqual(self.outcomes(), ["refused", "counted"])
        self.assertEqual(self.lies(lot, self.cold), 12)

    def test_what_is_there_already_was_only_seen_again(self):
        [lot] = self.make_lots()
        point = self.make_point(window_seconds=0)
        self.pass_by(point, lot)
        self.pass_by(point, lot)
        self.assertEqual(self.outcomes(), ["counted", "repeated"])

    def test_what_is_reserved_is_not_taken_away(self):
        [lot] = self.make_lots()
        self.deliver(12)
        self.assertEqual(self.pass_by(self.make_point(), lot), "refused")
        self.assertIn("reserved", self.reads().reason)

    def test_a_transfer_that_expects_it_is_used(self):
        [lot] = self.make_lots()
        picking = self.make_transfer(
            self.warehouse.int_type_id, self.stock, self.stock, self.product, 12
        )
        self.assertEqual(picking.move_line_ids.lot_id, lot)
        self.assertEqual(self.pass_by(self.make_point(), lot), "applied")
        self.assertEqual(self.event().picking_id, picking)
        self.assertEqual(picking.state, "done")
        self.assertEqual(self.lies(lot, self.cold), 12)

    def test_a_transfer_may_be_left_open(self):
        [lot] = self.make_lots()
        self.pass_by(self.make_point(finish="open"), lot)
        picking = self.event().picking_id
        self.assertEqual(picking.state, "assigned")
        self.assertTrue(picking.move_line_ids.picked)
        self.assertEqual(self.lies(lot, self.cold), 0)

    def test_all_of_a_package_moves_it_a_part_leaves_it(self):
        lots = self.make_lots(2)
        package = self.make_package(lots, "CRATE-1")
        self.pass_by(self.make_point(), *lots)
        self.assertEqual(package.location_id, self.cold)
        room = self.make_place("Room")
        self.pass_by(self.make_point(place=room), lots[0])
        self.assertEqual(package.quant_ids.lot_id, lots[1])
        self.assertEqual(self.lies(lots[0], room), 12)

    # -- receive ----------------------------------------------------------------------

    def expect(self, *quantities):
        """A receipt of the farm gate that is not validated yet, and its lots."""
        kind = self.warehouse.in_type_id
        kind.validate_farm_receipts = False
        harvest = self.receive(*quantities)
        for lot in harvest.lot_ids:
            lot.sudo().lineage_code = next(self.codes)
        return harvest.picking_ids, harvest.lot_ids.sorted("id")

    def test_a_receipt_takes_what_came_and_the_rest_is_a_backorder(self):
        picking, lots = self.expect(12, 10, 8)
        point = self.make_point("receive", self.stock)
        self.assertEqual(self.pass_by(point, lots[0], lots[2]), "applied")
        self.assertEqual(picking.state, "done")
        self.assertEqual(picking.move_ids.quantity, 20)
        rest = picking.backorder_ids
        self.assertEqual(rest.move_ids.product_uom_qty, 10)
        self.assertEqual(self.lies(lots[0], self.stock), 12)
        self.assertEqual(self.lies(lots[1], self.stock), 0)

    def test_what_comes_later_is_taken_by_the_backorder(self):
        _picking, lots = self.expect(12, 10, 8)
        point = self.make_point("receive", self.stock)
        for lot in lots:
            self.assertEqual(self.pass_by(point, lot), "applied")
        self.assertEqual(self.outcomes(), ["counted"] * 3)
        self.assertEqual([self.lies(lot, self.stock) for lot in lots], [12, 10, 8])

    def test_a_receipt_waits_until_all_is_there(self):
        picking, lots = self.expect(12, 10)
        point = self.make_point("receive", self.stock, finish="complete")
        self.pass_by(point, lots[0])
        self.assertEqual(picking.state, "assigned")
        self.pass_by(point, lots[1])
        self.assertEqual(picking.state, "done")
        self.assertEqual(self.lies(lots[1], self.stock), 10)

    def test_what_comes_back_from_a_customer_gets_a_receipt(self):
        [lot] = self.make_lots()
        picking = self.deliver(12)
        picking.move_ids.picked = True
        picking.button_validate()
        self.pass_by(self.make_point("receive", self.stock), lot)
        receipt = self.event().picking_id
        self.assertEqual(receipt.picking_type_id, self.warehouse.in_type_id)
        self.assertEqual(receipt.state, "done")
        self.assertEqual(self.lies(lot, self.stock), 12)

    def test_what_lies_in_stock_does_not_come_in(self):
        [lot] = self.make_lots()
        self.pass_by(self.make_point("receive", self.stock), lot)
        self.assertEqual(self.outcomes(), ["wrong_place"])

    # -- pick and load ----------------------------------------------------------------

    def test_the_lot_that_was_given_is_picked(self):
        lots = self.make_lots(2)
        picking = self.deliver(24)
        point = self.make_point("pick", self.stock)
        self.assertEqual(self.pass_by(point, lots[0]), "applied")
        self.assertEqual(self.event().picking_id, picking)
        self.assertEqual(picking.state, "done")
        self.assertEqual(picking.move_line_ids.lot_id, lots[0])
        self.assertEqual(picking.backorder_ids.move_ids.product_uom_qty, 12)

    def test_another_lot_of_the_product_is_taken_instead(self):
        lots = self.make_lots(2)
        picking = self.deliver(12)
        given = picking.move_line_ids.lot_id
        other = lots - given
        self.assertEqual(
            self.pass_by(self.make_point("pick", self.stock), other), "applied"
        )
        self.assertEqual(picking.state, "done")
        self.assertEqual(picking.move_line_ids.lot_id, other)

    def test_another_lot_is_refused_where_the_turn_is_kept(self):
        fefo = self.env.ref("product_expiry.removal_fefo")
        self.product.categ_id = self.env["product.category"].create(
            {"name": "Fruit", "removal_strategy_id": fefo.id}
        )
        lots = self.make_lots(2)
        lots[1].expiration_date += timedelta(days=9)
        lots[1].removal_date = lots[1].expiration_date
        self.warehouse.out_type_id.deviation_policy = "stop"
        picking = self.deliver(12)
        self.assertEqual(picking.move_line_ids.lot_id, lots[0])
        point = self.make_point("pick", self.stock)
        self.assertEqual(self.pass_by(point, lots[1]), "refused")
        self.assertEqual(picking.move_line_ids.lot_id, lots[0])
        self.assertEqual(picking.state, "assigned")

    def test_what_no_transfer_asks_for_is_not_picked(self):
        [lot] = self.make_lots()
        point = self.make_point("pick", self.stock)
        self.assertEqual(self.pass_by(point, lot), "refused")
        self.assertIn("Bring it back", self.reads().reason)

    def test_pieces_are_picked_by_their_weight(self):
        [lot] = self.make_lots(quantity=16)  # 8 hands
        lot.sudo().lineage_code = "1G7400N6-HW"
        picking = self.deliver(6)
        point = self.make_point("pick", self.stock, finish="complete")
        hands = [self.hand(number) for number in (1, 2, 3)]
        self.pass_by(point, *hands[:2])
        self.assertEqual(picking.state, "assigned")
        picked = picking.move_line_ids.filtered("picked")
        self.assertEqual(sum(picked.mapped("quantity")), 4)
        self.pass_by(point, hands[2])
        self.assertEqual(picking.state, "done")
        self.assertEqual(self.lies(lot, self.stock), 10)

    def hand(self, number):
        from farmtag import lineage

        return str(lineage.parse("1G7400N6-HW").child(number))

    def test_only_what_is_ordered_is_loaded(self):
        lots = self.make_lots(3)
        picking = self.deliver(24)
        mine = picking.move_line_ids.lot_id
        point = self.make_point("load", self.stock, finish="complete")
        self.pass_by(point, mine[0], lots - mine)
        self.assertEqual(self.outcomes(), ["counted", "wrong_place"])
        self.assertEqual(picking.state, "assigned")
        self.pass_by(point, mine[1])
        self.assertEqual(picking.state, "done")
        self.assertFalse(picking.backorder_ids)

    # -- count ------------------------------------------------------------------------

    def quant(self, lot, place=None):
        return self.env["stock.quant"].search(
            [("lot_id", "=", lot.id), ("location_id", "=", (place or self.stock).id)]
        )

    def test_what_lies_there_is_counted(self):
        lots = self.make_lots(2)
        self.assertEqual(
            self.pass_by(self.make_point("count", self.stock), lots[0]), "applied"
        )
        self.assertRecordValues(
            self.quant(lots[0]),
            [
                {
                    "inventory_quantity": 12,
                    "inventory_quantity_set": True,
                    "user_id": self.picker.id,
                }
            ],
        )
        self.assertFalse(self.quant(lots[1]).inventory_quantity_set)

    def test_pieces_that_are_counted_add_up(self):
        [lot] = self.make_lots(quantity=16)
        lot.sudo().lineage_code = "1G7400N6-HW"
        point = self.make_point("count", self.stock)
        self.pass_by(point, self.hand(1), self.hand(2))
        self.pass_by(point, self.hand(2), self.hand(3))
        self.assertEqual(self.quant(lot).inventory_quantity, 6)

    def test_a_count_makes_no_goods_of_what_lies_elsewhere(self):
        [lot] = self.make_lots()
        for user in (self.picker, self.keeper):
            self.gate.sudo().user_id = user
            point = self.make_point("count")
            self.assertEqual(self.pass_by(point, lot), "refused")
            self.assertIn(self.stock.display_name, self.reads(point).reason)
            self.assertTrue(self.event().is_open)
            self.assertFalse(self.quant(lot, self.cold))
            self.assertFalse(self.quant(lot).inventory_quantity_set)
            self.assertEqual(self.lies(lot, self.stock), 12)

    def test_what_was_counted_elsewhere_counts_when_it_was_moved(self):
        [lot] = self.make_lots()
        self.pass_by(self.make_point("count"), lot)
        event = self.event()
        self.pass_by(self.make_point(), lot)
        event.with_user(self.keeper).action_try_again()
        self.assertEqual(event.state, "applied")
        self.assertEqual(self.quant(lot, self.cold).inventory_quantity, 12)
        self.assertEqual(self.quant(lot, self.cold).inventory_diff_quantity, 0)

    def test_a_manager_s_reader_applies_the_count(self):
        [lot] = self.make_lots()
        self.gate.sudo().user_id = self.keeper
        self.pass_by(self.make_point("count", self.stock), lot)
        self.assertFalse(self.quant(lot).inventory_quantity_set)
        self.assertEqual(self.lies(lot, self.stock), 12)

    # -- observe ----------------------------------------------------------------------

    def test_what_is_seen_elsewhere_than_the_books_say_is_listed(self):
        [lot] = self.make_lots()
        self.pass_by(self.make_point("observe"), lot, at=NOW - HOUR)
        self.pass_by(self.make_point("observe", self.stock), lot)
        self.assertEqual(self.outcomes(), ["wrong_place", "counted"])
        self.assertFalse(self.events(self.gate).picking_id)
