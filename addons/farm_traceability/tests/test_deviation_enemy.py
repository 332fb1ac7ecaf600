from odoo.exceptions import UserError
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
