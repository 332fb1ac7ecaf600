from datetime import timedelta

from odoo.fields import Command

from .hold_common import HoldCase


class DeviationCase(HoldCase):
    """Deliveries ask for a reason; ``early`` is given first, then ``late``."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.kind = cls.warehouse.out_type_id
        cls.kind.deviation_policy = "reason"
        cls.kind.create_backorder = "always"
        cls.reason = cls.env["farm.deviation.reason"].create({"name": "Wet crates"})
        cls.other_reason = cls.env["farm.deviation.reason"].create(
            {"name": "Something else", "needs_note": True}
        )
        cls.latest = cls.receive(10.0).lot_ids
        cls.latest.expiration_date += timedelta(days=3)
        cls.latest.removal_date = cls.latest.expiration_date
        cls.boss = cls.make_user("quality")

    @classmethod
    def make_reserved(cls, quantity=10.0, product=None):
        """A delivery with what the strategy gives, as the picker sees it."""
        picking = cls.make_delivery(product or cls.product, quantity, cls.picker)
        picking.action_assign()
        return picking

    def take(self, picking, lot, quantity=None, **vals):
        """Delete what was given and type another lot in."""
        move = picking.move_ids
        move.move_line_ids.unlink()
        return self.add(picking, lot, quantity or move.product_uom_qty, **vals)

    def add(self, picking, lot, quantity, **vals):
        move = picking.move_ids
        move.move_line_ids = [
            Command.create(
                {
                    "product_id": lot.product_id.id,
                    "lot_id": lot.id,
                    "quantity": quantity,
                    "picking_id": picking.id,
                    "location_id": picking.location_id.id,
                    "location_dest_id": picking.location_dest_id.id,
                }
                | vals
            )
        ]
        return move.move_line_ids.filtered(lambda line: line.lot_id == lot)

    def question(self, action):
        self.assertEqual(action["res_model"], "farm.deviation.question")
        return (
            self.env["farm.deviation.question"]
            .with_user(self.picker)
            .with_context(**action["context"])
            .browse(action["res_id"])
        )

    def deviations_of(self, pickings):
        return self.env["farm.deviation"].search([("picking_id", "in", pickings.ids)])

    def assertFree(self, picking):
        """Nothing is asked and nothing is recorded."""
        self.assertIs(picking.button_validate(), True)
        self.assertEqual(picking.state, "done")
        self.assertFalse(self.deviations_of(picking))

    def assertAsked(self, picking, *pairs):
        """The question names these given and taken lots.

        :return: the question
        """
        question = self.question(picking.button_validate())
        self.assertEqual(
            [(line.given_lot_id, line.taken_lot) for line in question.line_ids],
            [(given, taken.name) for given, taken in pairs],
        )
        self.assertNotEqual(picking.state, "done")
        return question
