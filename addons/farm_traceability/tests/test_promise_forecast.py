from random import Random

from odoo import fields
from odoo.fields import Command
from odoo.tests import Form, tagged

from .common import FarmCase


class ForecastCase(FarmCase):
    """60 kg that have 5 days left and 40 kg that have 20; a shop that asks for 10."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.stock = cls.warehouse.lot_stock_id
        cls.customers = cls.env.ref("stock.stock_location_customers")
        cls.old = cls.make_stock(60.0, cls.days(5))
        cls.fresh = cls.make_stock(40.0, cls.days(20))
        cls.shop = cls.env["res.partner"].create({"name": "Toko Segar"})
        cls.stall = cls.env["res.partner"].create({"name": "Kios Pasar"})
        cls.env["farm.shelf.life.term"].create(
            {"partner_id": cls.shop.id, "minimum": 10}
        )

    @classmethod
    def make_stock(cls, quantity, expires):
        lot = cls.env["stock.lot"].create(
            {
                "name": f"L{next(cls.numbers)}",
                "product_id": cls.product.id,
                "expiration_date": expires,
                "removal_date": expires,
            }
        )
        cls.env["stock.quant"]._update_available_quantity(
            cls.product, cls.stock, quantity, lot_id=lot
        )
        return lot

    def deliver(self, customer, quantity, confirm=True, **vals):
        places = {
            "location_id": self.stock.id,
            "location_dest_id": self.customers.id,
        }
        move = {
            "product_id": self.product.id,
            "product_uom": self.product.uom_id.id,
            "product_uom_qty": quantity,
        }
        picking = self.env["stock.picking"].create(
            places
            | {
                "picking_type_id": self.warehouse.out_type_id.id,
                "partner_id": customer.id,
                "move_ids": [Command.create(places | move | vals)],
            }
        )
        if confirm:
            picking.action_confirm()
            picking.do_unreserve()
        return picking.move_ids

    def receive_later(self, quantity, days):
        places = {
            "location_id": self.env.ref("stock.stock_location_suppliers").id,
            "location_dest_id": self.stock.id,
        }
        picking = self.env["stock.picking"].create(
            places
            | {
                "picking_type_id": self.warehouse.in_type_id.id,
                "scheduled_date": self.days(days),
                "move_ids": [
                    Command.create(
                        places
                        | {
                            "product_id": self.product.id,
                            "product_uom_qty": quantity,
                            "date": self.days(days),
                        }
                    )
                ],
            }
        )
        picking.action_confirm()
        return picking.move_ids

    def report(self, user=None, **context):
        report = self.env["stock.forecasted_product_product"]
        if user:
            report = report.with_user(user)
        return report.with_context(
            warehouse_id=self.warehouse.id, **context
        ).get_report_values(self.product.ids)["docs"]

    def rows(self, **context):
        """Of each line of the report: for whom, how much, whether it is there."""
        return [
            (
                line["move_out"]["id"] if line["move_out"] else False,
                line["quantity"],
                line["replenishment_filled"],
            )
            for line in self.report(**context)["lines"]
            if not line.get("removal_date")
        ]


@tagged("post_install", "-at_install")
class TestPromiseForecast(ForecastCase):
    """The forecast gives to a customer's deliveries only what he may be promised."""

    def test_what_does_not_qualify_is_no_forecast(self):
        move = self.deliver(self.shop, 70.0)
        self.assertEqual(
            self.rows(),
            [(move.id, 40.0, True), (move.id, 30.0, False), (False, 60.0, True)],
        )
        self.assertEqual(move.forecast_availability, -30.0)

    def test_the_line_that_lacks_says_why(self):
        self.deliver(self.shop, 70.0)
        said = [line.get("not_qualifying") for line in self.report()["lines"]]
        self.assertEqual(
            list(filter(None, said)),
            [
                "60 kg of free stock do not qualify: Toko Segar takes no lot with less"
                " than 10 days left on arrival (15 June 2026)."
            ],
        )

    def test_enough_that_qualifies_is_said_as_core_says_it(self):
        move = self.deliver(self.shop, 40.0)
        self.assertEqual(self.rows(), [(move.id, 40.0, True), (False, 60.0, True)])
        self.assertEqual(move.forecast_availability, 40.0)

    def test_a_customer_without_terms_is_forecast_as_by_core(self):
        move = self.deliver(self.stall, 70.0)
        self.assertEqual(self.rows(), [(move.id, 70.0, True), (False, 30.0, True)])
        self.assertEqual(move.forecast_availability, 70.0)

    def test_what_one_customer_does_not_take_goes_to_the_other(self):
        shop, stall = self.deliver(self.shop, 70.0), self.deliver(self.stall, 50.0)
        self.assertEqual(
            self.rows(),
            [
                (shop.id, 40.0, True),
                (stall.id, 50.0, True),
                (shop.id, 30.0, False),
                (False, 10.0, True),
            ],
        )
        self.assertEqual(stall.forecast_availability, 50.0)

    def test_where_no_lot_qualifies_nothing_is_promised(self):
        self.fresh.expiration_date = self.days(6)
        shop, stall = self.deliver(self.shop, 30.0), self.deliver(self.stall, 90.0)
        self.assertEqual(
            self.rows(),
            [(stall.id, 90.0, True), (shop.id, 30.0, False), (False, 10.0, True)],
        )
        self.assertEqual(shop.forecast_availability, -30.0)
        self.assertEqual(shop.picking_id.products_availability, "Not Available")
        shop._action_assign()
        self.assertEqual(shop.quantity, 0.0)
        self.assertEqual(shop.forecast_availability, -30.0)
        draft = self.deliver(self.shop, 30.0, False)
        self.assertLess(draft.forecast_availability, 0.0)

    def test_where_all_has_expired_nothing_is_promised(self):
        """Core waits for the midnight after the removal date, if there is one."""
        lots = self.old | self.fresh
        lots.write({"expiration_date": self.days(-1), "removal_date": False})
        self.assertEqual(self.product.qty_available, 100.0)
        self.assertEqual(
            (self.product.free_qty, self.product.virtual_available), (0, 0)
        )
        for customer in (self.shop, self.stall):
            with self.subTest(customer=customer.name):
                move = self.deliver(customer, 30.0)
                self.assertEqual(self.rows(), [(move.id, 30.0, False)])
                self.assertEqual(move.forecast_availability, -30.0)
                draft = self.deliver(customer, 30.0, False)
                self.assertLess(draft.forecast_availability, 0.0)
                move.picking_id.action_cancel()
                draft.picking_id.action_cancel()

    def test_what_others_need_of_the_fresh_stock_is_gone(self):
        stall, shop = self.deliver(self.stall, 80.0), self.deliver(self.shop, 30.0)
        self.assertEqual(
            self.rows(),
            [(stall.id, 80.0, True), (shop.id, 20.0, True), (shop.id, 10.0, False)],
        )

    def test_two_deliveries_do_not_share_the_same_fresh_stock(self):
        first, second = self.deliver(self.shop, 30.0), self.deliver(self.shop, 30.0)
        self.assertEqual(first.forecast_availability, 30.0)
        self.assertEqual(second.forecast_availability, -20.0)

    def test_a_receipt_on_its_way_fills_what_is_lacking(self):
        receipt = self.receive_later(100.0, 2)
        move = self.deliver(self.shop, 70.0)
        self.assertEqual(
            self.rows(),
            [
                (move.id, 40.0, True),
                (move.id, 30.0, True),
                (False, 60.0, True),
                (False, 70.0, True),
            ],
        )
        self.assertEqual(move.forecast_availability, 70.0)
        self.assertEqual(move.forecast_expected_date, receipt.date)

    def test_what_is_reserved_stays_as_it_is(self):
        move = self.deliver(self.shop, 70.0)
        move._action_assign()
        self.assertEqual(move.quantity, 40.0)
        lines = self.report()["lines"]
        self.assertTrue(lines[0]["reservation"])
        self.assertIn("60 kg", lines[1]["not_qualifying"])

    def test_free_stock_by_removal_date_is_what_stays(self):
        self.deliver(self.shop, 70.0)
        dated = [
            line["quantity"]
            for line in self.report()["lines"]
            if line.get("removal_date")
        ]
        self.assertEqual(dated, [60.0])

    def test_what_is_on_hold_is_forecast_for_nobody(self):
        self.env["farm.hold"]._place(self.old, "quality", "Residues found")
        move = self.deliver(self.stall, 70.0)
        self.assertEqual(self.rows(), [(move.id, 40.0, True), (move.id, 30.0, False)])
        self.assertEqual(move.forecast_availability, -30.0)

    def test_a_draft_says_that_it_lacks(self):
        self.assertLess(self.deliver(self.shop, 70.0, False).forecast_availability, 0)
        self.assertEqual(self.deliver(self.shop, 30.0, False).forecast_availability, 40)
        self.assertEqual(
            self.deliver(self.stall, 70.0, False).forecast_availability, 100
        )

    def test_a_draft_counts_what_is_on_its_way(self):
        self.receive_later(100.0, 0)
        move = self.deliver(self.shop, 70.0, False)
        self.assertEqual(move.forecast_availability, 70.0)

    def test_a_transfer_says_that_its_goods_are_not_available(self):
        shop, stall = self.deliver(self.shop, 70.0), self.deliver(self.stall, 60.0)
        self.assertEqual(shop.picking_id.products_availability, "Not Available")
        self.assertEqual(stall.picking_id.products_availability, "Available")

    def test_the_picks_before_a_delivery_ask_for_the_customer(self):
        self.warehouse.delivery_steps = "pick_ship"
        shop = self.order(self.shop, 70.0)
        self.assertEqual(shop.forecast_availability, -30.0)
        self.assertEqual(self.order(self.stall, 60.0).forecast_availability, 60.0)
        self.assertIn((shop.id, 40.0, True), self.rows())

    def order(self, customer, quantity):
        """What an order of a customer makes; return the first move."""
        reference = self.env["stock.reference"].create({"name": customer.name})
        rule = self.env["stock.rule"]
        rule.run(
            [
                rule.Procurement(
                    self.product,
                    quantity,
                    self.product.uom_id,
                    self.customers,
                    "Order",
                    "Order",
                    self.env.company,
                    {
                        "warehouse_id": self.warehouse,
                        "partner_id": customer.id,
                        "reference_ids": reference,
                    },
                )
            ]
        )
        moves = self.env["stock.move"].search([("reference_ids", "=", reference.id)])
        moves._do_unreserve()
        return moves.filtered(lambda move: move.location_id == self.stock)

    def test_an_inventory_user_reads_the_report_and_the_transfer(self):
        user = self.make_user("stock")
        move = self.deliver(self.shop, 70.0)
        lines = self.report(user)["lines"]
        self.assertTrue(any(line.get("not_qualifying") for line in lines))
        Form(move.picking_id.with_user(user))

    def test_several_products_are_told_apart(self):
        move = self.deliver(self.shop, 70.0)
        other = self.make_product(name="Other")
        template = self.product.product_tmpl_id
        report = self.env["stock.forecasted_product_product"].with_context(
            warehouse_id=self.warehouse.id
        )
        docs = report.get_report_values((self.product | other).ids)["docs"]
        self.assertEqual({line["product"]["id"] for line in docs["lines"]}, {
            self.product.id, other.id,
        })  # fmt: skip
        report = self.env["stock.forecasted_product_template"].with_context(
            warehouse_id=self.warehouse.id
        )
        lines = report.get_report_values(template.ids)["docs"]["lines"]
        self.assertEqual(lines[0]["move_out"]["id"], move.id)
        self.assertEqual(lines[0]["quantity"], 40.0)


