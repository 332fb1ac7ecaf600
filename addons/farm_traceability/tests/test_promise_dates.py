from datetime import timedelta

from odoo.tests import tagged

from .promise_common import PromiseCase


@tagged("post_install", "-at_install")
class TestPromiseDates(PromiseCase):
    """Dates of a lot say how fresh it is: who changes them is on record."""

    def changes(self, lot):
        """Name of the field, old and new date of all that is on record."""
        self.env.flush_all()
        self.cr.precommit.run()
        values = lot.message_ids.sudo().tracking_value_ids.sorted("id")
        return [
            (value.field_id.name, value.old_value_datetime, value.new_value_datetime)
            for value in values
        ]

    def test_who_changed_which_date(self):
        lot = self.older.with_user(self.picker)
        was, later = lot.expiration_date, lot.expiration_date + timedelta(days=30)
        self.assertEqual(self.changes(lot), [])
        lot.expiration_date = later
        self.assertIn(("expiration_date", was, later), self.changes(lot))
        message = lot.message_ids.filtered(lambda one: one.sudo().tracking_value_ids)
        self.assertEqual(message.author_id, self.picker.partner_id)

    def test_the_removal_date_as_well(self):
        lot = self.older.with_user(self.picker)
        was, later = lot.removal_date, lot.removal_date + timedelta(days=30)
        self.assertEqual(self.changes(lot), [])
        lot.removal_date = later
        self.assertEqual(self.changes(lot), [("removal_date", was, later)])

    def test_a_request_does_not_turn_it_off(self):
        lot = self.older.with_user(self.picker)
        self.assertEqual(self.changes(lot), [])
        context = {"tracking_disable": True, "mail_notrack": True}
        lot.with_context(**context).expiration_date += timedelta(days=30)
        names = [name for name, _old, _new in self.changes(lot)]
        self.assertIn("expiration_date", names)

    def test_who_changed_it_does_not_take_the_record_away(self):
        lot = self.older.with_user(self.picker)
        self.assertEqual(self.changes(lot), [])
        lot.expiration_date += timedelta(days=30)
        self.changes(lot)
        message = lot.message_ids[:1]
        with self.refused("stays on record"):
            message.unlink()
        with self.refused("stays on record"):
            message.res_id = self.newer.id
        lot.message_post(body="A typing mistake").unlink()

    def test_code_may_write_many_lots_without_a_word(self):
        lot = self.older.sudo().with_context(tracking_disable=True)
        self.assertEqual(self.changes(lot), [])
        lot.expiration_date += timedelta(days=30)
        self.assertEqual(self.changes(lot), [])

    def test_a_new_lot_has_nothing_to_say(self):
        lot = (
            self.env["stock.lot"]
            .with_user(self.picker)
            .create(
                {
                    "name": "NEW-1",
                    "product_id": self.product.id,
                    "expiration_date": self.older.expiration_date,
                }
            )
        )
        self.assertEqual(self.changes(lot), [])
