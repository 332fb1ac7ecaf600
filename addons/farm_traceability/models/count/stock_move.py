from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools.sql import column_exists


class StockMove(models.Model):
    _inherit = "stock.move"

    count_id = fields.Many2one(
        "farm.count", readonly=True, copy=False, ondelete="restrict"
    )

    _count_unique = models.UniqueIndex(
        "(count_id) WHERE count_id IS NOT NULL",
        "A count has one adjustment. Count again to adjust once more.",
    )

    def _auto_init(self):
        is_new = not column_exists(self.env.cr, self._table, "count_id")
        done = super()._auto_init()
        if is_new:
            self.pool.post_init(self.env["farm.count"]._record_earlier_counts)
        return done

    def write(self, vals):
        if "count_id" in vals and not self.env.su:
            raise UserError(
                self.env._(
                    "The count of an adjustment is written when it is applied. Leave"
                    " it out, or count again."
                )
            )
        return super().write(vals)
