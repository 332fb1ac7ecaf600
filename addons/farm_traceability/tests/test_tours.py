from odoo import fields
from odoo.tests import HttpCase, tagged

from .common import FarmCase


@tagged("post_install", "-at_install")
class TestTours(FarmCase, HttpCase):
    """The story as each role lives it, in a browser."""

    freeze_time = None  # the browser has a clock of its own
    day = fields.Date.today()

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.authority.name = "Tour Office"
        cls.scheme.name = "Tour Scheme"
        cls.crop.name = "Tour Banana"
        cls.farmer.name = "Tour Farmer Certified"
        cls.product.categ_id = cls.env["product.category"].create(
            {
                "name": "Fruit",
                "removal_strategy_id": cls.env.ref("product_expiry.removal_fefo").id,
            }
        )

    def tour(self, name, user, url="/odoo"):
        self.start_tour(url, name, login=user.login)

    def test_officer_certifies_a_farmer(self):
        farmer = self.make_farmer(name="Tour Farmer Uncertified")
        self.tour("farm_officer_certifies", self.make_user("officer", self.village))
        certificate = farmer.farm_certificate_ids
        self.assertEqual(certificate.state, "valid")
        self.assertTrue(certificate.is_valid_for(self.crop, certificate.valid_from))

    def test_collector_receives_from_a_certified_farmer(self):
        self.tour("farm_collector_receives", self.make_user("collector", self.village))
        harvest = self.cycle.harvest_ids
        self.assertEqual(harvest.state, "done")
        self.assertEqual(harvest.lot_ids.mapped("piece_count"), [8, 8, 8])
        self.assertEqual(harvest.picking_ids.state, "done")

    def test_collector_is_refused_for_a_suspended_farmer(self):
        farmer = self.make_farmer(name="Tour Farmer Suspended")
        self.make_certificate(farmer).suspend("Residue found")
        cycle = self.make_cycle(self.make_plot(farmer))
        self.tour(
            "farm_collector_is_refused", self.make_user("collector", self.village)
        )
        self.assertFalse(cycle.harvest_ids)

    def test_inventory_user_delivers_the_earliest_lot(self):
        late = self.receive(10.0).lot_ids
        early = self.receive(10.0, date=self.days(-5)).lot_ids
        picking = self.make_delivery(self.product, 8.0)
        self.tour(
            "farm_inventory_delivers",
            self.make_user("stock"),
            f"/odoo/action-stock.action_picking_tree_all/{picking.id}",
        )
        self.assertEqual(picking.state, "done")
        self.assertEqual(picking.move_line_ids.lot_id, early)
        self.assertEqual(late.product_qty, 10.0)

    def deliver_a_hand(self):
        """A bunch split into hands, one of them at the hospital."""
        hand = self.make_product(
            name="Hand", uom_id=self.env.ref("uom.product_uom_unit").id
        )
        bunch = self.receive(10.0).lot_ids
        split = self.env["farm.lot.split"].create({"lot_id": bunch.id})
        operation = self.env["farm.lot.operation"].browse(
            split.action_split()["res_id"]
        )
        operation.output_ids.lot_id[0].name = "TOUR-HAND-1"
        picking = self.make_delivery(hand, 1.0, customer="Tour Hospital")
        picking.action_assign()
        picking.move_line_ids.lot_id = operation.output_ids.lot_id[0]
        picking.button_validate()

    def test_quality_manager_traces_a_delivered_hand_to_the_plot(self):
        self.plot.name = "Tour Plot"
        self.deliver_a_hand()
        self.tour("farm_quality_traces", self.make_user("quality"))

    def test_quality_manager_sees_the_graph_of_a_hand(self):
        self.product.name = "Tour Bunch"
        self.deliver_a_hand()
        self.tour("farm_quality_sees_graph", self.make_user("quality"))
