from unittest.mock import patch

from odoo.fields import Command
from odoo.sql_db import Cursor
from odoo.tests import tagged

from .hold_common import HoldCase


@tagged("post_install", "-at_install")
class TestQueries(HoldCase):
    """Where nothing is on hold, the gate costs one statement for a whole transfer."""

    def statements(self, work):
        """Statements of the gate among those that ``work`` sends."""
        sent = []
        execute = Cursor.execute

        def note(cursor, query, *args, **kwargs):
            sent.append(getattr(query, "code", query))
            return execute(cursor, query, *args, **kwargs)

        self.env.flush_all()
        self.env.invalidate_all()
        with patch.object(Cursor, "execute", note):
            work()
            self.env.flush_all()
        return [text for text in sent if "FOR SHARE" in text or "farm_hold" in text]

    def make_pickings(self, count):
        lots = self.receive(*[10.0] * count).lot_ids
        self.assertEqual(len(lots), count)
        return self.make_delivery(self.product, 10.0 * count + 20.0, self.picker)

    def test_reserving_and_validating_many_lots(self):
        picking = self.make_pickings(12)
        self.assertEqual(len(self.statements(picking.action_assign)), 1)
        self.assertEqual(len(picking.move_line_ids), 14)
        picking.move_ids.picked = True
        self.assertEqual(len(self.statements(picking._action_done)), 1)
        self.assertEqual(picking.state, "done")

    def test_receiving_new_lots(self):
        def receive():
            self.receive(*[10.0] * 12)

        self.assertLessEqual(len(self.statements(receive)), 1)

    def test_typing_lots_in(self):
        picking = self.make_delivery(self.product, 15.0, self.picker)

        def type_in():
            picking.move_ids.move_line_ids = [
                Command.create(
                    {
                        "product_id": self.product.id,
                        "lot_id": lot.id,
                        "quantity": 5.0,
                        "picking_id": picking.id,
                    }
                )
                for lot in self.early | self.late
            ]

        self.assertEqual(len(self.statements(type_in)), 1)

    def test_placing_on_many_lots_takes_as_many_statements_as_on_few(self):
        few, many = (self.receive(*[10.0] * count).lot_ids for count in (2, 40))

        def count(lots):
            before = self.env.cr.sql_log_count
            self.place(lots)
            self.env.flush_all()
            return self.env.cr.sql_log_count - before

        count(self.late)  # what is read once for all
        self.assertLessEqual(count(many), count(few))
