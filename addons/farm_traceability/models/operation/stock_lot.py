from odoo import fields, models

from ...trace import UP, trace


class StockLot(models.Model):
    """What lot operations ask of a lot."""

    _inherit = "stock.lot"

    is_packed = fields.Boolean(
        "Packed",
        readonly=True,
        copy=False,
        help="It came out of a repacking, or was made of what did.",
    )
    operation_count = fields.Integer(compute="_compute_operation_count")

    def _compute_operation_count(self):
        counts = dict.fromkeys(self.ids, 0)
        for name in ("input", "output"):
            lines = self.env[f"farm.lot.operation.{name}"]
            if lines.has_access("read"):
                groups = lines._read_group(
                    [("lot_id", "in", self.ids)],
                    ["lot_id"],
                    ["operation_id:count_distinct"],
                )
                for lot, count in groups:
                    counts[lot.id] += count
        for lot in self:
            lot.operation_count = counts.get(lot._origin.id, 0)

    def action_open_operations(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "farm_traceability.farm_lot_operation_action"
        )
        return action | {
            "domain": [
                "|",
                ("input_ids.lot_id", "=", self.id),
                ("output_ids.lot_id", "=", self.id),
            ],
        }

    def _is_packed(self):
        return self.is_packed or self.product_id.is_packed_product

    def _get_guides(self):
        """Guides that the lots were grown by, those of their origins included."""
        origins = self
        if self.filtered(lambda lot: not lot.harvest_id):
            origins = self.browse(trace(self.env, self.ids, UP).up_ids)
        # The origin may be a lot of another company.
        return origins.sudo().harvest_id.guide_id.sudo(False)
