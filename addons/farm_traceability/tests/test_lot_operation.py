from odoo.exceptions import UserError
from odoo.fields import Command

from .common import FarmCase


class TestLotSplit(FarmCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.user = cls.make_user("stock")
        cls.hand = cls.make_product(
            name="Hand", uom_id=cls.env.ref("uom.product_uom_unit").id
        )
        cls.bunch = cls.receive(12.0).lot_ids
        cls.place = cls.bunch.quant_ids.location_id.filtered(
            lambda location: location.usage == "internal"
        )

    def prepare(self, weights, loss=0.0, quantity=12.0, **vals):
        return (
            self.env["farm.lot.operation"]
            .with_user(self.user)
            .create(
                {
                    "location_id": self.place.id,
                    "input_ids": [
                        Command.create({"lot_id": self.bunch.id, "quantity": quantity})
                    ],
                    "output_ids": [
                        Command.create(
                            {"product_id": self.hand.id, "input_quantity": weight}
                        )
                        for weight in weights
                    ],
                    "loss_ids": [Command.create({"quantity": loss, "reason": "Stalk"})]
                    if loss
                    else [],
                }
                | vals
            )
        )

    def test_a_bunch_becomes_hands_that_lead_back_to_it(self):
        operation = self.prepare([1.4] * 8, loss=0.8)
        operation.action_post()
        hands = operation.output_ids.lot_id
        self.assertEqual(len(hands), 8)
        self.assertEqual(set(hands.mapped("product_qty")), {1.0})
        self.assertEqual(self.bunch.product_qty, 0.0)
        produced = operation.move_ids.move_line_ids.filtered(
            lambda line: line.lot_id in hands
        )
        self.assertEqual(produced.consume_line_ids.lot_id, self.bunch)
        self.assertEqual(set(operation.move_ids.mapped("state")), {"done"})

    def test_children_inherit_dates_and_grade_but_no_harvest(self):
        self.bunch.grade_id = self.grade_a
        operation = self.prepare([3.0] * 4)
        operation.action_post()
        for hand in operation.output_ids.lot_id:
            self.assertEqual(hand.grade_id, self.grade_a)
            self.assertEqual(hand.harvest_date, self.bunch.harvest_date)
            self.assertEqual(hand.expiration_date, self.bunch.expiration_date)
            self.assertFalse(hand.harvest_id)

    def test_what_was_made_from_lots_is_given_no_harvest(self):
        operation = self.prepare([3.0] * 4)
        operation.action_post()
        hands = operation.output_ids.lot_id
        self.assertEqual(set(hands.mapped("is_made")), {True})
        self.assertFalse(self.bunch.is_made)
        wizard = self.env["farm.lot.harvest"].with_user(self.user)
        wizard = wizard.with_context(active_model="stock.lot", active_ids=hands.ids)
        with self.assertRaisesRegex(UserError, "made from other lots"):
            wizard.create({"harvest_id": self.make_harvest().id}).action_apply()
        self.assertFalse(hands.harvest_id)

    def test_what_does_not_balance_is_refused_and_says_by_how_much(self):
        operation = self.prepare([1.0] * 8)
        with self.assertRaisesRegex(UserError, "4 kg of the inputs are neither"):
            operation.action_post()
        with self.assertRaisesRegex(UserError, "0.5 kg more than the inputs"):
            self.prepare([1.5] * 8, loss=0.5).action_post()
        self.assertEqual(self.bunch.product_qty, 12.0)
        self.assertEqual(self.bunch.remaining_count, 8)

    def test_more_hands_than_on_record_are_refused(self):
        with self.assertRaisesRegex(UserError, "8 pieces left; 9 cannot"):
            self.prepare([1.3] * 8 + [1.6]).action_post()

    def test_pieces_left_are_kept_over_two_splits(self):
        self.prepare([1.5] * 4, quantity=6.0).action_post()
        self.assertEqual(self.bunch.remaining_count, 4)
        with self.assertRaisesRegex(UserError, "4 pieces left; 5 cannot"):
            self.prepare([1.2] * 5, quantity=6.0).action_post()

    def test_more_than_is_there_is_refused(self):
        with self.assertRaisesRegex(UserError, "13 kg are asked for, 12 are"):
            self.prepare([1.6] * 8, loss=0.2, quantity=13.0).action_post()

    def test_nothing_to_make_is_refused(self):
        with self.assertRaisesRegex(UserError, "at least one lot"):
            self.prepare([]).action_post()

    def test_a_posted_operation_is_never_edited_or_deleted(self):
        operation = self.prepare([1.5] * 8)
        operation.action_post()
        attempts = [
            lambda: operation.write({"date": self.day}),
            lambda: operation.output_ids[0].write({"piece_count": 3}),
            lambda: operation.input_ids.unlink(),
            lambda: operation.loss_ids.create(
                {"operation_id": operation.id, "quantity": 1, "reason": "x"}
            ),
            operation.action_post,
            operation.unlink,
        ]
        for attempt in attempts:
            with self.assertRaises(UserError), self.env.cr.savepoint():
                attempt()

    def test_state_cannot_be_given_from_outside(self):
        with self.assertRaises(UserError):
            self.prepare([1.5] * 8, state="done")
        with self.assertRaises(UserError):
            self.prepare([1.5] * 8).write({"state": "done"})

    def test_moves_are_not_hung_onto_an_operation_from_outside(self):
        operation = self.prepare([1.5] * 8)
        operation.action_post()
        move = self.bunch.quant_ids.lot_id.harvest_id.picking_ids.move_ids[:1]
        move = move.with_user(self.user)
        made = move.with_context(default_lot_operation_id=operation.id).copy()
        self.assertFalse(made.lot_operation_id)
        attempts = [
            lambda: move.write({"lot_operation_id": operation.id}),
            lambda: operation.move_ids.write({"lot_operation_id": False}),
            lambda: move.copy({"lot_operation_id": operation.id}),
            lambda: operation.write({"move_ids": [Command.link(move.id)]}),
        ]
        for attempt in attempts:
            with self.assertRaises(UserError), self.env.cr.savepoint():
                attempt()

    def test_the_control_count_changes_by_operations_only(self):
        lot = self.bunch.with_user(self.user)
        for vals in ({"remaining_count": 8}, {"piece_count": 20}):
            with self.assertRaisesRegex(UserError, "control count"):
                lot.write(vals)

    def test_a_lot_received_the_ordinary_way_gets_its_count_once(self):
        lot = (
            self.env["stock.lot"]
            .with_user(self.user)
            .create({"name": "ordinary", "product_id": self.product.id})
        )
        lot.piece_count = 7
        self.assertEqual(lot.remaining_count, 7)
        with self.assertRaises(UserError):
            lot.piece_count = 9

    def test_the_same_lot_twice_is_counted_together(self):
        operation = self.prepare([2.0] * 8, quantity=8.0)
        operation.input_ids = [
            Command.create({"lot_id": self.bunch.id, "quantity": 8.0})
        ]
        with self.assertRaisesRegex(UserError, "16 kg are asked for, 12 are"):
            operation.action_post()
        two = self.prepare([1.0] * 8, quantity=8.0) | self.prepare(
            [1.0] * 8, quantity=8.0
        )
        with self.assertRaisesRegex(UserError, "16 kg are asked for, 12 are"):
            two.action_post()

    def test_a_weight_and_a_quantity_that_disagree_are_refused(self):
        operation = self.prepare([12.0])
        operation.output_ids.product_id = self.product
        self.assertEqual(operation.output_ids.quantity, 12.0)
        operation.output_ids.quantity = 60.0
        with self.assertRaisesRegex(UserError, "must be 12 kg, as its weight says"):
            operation.action_post()

    def test_grams_of_kilograms_are_converted(self):
        grams = self.make_product(
            name="Piece", uom_id=self.env.ref("uom.product_uom_gram").id
        )
        operation = self.prepare([12.0])
        operation.output_ids.product_id = grams
        self.assertEqual(operation.output_ids.quantity, 12_000.0)
        operation.action_post()
        self.assertEqual(operation.output_ids.lot_id.product_qty, 12_000.0)

    def test_what_is_packed_or_somebody_elses_is_not_split(self):
        quant = self.bunch.quant_ids.filtered(
            lambda quant: quant.location_id == self.place
        )
        for vals in (
            {"package_id": self.env["stock.package"].create({"name": "Crate"}).id},
            {"package_id": False, "owner_id": self.farmer.id},
        ):
            quant.write(vals)
            with self.assertRaisesRegex(UserError, "kg are asked for, 0 are free"):
                self.prepare([1.5] * 8).action_post()

    def test_hands_that_are_lost_count_as_taken(self):
        operation = self.prepare([1.5] * 7, loss=1.5)
        operation.loss_ids.piece_count = 1
        operation.action_post()
        self.assertEqual(self.bunch.remaining_count, 0)

    def test_nobody_says_that_an_output_made_its_lot(self):
        with self.assertRaisesRegex(UserError, "never typed in"):
            self.prepare([1.5] * 8).output_ids[0].is_new_lot = True

    def test_several_lots_are_not_one_split(self):
        operation = self.prepare([1.5] * 8)
        operation.input_ids = [
            Command.create({"lot_id": self.receive(3.0).lot_ids.id, "quantity": 3.0})
        ]
        with self.assertRaisesRegex(UserError, "splits one lot"):
            operation.action_post()


class TestSplitWizard(FarmCase):
    def test_the_wizard_proposes_what_is_there_and_splits_it_equally(self):
        hand = self.make_product(
            name="Hand", uom_id=self.env.ref("uom.product_uom_unit").id
        )
        bunch = self.receive(10.0).lot_ids
        wizard = (
            self.env["farm.lot.split"]
            .with_user(self.make_user("stock"))
            .create({"lot_id": bunch.id, "loss_quantity": 0.5})
        )
        self.assertEqual(wizard.product_id, hand)
        self.assertEqual((wizard.quantity, wizard.piece_count), (10.0, 8))
        action = wizard.action_split()
        operation = self.env["farm.lot.operation"].browse(action["res_id"])
        self.assertEqual(operation.state, "done")
        weights = operation.output_ids.mapped("input_quantity")
        self.assertAlmostEqual(sum(weights), 9.5)
        self.assertEqual(len(weights), 8)
