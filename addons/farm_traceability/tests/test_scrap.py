from odoo.tests import tagged

from .rotation_common import RotationCase


@tagged("post_install", "-at_install")
class TestScrap(RotationCase):
    def test_several_orders_done_at_once_keep_their_quantities(self):
        lots = [self.make_lot(f"SCRAP-{number}", 5) for number in range(3)]
        for lot in lots:
            self.stock_up(lot, 10)
        scraps = (
            self.env["stock.scrap"]
            .with_user(self.picker)
            .create(
                [
                    {
                        "product_id": self.product.id,
                        "lot_id": lot.id,
                        "location_id": self.stock.id,
                        "scrap_qty": quantity,
                    }
                    for lot, quantity in zip(lots, (2, 3, 4), strict=True)
                ]
            )
        )
        self.assertTrue(scraps.do_scrap())
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertEqual(scraps.mapped("scrap_qty"), [2, 3, 4])
        self.assertEqual(scraps.move_ids.mapped("quantity"), [2, 3, 4])
