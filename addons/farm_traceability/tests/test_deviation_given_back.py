from odoo.tests import tagged

from .deviation_common import DeviationCase


@tagged("post_install", "-at_install")
class TestGivenBack(DeviationCase):
    """Who reserves the earlier lot, delivers the later one and gives back is seen."""

    def keep(self, user=None, quantity=10.0):
        """Reserve the early lot for a transfer inside."""
        picking = self.make_transfer(self.early, quantity, self.shelf)
        picking.move_ids.move_line_ids.unlink()
        picking.action_confirm()
        picking.do_unreserve()
        picking = picking.with_user(user or self.picker)
        picking.action_assign()
        self.assertEqual(picking.move_line_ids.lot_id, self.early)
        return picking

    def deliver_late(self):
        picking = self.make_reserved()
        self.assertEqual(picking.move_line_ids.given_lot_id, self.late)
        self.assertFree(picking)
        return picking

    def assertSeen(self, picking, kept, quantity=10.0):
        record = self.deviations_of(picking)
        self.assertRecordValues(
            record,
            [
                {
                    "given_lot_id": self.early.id,
                    "lot_id": self.late.id,
                    "user_id": self.picker.id,
                    "quantity": quantity,
                    "reason_id": self.env.ref(
                        "farm_traceability.deviation_reason_given_back"
                    ).id,
                }
            ],
        )
        self.assertIn(kept.name, record.note)

    def test_it_is_seen_however_it_is_given_back(self):
        def cancel(picking):
            picking.action_cancel()

        def unreserve(picking):
            picking.do_unreserve()

        def delete(picking):
            picking.move_line_ids.unlink()

        def take_another(picking):
            picking.move_line_ids.lot_id = self.latest

        def empty(picking):
            picking.move_line_ids.quantity = 0

        def from_elsewhere(picking):
            picking.location_id = self.quarantine

        ways = (cancel, unreserve, delete, take_another, empty, from_elsewhere)
        for give_back in ways:
            with self.subTest(way=give_back.__name__), self.env.cr.savepoint() as point:
                kept = self.keep()
                picking = self.deliver_late()
                give_back(kept)
                self.assertSeen(picking, kept)
                point.rollback()
                self.env.invalidate_all()

    def test_a_part_is_seen_as_a_part(self):
        kept = self.keep()
        picking = self.deliver_late()
        kept.move_line_ids.quantity = 7.0
        self.assertSeen(picking, kept, 3.0)

    def test_it_is_seen_once(self):
        kept = self.keep()
        picking = self.deliver_late()
        kept.do_unreserve()
        kept.action_assign()
        kept.do_unreserve()
        self.assertSeen(picking, kept)

    def test_what_others_reserved_or_give_back_is_theirs(self):
        kept = self.keep(self.boss)
        picking = self.deliver_late()
        kept.with_user(self.picker).do_unreserve()
        self.assertFalse(self.deviations_of(picking))
        kept = self.keep()
        other = self.make_reserved(4.0)
        self.assertFree(other)
        kept.with_user(self.boss).do_unreserve()
        self.assertFalse(self.deviations_of(other))

    def test_what_is_moved_was_not_kept(self):
        kept = self.keep()
        picking = self.deliver_late()
        kept.button_validate()
        self.assertFalse(self.deviations_of(picking))

    def test_a_backorder_still_wants_it(self):
        self.warehouse.int_type_id.create_backorder = "always"
        kept = self.keep()
        picking = self.deliver_late()
        kept.move_line_ids.write({"quantity": 10.0, "picked": True})
        kept.move_ids.product_uom_qty = 12.0
        kept.button_validate()
        self.assertTrue(kept.backorder_ids)
        self.assertFalse(self.deviations_of(picking))

    def test_a_later_lot_was_kept_from_nobody(self):
        first = self.make_reserved()
        kept = self.make_reserved()
        self.assertEqual(kept.move_line_ids.lot_id, self.late)
        self.assertFree(first)
        kept.do_unreserve()
        self.assertFalse(self.deviations_of(first))

    def test_nothing_is_seen_where_nothing_is_asked(self):
        self.kind.deviation_policy = "free"
        kept = self.keep()
        picking = self.deliver_late()
        kept.do_unreserve()
        self.assertFalse(self.deviations_of(picking))

    def test_the_reason_is_not_for_people_to_choose_or_delete(self):
        reason = self.env.ref("farm_traceability.deviation_reason_given_back")
        self.assertNotIn(reason, self.env["farm.deviation.reason"].search([]))
        with self.refused("is written by the system"):
            reason.with_user(self.boss).unlink()
