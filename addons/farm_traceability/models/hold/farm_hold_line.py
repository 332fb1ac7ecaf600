from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL


class FarmHoldLine(models.Model):
    """A lot under a hold, and how it went on and off."""

    _name = "farm.hold.line"
    _description = "Lot on Hold"
    _inherit = ["farm.evidence"]
    _order = "id"
    _rec_name = "lot_id"

    hold_id = fields.Many2one(
        "farm.hold", required=True, index=True, ondelete="cascade"
    )
    lot_id = fields.Many2one(
        "stock.lot", required=True, index=True, ondelete="restrict"
    )
    product_id = fields.Many2one(related="lot_id.product_id")
    company_id = fields.Many2one(related="hold_id.company_id")
    kind = fields.Selection(related="hold_id.kind")
    reason = fields.Text(related="hold_id.reason")
    state = fields.Selection(
        [("draft", "Draft"), ("open", "On Hold"), ("released", "Released")],
        string="Status",
        default="draft",
        required=True,
        readonly=True,
        copy=False,
    )
    placed_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    placed_at = fields.Datetime(readonly=True, copy=False)
    released_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    released_at = fields.Datetime(readonly=True, copy=False)
    release_reason = fields.Text(readonly=True, copy=False)

    quantity = fields.Float(
        "On Hand", compute="_compute_quantity", digits="Product Unit"
    )
    reserved_quantity = fields.Float(
        "Reserved", compute="_compute_quantity", digits="Product Unit"
    )
    uom_id = fields.Many2one(related="lot_id.product_id.uom_id")

    _lot_once = models.UniqueIndex(
        "(hold_id, lot_id) WHERE state != 'released'",
        "A lot stands in a hold once: remove its second line.",
    )
    _open_lot_index = models.Index("(lot_id) WHERE state = 'open'")

    @api.depends("lot_id")
    def _compute_quantity(self):
        groups = self.env["stock.quant"]._read_group(
            [
                ("lot_id", "in", self.lot_id.ids),
                ("location_id.usage", "in", ("internal", "transit")),
            ],
            ["lot_id"],
            ["quantity:sum", "reserved_quantity:sum"],
        )
        sums = {lot: quantities for lot, *quantities in groups}
        for line in self:
            line.quantity, line.reserved_quantity = sums.get(line.lot_id, (0, 0))

    def _stamp_placed(self):
        return {
            "state": "open",
            "placed_by_id": self.env.uid,
            "placed_at": fields.Datetime.now(),
        }

    @api.model
    def _insert_open(self, hold, lots):
        """Lines of lots that a hold stops now, in one statement.

        The gate closes when they are there: ten thousand lots take the ORM seconds.
        """
        stamp = self._stamp_placed()
        placed = [stamp["state"], stamp["placed_by_id"], stamp["placed_at"]]
        written = [self.env.uid, stamp["placed_at"]]
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO farm_hold_line (hold_id, lot_id, state, placed_by_id,
                    placed_at, create_uid, create_date, write_uid, write_date)
                SELECT %s, lot, %s, %s, %s, %s, %s, %s, %s
                  FROM unnest(%s::int[]) WITH ORDINALITY AS chosen (lot, rank)
                 ORDER BY rank
                """,
                hold.id,
                *placed,
                *written,
                *written,
                list(lots.ids),
            )
        )
        hold.invalidate_recordset()
        lots.invalidate_recordset(["hold_line_ids"])

    def _close(self, reason):
        self.write(
            {
                "state": "released",
                "released_by_id": self.env.uid,
                "released_at": fields.Datetime.now(),
                "release_reason": reason,
            }
        )

    def _check_second_person(self):
        """The company may ask that nobody releases what he placed himself."""
        own = self.filtered(
            lambda line: (
                line.company_id.hold_second_person
                and line.placed_by_id == self.env.user
            )
        )
        if own:
            raise UserError(
                self.env._(
                    "You placed %(hold)s for lot %(lots)s yourself: somebody else with"
                    " the right to release must do it.",
                    hold=", ".join(own.hold_id.mapped("name")),
                    lots=", ".join(own.lot_id[:5].mapped("name")),
                )
            )

    # -- what was placed stays on record -----------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        if not self.env.su:
            lines.hold_id._check_draft()
        return lines

    def write(self, vals):
        if self.env.su:
            return super().write(vals)
        self.hold_id._check_draft()
        result = super().write(vals)
        # Nor is a lot slipped into a hold that is placed: its gate would stay open.
        self.hold_id._check_draft()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_only_draft(self):
        self.hold_id._check_draft()
