from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged

from .deviation_common import DeviationCase


@tagged("post_install", "-at_install")
class TestDeviationEnemy(DeviationCase):
    """A picker who knows the names of fields."""

    def test_a_move_does_not_say_which_rule_holds(self):
        self.kind.deviation_policy = "stop"
        picking = self.make_reserved()
        picking.move_ids.picking_type_id = self.warehouse.int_type_id
        self.take(picking, self.late)
        with self.assertRaises(UserError):
            picking.button_validate()
        self.assertNotEqual(picking.state, "done")

    def test_the_question_shows_no_lines_of_another_company(self):
        other = self.env["res.company"].create({"name": "Other"})
        house = self.env["stock.warehouse"].search([("company_id", "=", other.id)])
        move = self.env["stock.move"].create(
            {
                "product_id": self.product.id,
                "product_uom_qty": 1,
                "company_id": other.id,
                "location_id": house.lot_stock_id.id,
                "location_dest_id": self.customers.id,
            }
        )
        line = self.env["stock.move.line"].create(
            {
                "move_id": move.id,
                "product_id": self.product.id,
                "location_id": house.lot_stock_id.id,
                "location_dest_id": self.customers.id,
            }
        )
        questions = self.env["farm.deviation.question"].with_user(self.picker)
        question = questions.create({})
        with self.assertRaises(AccessError):
            question.line_ids.create(
                {"question_id": question.id, "move_line_id": line.id}
            )

    # -- the transfer says something else of itself ------------------------------------

    def make_stopped(self):
        self.kind.deviation_policy = "stop"
        return self.make_reserved()

    def assertStopped(self, picking, *lots):
        picking.move_ids.picked = True
        for go in (picking.button_validate, picking.move_ids._action_done):
            with self.refused("is to be taken"):
                go()
        self.assertNotEqual(picking.state, "done")

    def test_another_operation_type_does_not_take_the_question_away(self):
        picking = self.make_stopped()
        picking.picking_type_id = self.warehouse.int_type_id
        picking.location_dest_id = self.customers
        self.take(picking, self.late)
        self.assertStopped(picking)

    def test_nor_does_it_when_nothing_is_reserved_meanwhile(self):
        picking = self.make_stopped()
        picking.do_unreserve()
        picking.picking_type_id = self.warehouse.int_type_id
        picking.location_dest_id = self.customers
        self.take(picking, self.late)
        self.assertStopped(picking)

    def test_nor_another_transfer(self):
        picking = self.make_stopped()
        free = picking.copy({"picking_type_id": self.warehouse.int_type_id.id})
        free.location_dest_id = self.customers
        free.action_confirm()
        free.move_ids.product_uom_qty = 0
        move = picking.move_ids
        move.picking_id = free
        move.move_line_ids.lot_id = self.late
        self.assertStopped(free)

    def test_nor_a_line_that_goes_over_to_another_transfer(self):
        picking = self.make_stopped()
        free = picking.copy({"picking_type_id": self.warehouse.int_type_id.id})
        free.location_dest_id = self.customers
        free.action_confirm()
        free.do_unreserve()
        line = picking.move_line_ids
        line.write({"move_id": free.move_ids.id, "picking_id": free.id})
        line.lot_id = self.late
        self.assertStopped(free)

    def test_a_backorder_keeps_the_question(self):
        picking = self.make_stopped()
        picking.picking_type_id = self.warehouse.int_type_id
        picking.location_dest_id = self.customers
        self.warehouse.int_type_id.create_backorder = "always"
        move = picking.move_ids
        move.move_line_ids.quantity = 4.0
        move.picked = True
        picking.button_validate()
        rest = picking.backorder_ids.with_user(self.picker)
        self.take(rest, self.late)
        self.assertStopped(rest)

    def test_nobody_types_in_what_was_confirmed(self):
        picking = self.make_stopped()
        picking.picking_type_id = self.warehouse.int_type_id
        with self.refused("never typed in"):
            picking.move_ids.confirmed_type_id = False

    def test_a_manager_changes_the_operation_type_for_good(self):
        picking = self.make_stopped()
        picking.with_user(self.boss).picking_type_id = self.warehouse.int_type_id
        self.take(picking, self.late)
        self.assertFree(picking)

    def test_a_free_transfer_that_becomes_a_delivery_is_asked(self):
        picking = self.make_transfer(self.late, 5.0, self.customers)
        picking.action_confirm()
        picking.picking_type_id = self.kind
        self.take(picking, self.late)
        self.assertAsked(picking, (self.early, self.late))

    # -- another place -----------------------------------------------------------------

    def put(self, lot, quantity, place):
        for location, sign in ((self.stock, -1), (place, 1)):
            self.env["stock.quant"]._update_available_quantity(
                self.product, location, sign * quantity, lot_id=lot
            )

    def test_the_shelf_of_the_later_lot_is_no_other_source(self):
        picking = self.make_reserved()
        self.put(self.late, 10.0, self.shelf)
        picking.location_id = self.shelf
        self.assertEqual(picking.move_line_ids.lot_id, self.late)
        self.assertAsked(picking, (self.early, self.late))
        picking.location_id = self.stock
        self.assertAsked(picking, (self.early, self.late))

    def test_nor_by_way_of_another_place(self):
        picking = self.make_reserved()
        self.put(self.late, 10.0, self.shelf)
        picking.location_id = self.quarantine
        picking.move_ids.location_id = self.shelf
        picking.action_assign()
        self.assertEqual(picking.move_line_ids.lot_id, self.late)
        self.assertAsked(picking, (self.early, self.late))

    def test_a_shelf_with_the_given_lot_is_fine(self):
        picking = self.make_reserved()
        self.put(self.early, 10.0, self.shelf)
        picking.location_id = self.shelf
        self.assertEqual(picking.move_line_ids.lot_id, self.early)
        self.assertFree(picking)

    def test_a_source_elsewhere_gives_its_own_lots(self):
        other = self.env["stock.location"].create(
            {"name": "Other House", "location_id": self.stock.location_id.id}
        )
        picking = self.make_reserved()
        self.put(self.late, 10.0, other)
        picking.location_id = other
        self.assertEqual(picking.move_line_ids.lot_id, self.late)
        self.assertFree(picking)

    def test_a_move_that_says_it_comes_from_outside(self):
        picking = self.make_reserved()
        picking.move_ids.location_id = self.customers
        picking.move_ids.move_line_ids.unlink()
        self.add(picking, self.late, 10.0, location_id=self.stock.id)
        self.assertAsked(picking, (self.early, self.late))

    def test_a_new_transfer_that_says_it_comes_from_outside(self):
        picking = self.make_transfer(
            self.late,
            5.0,
            self.customers,
            source=self.suppliers,
            picking_type_id=self.kind.id,
        )
        picking.move_line_ids.location_id = self.stock
        self.assertAsked(picking, (self.early, self.late))

    def test_a_move_to_quarantine_whose_line_goes_to_a_customer(self):
        picking = self.make_reserved()
        picking.move_ids.location_dest_id = self.quarantine
        self.take(picking, self.late)
        self.assertAsked(picking, (self.early, self.late))

    def test_a_line_from_another_place(self):
        picking = self.make_reserved()
        self.put(self.late, 10.0, self.quarantine)
        picking.move_line_ids.write(
            {"location_id": self.quarantine.id, "lot_id": self.late.id}
        )
        self.assertAsked(picking, (self.early, self.late))

    def test_put_in_pack(self):
        picking = self.make_reserved()
        picking.move_line_ids.lot_id = self.late
        picking.move_line_ids.action_put_in_pack()
        self.assertAsked(picking, (self.early, self.late))

    def test_put_in_pack_as_another_operation_type(self):
        picking = self.make_reserved()
        picking.picking_type_id = self.warehouse.int_type_id
        picking.location_dest_id = self.customers
        self.take(picking, self.late)
        picking.move_line_ids.action_put_in_pack()
        self.assertAsked(picking, (self.early, self.late))

    # -- what was returned -------------------------------------------------------------

    def returned(self, picking, quantity):
        wizard = self.env["stock.return.picking"].create({"picking_id": picking.id})
        wizard.product_return_moves.quantity = quantity
        back = self.env["stock.picking"].browse(
            wizard.action_create_returns()["res_id"]
        )
        back.move_ids.picked = True
        back.button_validate()
        self.assertEqual(back.state, "done")
        return back.with_user(self.picker)

    def make_returned(self):
        """Four of the late lot came back from a customer."""
        self.kind.deviation_policy = "free"
        picking = self.make_reserved(4.0)
        self.take(picking, self.late)
        picking.button_validate()
        back = self.returned(picking, 4.0)
        self.kind.deviation_policy = "reason"
        return back

    def make_claiming(self, back, quantity=4.0):
        """A delivery to the same customer that says it is what came back."""
        picking = self.make_reserved(quantity)
        picking.partner_id = back.partner_id
        picking.move_ids.origin_returned_move_id = back.move_ids
        return picking

    def test_what_came_back_goes_out_again(self):
        back = self.make_returned()
        wizard = (
            self.env["stock.return.picking"]
            .with_user(self.picker)
            .create({"picking_id": back.id})
        )
        wizard.product_return_moves.quantity = 4.0
        again = self.env["stock.picking"].browse(
            wizard.action_create_returns()["res_id"]
        )
        again = again.with_user(self.picker)
        self.assertEqual(again.picking_type_id, self.kind)
        self.take(again, self.late)
        self.assertFree(again)

    def test_more_than_came_back_is_asked(self):
        back = self.make_returned()
        picking = self.make_claiming(back, 5.0)
        self.take(picking, self.late)
        self.assertAsked(picking, (self.early, self.late))

    def test_what_came_back_does_so_once(self):
        back = self.make_returned()
        for go in (self.assertFree, lambda one: one.button_validate()):
            picking = self.make_claiming(back)
            self.take(picking, self.late)
            go(picking)
        self.assertNotEqual(picking.state, "done")

    def test_another_lot_than_came_back_is_asked(self):
        back = self.make_returned()
        picking = self.make_claiming(back)
        self.take(picking, self.latest)
        self.assertAsked(picking, (self.early, self.latest))

    def test_what_another_customer_sent_back_is_asked(self):
        back = self.make_returned()
        picking = self.make_claiming(back)
        picking.partner_id = self.env["res.partner"].create({"name": "Other"})
        self.take(picking, self.late)
        self.assertAsked(picking, (self.early, self.late))

    def test_what_came_back_of_another_product_is_asked(self):
        hand = self.make_product(name="Hand")
        lot = self.env["stock.lot"].create({"name": "H1", "product_id": hand.id})
        move = self.env["stock.move"].create(
            {
                "product_id": hand.id,
                "product_uom_qty": 10.0,
                "location_id": self.customers.id,
                "location_dest_id": self.stock.id,
                "picked": True,
                "move_line_ids": [
                    Command.create(
                        {"product_id": hand.id, "lot_id": lot.id, "quantity": 10.0}
                    )
                ],
            }
        )
        move._action_done()
        picking = self.make_reserved(4.0)
        picking.move_ids.origin_returned_move_id = move
        self.take(picking, self.late)
        self.assertAsked(picking, (self.early, self.late))
