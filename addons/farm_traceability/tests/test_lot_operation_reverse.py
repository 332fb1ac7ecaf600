from odoo.exceptions import AccessError, UserError
from odoo.fields import Command

from ..trace import trace
from .operation_common import OperationCase


class TestReversal(OperationCase):
    def assertBackAsBefore(self, lot, quantity, pieces=8):
        self.assertEqual(self.quant_of(lot).mapped("quantity"), [quantity])
        self.assertEqual(lot.remaining_count, pieces)

    def test_all_is_as_before_and_both_stay_on_record(self):
        operation = self.merge((self.first, 12.0), (self.second, 8.0), piece_count=16)
        merged = operation.output_ids.lot_id
        self.reverse(operation)
        self.assertEqual(operation.state, "reversed")
        self.assertEqual(operation.reversal_reason, "Wrong lot")
        self.assertEqual(operation.reversed_by_id, self.user)
        self.assertBackAsBefore(self.first, 12.0)
        self.assertBackAsBefore(self.second, 8.0)
        self.assertEqual((merged.product_qty, merged.remaining_count), (0, 0))
        self.assertEqual(len(operation.move_ids), 4)
        self.assertEqual(set(operation.move_ids.mapped("state")), {"done"})
        self.assertEqual(operation.output_ids.lot_id, merged)

    def test_no_lot_is_a_part_of_the_other_any_more(self):
        operation = self.merge((self.first, 12.0), (self.second, 8.0))
        merged = operation.output_ids.lot_id
        self.reverse(operation)
        answer = trace(self.env, (self.first | merged).ids)
        self.assertFalse(answer.edges)
        self.assertEqual(set(answer.nodes), {self.first.id, merged.id})
        self.assertFalse(self.parents_of(merged))
        self.assertFalse(merged.is_made)

    def test_totals_are_what_they_were(self):
        before = trace(self.env, self.first.ids)
        operation = self.merge((self.first, 12.0), (self.second, 8.0))
        self.reverse(operation)
        after = trace(self.env, self.first.ids)
        self.assertEqual(after.totals, before.totals)
        self.assertEqual(after.events, before.events)

    def test_what_comes_after_a_reversal_is_traced_alone(self):
        self.reverse(self.merge((self.first, 12.0), (self.second, 8.0)))
        operation = self.begin("repack", (self.first, 12.0))
        self.add_output(operation, 12.0)
        operation.action_post()
        picking = self.make_delivery(self.product, 5.0)
        picking.action_assign()
        picking.move_line_ids.lot_id = operation.output_ids.lot_id
        picking.move_ids.picked = True
        picking.button_validate()
        [edge] = trace(self.env, self.first.ids).edges
        self.assertEqual((edge.share_of_parent, edge.share_of_child), (1, 1))
        self.assertEqual(self.first.delivery_ids, picking)
        self.assertFalse(self.second.delivery_ids)

    def test_odoo_s_report_ends_and_shows_plain_moves(self):
        operation = self.merge((self.first, 12.0), (self.second, 8.0))
        self.reverse(operation)
        report = self.env["stock.traceability.report"].with_user(self.user)
        for lot in self.first | operation.output_ids.lot_id:
            lines = report.get_lines(model_name="stock.lot", model_id=lot.id, level=1)
            self.assertGreaterEqual(len(lines), 2)
            for line in lines:
                self.assertFalse(line["is_used"])
                report.get_lines(
                    line["id"],
                    model_name=line["model"],
                    model_id=line["model_id"],
                    level=2,
                )

    def test_an_output_that_moved_on_stays_made(self):
        operation = self.merge((self.first, 12.0), (self.second, 8.0))
        merged = operation.output_ids.lot_id
        move = self.env["stock.move"].create(
            {
                "product_id": self.product.id,
                "product_uom_qty": 20.0,
                "location_id": self.place.id,
                "location_dest_id": self.shelf.id,
                "picked": True,
                "move_line_ids": [
                    Command.create(
                        {
                            "product_id": self.product.id,
                            "lot_id": merged.id,
                            "quantity": 20.0,
                            "location_id": self.place.id,
                            "location_dest_id": self.shelf.id,
                        }
                    )
                ],
            }
        )
        move._action_done()
        with self.assertRaisesRegex(UserError, "has moved on by"):
            self.reverse(operation)
        self.assertEqual(merged.product_qty, 20.0)

    def test_what_was_made_further_is_reversed_from_the_last_on(self):
        operation = self.merge((self.first, 12.0), (self.second, 8.0))
        merged = operation.output_ids.lot_id
        later = self.begin("repack", (merged, 20.0))
        self.add_output(later, 20.0)
        later.action_post()
        with self.assertRaisesRegex(UserError, f"moved on by {later.name}"):
            self.reverse(operation)
        self.reverse(later)
        self.reverse(operation)
        self.assertBackAsBefore(self.first, 12.0)

    def test_an_output_that_is_reserved_stays_made(self):
        operation = self.merge((self.first, 12.0), (self.second, 8.0))
        self.make_delivery(self.product, 15.0).action_assign()
        with self.assertRaisesRegex(UserError, "reserved .* only 5 of 20 kg are free"):
            self.reverse(operation)

    def test_an_output_that_was_delivered_and_came_back_stays_made(self):
        operation = self.merge((self.first, 12.0), (self.second, 8.0))
        picking = self.make_delivery(self.product, 20.0)
        picking.action_assign()
        picking.move_ids.picked = True
        picking.button_validate()
        wizard = self.env["stock.return.picking"].create({"picking_id": picking.id})
        wizard.product_return_moves.quantity = 20.0
        back = self.env["stock.picking"].browse(
            wizard.action_create_returns()["res_id"]
        )
        back.move_ids.picked = True
        back.button_validate()
        self.assertEqual(operation.output_ids.lot_id.product_qty, 20.0)
        with self.assertRaisesRegex(UserError, "has moved on by"):
            self.reverse(operation)

    def test_packages_and_owners_are_restored(self):
        crate = self.env["stock.package"].create({"name": "Crate 1"})
        self.quant_of(self.first).write(
            {"package_id": crate.id, "owner_id": self.farmer.id}
        )
        more = {"package_id": crate.id, "owner_id": self.farmer.id}
        operation = self.begin("repack", (self.first, 12.0, more))
        self.add_output(operation, 12.0)
        operation.action_post()
        self.reverse(operation)
        quant = self.quant_of(self.first)
        self.assertEqual(
            (quant.package_id, quant.owner_id, quant.quantity),
            (crate, self.farmer, 12.0),
        )

    def test_a_lot_repacked_into_itself_is_reversed(self):
        operation = self.begin("repack", (self.first, 12.0))
        self.add_output(operation, 11.0, lot_id=self.first.id, piece_count=7)
        operation.loss_ids = [
            Command.create({"kind": "rot", "quantity": 1.0, "piece_count": 1})
        ]
        operation.action_post()
        self.assertBackAsBefore(self.first, 11.0, 7)
        self.reverse(operation)
        self.assertBackAsBefore(self.first, 12.0)
        self.assertEqual(self.first.piece_count, 8)

    def test_pieces_put_into_an_existing_lot_are_taken_off_again(self):
        operation = self.begin("repack", (self.first, 12.0))
        self.add_output(operation, 12.0, lot_id=self.second.id, piece_count=8)
        operation.action_post()
        self.assertEqual(
            (self.second.piece_count, self.second.remaining_count), (16, 16)
        )
        self.reverse(operation)
        self.assertEqual((self.second.piece_count, self.second.remaining_count), (8, 8))
        self.assertBackAsBefore(self.first, 12.0)

    def test_only_once_and_only_what_is_posted(self):
        operation = self.begin("repack", (self.first, 12.0))
        self.add_output(operation, 12.0)
        with self.assertRaisesRegex(UserError, "is not posted"):
            self.reverse(operation)
        operation.action_post()
        with self.assertRaisesRegex(UserError, "Give the reason"):
            self.reverse(operation, " ")
        self.reverse(operation)
        with self.assertRaisesRegex(UserError, "is reversed already"):
            self.reverse(operation)
        with self.assertRaisesRegex(UserError, "was posted and reversed"):
            operation.action_post()

    def test_nothing_of_it_is_edited_or_deleted_by_anyone(self):
        operation = self.merge((self.first, 12.0), (self.second, 8.0))
        admin = self.env.ref("base.user_admin")

        def attempts(record):
            return (
                lambda: record.write({"state": "reversed"}),
                lambda: record.write({"reversal_reason": "x"}),
                lambda: record.write({"kind": "split"}),
                lambda: record.input_ids[0].write({"quantity": 1}),
                lambda: record.input_ids[0].write({"piece_count": 1}),
                lambda: record.output_ids.write({"lot_id": self.first.id}),
                lambda: record.output_ids.unlink(),
                lambda: record.loss_ids.create(
                    {"operation_id": record.id, "quantity": 1, "reason": "x"}
                ),
                record.unlink,
            )

        for user in (self.user, admin):
            for attempt in attempts(operation.with_user(user)):
                with self.assertRaises(UserError), self.env.cr.savepoint():
                    attempt()
        self.reverse(operation)
        for attempt in attempts(operation.with_user(admin)):
            with self.assertRaises(UserError), self.env.cr.savepoint():
                attempt()

    def test_who_only_reads_neither_posts_nor_reverses(self):
        draft = self.begin("repack", (self.first, 2.0))
        self.add_output(draft, 2.0)
        operation = self.merge((self.first, 10.0), (self.second, 8.0))
        manager = self.make_user("manager")
        collector = self.make_user("collector")
        for user in (manager, collector):
            if user.has_group("stock.group_stock_user"):
                continue
            with self.assertRaises(AccessError):
                draft.with_user(user).action_post()
            with self.assertRaises(AccessError):
                operation.with_user(user)._reverse("x")
