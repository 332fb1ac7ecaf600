from odoo.tests import tagged

from .scan_common import ScanCase


@tagged("post_install", "-at_install")
class TestLookUp(ScanCase):
    """Any scan is answered, and nothing is done; a quality manager may hold."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.lot = cls.make_lot("FIRST", 30, provenance_farmer="Suparno")
        cls.stock_up(cls.lot, 10)
        cls.nothing = cls.env["stock.picking"]

    def look_up(self, text, **more):
        return self.post("look_up", self.nothing, text, **more)

    def test_each_kind_has_a_card(self):
        package = self.env["stock.package"].create({"name": "PACK-9"})
        self.stock_up(self.lot, 5, package_id=package.id)
        self.stock.barcode = "STOCK-9"
        picking = self.make_delivery(5)
        for text, kind, places in (
            ("FIRST", "lot", 2),
            (self.product.display_name, None, 0),
            ("PACK-9", "package", 1),
            ("STOCK-9", "location", 2),
            (picking.name, "picking", 1),
        ):
            with self.subTest(text):
                answer = self.look_up(text)
                if not kind:
                    self.assertEqual(answer["state"], "refused")
                    continue
                self.assertEqual(answer["state"], "applied", answer["message"])
                self.assertEqual(answer["card"]["kind"], kind)
                self.assertEqual(len(answer["card"]["stock"]), places)

    def test_a_hold_is_seen_and_placed_by_who_may(self):
        codes = {one["code"] for one in self.scan.menu()}
        self.assertNotIn("hold", codes)
        answer = self.post("hold", self.nothing, "FIRST", note="Smells")
        self.assertEqual(answer["state"], "refused")
        quality = self.make_user("quality")
        asked = self.post("hold", self.nothing, "FIRST", user=quality)
        self.assertEqual(asked["state"], "asked")
        answer = self.post("hold", self.nothing, "FIRST", user=quality, note="Smells")
        self.assertEqual(answer["state"], "applied", answer["message"])
        self.assertTrue(self.lot.is_on_hold)
        self.assertIn("Smells", self.look_up("FIRST")["card"]["warning"])


@tagged("post_install", "-at_install")
class TestLookUpTrace(ScanCase):
    """Where, how much, whose, dates, holds, origin and trace, of every kind."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.stock.barcode = "STOCK-9"
        cls.product.barcode = "PRODUCT-9"
        cls.farmer.farm_code = "FARMER-9"
        unit = cls.env.ref("uom.product_uom_unit")
        cls.hand = cls.make_product(name="Hand", uom_id=unit.id)
        cls.harvest = cls.receive(12.0, 6.0)
        cls.bunch, cls.other = cls.harvest.lot_ids.sorted("id")
        cls.owner = cls.env["res.partner"].create({"name": "Suparno & Sons"})
        cls.package = cls.env["stock.package"].create({"name": "PACK-9"})
        cls.stock_up(cls.other, 3, package_id=cls.package.id, owner_id=cls.owner.id)
        cls.customer = cls.env["res.partner"].create({"name": "Hospital"})

    def card(self, text, **more):
        nothing = self.env["stock.picking"]
        answer = self.post("look_up", nothing, text, **more)
        self.assertEqual(answer["state"], "applied", answer["message"])
        return answer["card"]

    def facts(self, text, part="facts"):
        return dict(self.card(text)[part])

    def deliver(self, quantity, product=None):
        picking = self.make_delivery(quantity, product, self.customer)
        picking.action_assign()
        picking.move_ids.picked = True
        picking.button_validate()
        self.assertEqual(picking.state, "done")
        return picking

    def split(self, pieces):
        self.post("split", self.env["stock.picking"], self.bunch.name, quantity=pieces)
        return self.env["stock.lot"].search([("product_id", "=", self.hand.id)])

    def assertGrown(self, facts):
        self.assertEqual(facts["Farmer"], self.farmer.name)
        self.assertEqual(facts["Plot"], self.plot.name)
        self.assertIn(self.village.name, facts["Region"])
        self.assertEqual(facts["Certificate"], self.certificate.name)

    def test_a_lot(self):
        facts = self.facts(self.bunch.name)
        self.assertGrown(facts)
        self.assertEqual(facts["Harvest"], self.harvest.name)
        self.assertEqual(facts["On hand"], "12 kg")
        self.assertEqual(facts["Owner"], self.env.company.name)
        self.assertEqual(facts["Hands"], "8")
        self.assertTrue(facts["Expires"])
        self.assertEqual(self.facts(self.bunch.name, "trace")["Deliveries"], "None yet")

    def test_where_a_lot_went_also_as_its_parts(self):
        hands = self.split(4)
        self.deliver(2, self.hand)
        trace = self.facts(self.bunch.name, "trace")
        self.assertEqual(
            trace, {"Lots made of it": "4", "Deliveries": "1", "Customers": "1"}
        )
        self.assertGrown(self.facts(hands[0].name))

    def test_what_the_user_may_not_read_is_not_counted(self):
        picking = self.deliver(2)
        self.env["ir.rule"].create(
            {
                "name": "not this one",
                "model_id": self.env["ir.model"]._get("stock.picking").id,
                "domain_force": f"[('id', '!=', {picking.id})]",
            }
        )
        lot = picking.move_line_ids.lot_id[0]
        self.assertEqual(self.facts(lot.name, "trace")["Deliveries"], "None yet")

    def test_what_lies_together(self):
        for text, lots, owners in (
            ("PACK-9", "1", "Suparno & Sons"),
            ("STOCK-9", "2", None),
            ("PRODUCT-9", "2", None),
        ):
            with self.subTest(text):
                facts = self.facts(text)
                self.assertEqual(facts["Lots"], lots)
                self.assertTrue(facts["First expires"])
                self.assertIn(owners or self.env.company.name, facts["Owner"])
                self.assertGrown(facts)
                self.assertEqual(self.facts(text, "trace")["Deliveries"], "None yet")

    def test_a_transfer(self):
        picking = self.deliver(2)
        card = self.card(picking.name)
        facts = dict(card["facts"])
        self.assertGrown(facts)
        self.assertEqual(facts["For"], "Hospital")
        self.assertEqual(facts["Owner"], self.env.company.name)
        self.assertEqual(card["stock"][0]["quantity"], "2 kg")
        self.assertEqual(dict(card["trace"])["Deliveries"], "1")

    def test_a_transfer_that_waits(self):
        picking = self.make_delivery(500, self.hand)
        [row] = self.card(picking.name)["stock"]
        self.assertEqual(row["detail"], "Not reserved yet")

    def test_a_harvest_and_its_farmer(self):
        self.deliver(2)
        for text in (self.harvest.name, "FARMER-9"):
            with self.subTest(text):
                card = self.card(text)
                facts, trace = dict(card["facts"]), dict(card["trace"])
                self.assertIn(self.village.name, facts["Region"])
                self.assertIn("Certificate", facts)
                self.assertIn("Harvested", facts)
                self.assertEqual(trace["Deliveries"], "1")
                names = {row["name"] for row in card["stock"]}
                self.assertEqual(names, {self.bunch.name, self.other.name})

    def test_holds_are_seen_everywhere(self):
        self.env["farm.hold"]._place(self.other, "quality", "Smells", False)
        texts = (self.other.name, "PACK-9", "STOCK-9", self.harvest.name, "FARMER-9")
        for text in texts:
            with self.subTest(text):
                warning = self.card(text)["warning"]
                self.assertIn(
                    "Smells" if text == texts[0] else self.other.name, warning
                )

    def test_each_opens_in_odoo(self):
        for text in (self.bunch.name, "PACK-9", "STOCK-9", "FARMER-9"):
            with self.subTest(text):
                [address, label] = self.card(text)["link"]
                self.assertRegex(address, r"^/odoo/[a-z.]+/\d+$")
                self.assertTrue(label)

    def test_more_lots_take_no_more_queries(self):
        counts = []
        for number in range(2):
            for lot in range(number * 20):
                self.stock_up(self.make_lot(f"MORE-{lot}", 30), 1)
            self.card("STOCK-9")
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            self.card("STOCK-9")
            counts.append(self.cr.sql_log_count - before)
        self.assertLessEqual(counts[1], counts[0] + 5)

    def test_a_harvest_or_a_farmer_in_other_work_is_refused(self):
        picking = self.make_delivery(2)
        picking.action_assign()
        for scenario, document in (
            ("pick", picking),
            ("check", picking),
            ("count", self.stock),
            ("move", picking.browse()),
            ("split", picking.browse()),
        ):
            for text in (self.harvest.name, "FARMER-9"):
                with self.subTest(scenario=scenario, text=text):
                    answer = self.post(scenario, document, text)
                    self.assertEqual(answer["state"], "refused")
