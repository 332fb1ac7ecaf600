from odoo import api, fields, models
from odoo.exceptions import LockError, UserError

from ..trace import DOWN, trace

HOLD_KINDS = [
    ("quality", "Quality"),
    ("certificate", "Certificate"),
    ("temperature", "Temperature"),
    ("recall", "Recall"),
    ("legal", "Legal"),
    ("expired", "Expired"),
]


class FarmHold(models.Model):
    """A stop for lots: who, when, why, and who let them go again.

    1. a draft names the lots and the reason
    2. placed: nothing of the lots is promised or leaves; placed again with more lots
       by :meth:`_add_lots`
    3. released, some lots or all, with a reason; a lot stays held while another hold
       is open for it
    """

    _name = "farm.hold"
    _description = "Hold"
    _inherit = ["farm.evidence", "mail.thread", "mail.activity.mixin"]
    _order = "id desc"

    name = fields.Char(readonly=True, copy=False, default="/")
    kind = fields.Selection(HOLD_KINDS, required=True, tracking=True)
    reason = fields.Text(
        required=True, help="Shown to everybody who meets one of the lots."
    )
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    state = fields.Selection(
        [("draft", "Draft"), ("open", "Open"), ("released", "Released")],
        string="Status",
        default="draft",
        required=True,
        readonly=True,
        copy=False,
        index=True,
        tracking=True,
    )
    with_descendants = fields.Boolean(
        "Descendants Too", help="Also all lots that were made of these, by the trace."
    )
    line_ids = fields.One2many("farm.hold.line", "hold_id", "Lots", copy=True)
    foreign_count = fields.Integer(
        "Lots of Other Companies",
        readonly=True,
        copy=False,
        help="Descendants that belong to companies of which the one who placed the hold"
        " is no member. They are not held: tell those companies.",
    )
    held_lot_ids = fields.Many2many(
        "stock.lot", string="Lots on Hold", compute="_compute_held_lot_ids"
    )
    lot_count = fields.Integer("Lots Held", compute="_compute_counts")
    released_count = fields.Integer("Lots Released", compute="_compute_counts")

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            if vals.get("name", "/") == "/":
                vals["name"] = self.env["ir.sequence"].next_by_code("farm.hold")
        return super().create(vals_list)

    @api.depends("line_ids.state")
    def _compute_counts(self):
        groups = self.env["farm.hold.line"]._read_group(
            [("hold_id", "in", self.ids)], ["hold_id", "state"], ["__count"]
        )
        counts = {(hold.id, state): count for hold, state, count in groups}
        for hold in self:
            hold.released_count = counts.get((hold.id, "released"), 0)
            hold.lot_count = counts.get((hold.id, "open"), 0) + counts.get(
                (hold.id, "draft"), 0
            )

    @api.depends("line_ids.state")
    def _compute_held_lot_ids(self):
        for hold in self:
            hold.held_lot_ids = hold.line_ids.filtered(
                lambda line: line.state == "open"
            ).lot_id

    # -- placing -----------------------------------------------------------------

    @api.model
    def _place(self, lots, kind, reason, with_descendants=False, **vals):
        """Put lots on hold: flag them, and take back what is promised of them.

        :param lots: ``stock.lot`` that the user may read
        :param str kind: one of ``HOLD_KINDS``
        :param str reason: shown to everybody who meets one of the lots
        :param bool with_descendants: also what was made of them
        :param vals: more values of the hold
        :rtype: farm.hold
        :raises AccessError: for those who may not place holds
        :raises UserError: without lots or reason
        """
        self.check_access("create")
        lots.check_access("read")
        # The callers' own fields may be evidence too; the rights are checked above.
        hold = self.sudo().create(
            {"kind": kind, "reason": reason, "with_descendants": with_descendants}
            | vals
        )
        hold = hold.sudo(self.env.su)
        hold._put_on_hold(lots)
        return hold

    def action_place(self):
        """Place drafts. A second click finds them open, or locked by the first one."""
        self.check_access("write")
        mine = self.try_lock_for_update()
        for hold in mine.filtered(lambda hold: hold.state == "draft"):
            hold._put_on_hold(hold.line_ids.lot_id)
        return True

    def _add_lots(self, lots):
        """Put more lots under an open hold; lots under it already are left as is.

        :raises UserError: when the hold is not open
        """
        self.ensure_one()
        self.check_access("write")
        lots.check_access("read")
        if self.state != "open":
            raise UserError(
                self.env._(
                    "%(hold)s is not open: place another hold for these lots.",
                    hold=self.name,
                )
            )
        self._put_on_hold(lots)

    def _put_on_hold(self, lots):
        self._check_complete(lots)
        if self.with_descendants:
            lots |= self._descendants(lots | self.held_lot_ids)
        new = lots - self.line_ids.filtered(lambda line: line.state == "open").lot_id
        # Who may place a hold may not write its evidence otherwise than here.
        self.sudo()._open_lines(new)
        new.sudo()._close_gate()
        self.sudo()._take_back_promises()

    def _check_complete(self, lots):
        if not lots:
            raise UserError(
                self.env._("%(hold)s has no lots yet. Add some.", hold=self.name)
            )
        if not (self.reason or "").strip():
            raise UserError(
                self.env._(
                    "Say why: the reason is shown to everybody who meets the lots."
                )
            )

    def _descendants(self, lots):
        """Lots made of these; those of foreign companies are counted instead."""
        found = trace(self.env, lots.ids, DOWN).down_ids
        # Rules hide lots of other companies; which are whose is asked for all.
        made = lots.sudo().browse(found) - lots
        mine = self.env.user.company_ids
        own = made.filtered(lambda lot: not lot.company_id or lot.company_id in mine)
        self.sudo().foreign_count = len(made - own)
        return own.with_env(self.env)

    def _open_lines(self, lots):
        drafts = self.line_ids.filtered(lambda line: line.state == "draft")
        drafts.write(self.env["farm.hold.line"]._stamp_placed())
        self.env["farm.hold.line"]._insert_open(self, lots - drafts.lot_id)
        self.state = "open"

    # -- releasing ----------------------------------------------------------------

    def _release(self, reason, lots=None):
        """Let lots go. They stay held where another hold is open for them.

        :param str reason: stays on record
        :param lots: ``stock.lot``, all of the hold's when left out
        :raises UserError: without a reason; when a second person is asked for
        """
        self.check_access("write")
        if not (reason or "").strip():
            raise UserError(self.env._("Say why the lots may go: it stays on record."))
        self._lock()
        lines = self.line_ids.filtered(lambda line: line.state == "open")
        if lots is not None:
            lines = lines.filtered(lambda line: line.lot_id in lots)
        lines._check_second_person()
        # Who may release may not write the evidence otherwise than here.
        lines.sudo()._close(reason.strip())
        done = self.filtered(
            lambda hold: (
                hold.state == "open"
                and all(line.state == "released" for line in hold.line_ids)
            )
        )
        done.sudo().state = "released"
        lines.lot_id.sudo()._open_gate()

    def _lock(self):
        try:
            self.lock_for_update()
        except LockError as error:
            raise UserError(
                self.env._(
                    "%(holds)s is being changed by somebody else just now: look again.",
                    holds=", ".join(self.mapped("name")),
                )
            ) from error

    # -- what was placed stays on record -----------------------------------------------

    def write(self, vals):
        talk = {*self.env["mail.thread"]._fields, "activity_ids"}
        if not self.env.su and set(vals) - talk:
            self._check_draft()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_only_draft(self):
        self._check_draft()

    def _check_draft(self):
        placed = self.filtered(lambda hold: hold.state != "draft")
        if placed:
            raise UserError(
                self.env._(
                    "%(holds)s was placed and stays on record as it is. Add lots,"
                    " release lots, or place another hold.",
                    holds=", ".join(placed.mapped("name")),
                )
            )

    def _reason_text(self):
        """The hold in one line: what kind, its number, why."""
        kind = dict(self._fields["kind"]._description_selection(self.env))[self.kind]
        return self.env._(
            "%(kind)s hold %(name)s: %(reason)s",
            kind=kind,
            name=self.name,
            reason=self.reason,
        )
