from odoo.tests import tagged

from .deviation_common import DeviationCase
from .expiry_common import ExpiryCase
from .promise_common import PromiseCase


@tagged("post_install", "-at_install")
class TestDeviationPromise(DeviationCase, PromiseCase):
    """What a customer may not be promised is nobody's turn."""

    def test_the_lot_that_does_not_qualify_is_not_passed_over(self):
        self.make_term(partner_id=self.shop)
        picking = self.deliver(self.shop)
        self.assertEqual(picking.move_line_ids.given_lot_id, self.newer)
        self.take(picking, self.newer)
        self.assertFree(picking)
        picking = self.deliver(self.other)
        self.take(picking, self.newer)
        self.assertAsked(picking, (self.older, self.newer))

    def test_a_lot_that_was_allowed_on_the_transfer_is_not_asked_for(self):
        self.make_term(partner_id=self.shop)
        picking = self.deliver(self.shop)
        self.allow(picking, self.older)
        self.take(picking, self.older)
        self.assertFree(picking)

    def test_the_customer_at_the_end_of_the_steps_is_on_record(self):
        self.warehouse.delivery_steps = "pick_ship"
        pick_type = self.warehouse.pick_type_id
        pick_type.deviation_policy = "reason"
        pick = self.deliver(
            self.env["res.partner"],
            picking_type_id=pick_type.id,
            location_dest_id=self.warehouse.wh_output_stock_loc_id.id,
        )
        ship = self.deliver(self.branch)
        ship.do_unreserve()
        pick.move_ids.location_dest_id = self.warehouse.wh_output_stock_loc_id
        ship.move_ids.location_id = self.warehouse.wh_output_stock_loc_id
        pick.move_ids.move_dest_ids = ship.move_ids
        pick.move_line_ids.write(
            {"lot_id": self.newer.id, "deviation_reason_id": self.reason.id}
        )
        pick.move_ids.picked = True
        pick._action_done()
        self.assertEqual(self.deviations_of(pick).partner_id, self.branch)


@tagged("post_install", "-at_install")
class TestDeviationBoard(ExpiryCase):
    """A transfer of the expiry board takes the lots that were chosen there."""

    def test_the_chosen_lot_is_the_given_one(self):
        house = self.warehouse
        house.int_type_id.deviation_policy = "stop"
        self.make_lot(5)
        chosen = self.make_lot(20)
        work = self.work("transfer", chosen)
        work.location_dest_id = self.outlet
        picking = self.env["stock.picking"].browse(work.action_transfer()["res_id"])
        self.assertEqual(picking.move_line_ids.given_lot_id, chosen)
        picking.with_user(self.keeper).button_validate()
        self.assertEqual(picking.state, "done")
