from datetime import timedelta

from odoo.exceptions import UserError
from odoo.fields import Command

from .operation_common import OperationCase


class TestTreatOperation(OperationCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.set_guide(
            {"kind": "waxing", "dose_max": 2.0, "shelf_life_days": 5},
            {"kind": "degreening", "hours_max": 24, "shelf_life_days": -3},
            {"kind": "washing"},
        )
        cls.first, cls.second = cls.receive(12.0, 8.0).lot_ids.sorted("id")

    @classmethod
    def set_guide(cls, *treatments):
        cls.guide = cls.make_guide(
            treatment_ids=[Command.create(vals) for vals in treatments]
        )
        cls.cycle = cls.make_cycle(guide_id=cls.guide.id)

    def treat(self, kind, lot=None, **vals):
        lot = lot or self.first
        operation = self.begin("treat", (lot, lot.product_qty), treatment_kind=kind)
        operation.write({f"treatment_{name}": value for name, value in vals.items()})
        self.add_output(operation, lot.product_qty, 1)
        operation.action_post()
        return operation

    def gained(self, operation):
        lots = operation.output_ids.lot_id, operation.input_ids.lot_id
        days = [lot.expiration_date - lots[1].expiration_date for lot in lots]
        return days[0] / timedelta(days=1)

    def test_the_new_lot_has_the_treatment_on_record(self):
        agent = self.make_product(name="Wax", farm_crop_id=False)
        agent_lot = self.find_lot(1.0, product=agent)
        operation = self.treat(
            "waxing", product_id=agent.id, lot_id=agent_lot.id, dose=1.5, dose_unit="%"
        )
        treatment = operation.treatment_id
        self.assertRecordValues(
            treatment,
            [
                {
                    "kind": "waxing",
                    "state": "done",
                    "product_id": agent.id,
                    "input_lot_id": agent_lot.id,
                    "dose": 1.5,
                    "dose_unit": "%",
                    "deviations": "",
                    "operator_id": self.user.id,
                    "lot_operation_id": operation.id,
                }
            ],
        )
        self.assertEqual(treatment.lot_ids, operation.output_ids.lot_id)
        self.assertEqual(operation.output_ids.lot_id.treatment_count, 1)
        self.assertEqual(self.first.treatment_count, 0)

    def test_shelf_life_changes_as_the_guide_says(self):
        self.assertEqual(self.gained(self.treat("waxing", dose=1.0)), 5)
        self.assertEqual(self.gained(self.treat("washing", self.second)), 0)

    def test_what_is_not_as_the_guide_says_gains_nothing(self):
        operation = self.treat("waxing", dose=3.0)
        self.assertEqual(self.gained(operation), 0)
        self.assertIn("dose 3 is above 2", operation.treatment_id.deviations)

    def test_what_shortens_the_shelf_life_does_so_in_any_case(self):
        self.assertEqual(self.gained(self.treat("degreening", hours=48)), -3)

    def test_a_made_lot_is_judged_by_the_guides_of_its_origins(self):
        merged = self.merge((self.first, 12.0), (self.second, 8.0)).output_ids.lot_id
        self.assertEqual(self.gained(self.treat("waxing", merged, dose=1.0)), 5)
        operation = self.begin("treat", (merged, 1.0), treatment_kind="curing")
        self.assertEqual(merged._get_guides(), self.guide)
        self.assertEqual(operation._get_shelf_life_change(merged), 0)

    def test_how_it_was_treated_must_be_said(self):
        with self.assertRaisesRegex(UserError, "say how the lots were treated"):
            self.treat(False)

    def test_a_reversal_takes_the_treatment_off_the_lots(self):
        operation = self.treat("waxing", dose=1.0)
        self.reverse(operation)
        self.assertEqual(operation.treatment_id.state, "reversed")
        self.assertEqual(operation.output_ids.lot_id.treatment_count, 0)
        with self.assertRaises(UserError):
            operation.treatment_id.sudo().action_post()
        quality = operation.treatment_id.with_user(self.make_user("quality"))
        for attempt in (
            quality.unlink,
            lambda: quality.write({"dose": 2}),
            lambda: quality.write({"state": "done"}),
        ):
            with self.assertRaises(UserError):
                attempt()

    def test_a_treatment_that_makes_no_lot_stays_alone(self):
        treatment = self.env["farm.treatment"].create(
            {"kind": "washing", "lot_ids": self.first.ids}
        )
        treatment.action_post()
        self.assertFalse(treatment.lot_operation_id)
        self.assertEqual(self.first.treatment_count, 1)
