from odoo import api, fields, models
from odoo.exceptions import LockError, UserError
from odoo.fields import Command

from ..models.expiry.bands import EXPIRED
from ..wording import names_text, number_text

NAMED = 10
KINDS = [
    ("discount", "Discount List"),
    ("transfer", "Transfer"),
    ("donate", "Donate"),
    ("scrap", "Scrap"),
]
# Nobody gets what has expired or is on hold.
FOR_PEOPLE = ("discount", "donate")


class FarmExpiryWork(models.TransientModel):
    """Do something with the goods chosen on the expiry board: all of them or none.

    1. the chosen rows, each with what is free of it; what is reserved stays untouched,
       and the wizard names the rows that are left out
    2. what the kind of work asks for: a reason, a place, a partner, discounts
    3. the stock is locked and looked at again; then it is done, once
    """

    _name = "farm.expiry.work"
    _description = "Work on the Expiry Board"

    kind = fields.Selection(KINDS, required=True, readonly=True)
    company_id = fields.Many2one("res.company", compute="_compute_company_id")
    line_ids = fields.One2many(
        "farm.expiry.work.line",
        "work_id",
        "Goods",
        default=lambda self: self._default_lines(),
    )
    left_out = fields.Text(readonly=True, default=lambda self: self._default_left_out())
    is_done = fields.Boolean(readonly=True)
    has_lines = fields.Boolean(compute="_compute_company_id")

    @api.model
    def _default_lines(self):
        rows = self._get_chosen_rows()
        fit = rows - rows.browse().union(*self._get_left_out(rows).values())
        return [
            Command.create({"quant_id": row.id, "quantity": row.free_quantity})
            for row in fit
        ]

    @api.model
    def _default_left_out(self):
        left_out = self._get_left_out(self._get_chosen_rows())
        return "\n".join(
            self._left_out_text(why, rows) for why, rows in left_out.items() if rows
        )

    def _get_chosen_rows(self):
        if self.env.context.get("active_model") != "farm.expiry.board":
            return self.env["farm.expiry.board"]
        chosen = self.env.context.get("active_ids", ())
        return self.env["farm.expiry.board"].search([("id", "in", chosen)])

    def _get_left_out(self, rows):
        """Rows with which the kind of work cannot be done.

        :rtype: dict[str, farm.expiry.board], by why; a row once
        """
        reserved = rows.filtered(lambda row: row.free_quantity <= 0)
        expired = held = rows.browse()
        if self.env.context.get("default_kind") in FOR_PEOPLE:
            expired = (rows - reserved).filtered(lambda row: row.band == EXPIRED)
            held = (rows - reserved - expired).filtered("is_on_hold")
        return {"reserved": reserved, "expired": expired, "held": held}

    def _left_out_text(self, why, rows):
        lots = names_text(self.env, rows.mapped("display_name"), NAMED)
        sentences = {
            "reserved": self.env._(
                "Left out, all of it reserved for transfers: %(lots)s.", lots=lots
            ),
            "expired": self.env._("Left out, expired: %(lots)s.", lots=lots),
            "held": self.env._("Left out, on hold: %(lots)s.", lots=lots),
        }
        return sentences[why]

    @api.depends("line_ids.quant_id")
    def _compute_company_id(self):
        for work in self:
            companies = work.line_ids.quant_id.company_id
            work.company_id = companies[:1] or self.env.company
            work.has_lines = bool(work.line_ids)

    # -- before anything is done -----------------------------------------------------

    def _begin(self):
        """Lock the goods and look at them again.

        :return: the lines with a quantity
        :raises UserError: when it was done already, others are at it, or less is there
        """
        self.ensure_one()
        lines = self.line_ids.filtered("quantity")
        lines.quant_id.check_access("read")
        self._lock(lines)
        if self.is_done:
            raise UserError(
                self.env._("This was done already. Look at the board again.")
            )
        lines._check_there()
        self._check_one_company(lines)
        # The user's own record; what was done is nobody's to enter.
        self.sudo().is_done = True
        return lines

    def _lock(self, lines):
        try:
            self.lock_for_update()
            lines.quant_id.lock_for_update(allow_referencing=True)
        except LockError:
            raise UserError(
                self.env._(
                    "Somebody works with these goods at this very moment. Look at the"
                    " board again and choose what is left."
                )
            ) from None
        self.invalidate_recordset(["is_done"])
        lines.quant_id.invalidate_recordset(["quantity", "reserved_quantity"])

    def _check_one_company(self, lines):
        if len(lines.quant_id.company_id) > 1:
            raise UserError(
                self.env._(
                    "These goods lie in several companies: %(companies)s. Choose those"
                    " of one company at a time.",
                    companies=", ".join(lines.quant_id.company_id.mapped("name")),
                )
            )

    def _check_not_expired(self, lines, why):
        now = fields.Datetime.now()
        expired = lines.filtered(
            lambda line: line.expiration_date and line.expiration_date <= now
        )
        if expired:
            raise UserError(
                self.env._(
                    "%(why)s Take these lots out of the list: %(lots)s.",
                    why=why,
                    lots=", ".join(expired.lot_id.mapped("name")),
                )
            )


