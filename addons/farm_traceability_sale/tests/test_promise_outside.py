from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import tagged

from .common import SaleCase


@tagged("post_install", "-at_install")
class TestPromiseOutside(SaleCase):
    """A customer who signs in does not read what we have in stock."""

    def test_the_portal_reads_neither_the_remark_nor_the_quantities(self):
        order = self.make_order(self.shop, 70.0)
        order.sudo().action_quotation_sent()
        user = self.make_user("portal", partner_id=self.shop.id)
        order.message_subscribe(self.shop.ids)
        line = order.order_line.with_user(user)
        line.read(["name"])
        for name in ("not_qualifying", "free_qty_today"):
            with self.subTest(field=name), self.assertRaises(AccessError):
                line.invalidate_recordset()
                line.read([name])

    def test_who_sells_for_another_company_reads_nothing_of_ours(self):
        other = self.env["res.company"].create({"name": "Other Company"})
        stranger = self.make_seller(
            company_id=other.id, company_ids=[Command.set(other.ids)]
        )
        order = self.make_order(self.shop, 70.0)
        with self.assertRaises(AccessError):
            order.order_line.with_user(stranger).read(["not_qualifying"])
