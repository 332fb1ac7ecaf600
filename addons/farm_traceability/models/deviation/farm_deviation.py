from odoo import api, fields, models


class FarmDeviation(models.Model):
    """Somebody took another lot than the strategy gave: who, when, why.

    Made when the goods move and never edited.
    """

    _name = "farm.deviation"
    _inherit = ["farm.evidence"]
    _description = "Deviation from the Given Lot"
    _order = "date desc, id desc"
    _check_company_auto = True

    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, index=True
    )
    date = fields.Datetime(required=True, readonly=True, index=True)
    user_id = fields.Many2one(
        "res.users", "Picker", required=True, readonly=True, ondelete="restrict"
    )
    picking_id = fields.Many2one(
        "stock.picking",
        "Transfer",
        readonly=True,
        index="btree_not_null",
        check_company=True,
    )
    picking_type_id = fields.Many2one(
        "stock.picking.type", "Operation Type", readonly=True, check_company=True
    )
    partner_id = fields.Many2one("res.partner", "Customer", readonly=True)
    product_id = fields.Many2one(
        "product.product", required=True, readonly=True, index=True, ondelete="restrict"
    )
    location_id = fields.Many2one("stock.location", "From", readonly=True)
    location_dest_id = fields.Many2one("stock.location", "To", readonly=True)
    given_lot_id = fields.Many2one(
        "stock.lot",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
        help="What the removal strategy gave.",
    )
    given_expiry = fields.Datetime("Given Lot Expires", readonly=True)
    lot_id = fields.Many2one(
        "stock.lot",
        "Taken Lot",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    expiry = fields.Datetime("Taken Lot Expires", readonly=True)
    days = fields.Integer(
        "Days Between",
        readonly=True,
        aggregator="avg",
        help="Days from the expiry of the given lot to that of the taken lot. Above"
        " zero, the older goods stayed.",
    )
    quantity = fields.Float(digits="Product Unit", readonly=True)
    product_uom_id = fields.Many2one("uom.uom", "Unit", readonly=True)
    reason_id = fields.Many2one(
        "farm.deviation.reason",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    note = fields.Char(readonly=True)

    @api.depends("given_lot_id", "lot_id")
    def _compute_display_name(self):
        for deviation in self:
            names = deviation.given_lot_id.name, deviation.lot_id.name
            deviation.display_name = " → ".join(name for name in names if name)

    @api.model
    def _is_known(self, line, kept):
        """Whether it is on record that a line took another lot than a kept one."""
        # A deviation is known whether or not the user may read it.
        return bool(
            self.sudo().search_count(
                [
                    ("picking_id", "=", line.picking_id.id),
                    ("given_lot_id", "=", kept.lot.id),
                    ("lot_id", "=", line.lot_id.id),
                ],
                limit=1,
            )
        )

    @api.model
    def _count_by(self, name, records):
        """How many deviations each of these records has."""
        groups = self._read_group([(name, "in", records.ids)], [name], ["__count"])
        return dict(groups)
