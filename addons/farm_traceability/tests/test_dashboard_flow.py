from statistics import median

from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import mute_logger
from psycopg2.errors import CheckViolation

from .dashboard_common import WHOLE_YEAR, DashboardCase


@tagged("post_install", "-at_install")
class TestDashboardHarvest(DashboardCase):
    """Harvests against the plan of their cycles."""

    def test_planned_and_harvested_of_the_cycles_in_the_period(self):
        self.cycle.write({"planned_date": self.days(-3), "planned_quantity": 80})
        late = self.make_cycle(planned_date=self.days(-60), planned_quantity=500)
        self.receive(33.0, cycle=late)
        harvested = sum(
            self.cycle.harvest_ids.filtered(lambda one: one.state == "done").mapped(
                "quantity"
            )
        )
        self.assertTrue(harvested)
        found = self.cells(self.tile("harvest"))
        name = self.crop.name
        self.assertEqual(found[name, "Planned"], 80)
        self.assertAlmostEqual(found[name, "Harvested"], harvested)
        self.assertEqual(found[name, "Of the plan"], round(100 * harvested / 80))
        both = self.cells(self.tile("harvest", **WHOLE_YEAR))
        self.assertEqual(both[name, "Planned"], 580)
        self.assertAlmostEqual(both[name, "Harvested"], harvested + 33)

    def test_without_a_plan_it_says_what_to_do(self):
        tile = self.tile("harvest", crop_id=self.make_crop().id)
        self.assertFalse(tile["tables"])
        self.assertIn("enter the planned day", tile["empty"])

    def test_drafts_and_other_companies_do_not_count(self):
        self.cycle.write({"planned_date": self.day, "planned_quantity": 80})
        before = self.cells(self.tile("harvest"))
        self.make_harvest(post=False, quantity=99)
        other = self.make_company()
        unit = self.product.uom_id
        self.make_harvest(quantity=55, uom_id=unit.id, company_id=other.id)
        self.assertEqual(self.cells(self.tile("harvest")), before)

    def test_a_plan_is_in_the_unit_of_the_crop_and_not_negative(self):
        self.assertEqual(self.cycle.planned_uom_id, self.product.uom_id)
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(CheckViolation),
        ):
            self.cycle.planned_quantity = -1
            self.cycle.flush_recordset()


@tagged("post_install", "-at_install")
class TestDashboardDeliveries(DashboardCase):
    """What went where."""

    def send(self, quantity, **vals):
        lot = self.put(quantity)
        customer = self.make_customer(f"Customer {next(self.numbers)}", **vals)
        picking = self.make_sale(lot, customer)
        picking.move_ids.product_uom_qty = quantity
        picking.move_line_ids.quantity = quantity
        picking.move_ids.picked = True
        picking._action_done()
        return picking

    def delivered(self, **values):
        tile = self.tile("deliveries", **values)
        column = "Delivered (kg)"
        found = {}
        for table in tile["tables"]:
            if table["columns"] == [column]:
                found = {row["label"]: row["cells"][0] for row in table["rows"]}
        return found

    def test_by_regency_else_by_state_else_nowhere(self):
        state = self.env["res.country.state"].search([], limit=1)
        closed = self.send(3.0, farm_region_id=self.village.id)
        closed.partner_id.active = False
        self.send(4.0, farm_region_id=self.regency.id, state_id=state.id)
        self.send(5.0, state_id=state.id)
        self.send(6.0).partner_id.active = False
        found = self.delivered()
        names = {self.regency.display_name: 7, state.display_name: 5, "No region": 6}
        self.assertEqual({name: one["value"] for name, one in found.items()}, names)
        for name, quantity in names.items():
            moves = self.behind(found[name])
            self.assertEqual(sum(moves.mapped("quantity")), quantity)

    def test_a_long_list_ends_with_the_others(self):
        for number in range(12):
            self.send(20.0 - number, farm_region_id=self.make_region("regency").id)
        self.send(1.0)
        found = self.delivered()
        self.assertEqual(len(found), 11)
        others = found["Other regions"]
        self.assertEqual(others["value"], 10 + 9 + 1)
        self.assertEqual(sum(self.behind(others).mapped("quantity")), 20)

    def test_only_the_period_counts_by_the_days_of_the_reader(self):
        sent = self.send(3.0)
        # Half past eleven in the evening of the day before, in Jakarta.
        sent.move_ids.date = "2026-06-14 16:30:00"
        self.assertFalse(self.delivered(begin="2026-06-15"))
        self.assertTrue(self.delivered(begin="2026-06-14", end="2026-06-14"))

    def test_a_warehouse_alone(self):
        self.send(3.0)
        house = self.env["stock.warehouse"].create({"name": "Cold", "code": "COLD"})
        self.assertFalse(self.delivered(warehouse_id=house.id))
        self.assertTrue(self.delivered(warehouse_id=self.warehouse.id))


@tagged("post_install", "-at_install")
class TestDashboardLosses(DashboardCase):
    """Operations that lost much more than others of their kind."""

    def merge(self, loss):
        """A merge of two lots of ten that loses so much."""
        lots = self.put(10.0) | self.put(10.0)
        operation = self.env["farm.lot.operation"].create(
            {
                "kind": "merge",
                "location_id": self.shelf.id,
                "input_ids": [
                    Command.create({"lot_id": lot.id, "quantity": 10.0}) for lot in lots
                ],
                "output_ids": [
                    Command.create(
                        {"product_id": self.product.id, "input_quantity": 20 - loss}
                    )
                ],
                "loss_ids": [
                    Command.create({"quantity": one, "kind": "rot"})
                    for one in filter(None, [loss])
                ],
            }
        )
        operation.action_post()
        return operation

    def test_the_share_that_was_lost(self):
        self.assertEqual(self.merge(1.0).loss_share, 5)
        self.assertEqual(self.merge(0).loss_share, 0)

    def test_outliers_are_those_of_a_plain_loop(self):
        made = [self.merge(loss) for loss in (0.2, 0.2, 0.2, 0.3, 0.4, 0.5, 4.0, 6.0)]
        merges = self.env["farm.lot.operation"].search(
            [("kind", "=", "merge"), ("state", "=", "done")]
        )
        usual = median(merges.mapped("loss_share"))
        limit = max(2 * usual, usual + 1)
        expected = [one for one in made if one.loss_share > limit]
        self.assertTrue(1 < len(expected) < len(made))
        tile = self.tile("losses")
        [outliers, _all] = tile["figures"]
        self.assertEqual(set(self.behind(outliers)), set(expected))
        worst = tile["tables"][0]["rows"][0]
        self.assertIn(made[-1].name, worst["label"])
        self.assertEqual(self.behind(worst["cells"][0]), made[-1])

    def test_a_reversed_operation_is_no_outlier(self):
        for _number in range(4):
            self.merge(0.2)
        lost = self.merge(9.0)
        self.assertEqual(self.values_of(self.tile("losses"))["Outliers"], 1)
        lost._reverse("Wrong lots")
        self.assertEqual(self.values_of(self.tile("losses"))["Outliers"], 0)
