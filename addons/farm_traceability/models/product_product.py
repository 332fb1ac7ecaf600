from datetime import date

from odoo import fields, models
from odoo.fields import Domain


class ProductProduct(models.Model):
    """What is on hold or has expired is there, but neither free nor forecast.

    Core leaves out what was to be removed until the last midnight.
    """

    _inherit = "product.product"

    def _compute_quantities_dict(
        self, lot_id, owner_id, package_id, from_date=False, to_date=False
    ):
        quantities = super()._compute_quantities_dict(
            lot_id, owner_id, package_id, from_date, to_date
        )
        domain = self._get_kept_back_domain(lot_id, owner_id, package_id, to_date)
        kept_back = self.env["stock.quant"]._read_group(
            domain, ["product_id"], ["quantity:sum", "reserved_quantity:sum"]
        )
        for product, there, reserved in kept_back:
            of_product = quantities.get(product.id, {})
            for name in of_product.keys() & {"free_qty", "virtual_available"}:
                less = of_product[name] - (there - reserved)
                of_product[name] = product.uom_id.round(less)
        return quantities

    def _get_kept_back_domain(self, lot_id, owner_id, package_id, to_date):
        """Stock on hold or expired that core has not left out."""
        now, to_date = fields.Datetime.now(), fields.Datetime.to_datetime(to_date)
        fresh_until = to_date or date.today()
        expired = Domain("expiration_date", "<=", min(to_date or now, now)) & Domain(
            "product_id", "any!", [("use_expiration_date", "=", True)]
        )
        given = {"lot_id": lot_id, "owner_id": owner_id, "package_id": package_id}
        return Domain.AND(
            [
                Domain("product_id", "in", self._origin.ids),
                Domain("is_on_hold", "=", True) | expired,
                Domain("removal_date", "=", False)
                | Domain("removal_date", ">", fresh_until),
                Domain(self._get_domain_locations()[0]),
                *(Domain(name, "=", value) for name, value in given.items() if value),
            ]
        )
