from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ...trace import UP, trace


class StockLot(models.Model):
    """The gate of a lot: closed while any hold is open for it."""

    _inherit = "stock.lot"

    is_on_hold = fields.Boolean("On Hold", readonly=True, copy=False)
    hold_line_ids = fields.One2many(
        "farm.hold.line", "lot_id", "Holds", readonly=True, copy=False
    )
    hold_reason = fields.Char(compute="_compute_hold_reason")

    _on_hold_index = models.Index("(id) WHERE is_on_hold")

    @api.depends("is_on_hold", "hold_line_ids.state")
    def _compute_hold_reason(self):
        reasons = self._hold_reasons()
        for lot in self:
            lot.hold_reason = reasons.get(lot._origin, "")

    def _hold_reasons(self):
        """Why lots are on hold, for whoever meets them.

        :rtype: dict[stock.lot, str], without lots that are free
        """
        # Who stands before a held lot must know why, also when another company of
        # this database holds it.
        groups = (
            self.env["farm.hold.line"]
            .sudo()
            ._read_group(
                [("lot_id", "in", self.ids), ("state", "=", "open")],
                ["lot_id"],
                ["hold_id:recordset"],
            )
        )
        return {
            lot.with_env(self.env): "; ".join(
                hold._reason_text() for hold in holds.sorted("id")
            )
            for lot, holds in groups
        }

    def _close_gate(self):
        """Flag the lots and their stock, in two statements whatever the number.

        Quants come first: whoever reserves takes quants before lots, so that nobody
        waits in a circle. A transaction that takes one of these quants at the same
        time makes this one, or itself, start again.
        """
        self._set_hold_flag(SQL("TRUE"))

    def _open_gate(self):
        """Take the flag from lots without an open hold.

        Every lot is written, also one that another hold keeps: whoever places or
        releases another hold on it at the same time must start again.
        """
        self._set_hold_flag(
            SQL(
                """EXISTS (SELECT FROM farm_hold_line line
                            WHERE line.lot_id = stop.lot_id AND line.state = 'open')"""
            )
        )

    def _set_hold_flag(self, value):
        if not self:
            return
        self.env["farm.hold.line"].flush_model()
        self.env["stock.quant"].flush_model(["lot_id", "is_on_hold"])
        for table, column in (("stock_quant", "lot_id"), ("stock_lot", "id")):
            self.env.cr.execute(
                SQL(
                    """
                    WITH stop AS (
                        SELECT id, %(column)s AS lot_id FROM %(table)s
                         WHERE %(column)s = ANY(%(lots)s)
                         ORDER BY id FOR NO KEY UPDATE
                    )
                    UPDATE %(table)s SET is_on_hold = %(value)s
                      FROM stop WHERE stop.id = %(table)s.id
                    """,
                    column=SQL.identifier(column),
                    table=SQL.identifier(table),
                    lots=list(self.ids),
                    value=value,
                )
            )
        self.invalidate_recordset(["is_on_hold", "hold_reason"])
        self.env["stock.quant"].invalidate_model(["is_on_hold", "available_quantity"])

    def _locked_on_hold(self):
        """Lots on hold among these, asked of the table, until this transaction ends.

        A hold placed by somebody else since this transaction began makes it start
        again; one placed from now on waits for its end.
        """
        if not self.ids:
            return self.browse()
        rows = self.env.execute_query(
            SQL(
                """SELECT id, is_on_hold FROM stock_lot
                    WHERE id = ANY(%s) ORDER BY id FOR SHARE""",
                list(self.ids),
            )
        )
        return self.browse(lot for lot, held in rows if held)

    # -- a hold is placed, not typed in ---------------------------------------------

    def _tag_fields(self):
        return super()._tag_fields() | {"is_on_hold"}

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._check_not_typed(vals)
        return super().create(vals_list)

    def write(self, vals):
        self._check_not_typed(vals)
        self._check_identity_of_held(vals)
        return super().write(vals)

    def _check_not_typed(self, vals):
        if {"is_on_hold", "hold_line_ids"} & set(vals) and not self.env.su:
            raise UserError(
                self.env._(
                    "Whether a lot is on hold is not typed in: place a hold, or release"
                    " one."
                )
            )

    def _check_identity_of_held(self, vals):
        if {"name", "product_id", "company_id"} & set(vals) and not self.env.su:
            held = self.filtered("is_on_hold")
            if held:
                raise UserError(
                    self.env._(
                        "Lot %(lots)s is on hold: its number, product and company stay"
                        " as they are until it is released.",
                        lots=", ".join(held.mapped("name")),
                    )
                )

    # -- where a held lot may go ------------------------------------------------------

    def _may_leave_to(self, source, target, picking):
        """Whether this lot may go there although it is on hold.

        Goods on a lorry arrive where they were sent. A transfer to suppliers goes to
        one who delivered the lot, or what it was made of; a lot that came without a
        supplier's name goes to any.
        """
        if source.usage == "transit" and target.usage == "internal":
            return True
        if target.usage == "supplier":
            suppliers = self._suppliers()
            partner = picking.partner_id.commercial_partner_id
            return not suppliers or partner in suppliers
        return target.in_quarantine

    def _suppliers(self):
        """Who delivered this lot, or the lots that it was made of, before the hold.

        A receipt that somebody enters afterwards opens no way out.
        """
        # Holds of all companies count, whoever asks.
        lines = self.sudo().hold_line_ids.filtered(lambda line: line.state == "open")
        held_at = min(lines.mapped("placed_at"), default=fields.Datetime.now())
        return self.env["res.partner"].browse(
            {
                event.customer_id
                for event in trace(self.env, self.ids, UP).events
                if event.kind == "received"
                and event.from_usage == "supplier"
                and event.customer_id
                and event.date <= held_at
            }
        )
