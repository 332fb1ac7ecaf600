from odoo import api, fields, models


class StockQuant(models.Model):
    """What lot operations take from."""

    _inherit = "stock.quant"

    free_quantity = fields.Float(
        "Free",
        compute="_compute_free_quantity",
        digits="Product Unit",
        help="Not reserved. An expired lot may be operated on, though not sold.",
    )

    def _get_operation_domain(self):
        """What an operation of the user's company could take, reserved or not."""
        return [
            ("lot_id", "!=", False),
            ("location_id.usage", "=", "internal"),
            ("company_id", "=", self.env.company.id),
            ("quantity", ">", 0),
        ]

    @api.depends("quantity", "reserved_quantity")
    def _compute_free_quantity(self):
        for quant in self:
            quant.free_quantity = quant._get_free_to_operate()

    def _get_free_to_operate(self):
        return self.quantity - self.reserved_quantity

    def _get_operation_key(self):
        """What an input names besides its quantity."""
        return self.lot_id, self.location_id, self.package_id, self.owner_id

    def _prepare_operation_input_vals(self):
        return {
            "lot_id": self.lot_id.id,
            "location_id": self.location_id.id,
            "package_id": self.package_id.id,
            "owner_id": self.owner_id.id,
            "quantity": self._get_free_to_operate(),
        }
