from odoo.addons.farm_traceability_scan.tests.scan_common import ScanCase
from odoo.fields import Command


class BatchWorld:
    """Two customers who want the same lots; goes before a case with stock."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.category.removal_strategy_id = cls.strategy("fefo")
        cls.shop, cls.hotel = cls.env["res.partner"].create(
            [{"name": "Shop"}, {"name": "Hotel"}]
        )

    @classmethod
    def make_batch(cls, *pickings, **vals):
        cls.env["stock.picking"].concat(*pickings).action_assign()
        batch = cls.env["stock.picking.batch"].create(
            {
                "picking_ids": [Command.link(picking.id) for picking in pickings],
                "picking_type_id": pickings[0].picking_type_id.id,
            }
            | vals
        )
        batch.action_confirm()
        return batch


class BatchCase(BatchWorld, ScanCase):
    """A picker, two deliveries in a batch: 6 kg for the shop, 8 kg for the hotel."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.first, cls.second = cls.make_lot("FIRST", 30), cls.make_lot("SECOND", 60)
        for lot in (cls.first, cls.second):
            cls.stock_up(lot, 10)
        cls.for_shop = cls.make_delivery(6, partner=cls.shop)
        cls.for_hotel = cls.make_delivery(8, partner=cls.hotel)
        cls.batch = cls.make_batch(cls.for_shop, cls.for_hotel)

    def pick(self, text="", state="applied", scenario="pick_batch", **more):
        answer = self.post(scenario, self.batch, text, **more)
        self.assertEqual(answer["state"], state, answer["message"])
        return answer

    def scanned(self, picking):
        lines = picking.move_line_ids
        return {line.lot_id.name: line.scanned_quantity for line in lines}
