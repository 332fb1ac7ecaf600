from odoo.addons.farm_traceability.tests.hold_common import HoldCase
from odoo.tests import tagged

from .scan_common import DeviceCase


@tagged("post_install", "-at_install")
class TestSplit(DeviceCase, HoldCase):
    """A bunch becomes hands, each a lot of its own."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        unit = cls.env.ref("uom.product_uom_unit")
        cls.hand = cls.make_product(name="Hand", uom_id=unit.id)

    def split(self, lot, **more):
        return self.post("split", self.env["stock.picking"], lot.name, **more)

    def test_hands_are_lots(self):
        asked = self.split(self.early)
        self.assertEqual(asked["state"], "asked", asked["message"])
        self.assertEqual(asked["question"]["kind"], "quantity")
        answer = self.split(self.early, quantity=4)
        self.assertEqual(answer["state"], "applied", answer["message"])
        self.assertEqual(len(answer["lots"]), 4)

    def test_no_number_of_hands_is_refused(self):
        for pieces in (0, -3, 501, 1e9):
            with self.subTest(pieces):
                answer = self.split(self.early, quantity=pieces)
                self.assertEqual(answer["state"], "refused")
                self.assertIn("1 to 500", answer["message"])

    def test_what_becomes_nothing_is_said(self):
        self.hand.tracking = "none"
        answer = self.split(self.early)
        self.assertEqual(answer["state"], "refused")
        self.assertIn("not known to become hands", answer["message"])
