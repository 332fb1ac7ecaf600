from datetime import timedelta
from unittest.mock import patch

from odoo.fields import Command
from odoo.tests import Form, tagged

from .common import SaleCase


@tagged("post_install", "-at_install")
class TestPromise(SaleCase):
    """A quotation counts what its customer may be promised, and says what not."""

    def test_a_customer_without_terms_sees_all_that_is_free(self):
        line = self.make_order(self.stall, 10.0).order_line
        self.assertAvailable(line, 100.0, 100.0)
        self.assertFalse(line.not_qualifying)

    def test_what_breaks_a_term_is_not_available(self):
        line = self.make_order(self.shop, 10.0).order_line
        self.assertAvailable(line, 40.0, 40.0)
        self.assertEqual(line.qty_available_today, 40.0)

    def test_the_line_says_how_much_does_not_qualify_and_by_which_rule(self):
        line = self.make_order(self.shop, 10.0).order_line
        self.assertEqual(
            line.not_qualifying,
            "60 kg of free stock do not qualify: Toko Segar takes no lot with less"
            " than 10 days left on arrival (15 June 2026).",
        )

    def test_a_line_for_which_all_qualifies_says_nothing(self):
        self.term.minimum = 3
        line = self.make_order(self.shop, 10.0).order_line
        self.assertAvailable(line, 100.0, 100.0)
        self.assertFalse(line.not_qualifying)

    def test_the_address_that_gets_the_goods_is_asked(self):
        branch = self.env["res.partner"].create(
            {"name": "Branch", "type": "delivery", "parent_id": self.shop.id}
        )
        order = self.make_order(self.stall, 10.0, partner_shipping_id=branch.id)
        self.assertAvailable(order.order_line, 40.0, 40.0)
        order.partner_shipping_id = self.stall
        self.assertAvailable(order.order_line, 100.0, 100.0)

    def test_the_day_of_arrival_counts(self):
        order = self.make_order(self.shop, 10.0)
        self.assertAvailable(order.order_line, 40.0, 40.0)
        order.commitment_date = self.days(11)
        self.assertIn("26 June 2026", order.order_line.not_qualifying)
        self.assertAvailable(order.order_line, 0.0, 0.0)

    def test_the_days_on_the_way_count(self):
        self.shop.delivery_lead_days = 11
        line = self.make_order(self.shop, 10.0).order_line
        self.assertAvailable(line, 0.0, 0.0)
        self.assertIn("100 kg of free stock do not", line.not_qualifying)

    def test_the_security_days_of_the_company_make_it_leave_earlier(self):
        order = self.make_order(self.shop, 10.0)
        order.commitment_date = self.days(11)
        order.company_id.sudo().security_lead = 1
        order.order_line.invalidate_recordset()
        self.assertAvailable(order.order_line, 40.0, 40.0)

    def test_what_is_to_be_removed_by_then_is_not_taken_off_twice(self):
        order = self.make_order(self.shop, 10.0)
        order.commitment_date = self.days(6)
        self.assertAvailable(order.order_line, 40.0, 40.0)

    def test_what_is_reserved_already_is_not_taken_off_again(self):
        delivery = self.make_delivery(self.product, 60.0)
        delivery.move_ids.move_line_ids.unlink()
        delivery.move_ids._update_reserved_quantity(
            60.0, self.warehouse.lot_stock_id, lot_id=self.old
        )
        line = self.make_order(self.shop, 10.0).order_line
        self.assertAvailable(line, 40.0, 40.0)
        self.assertFalse(line.not_qualifying)

    def test_what_is_on_hold_is_left_out_once_and_not_named(self):
        self.env["farm.hold"]._place(self.old, "quality", "Residues found")
        line = self.make_order(self.shop, 10.0).order_line
        self.assertAvailable(line, 40.0, 40.0)
        self.assertFalse(line.not_qualifying)

    def test_lines_of_one_order_share_what_there_is(self):
        first, second = self.make_order(self.shop, 30.0, 30.0).order_line
        self.assertAvailable(first, 40.0, 40.0)
        self.assertAvailable(second, 10.0, 10.0)

    def test_each_of_several_customers_sees_his_own(self):
        lines = (
            self.make_order(self.shop, 10.0) | self.make_order(self.stall, 10.0)
        ).order_line
        lines.invalidate_recordset()
        self.assertEqual(lines.mapped("free_qty_today"), [40.0, 100.0])
        self.assertEqual([bool(line.not_qualifying) for line in lines], [True, False])

    def test_every_rule_that_leaves_something_out_is_named_once(self):
        self.product.sudo().is_certified_only = True
        line = self.make_order(self.shop, 10.0).order_line
        self.assertAvailable(line, 0.0, 0.0)
        self.assertIn("less than 10 days left", line.not_qualifying)
        self.assertIn("valid certificate", line.not_qualifying)

    def test_a_rule_that_leaves_nothing_out_is_not_named(self):
        self.product.sudo().is_certified_only = True
        self.term.minimum = 3
        line = self.make_order(self.shop, 10.0).order_line
        self.assertNotIn("days left", line.not_qualifying)

    def test_quantities_are_said_in_the_unit_of_the_line(self):
        ton = self.env.ref("uom.product_uom_ton")
        order = self.make_order(self.shop, 1.0)
        order.order_line.product_uom_id = ton
        self.assertAvailable(order.order_line, 0.04, 0.04)
        said = f"0.06 {ton.display_name} of free stock"
        self.assertIn(said, order.order_line.not_qualifying)

    def test_the_form_answers_before_it_is_saved(self):
        with Form(self.env["sale.order"].with_user(self.seller)) as form:
            form.partner_id = self.shop
            with form.order_line.new() as line:
                line.product_id = self.product
                line.product_uom_qty = 50.0
                self.assertIn("60 kg", line.not_qualifying)
        self.assertAvailable(form.record.order_line, 40.0, 40.0)

    def test_goods_without_lots_have_no_terms(self):
        crate = self.env["product.product"].create(
            {"name": "Crate", "is_storable": True}
        )
        self.make_term(self.shop, 10, crate)
        line = self.make_order(self.shop, 10.0, product=crate).order_line
        self.assertFalse(line.not_qualifying)

    def test_goods_that_are_bought_to_order_are_not_counted(self):
        route = self.env.ref("stock.route_warehouse0_mto")
        route.sudo().active = True
        self.product.route_ids = [Command.link(route.id)]
        line = self.make_order(self.shop, 10.0).order_line
        self.assertTrue(line.is_mto)
        self.assertFalse(line.not_qualifying)

    def test_another_warehouse_does_not_count(self):
        other = self.env["stock.warehouse"].create({"name": "Other", "code": "OTH"})
        self.make_stock(7.0, self.days(30), warehouse=other)
        order = self.make_order(self.shop, 10.0, warehouse_id=other.id)
        self.assertAvailable(order.order_line, 7.0, 7.0)
        self.assertFalse(order.order_line.not_qualifying)

    def test_terms_of_another_company_do_not_count(self):
        other = self.env["res.company"].create({"name": "Other Company"})
        self.term.company_id = other
        line = self.make_order(self.shop, 10.0).order_line
        self.assertAvailable(line, 100.0, 100.0)
        user = self.make_seller(
            company_id=other.id, company_ids=[Command.set(other.ids)]
        )
        warehouse = self.env["stock.warehouse"].search(
            [("company_id", "=", other.id)], limit=1
        )
        self.make_stock(8.0, self.days(5), warehouse=warehouse)
        self.make_stock(9.0, self.days(20), warehouse=warehouse)
        line = self.make_order(
            self.shop, 10.0, user=user, company_id=other.id
        ).order_line
        self.assertAvailable(line, 9.0, 9.0)

    def test_what_is_late_leaves_now(self):
        order = self.make_order(self.shop, 10.0)
        order.commitment_date = self.day - timedelta(days=20)
        self.assertIn("15 June 2026", order.order_line.not_qualifying)


