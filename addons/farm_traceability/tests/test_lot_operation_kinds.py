from datetime import timedelta

from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command

from ..trace import DOWN, UP, trace
from .operation_common import OperationCase


class TestOperationKinds(OperationCase):
    def test_a_merge_has_all_inputs_behind_its_lot(self):
        merged = self.merge((self.first, 12.0), (self.second, 8.0)).output_ids.lot_id
        self.assertEqual(merged.product_qty, 20.0)
        self.assertEqual(self.parents_of(merged), self.first | self.second)
        shares = {
            one.lot_id: one.share
            for one in trace(self.env, merged.ids, UP).origins(merged.id)
        }
        self.assertAlmostEqual(shares[self.first.id], 0.6)
        self.assertAlmostEqual(shares[self.second.id], 0.4)

    def test_a_merge_takes_the_earliest_of_each_date(self):
        now = self.first.expiration_date
        self.first.write({"removal_date": now - timedelta(days=4)})
        self.second.write({"expiration_date": now - timedelta(days=2)})
        self.second.write({"removal_date": now - timedelta(days=3)})
        merged = self.merge((self.first, 12.0), (self.second, 8.0)).output_ids.lot_id
        self.assertEqual(merged.expiration_date, now - timedelta(days=2))
        self.assertEqual(merged.removal_date, now - timedelta(days=4))
        self.assertEqual(
            merged.use_date, min(self.first.use_date, self.second.use_date)
        )

    def test_a_merge_is_organic_only_if_all_of_it_is(self):
        organic = [self.find_lot(3.0, is_organic=True) for _number in range(3)]
        pure = self.merge((organic[0], 3.0), (organic[1], 3.0))
        self.assertTrue(pure.output_ids.lot_id.is_organic)
        mixed = self.merge((organic[2], 3.0), (self.first, 3.0))
        self.assertFalse(mixed.output_ids.lot_id.is_organic)

    def test_one_lot_is_no_merge(self):
        operation = self.begin("merge", (self.first, 12.0))
        self.add_output(operation, 12.0)
        with self.assertRaisesRegex(UserError, "add the lots that were put together"):
            operation.action_post()

    def test_sorting_links_each_grade_to_its_own_bunch(self):
        operation = self.begin("regrade", (self.first, 12.0), (self.second, 8.0))
        best = self.add_output(operation, 9.0, 1, grade_id=self.grade_super.id)
        rest = self.add_output(operation, 3.0, 1, grade_id=self.grade_b.id)
        other = self.add_output(operation, 8.0, 2)
        operation.action_post()
        for line, parent in (
            (best, self.first),
            (rest, self.first),
            (other, self.second),
        ):
            self.assertEqual(self.parents_of(line.lot_id), parent)
        self.assertEqual(best.lot_id.grade_id, self.grade_super)
        self.assertEqual(other.lot_id.grade_id, self.second.grade_id)

    def test_a_rest_without_a_source_was_mixed_of_what_was_left(self):
        operation = self.begin("regrade", (self.first, 12.0), (self.second, 8.0))
        named = self.add_output(operation, 9.0, 1)
        mixed = self.add_output(operation, 11.0)
        operation.action_post()
        self.assertEqual(self.parents_of(named.lot_id), self.first)
        self.assertEqual(self.parents_of(mixed.lot_id), self.first | self.second)
        edges = {
            (edge.parent_id, edge.child_id): edge.consumed
            for edge in trace(self.env, self.first.ids, DOWN).edges
        }
        self.assertEqual(edges[self.first.id, named.lot_id.id], 9.0)
        self.assertEqual(edges[self.first.id, mixed.lot_id.id], 3.0)

    def test_each_input_balances_by_itself_when_all_is_named(self):
        operation = self.begin("regrade", (self.first, 12.0), (self.second, 8.0))
        self.add_output(operation, 13.0, 1)
        self.add_output(operation, 7.0, 2)
        with self.assertRaisesRegex(
            UserError, f"lost of {self.first.name} is 1 kg more than was taken"
        ):
            operation.action_post()

    def test_a_loss_belongs_to_its_input(self):
        operation = self.begin("regrade", (self.first, 12.0), (self.second, 8.0))
        self.add_output(operation, 12.0, 1)
        self.add_output(operation, 7.5, 2)
        loss = {"kind": "rot", "quantity": 0.5, "input_id": operation.input_ids[0].id}
        operation.loss_ids = [Command.create(loss)]
        with self.assertRaisesRegex(UserError, f"lost of {self.first.name} is 0.5 kg"):
            operation.action_post()
        operation.loss_ids.input_id = operation.input_ids[1]
        operation.action_post()
        self.assertEqual(operation.state, "done")

    def test_an_input_of_another_operation_is_refused(self):
        operation = self.begin("regrade", (self.first, 12.0))
        foreign = self.begin("regrade", (self.second, 8.0)).input_ids
        self.add_output(operation, 12.0).input_id = foreign
        with self.assertRaisesRegex(UserError, "input of another operation"):
            operation.action_post()

    def test_another_reason_needs_words(self):
        operation = self.begin("regrade", (self.first, 12.0))
        with self.assertRaisesRegex(ValidationError, "say in the remark"):
            operation.loss_ids = [Command.create({"kind": "other", "quantity": 1})]

    # -- tolerance --------------------------------------------------------------

    def test_what_a_tolerance_leaves_open_is_on_record(self):
        self.product.lot_balance_tolerance = 5
        operation = self.begin("repack", (self.first, 12.0))
        output = self.add_output(operation, 11.3)
        self.assertEqual(operation.balance_text, "0.7 kg not yet accounted for.")
        with self.assertRaisesRegex(UserError, "0.7 kg of the inputs"):
            operation.action_post()
        output.input_quantity = 11.4
        operation.action_post()
        self.assertAlmostEqual(operation.imbalance, 0.6)
        self.assertEqual(output.lot_id.product_qty, 11.4)
        found = operation.search([("imbalance", "!=", 0), ("id", "=", operation.id)])
        self.assertEqual(found, operation)

    # -- units --------------------------------------------------------------------

    def test_grams_and_kilograms_are_added_up(self):
        grams = self.make_product(
            name="Fingers", uom_id=self.env.ref("uom.product_uom_gram").id
        )
        fingers = self.receive(3000.0, product=grams).lot_ids
        operation = self.begin("merge", (self.first, 12.0), (fingers, 3000.0))
        self.add_output(operation, 15.0)
        self.assertEqual(operation.imbalance, 0)
        operation.action_post()
        self.assertEqual(operation.output_ids.lot_id.product_qty, 15.0)
        self.assertEqual(fingers.product_qty, 0)

    def test_pieces_and_kilograms_are_not_added_up(self):
        hands = self.receive(4.0, product=self.hand).lot_ids
        operation = self.begin("merge", (self.first, 12.0), (hands, 4.0))
        self.add_output(operation, 16.0)
        with self.assertRaisesRegex(UserError, "Make an operation of its own for"):
            operation.action_post()

    # -- counts -------------------------------------------------------------------

    def test_a_merge_of_counted_lots_takes_their_pieces(self):
        operation = self.merge((self.first, 12.0), (self.second, 8.0), piece_count=16)
        self.assertEqual(operation.output_ids.lot_id.remaining_count, 16)
        self.assertEqual(self.first.remaining_count, 0)
        self.assertEqual(self.second.remaining_count, 0)
        self.assertEqual(operation.input_ids.mapped("piece_count"), [8, 8])

    def test_children_of_counted_lots_carry_counts_unless_said_otherwise(self):
        operation = self.begin("repack", (self.first, 12.0), (self.second, 4.0))
        for quantity, source in ((4.0, 1), (8.0, 1), (4.0, 2)):
            vals = {"product_id": self.product.id, "input_quantity": quantity}
            vals["input_id"] = operation.input_ids[source - 1].id
            operation.output_ids = [Command.create(vals)]
        self.assertEqual(operation.output_ids.mapped("piece_count"), [2, 5, 4])
        operation.action_post()
        self.assertEqual(self.first.remaining_count, 1)
        self.assertEqual(self.second.remaining_count, 4)

    def test_more_pieces_than_the_lots_have_together_are_refused(self):
        with self.assertRaisesRegex(UserError, "16 pieces left together; 17 cannot"):
            self.merge((self.first, 12.0), (self.second, 8.0), piece_count=17)

    def test_a_named_piece_comes_from_its_own_lot(self):
        operation = self.begin("repack", (self.first, 12.0), (self.second, 8.0))
        self.add_output(operation, 12.0, 1, piece_count=9)
        self.add_output(operation, 8.0, 2, piece_count=1)
        with self.assertRaisesRegex(UserError, f"{self.first.name} has 8 pieces left"):
            operation.action_post()
        operation.output_ids[0].piece_count = 5
        operation.action_post()
        self.assertEqual(self.first.remaining_count, 3)
        self.assertEqual(self.second.remaining_count, 7)

    # -- places, packages and owners ------------------------------------------------

    def test_exactly_the_package_and_the_owner_are_taken(self):
        crate = self.env["stock.package"].create({"name": "Crate 1"})
        quant = self.quant_of(self.first)
        quant.write({"package_id": crate.id, "owner_id": self.farmer.id})
        more = {"package_id": crate.id, "owner_id": self.farmer.id}
        operation = self.begin("repack", (self.first, 12.0, more))
        line = self.add_output(operation, 12.0, package_id=crate.id)
        operation.action_post()
        quant = self.quant_of(line.lot_id)
        self.assertEqual(
            (quant.package_id, quant.owner_id, quant.quantity),
            (crate, self.farmer, 12.0),
        )

    def test_inputs_come_from_several_places(self):
        self.quant_of(self.second).location_id = self.shelf
        operation = self.merge(
            (self.first, 12.0), (self.second, 8.0, {"location_id": self.shelf.id})
        )
        quant = self.quant_of(operation.output_ids.lot_id)
        self.assertEqual((quant.location_id, quant.quantity), (self.place, 20.0))
        self.assertEqual(self.second.product_qty, 0)

    def test_goods_of_different_owners_are_not_mixed(self):
        self.quant_of(self.second).owner_id = self.farmer
        with self.assertRaisesRegex(UserError, "would mix goods of .*operation for"):
            self.merge(
                (self.first, 12.0), (self.second, 8.0, {"owner_id": self.farmer.id})
            )

    def test_different_owners_keep_their_own_line_by_line(self):
        self.quant_of(self.second).owner_id = self.farmer
        more = {"owner_id": self.farmer.id}
        operation = self.begin("regrade", (self.first, 12.0), (self.second, 8.0, more))
        own = self.add_output(operation, 12.0, 1)
        theirs = self.add_output(operation, 8.0, 2)
        operation.action_post()
        self.assertFalse(self.quant_of(own.lot_id).owner_id)
        self.assertEqual(self.quant_of(theirs.lot_id).owner_id, self.farmer)

    def test_what_is_reserved_is_not_taken(self):
        self.make_delivery(self.product, 20.0).action_assign()
        with self.assertRaisesRegex(UserError, "12 kg are asked for, 0 are free"):
            self.merge((self.first, 12.0), (self.second, 8.0))

    def test_a_place_of_another_company_is_refused(self):
        company = self.env["res.company"].create({"name": "Other"})
        place = (
            self.env["stock.warehouse"]
            .search([("company_id", "=", company.id)], limit=1)
            .lot_stock_id
        )
        with self.assertRaises(UserError):
            self.begin("repack", (self.first, 12.0, {"location_id": place.id}))
