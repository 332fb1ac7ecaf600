from odoo.exceptions import UserError
from odoo.tests import Form

from .operation_common import OperationCase


class TestOperationEntry(OperationCase):
    """From the list of lots, the stock and a transfer to a draft."""

    def wizard(self, records, **vals):
        return (
            self.env["farm.lot.prepare"]
            .with_user(self.user)
            .with_context(active_model=records._name, active_ids=records.ids)
            .create(vals)
        )

    def prepare(self, records, **vals):
        action = self.wizard(records, **vals).action_prepare()
        self.assertEqual(action["res_model"], "farm.lot.operation")
        return (
            self.env["farm.lot.operation"].with_user(self.user).browse(action["res_id"])
        )

    def test_lots_of_a_list_are_merged_in_two_clicks(self):
        operation = self.prepare(self.first | self.second)
        self.assertEqual(operation.kind, "merge")
        self.assertEqual(operation.balance_text, "All is accounted for.")
        operation.action_post()
        merged = operation.output_ids.lot_id
        self.assertEqual((merged.product_qty, merged.remaining_count), (20.0, 16))

    def test_stock_is_taken_where_it_lies(self):
        crate = self.env["stock.package"].create({"name": "Crate 1"})
        self.quant_of(self.second).write(
            {"location_id": self.shelf.id, "package_id": crate.id}
        )
        quants = self.quant_of(self.first | self.second)
        operation = self.prepare(quants, kind="regrade")
        self.assertEqual(operation.input_ids.location_id, quants.location_id)
        self.assertEqual(operation.output_ids.input_id, operation.input_ids)
        operation.action_post()
        for line in operation.output_ids:
            self.assertEqual(self.parents_of(line.lot_id), line.input_id.lot_id)

    def test_a_transfer_gives_its_lots_where_it_put_them(self):
        elsewhere = self.find_lot(3.0)
        picking = self.first.harvest_id.picking_ids
        wizard = self.wizard(picking, kind="repack")
        self.assertEqual(wizard.quant_ids.lot_id, self.first | self.second)
        self.assertNotIn(elsewhere, wizard.quant_ids.lot_id)
        operation = self.prepare(picking, kind="repack")
        operation.action_post()
        self.assertEqual(operation.state, "done")

    def test_only_what_is_free_is_taken(self):
        self.make_delivery(self.product, 5.0).action_assign()
        operation = self.prepare(self.first | self.second, kind="repack")
        self.assertEqual(sum(operation.input_ids.mapped("quantity")), 15.0)
        self.make_delivery(self.product, 15.0).action_assign()
        with self.assertRaisesRegex(UserError, "Nothing of it is free"):
            self.prepare(self.first, kind="repack")

    def test_what_is_not_in_stock_is_said(self):
        with self.assertRaisesRegex(UserError, "Nothing is chosen that lies in stock"):
            self.wizard(self.env["stock.lot"]).action_prepare()

    def test_one_lot_goes_to_the_split(self):
        self.quant_of(self.first).owner_id = self.farmer
        wizard = self.wizard(self.first)
        self.assertEqual(wizard.kind, "split")
        action = wizard.action_prepare()
        self.assertEqual(action["res_model"], "farm.lot.split")
        split = (
            self.env["farm.lot.split"]
            .with_user(self.user)
            .with_context(**action["context"])
            .create({"product_id": self.hand.id})
        )
        self.assertEqual(split.quantity, 12.0)
        operation = self.env["farm.lot.operation"].browse(
            split.action_split()["res_id"]
        )
        self.assertEqual(operation.state, "done")
        self.assertEqual(operation.output_ids.lot_id.quant_ids.owner_id, self.farmer)

    def test_the_form_says_what_is_open_while_it_is_filled(self):
        operation = self.prepare(self.first, kind="regrade")
        with Form(operation) as form:
            with form.output_ids.edit(0) as line:
                line.input_quantity = 11.6
            self.assertEqual(form.balance_text, "0.4 kg not yet accounted for.")
            with form.loss_ids.new() as loss:
                loss.kind = "rot"
                loss.quantity = 0.5
            self.assertEqual(form.balance_text, "0.1 kg more than the inputs.")

    def test_the_action_is_offered_on_lots_stock_and_transfers(self):
        actions = self.env["ir.actions.actions"].with_user(self.user)
        for model in ("stock.lot", "stock.quant", "stock.picking"):
            names = [one["name"] for one in actions.get_bindings(model)["action"]]
            self.assertIn("Lot Operation", names)

    def test_a_chosen_lot_proposes_what_is_free_of_it(self):
        with Form(self.env["farm.lot.operation"].with_user(self.user)) as form:
            self.assertEqual(form.location_id, self.place)
            form.kind = "regrade"
            with form.input_ids.new() as line:
                line.lot_id = self.first
                self.assertEqual(line.quantity, 12.0)
                line.quantity = 5.0
        self.assertEqual(form.record.input_ids.quantity, 5.0)

    def test_a_lot_shows_its_operations(self):
        operation = self.merge((self.first, 12.0), (self.second, 8.0))
        for lot in self.first | operation.output_ids.lot_id:
            lot = lot.with_user(self.user)
            self.assertEqual(lot.operation_count, 1)
            action = lot.action_open_operations()
            found = operation.search(action["domain"])
            self.assertEqual(found, operation)