@tagged("post_install", "-at_install")
class TestPromiseQueries(SaleCase):
    """Terms cost what they must, and nothing where there are none."""

    def extra(self, lines):
        """Queries that terms add to those of core for the availability of lines."""
        plain = patch.object(type(lines), "_get_promises", lambda lines: {})
        with plain:
            of_core = self.cost(lines)
        return self.cost(lines) - of_core

    def cost(self, lines):
        self.env.flush_all()
        self.env.invalidate_all()
        # As the screen reads them: together.
        lines = lines.browse(lines.ids)
        before = self.cr.sql_log_count
        lines.mapped("free_qty_today")
        return self.cr.sql_log_count - before

    def make_lines(self, customer, number):
        lines = self.make_order(customer, *[1.0] * number).order_line
        self.cost(lines)
        return lines

    def test_without_terms_the_cost_is_to_find_none_however_many_lines(self):
        # The terms, and the customer, the company and its calendar.
        self.assertEqual(self.extra(self.make_lines(self.stall, 1)), 4)
        self.assertEqual(self.extra(self.make_lines(self.stall, 20)), 4)

    def test_a_line_with_terms_costs_one_statement_whatever_the_number_of_lots(self):
        few = self.make_lines(self.shop, 1)
        cost = self.extra(few)
        self.assertEqual(self.extra(self.make_lines(self.shop, 11)), cost + 10)
        for number in range(30):
            self.make_stock(1.0, self.days(number))
        self.assertEqual(self.extra(few), cost)