@tagged("post_install", "-at_install")
class TestPromiseForecastQueries(ForecastCase):
    def cost(self):
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.cr.sql_log_count
        self.report()
        return self.cr.sql_log_count - before

    def test_lots_cost_nothing_and_equal_deliveries_ask_once(self):
        self.deliver(self.shop, 70.0)
        self.cost()
        one = self.cost()
        for number in range(20):
            self.make_stock(1.0, self.days(number))
        self.assertEqual(self.cost(), one)


@tagged("post_install", "-at_install")
class TestPromiseForecastRandom(ForecastCase):
    """Whatever is there and whoever wants it: nothing is lost, nothing given twice."""

    def test_what_is_shared_out_is_what_there_is(self):
        for seed in range(12):
            with self.subTest(seed=seed), self.env.cr.savepoint() as start:
                self.play(Random(seed))
                self.check()
                start.rollback()

    def play(self, random):
        """Let more lots, receipts and deliveries come; some are reserved."""
        for _step in range(5):
            kind = random.choice(("lot", "receipt", "shop", "stall", "shop", "stall"))
            quantity = random.randint(1, 60)
            if kind == "lot":
                self.make_stock(quantity, self.days(random.randint(1, 30)))
            elif kind == "receipt":
                self.receive_later(quantity, random.randint(0, 5))
            else:
                move = self.deliver(getattr(self, kind), quantity)
                if random.random() < 0.3:
                    move._action_assign()

    def check(self):
        lines = self.report()["lines"]
        moves = self.env["stock.move"].search(
            [("product_id", "=", self.product.id), ("picking_code", "=", "outgoing")]
        )
        shares = {move.id: 0.0 for move in moves}
        of_stock = of_shop = 0.0
        for line in lines:
            move = line["move_out"] and line["move_out"]["id"]
            self.assertGreater(line["quantity"], 0)
            if move:
                shares[move] += line["quantity"]
            taken = move and not (line["reservation"] or line["move_in"])
            if taken and line["replenishment_filled"]:
                of_stock += line["quantity"]
                if self.env["stock.move"].browse(move).partner_id == self.shop:
                    of_shop += line["quantity"]
        self.assertEqual(shares, {move.id: move.product_qty for move in moves})
        self.assertEqual(of_stock + self.free_of(lines), self.product.free_qty)
        fresh = self.product._get_left_out(self.promise(), self.stock).qualifying
        self.assertLessEqual(of_shop, fresh)

    def free_of(self, lines):
        free = [line for line in lines if not (line["move_out"] or line["move_in"])]
        in_all = [line for line in free if not line.get("removal_date")]
        if free:
            dated = sum(line["quantity"] for line in free[:-1])
            self.assertLessEqual(dated, free[-1]["quantity"])
        return in_all[-1]["quantity"] if in_all else 0.0

    def promise(self):
        now = fields.Datetime.now()
        return self.product._get_promise(self.shop, now, self.env.company)
