from odoo.fields import Command

from .common import FarmCase


class OperationCase(FarmCase):
    """Bunches in stock, and a maker of operations on them, all by an inventory user."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.user = cls.make_user("stock")
        cls.hand = cls.make_product(
            name="Hand", uom_id=cls.env.ref("uom.product_uom_unit").id
        )
        cls.first, cls.second = cls.receive(12.0, 8.0).lot_ids.sorted("id")
        cls.place = cls.quant_of(cls.first).location_id
        cls.shelf = cls.env["stock.location"].create(
            {"name": "Shelf", "location_id": cls.place.id}
        )

    @classmethod
    def quant_of(cls, lot):
        return lot.quant_ids.filtered(lambda one: one.location_id.usage == "internal")

    @classmethod
    def find_lot(cls, quantity, product=None, **vals):
        """A lot without a harvest that is found in stock."""
        product = product or cls.product
        vals = {"name": f"Found {next(cls.numbers)}", "product_id": product.id} | vals
        lot = cls.env["stock.lot"].sudo().create(vals)
        cls.env["stock.quant"]._update_available_quantity(
            product, cls.place, quantity, lot_id=lot
        )
        return lot

    def begin(self, kind, *inputs, **vals):
        """A draft with inputs: lots with their quantities, or with more values."""
        lines = [
            {"lot_id": lot.id, "quantity": quantity, **(more[0] if more else {})}
            for lot, quantity, *more in inputs
        ]
        return (
            self.env["farm.lot.operation"]
            .with_user(self.user)
            .create(
                {
                    "kind": kind,
                    "location_id": self.place.id,
                    "input_ids": [Command.create(line) for line in lines],
                    **vals,
                }
            )
        )

    def add_output(self, operation, quantity, source=None, **vals):
        operation.output_ids = [
            Command.create(
                {
                    "product_id": self.product.id,
                    "input_quantity": quantity,
                    "input_id": source and operation.input_ids[source - 1].id,
                    "piece_count": 0,
                    **vals,
                }
            )
        ]
        return operation.output_ids[-1]

    def merge(self, *inputs, **vals):
        operation = self.begin("merge", *inputs)
        self.add_output(operation, sum(one[1] for one in inputs), **vals)
        operation.action_post()
        return operation

    def reverse(self, operation, reason="Wrong lot"):
        wizard = self.env["farm.lot.reversal"].with_user(self.user)
        wizard.create({"operation_id": operation.id, "reason": reason}).action_reverse()

    def parents_of(self, lot):
        """Lots behind the lines that made a lot."""
        lines = self.env["stock.move.line"].search(
            [("lot_id", "=", lot.id), ("consume_line_ids", "!=", False)]
        )
        return lines.consume_line_ids.lot_id
