from odoo.fields import Command
from odoo.tests import tagged

from .forged_common import ForgedCase


@tagged("post_install", "-at_install")
class TestForgedCompany(ForgedCase):
    """Scans of another company: applied for those who work there, and nobody else."""

    def other_company(self):
        """A company with a warehouse, stock and a delivery of its own."""
        company = self.env["res.company"].create({"name": "Daughter"})
        warehouse = self.env["stock.warehouse"].search(
            [("company_id", "=", company.id)]
        )
        lot = self.env["stock.lot"].create(
            {
                "name": "DAUGHTER-1",
                "product_id": self.product.id,
                "company_id": company.id,
            }
        )
        self.stock_up(lot, 50, warehouse.lot_stock_id)
        picking = self.make_delivery(
            8,
            picking_type_id=warehouse.out_type_id.id,
            location_id=warehouse.lot_stock_id.id,
            move_ids=[
                Command.create(
                    {
                        "product_id": self.product.id,
                        "product_uom_qty": 8,
                        "location_id": warehouse.lot_stock_id.id,
                        "location_dest_id": self.customers.id,
                        "company_id": company.id,
                    }
                )
            ],
            company_id=company.id,
        )
        picking.action_assign()
        self.assertEqual(picking.state, "assigned")
        return company, picking

    def test_of_a_company_that_is_not_the_pickers(self):
        company, picking = self.other_company()
        for companies in ([], [company.id], [self.env.company.id, company.id]):
            with self.subTest(companies):
                event = self.event("pick", picking, "DAUGHTER-1", company_ids=companies)
                answer = self.answer(event)
                self.assertEqual(answer["state"], "refused")
                self.assertNotIn("DAUGHTER", answer["message"])
                self.assertNotIn("sheet", answer)
        self.assertIn("error", self.ask("menu", company_ids=[company.id]))
        found = self.ask("look_up", "DAUGHTER-1")["result"]["answer"]
        self.assertEqual(found["meanings"], [])
        self.assertFalse(sum(picking.move_line_ids.mapped("scanned_quantity")))

    def test_it_is_applied_where_it_was_scanned(self):
        """The other company was chosen when it was scanned, and no more when sent."""
        company, picking = self.other_company()
        own = self.env.company
        self.picker.company_ids |= company
        event = self.event(
            "pick", picking, "DAUGHTER-1", quantity=8, company_ids=[company.id]
        )
        answer = self.answer(event, company_ids=own.ids)
        self.assertEqual(answer["state"], "applied", answer["message"])
        both = self.event(
            "pick", picking, kind="finish", company_ids=[own.id, company.id]
        )
        answer = self.answer(both, company_ids=own.ids)
        self.assertEqual(answer["state"], "applied", answer["message"])
        self.env.invalidate_all()
        self.assertEqual(picking.state, "done")
        events = self.event_of(event["uuid"]) | self.event_of(both["uuid"])
        self.assertEqual(events.company_id, company)

    def test_who_works_there_no_more_is_told(self):
        company, picking = self.other_company()
        self.picker.company_ids |= company
        event = self.event("pick", picking, "DAUGHTER-1", company_ids=[company.id])
        self.picker.company_ids -= company
        answer = self.answer(event)
        self.assertEqual(answer["state"], "refused")
        self.assertIn("may not", answer["message"])
        self.assertEqual(self.event_of(event["uuid"]).user_id, self.picker)
