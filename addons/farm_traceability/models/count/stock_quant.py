from odoo import fields, models
from odoo.fields import Domain


class StockQuant(models.Model):
    _inherit = "stock.quant"

    count_entry_date = fields.Datetime("Count Entered on", readonly=True, copy=False)
    count_entry_user_id = fields.Many2one(
        "res.users", "Count Entered by", readonly=True, copy=False
    )

    def write(self, vals):
        if "inventory_quantity" in vals:
            vals = vals | {
                "count_entry_date": fields.Datetime.now(),
                "count_entry_user_id": self.env.uid,
            }
        return super().write(vals)

    # -- applying counts -------------------------------------------------------------

    def _apply_inventory(self, date=None):
        # Nobody makes counts but by applying them.
        counts = self.env["farm.count"].sudo()
        counted = self.filtered(lambda quant: quant._is_count())
        made = counts.create([quant._prepare_count_vals(date) for quant in counted])
        ids = dict(zip(counted.ids, made.ids, strict=True))
        quants = self.with_context(farm_counts=ids)
        return super(StockQuant, quants)._apply_inventory(date=date)

    def _is_count(self):
        """Whether applying makes a move, as Odoo decides it."""
        return not self.env.context.get("from_inverse_qty") or bool(
            self.product_uom_id.compare(self.inventory_quantity, self.quantity)
        )

    def _prepare_count_vals(self, date):
        now = fields.Datetime.now()
        return {
            "company_id": (self.company_id or self.env.company).id,
            "location_id": self.location_id.id,
            "product_id": self.product_id.id,
            "lot_id": self.lot_id.id,
            "owner_id": self.owner_id.id,
            "package_id": self.package_id.id,
            "date": date or now,
            "entry_date": self.count_entry_date or now,
            "applied_date": now,
            "user_id": (self.user_id or self.count_entry_user_id or self.env.user).id,
            "book_quantity": self.quantity,
            "counted_quantity": self.inventory_quantity,
            "reserved_quantity": self.reserved_quantity,
        }

    def _get_inventory_move_values(
        self,
        qty,
        location_id,
        location_dest_id,
        package_id=False,
        package_dest_id=False,
    ):
        vals = super()._get_inventory_move_values(
            qty, location_id, location_dest_id, package_id, package_dest_id
        )
        count_id = self.env.context.get("farm_counts", {}).get(self.id)
        return vals | {"count_id": count_id} if count_id else vals

    # -- results ---------------------------------------------------------------------

    def action_open_count_results(self):
        """The results of these shelves; without any, of all that is being counted."""
        return self.env["farm.count.result"]._open_results(self._get_results_domain())

    def action_count_result_paper(self):
        results = self.env["farm.count.result"]
        return results._find_some(self._get_results_domain()).action_paper()

    def _get_results_domain(self):
        if not self:
            return Domain("state", "=", "entered")
        return Domain.OR(
            Domain.AND(
                Domain(name, "=", quant[name].id)
                for name in (
                    "location_id", "product_id", "lot_id", "owner_id", "package_id"
                )
            )
            for quant in self
        )  # fmt: skip
