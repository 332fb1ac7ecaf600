import logging
from datetime import timedelta

from odoo.addons.farm_traceability.demo import story
from odoo.addons.farm_traceability.demo.world import FOLDER, table
from odoo.addons.farm_traceability.trace import trace
from odoo.exceptions import UserError
from odoo.tests import TransactionCase, freeze_time

SCALE = 0.02


class _Warnings(logging.Handler):
    def __init__(self):
        super().__init__(logging.WARNING)
        self.lines = []

    def emit(self, record):
        self.lines.append(record.getMessage())


class TestStory(TransactionCase):
    """The demonstration story, a short one, on this test's own transaction."""

    freeze_time = freeze_time("2026-06-15 03:00:00")

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.progress, cls.warnings = [], _Warnings()
        logging.getLogger("odoo").addHandler(cls.warnings)
        try:
            story.load(cls.env, cls.progress.append, scale=SCALE)
        finally:
            logging.getLogger("odoo").removeHandler(cls.warnings)
        cls.collector, cls.market, cls.stall = (
            cls.env["res.company"].search([("name", "=", name)])
            for name in ("UD Sumber Pisang Lawu", "CV Legi Makmur", "Kios Bu Sri")
        )

    def find(self, model, *domain, **options):
        return self.env[model].search(list(domain), **options)

    def party_count(self, role):
        return self.env["res.partner"].search_count([("farm_role_ids.code", "=", role)])

    def done(self, company, code):
        return self.find(
            "stock.picking",
            ("company_id", "=", company.id),
            ("picking_type_code", "=", code),
            ("state", "=", "done"),
        )

    # -- loading ----------------------------------------------------------------

    def test_it_says_how_far_it_is_and_warns_of_nothing(self):
        chapters = len(story.CHAPTERS)
        told = [line for line in self.progress if f"/{chapters} " in line]
        self.assertEqual(len(told), chapters)
        self.assertTrue(any(" of 100 lots" in line for line in self.progress))
        self.assertEqual(self.warnings.lines, [])

    def test_a_second_load_is_refused(self):
        with self.assertRaisesRegex(UserError, "has farm data already"):
            story.load(self.env, self.progress.append, scale=SCALE)

    def test_every_login_is_there(self):
        for row in table(FOLDER / "logins.csv"):
            self.assertTrue(self.find("res.users", ("login", "=", row["login"])), row)

    # -- people and certificates -------------------------------------------------

    def test_farmers_belong_to_groups_groups_to_unions(self):
        self.assertEqual(self.party_count("farmer_group"), 2)
        self.assertTrue(34 <= self.party_count("farmer") <= 46)
        farmers = self.find("res.partner", ("farm_role_ids.code", "=", "farmer"))
        top = farmers.farm_group_id.farm_group_id.farm_group_id
        self.assertEqual(top.farm_role_ids.code, "subdistrict_union")
        self.assertTrue(all(farmers.mapped("farm_group_id")))

    def test_certificates_are_valid_suspended_expired_or_missing(self):
        states = set(self.find("farm.certificate").mapped("state"))
        self.assertLessEqual({"valid", "suspended", "expired"}, states)
        self.assertTrue(
            self.find(
                "res.partner",
                ("farm_role_ids.code", "=", "farmer"),
                ("farm_certificate_ids", "=", False),
            )
        )

    def test_a_corrected_guide_has_two_versions(self):
        guides = self.find("farm.guide", ("code", "=", "SOP-RAJA"))
        self.assertEqual(sorted(guides.mapped("version")), [1, 2])
        self.assertEqual(set(guides.mapped("state")), {"published"})

    # -- the chain forms of the paper ----------------------------------------------

    def test_a_farmers_sell_to_collectors_and_standing_crop_buyers(self):
        bought = self.find("farm.harvest", ("company_id", "=", self.collector.id))
        buyers = set(bought.mapped("harvested_by"))
        self.assertLessEqual({"farmer", "standing_crop_buyer"}, buyers)

    def test_b_farmers_sell_to_the_local_stall(self):
        bought = self.find("farm.harvest", ("company_id", "=", self.stall.id))
        self.assertTrue(bought.lot_ids)

    def test_c_the_collector_delivers_to_market_collectors_outside(self):
        self.assert_delivered(self.collector, "market_collector", local=False)

    def test_d_the_collector_delivers_to_retailers_outside(self):
        self.assert_delivered(self.collector, "retailer", local=False)

    def test_e_the_market_collector_delivers_to_retailers_outside(self):
        self.assert_delivered(self.market, "retailer", local=False)

    def test_f_the_collector_delivers_to_local_retailers(self):
        self.assert_delivered(self.collector, "retailer", local=True)

    def test_g_the_stall_delivers_to_consumers(self):
        customers = self.done(self.stall, "outgoing").partner_id
        tags = set(customers.category_id.mapped("name"))
        self.assertLessEqual({"Hospital", "Hotel", "Household"}, tags)
        self.assertFalse(customers.farm_role_ids)

    def assert_delivered(self, company, role, local):
        delivered = self.done(company, "outgoing").filtered(
            lambda one: (
                role in one.partner_id.farm_role_ids.mapped("code")
                and bool(one.partner_id.farm_region_id) == local
            )
        )
        self.assertTrue(delivered.move_ids.move_line_ids.lot_id)

    # -- lots -----------------------------------------------------------------------

    def test_lots_are_received_and_washed(self):
        lots = self.find("stock.lot", ("harvest_id", "!=", False))
        self.assertTrue(90 <= len(lots) <= 150, len(lots))
        washed = self.find("farm.treatment", ("kind", "=", "washing")).lot_ids
        self.assertGreater(len(washed & lots), 60)

    def test_lots_come_in_on_the_day_of_their_purchase(self):
        for harvest in self.find("farm.harvest", ("picking_ids.state", "=", "done")):
            done = harvest.picking_ids.filtered(lambda one: one.state == "done")
            self.assertEqual(set(done.move_ids.mapped("date")), {harvest.purchase_date})

    def test_stock_has_a_cost_and_a_number_for_its_labels(self):
        for product in self.find("product.product", ("farm_crop_id", "!=", False)):
            self.assertTrue(product._looks_like_gtin(), product.default_code)
            for company in (self.collector, self.market, self.stall):
                self.assertTrue(product.with_company(company).standard_price)

    def test_some_lots_are_left_to_expire(self):
        self.assertTrue(
            self.find(
                "stock.quant",
                ("location_id.usage", "=", "internal"),
                ("expiration_date", "<", "now"),
                ("quantity", ">", 0),
            )
        )

    def test_documents_wait_for_somebody(self):
        waiting = self.find("stock.picking", ("state", "=", "assigned"))
        self.assertEqual(
            set(waiting.mapped("picking_type_code")), {"incoming", "outgoing"}
        )

    def test_nothing_is_below_zero_and_nothing_is_reserved_in_excess(self):
        for quant in self.find("stock.quant", ("location_id.usage", "=", "internal")):
            self.assertGreaterEqual(quant.quantity, quant.reserved_quantity)

    def test_a_hand_at_the_hospital_is_traced_to_the_plot(self):
        hand = self.find("stock.lot", ("ref", "=", "STORY-HAND-1"))
        bunch = self.find("stock.lot", ("ref", "=", "STORY-BUNCH"))
        made = self.find(
            "stock.move.line",
            ("lot_id", "=", hand.id),
            ("consume_line_ids", "!=", False),
        )
        self.assertEqual(made.consume_line_ids.lot_id, bunch)
        self.assertEqual(bunch.farmer_id.name, "Slamet Raharjo")
        self.assertTrue(bunch.plot_id.geometry)
        self.assertEqual(bunch.remaining_count, 0)
        found = trace(self.env, hand.ids)
        self.assertIn(bunch.id, found.nodes)

    def test_the_bunch_went_to_the_hospital_and_the_hotel(self):
        bunch = self.find("stock.lot", ("ref", "=", "STORY-BUNCH"))
        events = trace(self.env, bunch.ids).events
        delivered = [one.partner_id for one in events if one.kind == "delivered"]
        names = self.env["res.partner"].browse(delivered).mapped("name")
        self.assertEqual(len(delivered), 7)
        self.assertEqual(set(names), {"RS Lawu Sehat", "Hotel Puncak Lawu"})
        self.assertNotIn("returned", {one.kind for one in events})

    def test_who_asks_for_fresh_lots_gets_them_and_a_deviation_has_its_reason(self):
        shop, market = (
            self.find("res.partner", ("name", "=", name))
            for name in ("Buah Segar Mojosongo", "Swalayan Bengawan Jaya")
        )
        deviation = self.find("farm.deviation")
        self.assertEqual(deviation.partner_id, shop)
        self.assertEqual(deviation.note, "The crate on top was wet.")
        self.assertGreater(deviation.days, 0)
        waiting = self.find(
            "stock.picking", ("partner_id", "=", market.id), ("state", "=", "assigned")
        )
        self.assertIn("less than 10 days left", waiting.promise_text)
        first_day = waiting.scheduled_date + timedelta(days=9)
        dates = waiting.move_line_ids.lot_id.mapped("expiration_date")
        self.assertTrue(dates)
        self.assertGreater(min(dates), first_day)

    def test_the_board_has_what_expires_and_somebody_was_told(self):
        bands = self.find(
            "farm.expiry.board", ("company_id", "=", self.collector.id)
        ).mapped("band")
        self.assertLessEqual({"0_expired", "6_later"}, set(bands) | {"6_later"})
        self.assertTrue(self.find("farm.expiry.digest").line_ids)
        self.assertEqual(len(self.find("farm.expiry.discount")), 2)

    def test_lots_are_on_hold_a_complaint_is_open_and_the_drill_is_over(self):
        held = self.env["stock.lot"].search([("is_on_hold", "=", True)])
        self.assertTrue(held)
        self.assertEqual(held.hold_line_ids.hold_id.mapped("kind"), ["temperature"])
        complaint, drill = self.env["farm.recall"].search(
            [("parent_id", "=", False)], order="id"
        )
        self.assertEqual((complaint.state, complaint.is_mock), ("scoped", False))
        self.assertEqual((drill.state, drill.is_mock), ("closed", True))
        self.assertTrue(drill.packet_at)
        self.assertEqual(set((drill | drill.part_ids).mapped("state")), {"closed"})
