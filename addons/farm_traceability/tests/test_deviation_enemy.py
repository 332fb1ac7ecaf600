from odoo.exceptions import AccessError, UserError
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
