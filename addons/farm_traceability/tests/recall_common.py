from odoo.fields import Command

from .hold_common import HoldCase


class RecallCase(HoldCase):
    """One harvest of two bunches; one is cut into hands, of which two were sold.

    ``hands`` are eight lots of one unit: the first lies with ``shop``, the second
    with ``market``. ``sister`` is the other bunch of the harvest, on the shelf.
    ``early`` and ``late`` (of ``HoldCase``) are other harvests of the same plot.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.hand = cls.make_product(
            name="Hand",
            uom_id=cls.env.ref("uom.product_uom_unit").id,
            categ_id=cls.product.categ_id.id,
        )
        cls.harvest = cls.receive(10.0, 12.0, date=cls.days(-2))
        cls.bunch, cls.sister = cls.harvest.lot_ids.sorted("id")
        cls.hands = cls.split(cls.bunch)
        cls.shop = cls.make_customer("Shop", "shop@example.com")
        cls.market = cls.make_customer("Market", "market@example.com")
        cls.sold = cls.sell(cls.hands[0], cls.shop)
        cls.sell(cls.hands[1], cls.market)
        cls.user = cls.quality

    @classmethod
    def split(cls, bunch):
        split = cls.env["farm.lot.split"].create({"lot_id": bunch.id})
        operation = cls.env["farm.lot.operation"].browse(split.action_split()["res_id"])
        return operation.output_ids.lot_id.sorted("id")

    @classmethod
    def make_customer(cls, name, email=False, **vals):
        return cls.env["res.partner"].create(
            {"name": name, "email": email, "is_company": True} | vals
        )

    @classmethod
    def sell(cls, lots, customer, validate=True):
        """Deliver whole lots of one unit each."""
        picking = cls.make_sale(lots, customer)
        if validate:
            picking.move_ids.picked = True
            picking._action_done()
        return picking

    @classmethod
    def make_sale(cls, lots, customer):
        places = {
            "location_id": cls.stock.id,
            "location_dest_id": cls.customers.id,
        }
        picking = cls.env["stock.picking"].create(
            places
            | {
                "picking_type_id": cls.warehouse.out_type_id.id,
                "partner_id": customer.id,
                "move_ids": [
                    Command.create(
                        places
                        | {
                            "product_id": lots.product_id.id,
                            "product_uom_qty": len(lots),
                        }
                    )
                ],
            }
        )
        picking.action_confirm()
        picking.do_unreserve()
        shared = places | {"product_id": lots.product_id.id, "picking_id": picking.id}
        picking.move_ids.move_line_ids = [
            Command.create(shared | {"lot_id": lot.id, "quantity": 1}) for lot in lots
        ]
        return picking

    def make_recall(self, *records, scope=True, **vals):
        """A recall of the quality manager, with its scope shown."""
        recall = (
            self.env["farm.recall"]
            .with_user(self.user)
            .create(
                {
                    "reason": "Residue found",
                    "start_ids": [
                        Command.create({"record": f"{one._name},{one.id}"})
                        for one in records or self.hands[0]
                    ],
                }
                | vals
            )
        )
        if scope:
            recall.action_scope()
        return recall

    def start_recall(self, *records, **vals):
        recall = self.make_recall(*records, **vals)
        recall.action_start()
        return recall

    def row(self, recall, partner):
        return recall.customer_ids.filtered(lambda one: one.partner_id == partner)

    def balance_of(self, recall, unit):
        recall.invalidate_recordset()
        return {row["unit"]: row for row in recall._balance_rows()}[unit.name]

    def receive_all(self, pickings):
        """What the warehouse does with returns that came back."""
        pickings.move_ids.picked = True
        pickings._action_done()
        self.assertEqual(set(pickings.mapped("state")), {"done"})

    def take_back(self, recall, partner):
        action = self.row(recall, partner).action_return()
        picking = self.env["stock.picking"].browse(action["res_id"])
        self.receive_all(picking)
        return picking

    def dispose(self, recall, **vals):
        disposal = (
            self.env["farm.recall.disposal"]
            .with_user(self.user)
            .create(
                {
                    "recall_id": recall.id,
                    "witness": "Mr Budi",
                    "document": b"cGFwZXI=",
                    "document_name": "report.txt",
                }
                | vals
            )
        )
        disposal.action_dispose()
        return disposal
