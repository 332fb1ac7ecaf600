from odoo import api, fields, models
from odoo.exceptions import LockError, UserError

TRIGGERS = [
    ("complaint", "Customer complaint"),
    ("laboratory", "Laboratory result"),
    ("certificate", "Certificate suspended or revoked"),
    ("trace", "Trace"),
    ("drill", "Drill"),
    ("other", "Other"),
]
STATES = [
    ("draft", "Draft"),
    ("scoped", "Scope Shown"),
    ("running", "Running"),
    ("closed", "Closed"),
    ("cancelled", "Cancelled"),
]


class FarmRecall(models.Model):
    """Finding, stopping, taking back and accounting for everything affected.

    1. draft: the trigger and what the trace begins with
    2. scope shown: the trace with its numbers; nothing has happened yet
    3. running: the scope is frozen, the stock is held, customers are told
    4. closed: everything found is accounted for, or a reason says why not

    A mock recall takes the same way, but touches no stock and sends no mail. What lies
    with another company of the database is in a recall of that company (``part_ids``).
    """

    _name = "farm.recall"
    _description = "Recall"
    _inherit = [
        "farm.numbered",
        "farm.evidence",
        "mail.thread",
        "mail.activity.mixin",
    ]
    _order = "id desc"
    _check_company_auto = True

    name = fields.Char("Number")
    is_mock = fields.Boolean(
        "Mock Recall",
        help="A drill: the same steps and the same packet, without any effect on the"
        " stock and without any mail.",
    )
    recall_class = fields.Selection(
        [
            ("1", "Class I: serious harm to health likely"),
            ("2", "Class II: harm to health possible"),
            ("3", "Class III: harm to health unlikely"),
        ],
        string="Class",
        default="2",
        required=True,
    )
    reason = fields.Text(required=True, help="What is wrong. Customers read this.")
    trigger = fields.Selection(TRIGGERS, default="complaint", required=True)
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    user_id = fields.Many2one(
        "res.users",
        "Responsible",
        required=True,
        default=lambda self: self.env.user,
        check_company=True,
        tracking=True,
    )
    state = fields.Selection(
        STATES,
        string="Status",
        default="draft",
        required=True,
        readonly=True,
        copy=False,
        index=True,
        tracking=True,
    )
    parent_id = fields.Many2one(
        "farm.recall", "Part of", readonly=True, copy=False, index="btree_not_null"
    )
    part_ids = fields.One2many("farm.recall", "parent_id", "Other Companies' Parts")
    part_count = fields.Integer(compute="_compute_part_count", compute_sudo=True)

    # -- the trigger ------------------------------------------------------------

    complaint_partner_id = fields.Many2one("res.partner", "Who Complained")
    complaint_lot_id = fields.Many2one(
        "stock.lot", "Lot Complained of", check_company=True
    )
    complaint_text = fields.Text("What They Say")
    complaint_date = fields.Datetime("Complained on")
    document = fields.Binary(attachment=True, copy=False)
    document_name = fields.Char(copy=False)

    # -- times ------------------------------------------------------------

    started_at = fields.Datetime("Clock Started", readonly=True, copy=False)
    frozen_at = fields.Datetime("Scope Frozen", readonly=True, copy=False)
    packet_at = fields.Datetime("Packet Ready", readonly=True, copy=False)
    closed_at = fields.Datetime("Closed on", readonly=True, copy=False)
    trace_seconds = fields.Float(readonly=True, copy=False, digits=(16, 3))
    hold_seconds = fields.Float(readonly=True, copy=False, digits=(16, 3))
    packet_seconds = fields.Float(
        "Packet Took", readonly=True, copy=False, digits=(16, 3)
    )

    start_ids = fields.One2many("farm.recall.start", "recall_id", "Begins with")
    line_ids = fields.One2many("farm.recall.line", "recall_id", "Scope", readonly=True)
    customer_ids = fields.One2many(
        "farm.recall.customer", "recall_id", "Customers and Authorities"
    )
    notice_ids = fields.One2many("farm.recall.notice", "recall_id", readonly=True)
    picking_ids = fields.One2many(
        "farm.recall.picking", "recall_id", "Transfers", readonly=True
    )
    amendment_ids = fields.One2many("farm.recall.amendment", "recall_id", readonly=True)
    event_ids = fields.One2many("farm.recall.event", "recall_id", "Timeline")
    lot_ids = fields.Many2many(
        "stock.lot", string="Lots in Scope", readonly=True, copy=False
    )
    lot_count = fields.Integer(compute="_compute_counts", compute_sudo=True)
    customer_count = fields.Integer(compute="_compute_counts", compute_sudo=True)
    told_count = fields.Integer(compute="_compute_counts", compute_sudo=True)
    answered_count = fields.Integer(compute="_compute_counts", compute_sudo=True)
    untold_count = fields.Integer(compute="_compute_counts", compute_sudo=True)
    trouble_count = fields.Integer(compute="_compute_counts", compute_sudo=True)
    closing_reason = fields.Text(readonly=True, copy=False)
    scope_key = fields.Char(readonly=True, copy=False)

    _scope_unique = models.UniqueIndex(
        "(company_id, scope_key) WHERE state = 'running' AND is_mock IS NOT TRUE",
        "A recall of exactly these lots is running already. Open that one and go on"
        " there.",
    )

    def _method_fields(self):
        return super()._method_fields() | {"event_ids", "part_ids"}

    @api.model_create_multi
    def create(self, vals_list):
        recalls = super().create(vals_list)
        for recall in recalls:
            recall._log("opened", recall._opening_text())
        return recalls

    def _get_sequence_code(self, vals):
        return "farm.recall.mock" if vals.get("is_mock") else self._name

    def _opening_text(self):
        return dict(self._fields["trigger"]._description_selection(self.env))[
            self.trigger
        ]

    @api.depends("part_ids")
    def _compute_part_count(self):
        for recall in self:
            recall.part_count = len(recall.part_ids)

    @api.depends("lot_ids", "customer_ids.state")
    def _compute_counts(self):
        for recall in self:
            customers = recall.customer_ids
            states = customers.mapped("state")
            recall.lot_count = len(recall.lot_ids)
            recall.customer_count = len(customers)
            recall.told_count = sum(state in ("sent", "answered") for state in states)
            recall.untold_count = states.count("to_tell")
            recall.answered_count = states.count("answered")
            recall.trouble_count = sum(
                state in ("failed", "bounced", "phone") for state in states
            )

    # -- what may be changed when ----------------------------------------------------

    def _fixed_fields(self):
        """What a running recall keeps as it was."""
        return {
            "is_mock", "reason", "recall_class", "trigger", "company_id", "start_ids",
            "complaint_partner_id", "complaint_lot_id", "complaint_text",
            "complaint_date", "reach", "document", "document_name",
        }  # fmt: skip

    def write(self, vals):
        if self._fixed_fields() & set(vals) and not self.env.su:
            self._check_open()
            if "is_mock" in vals:
                self._check_same_kind(vals["is_mock"])
        result = super().write(vals)
        if {"start_ids", "reach", "is_mock"} & set(vals):
            self._forget_preview()
        return result

    def _check_open(self):
        fixed = self.filtered(lambda recall: recall.state not in ("draft", "scoped"))
        if fixed:
            raise UserError(
                self.env._(
                    "The scope of %(recalls)s is frozen and stays as it is. Add lots by"
                    " an amendment.",
                    recalls=", ".join(fixed.mapped("name")),
                )
            )

    def _check_same_kind(self, is_mock):
        if any(recall.is_mock != is_mock for recall in self):
            raise UserError(
                self.env._(
                    "A mock recall does not become a real one, nor the other way round."
                    " Open a new recall."
                )
            )

    @api.ondelete(at_uninstall=False)
    def _unlink_only_draft(self):
        if any(recall.state not in ("draft", "scoped") for recall in self):
            raise UserError(self.env._("A recall that was started stays on record."))

    def _lock(self):
        """Refuse what another click or another user is doing right now."""
        try:
            self.lock_for_update(allow_referencing=True)
        except LockError as error:
            raise UserError(
                self.env._(
                    "%(recall)s is being worked on by somebody else at this moment."
                    " Wait a little and reload the page.",
                    recall=", ".join(self.mapped("name")),
                )
            ) from error
        self.invalidate_recordset(["state"])

    def _check_state(self, *states):
        for recall in self:
            if recall.state not in states:
                names = dict(self._fields["state"]._description_selection(self.env))
                raise UserError(
                    self.env._(
                        "%(recall)s is “%(state)s”: this step is not possible now."
                        " Reload the page to see what was done.",
                        recall=recall.name,
                        state=names[recall.state],
                    )
                )

    def _check_manager(self):
        """Recalls are the quality manager's."""
        self.check_access("write")

    # -- timeline ------------------------------------------------------------

    def _log(self, kind, text):
        """Keep what happened, when and by whom."""
        self.ensure_one()
        # The timeline is nobody's to write; it follows from what is done.
        return (
            self.env["farm.recall.event"]
            .sudo()
            .create({"recall_id": self.id, "kind": kind, "text": text})
        )

    def action_cancel(self):
        self._check_manager()
        self._lock()
        self._check_state("draft", "scoped")
        for recall in self:
            # The state is nobody's to write; only the steps set it.
            recall.sudo().state = "cancelled"
            recall._log(
                "cancelled", self.env._("Nothing was held and nobody was told.")
            )
        return True

    def _open_form(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "views": [(False, "form")],
        }
