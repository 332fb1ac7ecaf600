from odoo.fields import Command

from .common import FarmCase


class TestTraceabilityReport(FarmCase):
    """Odoo's own report goes through lot operations."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.bunch = cls.receive(12.0).lot_ids
        place = cls.bunch.quant_ids.location_id.filtered(
            lambda location: location.usage == "internal"
        )
        cls.split = cls.env["farm.lot.operation"].create(
            {
                "location_id": place.id,
                "input_ids": [
                    Command.create({"lot_id": cls.bunch.id, "quantity": 12.0})
                ],
                "output_ids": [
                    Command.create(
                        {
                            "product_id": cls.product.id,
                            "quantity": 6.0,
                            "input_quantity": 6.0,
                        }
                    )
                    for _number in range(2)
                ],
            }
        )
        cls.split.action_post()
        cls.report = cls.env["stock.traceability.report"].with_user(
            cls.make_user("stock")
        )

    def lines_of(self, lot):
        return self.report.get_lines(model_name="stock.lot", model_id=lot.id, level=1)

    def test_a_part_unfolds_to_the_bunch(self):
        [line] = self.lines_of(self.split.output_ids.lot_id[0])
        self.assertTrue(line["unfoldable"])
        self.assertEqual(line["reference"], self.split.name)
        self.assertEqual(
            (line["res_model"], line["res_id"]), (self.split._name, self.split.id)
        )
        above = self.report.get_lines(
            line["id"], model_name=line["model"], model_id=line["model_id"], level=2
        )
        self.assertEqual([one["lot_name"] for one in above], [self.bunch.name])

    def test_the_bunch_says_that_it_was_used(self):
        used = [line["is_used"] for line in self.lines_of(self.bunch)]
        self.assertEqual(sorted(used), [False, True])

    def test_used_lot_shows_what_was_made_of_it(self):
        [line] = [one for one in self.lines_of(self.bunch) if one["is_used"]]
        made = self.report.with_context(lot_name=self.bunch.name).get_lines(
            model_name="stock.move.line", model_id=line["model_id"], level=1
        )
        self.assertEqual(
            {one["lot_name"] for one in made},
            set(self.split.output_ids.lot_id.mapped("name")),
        )
