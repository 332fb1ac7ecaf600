from odoo import fields, models
from odoo.exceptions import UserError

from ...reports.count_earlier import earlier_counts

REMARK = ("reason_id", "note")


class FarmCount(models.Model):
    """A count of one shelf as it was applied: what the books said and what was there.

    A shelf is a place, product, lot, owner and package. Odoo's adjustment move keeps
    the difference alone, and a date that people may choose. So this is written when
    the count is applied and never changes, but for the remark of who looks into the
    difference.
    """

    _name = "farm.count"
    _description = "Stock Count"
    _order = "applied_date desc, id desc"
    _check_company_auto = True

    company_id = fields.Many2one("res.company", required=True, readonly=True)
    location_id = fields.Many2one(
        "stock.location", "Place", required=True, readonly=True
    )
    product_id = fields.Many2one("product.product", required=True, readonly=True)
    lot_id = fields.Many2one("stock.lot", readonly=True)
    owner_id = fields.Many2one("res.partner", readonly=True)
    package_id = fields.Many2one("stock.package", readonly=True)
    date = fields.Datetime(
        "Counted on",
        required=True,
        readonly=True,
        help="The day of the count as it was given when it was applied.",
    )
    entry_date = fields.Datetime("Entered on", readonly=True)
    applied_date = fields.Datetime("Applied on", required=True, readonly=True)
    user_id = fields.Many2one("res.users", "Counted by", readonly=True)
    book_quantity = fields.Float(
        "By the Books", digits="Product Unit", required=True, readonly=True
    )
    counted_quantity = fields.Float(
        "Counted", digits="Product Unit", required=True, readonly=True
    )
    reserved_quantity = fields.Float("Reserved", digits="Product Unit", readonly=True)
    reason_id = fields.Many2one("farm.count.reason", ondelete="restrict")
    note = fields.Text()
    investigator_id = fields.Many2one("res.users", "Investigated by", readonly=True)
    investigation_date = fields.Datetime("Investigated on", readonly=True)

    _last_count_index = models.Index(
        "(location_id, product_id, lot_id, applied_date, id)"
    )
    _date_index = models.Index("(company_id, date)")

    def _compute_display_name(self):
        for count in self:
            names = (
                count.lot_id.name or count.product_id.display_name,
                count.location_id.display_name,
            )
            count.display_name = " · ".join(filter(None, names))

    def write(self, vals):
        if not self.env.su:
            self._check_remark(vals)
        if "reason_id" in vals:
            vals = vals | {
                "investigator_id": vals["reason_id"] and self.env.uid,
                "investigation_date": vals["reason_id"] and fields.Datetime.now(),
            }
        done = super().write(vals)
        # Its rows are read by SQL, which the cache does not know of.
        self.env["farm.count.result"].invalidate_model()
        return done

    def _check_remark(self, vals):
        if set(vals) - set(REMARK):
            raise UserError(
                self.env._(
                    "What was counted stays as it is. Count again if it was wrong;"
                    " here you can only give the reason of a difference."
                )
            )

    def _record_earlier_counts(self):
        """Make counts of the adjustments that Odoo has kept so far."""
        self.env.cr.execute(earlier_counts())
