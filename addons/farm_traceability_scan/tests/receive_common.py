from odoo.fields import Command

GTIN = "09501101530003"


class ReceiveCase:
    """A receipt of 30 kg that was announced; goes before a case with ``picker``."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.product.barcode = GTIN[1:]
        suppliers = cls.env.ref("stock.stock_location_suppliers")
        cls.places = {"location_id": suppliers.id, "location_dest_id": cls.stock.id}
        cls.picking = cls.announce(cls.product, 30)

    @classmethod
    def announce(cls, product, quantity, **vals):
        goods = {"product_id": product.id, "product_uom_qty": quantity}
        picking = cls.env["stock.picking"].create(
            cls.places
            | {
                "picking_type_id": cls.warehouse.in_type_id.id,
                "move_ids": [Command.create(cls.places | goods | vals)],
            }
        )
        picking.action_confirm()
        return picking

    def receive(self, text="", picking=None, **more):
        return self.post("receive", picking or self.picking, text, **more)

    def received(self, text="", **more):
        """Receive it, and it must go well; gives the answer."""
        answer = self.receive(text, **more)
        self.assertEqual(answer["state"], "applied", answer["message"])
        return answer

    def done(self, picking=None):
        lines = (picking or self.picking).move_line_ids.filtered("quantity")
        return {line.lot_id.name: line.quantity for line in lines}
