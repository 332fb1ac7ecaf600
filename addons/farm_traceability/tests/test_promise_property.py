from datetime import datetime, timedelta
from itertools import product as pairs

from odoo.fields import Domain
from odoo.tests import tagged

from .promise_common import PromiseCase

DAY = timedelta(days=1)


@tagged("post_install", "-at_install")
class TestBothSidesAgree(PromiseCase):
    """What the domain finds in stock is what no reason speaks against."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.arrival = datetime(2026, 6, 15, 16, 59, 59)
        moments = [False]
        for days in (0, 1, 5, 9, 10, 11, 14, 20):
            border = datetime(2026, 6, 14, 17) + days * DAY
            moments += [border + timedelta(seconds=step) for step in (-1, 0, 1)]
        moments.append(datetime(2026, 6, 25, 3, 0, 0, 123456))
        lots = cls.env["stock.lot"].create(
            [
                {"name": f"P{number}", "product_id": cls.product.id}
                for number in range(len(moments) * 4)
            ]
        )
        harvests = (-10, -3, 0, None)
        for lot, (moment, harvest) in zip(lots, pairs(moments, harvests), strict=True):
            lot.expiration_date = moment
            if harvest is not None:
                lot.sudo().harvest_date = cls.days(harvest)
            cls.env["stock.quant"]._update_available_quantity(
                cls.product, cls.stock, 1.0, lot_id=lot
            )
        lots[::3]._flush_for_certified()
        cls.env.cr.execute(
            "UPDATE stock_lot SET is_certified = true WHERE id = ANY(%s)",
            [lots[::3].ids],
        )
        cls.env["stock.lot"]._copy_certified(lots.ids)
        cls.lots = lots

    def check(self, customer):
        promise = self.product._get_promise(customer, self.arrival, self.env.company)
        quants = self.env["stock.quant"].search(
            Domain("location_id", "=", self.stock.id)
            & promise.domain
            & Domain("lot_id", "in", self.lots.ids)
        )
        fit = self.lots - self.env["stock.lot"].union(*promise.reasons(self.lots))
        self.assertEqual(set(quants.lot_id), set(fit))
        return len(fit)

    def test_days(self):
        counts = []
        for days in (1, 5, 10, 11, 20, 400):
            term = self.make_term(days, partner_id=self.shop)
            with self.subTest(days=days):
                counts.append(self.check(self.shop))
            term.unlink()
        self.assertEqual(counts, sorted(counts, reverse=True))
        self.assertTrue(counts[0] > counts[2] > counts[4] > counts[5] == 0)

    def test_percent(self):
        counts = []
        for percent in (0.1, 10, 33.3, 50, 66.7, 75, 99.9, 100):
            term = self.make_term(percent, "percent", partner_id=self.shop)
            with self.subTest(percent=percent):
                counts.append(self.check(self.shop))
            term.unlink()
        self.assertEqual(counts, sorted(counts, reverse=True))
        self.assertGreater(counts[0], counts[4])
        self.assertGreater(counts[3], 0)

    def test_certified(self):
        self.shop.is_certified_only = True
        self.assertEqual(self.check(self.shop), len(self.lots[::3]))

    def test_all_together(self):
        self.shop.write({"is_certified_only": True, "is_newer_only": True})
        self.make_term(30, "percent", partner_id=self.shop)
        self.ship(self.deliver(self.shop))
        self.assertGreater(self.check(self.shop), 0)