class FarmExpiryWorkLine(models.TransientModel):
    _name = "farm.expiry.work.line"
    _description = "Goods to Work on"
    _order = "id"

    work_id = fields.Many2one(
        "farm.expiry.work", required=True, index=True, ondelete="cascade"
    )
    quant_id = fields.Many2one("stock.quant", required=True, ondelete="cascade")
    product_id = fields.Many2one(related="quant_id.product_id")
    lot_id = fields.Many2one(related="quant_id.lot_id", string="Lot")
    location_id = fields.Many2one(related="quant_id.location_id", string="Place")
    uom_id = fields.Many2one(related="quant_id.product_uom_id", string="Unit")
    expiration_date = fields.Datetime(
        related="quant_id.expiration_date", string="Expires"
    )
    days_left = fields.Integer(compute="_compute_days_left")
    days_text = fields.Char("Left", compute="_compute_days_left")
    quantity = fields.Float(digits="Product Unit", help="0: nothing of this row.")

    _quantity_positive = models.Constraint(
        "CHECK (quantity >= 0)", "Quantities are 0 or more."
    )

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        # Related fields show what a quant is to whoever knows its id.
        lines.quant_id.check_access("read")
        return lines

    def write(self, vals):
        result = super().write(vals)
        self.quant_id.check_access("read")
        return result

    @api.depends("quant_id")
    def _compute_days_left(self):
        rows = self._rows_by_quant()
        for line in self:
            row = rows.get(line.quant_id.id)
            line.days_left = row.days_left if row else 0
            line.days_text = row.days_text if row else ""

    def _rows_by_quant(self):
        board = self.env["farm.expiry.board"]
        return {row.id: row for row in board.search([("id", "in", self.quant_id.ids)])}

    # -- looked at again ---------------------------------------------------------------

    def _check_there(self):
        """Refuse when nothing is chosen, or less is free than was."""
        if not self:
            raise UserError(
                self.env._(
                    "Nothing is chosen that is free: goods reserved for transfers stay"
                    " where they are. Unreserve them first, or choose others."
                )
            )
        for quant, lines in self.grouped("quant_id").items():
            free = quant.quantity - quant.reserved_quantity
            wanted = sum(lines.mapped("quantity"))
            if quant.product_uom_id.compare(wanted, free) > 0:
                raise UserError(lines[0]._too_little_text(max(free, 0.0)))
            if quant.location_id.usage != "internal":
                raise UserError(lines[0]._too_little_text(0.0))

    def _too_little_text(self, free):
        return self.env._(
            "Of %(what)s at %(place)s only %(free)s %(unit)s are free now. Nothing was"
            " done: look at the board again and choose what is left.",
            what=self._name_text(),
            place=self.location_id.display_name,
            free=number_text(self.env, free),
            unit=self.uom_id.name,
        )

    def _name_text(self):
        return self.lot_id.name or self.product_id.display_name
