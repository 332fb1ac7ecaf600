from odoo.exceptions import UserError
from odoo.tests import tagged

from ..trace import DOWN, UP, trace
from .operation_common import OperationCase
from .trace_common import OrderMakers


class TestOdooGenealogy(OperationCase):
    """What Odoo itself says of lots that operations have made."""

    def deliver(self, lot, quantity, customer):
        picking = self.make_delivery(lot.product_id, quantity, customer=customer)
        picking.action_assign()
        picking.move_line_ids.lot_id = lot
        picking.move_ids.picked = True
        picking.button_validate()
        self.assertEqual(picking.state, "done")
        return picking

    def sort(self):
        """The first bunch becomes one lot, the second another one."""
        operation = self.begin("regrade", (self.first, 12.0), (self.second, 8.0))
        self.add_output(operation, 12.0, 1)
        self.add_output(operation, 8.0, 2)
        operation.action_post()
        return operation.output_ids.lot_id

    def test_a_delivery_belongs_to_its_own_bunch_only(self):
        best, rest = self.sort()
        picking = self.deliver(best, 12.0, "Hospital")
        self.assertEqual(self.first.delivery_ids, picking)
        self.assertFalse(self.second.delivery_ids)
        self.assertFalse(rest.delivery_ids)
        self.assertEqual(self.first.partner_ids, picking.partner_id)
        # As in core, the search finds what was delivered itself.
        delivered = self.env["stock.lot"].search(
            [("partner_ids", "in", picking.partner_id.ids)]
        )
        self.assertEqual(delivered, best)

    def test_a_delivery_of_a_merge_belongs_to_all_of_it(self):
        merged = self.merge((self.first, 12.0), (self.second, 8.0)).output_ids.lot_id
        picking = self.deliver(merged, 20.0, "Market")
        for lot in self.first | self.second | merged:
            self.assertEqual(lot.delivery_ids, picking)

    def test_a_lot_repacked_into_itself_ends_every_walk(self):
        operation = self.begin("repack", (self.first, 12.0))
        self.add_output(operation, 12.0, lot_id=self.first.id)
        operation.action_post()
        picking = self.deliver(self.first, 12.0, "Hospital")
        self.assertEqual(self.first.delivery_ids, picking)
        [edge] = trace(self.env, self.first.ids).edges
        self.assertEqual((edge.parent_id, edge.child_id), (self.first.id,) * 2)

    def test_the_report_leads_from_each_grade_to_its_own_bunch(self):
        report = self.env["stock.traceability.report"].with_user(self.user)
        for made, parent in zip(self.sort(), self.first | self.second, strict=True):
            [line] = report.get_lines(model_name="stock.lot", model_id=made.id, level=1)
            above = report.get_lines(
                line["id"], model_name=line["model"], model_id=line["model_id"], level=2
            )
            self.assertEqual([one["lot_name"] for one in above], [parent.name])

    def test_trace_and_odoo_find_the_same_deliveries(self):
        best, _rest = self.sort()
        self.deliver(best, 5.0, "Hospital")
        odoo = self.first._find_delivery_ids_by_lot_iterative()[self.first.id]
        events = trace(self.env, self.first.ids, DOWN).events
        ours = {one.picking_id for one in events if one.kind == "delivered"}
        self.assertEqual(ours, set(odoo))


@tagged("post_install", "-at_install")
class TestManufacturingGenealogy(OrderMakers, OperationCase):
    """Lots of operations as parts of manufacturing orders, and the other way."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        if "mrp.production" not in cls.env:
            cls.skipTest(cls, "the app of mrp.production is not installed")
        cls.jam = cls.make_product(name="Jam", farm_crop_id=False)

    def make_jam(self, *parts):
        jam = self.env["stock.lot"].create(
            {"name": f"Jam {next(self.numbers)}", "product_id": self.jam.id}
        )
        self.order((jam, 10.0), parts)
        return jam

    def test_an_order_of_a_merged_lot_leads_to_both_bunches(self):
        merged = self.merge((self.first, 12.0), (self.second, 8.0)).output_ids.lot_id
        jam = self.make_jam((merged, 10.0))
        origins = trace(self.env, jam.ids, UP).origins(jam.id)
        self.assertEqual(
            {one.lot_id for one in origins}, {self.first.id, self.second.id}
        )
        self.assertEqual(self.parents_of(jam), merged)

    def test_what_an_order_made_is_repacked_and_leads_back(self):
        jam = self.make_jam((self.first, 12.0))
        operation = self.begin("repack", (jam, 10.0))
        self.add_output(operation, 10.0, product_id=self.jam.id)
        operation.action_post()
        jar = operation.output_ids.lot_id
        [origin] = trace(self.env, jar.ids, UP).origins(jar.id)
        self.assertEqual(origin.lot_id, self.first.id)
        report = self.env["stock.traceability.report"]
        [line] = report.get_lines(model_name="stock.lot", model_id=jar.id, level=1)
        names = []
        for level in (2, 3, 4):
            above = report.get_lines(
                line["id"],
                model_name=line["model"],
                model_id=line["model_id"],
                level=level,
            )
            if not above:
                break
            line = above[0]
            names.append(line["lot_name"])
        self.assertEqual(list(dict.fromkeys(names))[:2], [jam.name, self.first.name])

    def test_an_order_s_use_of_an_output_forbids_its_reversal(self):
        operation = self.merge((self.first, 12.0), (self.second, 8.0))
        self.make_jam((operation.output_ids.lot_id, 10.0))
        with self.assertRaisesRegex(UserError, "has moved on by"):
            self.reverse(operation)
