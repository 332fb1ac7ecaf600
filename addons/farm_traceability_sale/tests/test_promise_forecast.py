from odoo.tests import tagged

from .common import SaleCase


@tagged("post_install", "-at_install")
class TestPromiseForecast(SaleCase):
    """A confirmed order shows what its deliveries may count on."""

    def confirm(self, customer, quantity, reserve=True):
        order = self.make_order(customer, quantity)
        order.action_confirm()
        if not reserve:
            order.picking_ids.sudo().do_unreserve()
        order.order_line.invalidate_recordset()
        return order.order_line

    def test_the_delivery_reserves_what_the_quotation_said(self):
        quotation = self.make_order(self.shop, 70.0)
        self.assertEqual(quotation.order_line.free_qty_today, 40.0)
        line = self.confirm(self.shop, 70.0)
        self.assertEqual(line.qty_available_today, 40.0)
        self.assertEqual(line.move_ids.move_line_ids.lot_id, self.fresh)

    def test_what_the_delivery_lacks_is_said_with_its_rule(self):
        line = self.confirm(self.shop, 70.0)
        self.assertLess(line.free_qty_today, line.qty_to_deliver)
        self.assertIn("60 kg of free stock do not qualify", line.not_qualifying)

    def test_a_delivery_that_is_reserved_in_full_says_nothing(self):
        line = self.confirm(self.shop, 40.0)
        self.assertEqual(line.qty_available_today, 40.0)
        self.assertFalse(line.not_qualifying)

    def test_nothing_reserved_yet_counts_what_qualifies(self):
        line = self.confirm(self.shop, 30.0, reserve=False)
        self.assertEqual(line.qty_available_today, 0.0)
        self.assertEqual(line.free_qty_today, 30.0)

    def test_when_the_transfer_is_put_off_its_day_counts(self):
        line = self.confirm(self.shop, 70.0, reserve=False)
        line.move_ids.picking_id.sudo().scheduled_date = self.days(11)
        line.invalidate_recordset()
        self.assertIn("100 kg", line.not_qualifying)
        self.assertIn("26 June 2026", line.not_qualifying)

    def test_an_order_that_is_delivered_says_nothing(self):
        line = self.confirm(self.shop, 40.0)
        line.move_ids.picking_id.sudo().button_validate()
        line.invalidate_recordset()
        self.assertFalse(line.not_qualifying)
        self.assertFalse(line.free_qty_today)

    def test_a_customer_without_terms_gets_the_old_lot(self):
        line = self.confirm(self.stall, 50.0)
        self.assertEqual(line.qty_available_today, 50.0)
        self.assertFalse(line.not_qualifying)

    def test_the_seller_reads_his_order_and_no_lots(self):
        line = self.confirm(self.shop, 70.0)
        specification = {name: {} for name in ("not_qualifying", "free_qty_today")}
        [values] = line.with_user(self.seller).web_read(specification)
        self.assertIn("60 kg", values["not_qualifying"])
        self.assertFalse(self.term.with_user(self.seller).has_access("write"))
