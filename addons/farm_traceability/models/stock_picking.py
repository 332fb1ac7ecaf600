from odoo import fields, models


class StockPicking(models.Model):
    _inherit = "stock.picking"

    harvest_id = fields.Many2one(
        "farm.harvest",
        index="btree_not_null",
        copy=False,
        check_company=True,
        domain="[('state', '=', 'done'), ('company_id', '=', company_id)]",
        help="New lots received here carry this harvest's provenance.",
    )

    def _open_transfers(self, title):
        """The action that shows these transfers; a single one as its form."""
        action = {
            "type": "ir.actions.act_window",
            "name": title,
            "res_model": "stock.picking",
            "view_mode": "list,kanban,form",
            "domain": [("id", "in", self.ids)],
        }
        if len(self) == 1:
            action |= {"view_mode": "form", "res_id": self.id}
        return action

    def _get_arrived_domain(self):
        """Quants of the transfers' lots where the transfers have put them."""
        lines = self.move_line_ids.filtered(
            lambda line: line.state == "done" and line.lot_id
        )
        return [
            ("lot_id", "in", lines.lot_id.ids),
            ("location_id", "in", lines.location_dest_id.ids),
        ]

    def _get_lot_origins(self):
        """What a delivery slip says of each harvested lot on it.

        :return: dicts with ``lot``, ``quantity``, ``uom`` and ``origin``, in the
            order of product and harvest date
        """
        self.ensure_one()
        lines = self.move_line_ids.filtered("lot_id.harvest_date")
        origins = lines.lot_id._get_origin_texts()
        rows = [
            {
                "lot": lot,
                "quantity": sum(lot_lines.mapped("quantity_product_uom")),
                "uom": lot.product_id.uom_id,
                "origin": origins[lot],
            }
            for lot, lot_lines in lines.grouped("lot_id").items()
        ]
        return sorted(
            rows,
            key=lambda row: (
                row["lot"].product_id.display_name,
                row["lot"].harvest_date,
                row["lot"].name,
            ),
        )
