from odoo.tests import tagged

from .deviation_common import DeviationCase


@tagged("post_install", "-at_install")
class TestDeviation(DeviationCase):
    """Who takes another lot than the strategy gave says why."""

    def test_the_given_lot_is_on_the_line(self):
        lines = self.make_reserved(15.0).move_line_ids
        self.assertRecordValues(
            lines,
            [
                {"lot_id": self.early.id, "given_lot_id": self.early.id},
                {"lot_id": self.late.id, "given_lot_id": self.late.id},
            ],
        )

    def test_a_typed_quantity_is_given_lots_too(self):
        picking = self.make_delivery(self.product, 4.0, self.picker)
        picking.move_ids.quantity = 4.0
        self.assertEqual(picking.move_line_ids.given_lot_id, self.early)
        self.assertFree(picking)

    def test_who_takes_the_given_lot_is_not_asked(self):
        self.assertFree(self.make_reserved())

    def test_a_changed_lot_is_asked_for_and_recorded(self):
        picking = self.make_reserved(8.0)
        picking.move_line_ids.lot_id = self.late
        question = self.assertAsked(picking, (self.early, self.late))
        question.write({"reason_id": self.reason.id, "note": "Two crates"})
        question.action_validate()
        self.assertEqual(picking.state, "done")
        self.assertRecordValues(
            self.deviations_of(picking),
            [
                {
                    "company_id": self.env.company.id,
                    "picking_type_id": self.kind.id,
                    "partner_id": picking.partner_id.id,
                    "product_id": self.product.id,
                    "location_id": self.stock.id,
                    "location_dest_id": self.customers.id,
                    "given_lot_id": self.early.id,
                    "given_expiry": self.early.expiration_date,
                    "lot_id": self.late.id,
                    "expiry": self.late.expiration_date,
                    "days": 5,
                    "quantity": 8.0,
                    "product_uom_id": self.product.uom_id.id,
                    "reason_id": self.reason.id,
                    "note": "Two crates",
                    "user_id": self.picker.id,
                }
            ],
        )

    def test_a_reason_on_the_line_is_not_asked_again(self):
        picking = self.make_reserved()
        line = picking.move_line_ids
        line.write({"lot_id": self.late.id, "deviation_reason_id": self.reason.id})
        self.assertIs(picking.button_validate(), True)
        self.assertEqual(self.deviations_of(picking).reason_id, self.reason)

    def test_deleting_the_line_and_typing_another_lot_is_the_same(self):
        picking = self.make_reserved()
        line = self.take(picking, self.late)
        self.assertFalse(line.given_lot_id)
        question = self.assertAsked(picking, (self.early, self.late))
        question.reason_id = self.reason
        question.action_validate()
        self.assertEqual(self.deviations_of(picking).given_lot_id, self.early)

    def test_typing_what_the_strategy_would_give_is_free(self):
        picking = self.make_reserved()
        self.take(picking, self.early)
        self.assertFree(picking)

    def test_typing_without_a_reservation(self):
        typed = self.make_delivery(self.product, 10.0, self.picker)
        self.add(typed, self.latest, 10.0)
        self.assertAsked(typed, (self.early, self.latest))
        self.take(typed, self.early)
        self.assertFree(typed)

    def test_the_need_of_the_move_counts_not_the_line(self):
        picking = self.make_reserved(15.0)
        self.take(picking, self.late, 5.0)
        self.assertFree(picking)

    def test_a_lot_beyond_the_need_is_asked_for(self):
        picking = self.make_reserved(15.0)
        self.take(picking, self.latest, 5.0)
        self.assertAsked(picking, (self.early, self.latest))

    def test_lots_that_others_have_reserved_are_not_passed_over(self):
        self.make_reserved(10.0)
        picking = self.make_delivery(self.product, 5.0, self.picker)
        self.add(picking, self.late, 5.0)
        self.assertFree(picking)

    def test_when_nothing_else_qualifies_nothing_is_asked(self):
        self.place(self.early | self.late)
        picking = self.make_delivery(self.product, 5.0, self.picker)
        self.add(picking, self.latest, 5.0)
        self.assertFree(picking)

    def test_the_given_lot_that_was_held_meanwhile_is_not_passed_over(self):
        picking = self.make_reserved(5.0)
        picking.move_line_ids.lot_id = self.late
        self.place(self.early)
        self.assertEqual(picking.move_line_ids.given_lot_id, self.early)
        self.assertFree(picking)

    def test_the_given_lot_that_another_order_took_meanwhile_is_asked_for(self):
        picking = self.make_reserved(10.0)
        picking.move_line_ids.lot_id = self.late
        self.assertEqual(self.make_reserved().move_line_ids.lot_id, self.early)
        self.assertAsked(picking, (self.early, self.late))

    def test_more_of_the_given_lot_is_free(self):
        picking = self.make_reserved(6.0)
        picking.move_line_ids.quantity = 9.0
        self.assertFree(picking)

    def test_more_of_the_given_lot_on_a_line_of_its_own_is_free(self):
        picking = self.make_reserved(15.0)
        self.add(picking, self.late, 2.0)
        self.assertFree(picking)

    def test_more_of_the_given_lot_is_free_where_an_older_one_came_meanwhile(self):
        picking = self.make_reserved(6.0)
        self.receive(9.0, date=self.days(-7))
        picking.move_line_ids.quantity = 9.0
        self.assertFree(picking)

    def test_the_older_of_two_given_lots_is_not_dropped(self):
        picking = self.make_reserved(15.0)
        first, second = picking.move_line_ids
        first.unlink()
        second.quantity = 10.0
        self.assertAsked(picking, (self.early, self.late))
        self.take(picking, self.late, 10.0)
        self.assertAsked(picking, (self.early, self.late))
        self.take(picking, self.late, 5.0)
        self.assertFree(picking)

    def test_dropping_one_lot_and_typing_the_quantity_is_the_same(self):
        picking = self.make_reserved(15.0)
        picking.move_line_ids[0].unlink()
        picking.move_ids.quantity = 10.0
        self.assertEqual(picking.move_line_ids.lot_id, self.late)
        self.assertAsked(picking, (self.early, self.late))

    def test_a_later_reservation_adds_to_what_is_given(self):
        picking = self.make_reserved(40.0)
        self.assertEqual(picking.move_ids.state, "partially_available")
        self.env["stock.quant"]._update_available_quantity(
            self.product, self.stock, 5.0, lot_id=self.latest
        )
        picking.action_assign()
        line = picking.move_line_ids.filtered(lambda one: one.lot_id == self.latest)
        self.assertEqual((line.quantity, line.given_quantity), (15.0, 15.0))
        self.assertFalse(picking.move_line_ids._deviations())

    def test_over_the_order_the_next_lot_is_free_and_another_is_not(self):
        picking = self.make_reserved(10.0)
        extra = self.add(picking, self.late, 2.0)
        self.assertFalse(picking.move_line_ids._deviations())
        extra.lot_id = self.latest
        self.assertAsked(picking, (self.late, self.latest))

    def test_other_units_count_in_the_products_unit(self):
        gram = self.env.ref("uom.product_uom_gram")
        picking = self.make_delivery(self.product, 5.0, self.picker)
        picking.move_ids.write({"product_uom": gram.id, "product_uom_qty": 5000.0})
        picking.action_assign()
        line = picking.move_line_ids
        self.assertEqual((line.quantity, line.given_quantity), (5000.0, 5.0))
        self.assertFree(picking)

    def test_given_lots_may_change_places(self):
        picking = self.make_reserved(20.0)
        first, second = picking.move_line_ids
        # An even older lot came meanwhile: what was given is given.
        self.receive(10.0, date=self.days(-7))
        first.lot_id, second.lot_id = self.late, self.early
        self.assertFree(picking)

    def test_an_older_lot_that_is_free_is_no_deviation(self):
        picking = self.make_reserved(5.0)
        picking.move_line_ids.lot_id = self.receive(9.0, date=self.days(-7)).lot_ids
        self.assertFree(picking)

    def test_an_older_lot_of_another_order_is_one(self):
        older = self.receive(5.0, date=self.days(-7)).lot_ids
        self.assertEqual(self.make_reserved(5.0).move_line_ids.lot_id, older)
        picking = self.make_reserved(5.0)
        picking.move_line_ids.lot_id = older
        self.assertAsked(picking, (self.early, older))

    def test_lots_that_expire_on_one_day_are_alike(self):
        twin = self.receive(10.0, date=self.days(-5)).lot_ids
        twin.removal_date = self.early.removal_date.replace(hour=6)
        changed = self.make_reserved(5.0)
        changed.move_line_ids.lot_id = twin
        typed = self.make_reserved(5.0)
        self.take(typed, twin)
        self.assertFree(changed)
        self.assertFree(typed)
        twin.removal_date = self.days(2)
        asked = self.make_reserved(2.0)
        asked.move_line_ids.lot_id = self.latest
        self.assertNotEqual(asked.button_validate(), True)

    def test_free_operation_types_ask_and_record_nothing(self):
        self.kind.deviation_policy = "free"
        picking = self.make_reserved()
        picking.move_line_ids.lot_id = self.late
        self.assertFree(picking)

    def test_reserving_again_forgets_what_was_typed(self):
        picking = self.make_reserved()
        picking.move_line_ids.write(
            {"lot_id": self.late.id, "deviation_reason_id": self.reason.id}
        )
        picking.do_unreserve()
        self.assertFalse(picking.move_line_ids)
        picking.action_assign()
        self.assertRecordValues(
            picking.move_line_ids,
            [
                {
                    "lot_id": self.early.id,
                    "given_lot_id": self.early.id,
                    "deviation_reason_id": False,
                }
            ],
        )

    def test_a_reason_may_need_a_note(self):
        picking = self.make_reserved()
        picking.move_line_ids.write(
            {"lot_id": self.late.id, "deviation_reason_id": self.other_reason.id}
        )
        picking.move_ids.picked = True
        with self.refused("“Something else” needs a note"):
            picking.move_ids._action_done()
        question = self.assertAsked(picking, (self.early, self.late))
        with self.refused("needs a note"):
            question.action_validate()
        question.line_ids.note = "A cat slept on it"
        question.action_validate()
        self.assertEqual(self.deviations_of(picking).note, "A cat slept on it")

    def test_an_empty_answer_is_no_answer(self):
        picking = self.make_reserved()
        picking.move_line_ids.lot_id = self.late
        question = self.assertAsked(picking, (self.early, self.late))
        with self.refused("Choose a reason"):
            question.action_validate()
