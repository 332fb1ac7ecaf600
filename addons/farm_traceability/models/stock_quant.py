from collections import defaultdict

from odoo import api, fields, models

from .company_check import one_of_each_kind


class ArrivalQuants:
    """Quants of lots that were nowhere before, gathered to be made at once.

    Core makes them one by one, each with its own look-ups: more than half of the
    time of a large receipt. For a lot without any quant the look-ups have nothing to
    find, so the sums by place are all that is needed.
    """

    def __init__(self, lines):
        self.line_ids = set(lines.ids)
        self.quantities = defaultdict(float)
        self.in_date = fields.Datetime.now()

    def add(self, line, location, package, quantity):
        key = line.lot_id, location, package, line.owner_id
        self.quantities[key] += quantity

    def prepare_vals_list(self):
        return [
            self._prepare_vals(lot, location, quantity)
            | {"package_id": package.id, "owner_id": owner.id}
            for (lot, location, package, owner), quantity in self.quantities.items()
        ]

    def _prepare_vals(self, lot, location, quantity):
        """Values of a quant, with those that core would compute and write later."""
        return {
            "product_id": lot.product_id.id,
            "location_id": location.id,
            "company_id": location.company_id.id,
            "lot_id": lot.id,
            "expiration_date": lot.expiration_date,
            "removal_date": lot.removal_date,
            "is_on_hold": lot.is_on_hold,
            "quantity": quantity,
            "inventory_quantity_set": False,
            "inventory_diff_quantity": -quantity,
            "in_date": self.in_date,
        }


class StockQuant(models.Model):
    _inherit = "stock.quant"

    @api.model
    def _create_arrivals(self, arrivals):
        # Stock users have no right to make quants; core uses sudo here as well. Core's
        # own create() makes one record at a time for the sake of the inventory mode,
        # which is not on here: the plain create of all models makes them together.
        quants = self.sudo().with_context(inventory_mode=False)
        return models.BaseModel.create(quants, arrivals.prepare_vals_list())

    def _check_company(self, fnames=None):
        return super(
            StockQuant, one_of_each_kind(self, unlike=["lot_id"])
        )._check_company(fnames)
