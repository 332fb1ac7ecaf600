from odoo import api, fields, models
from odoo.exceptions import UserError

from ...wording import number_text

STATES = [
    ("to_tell", "To tell"),
    ("queued", "Queued"),
    ("sent", "Told"),
    ("failed", "Not sent"),
    ("bounced", "Bounced"),
    ("phone", "To be phoned"),
    ("packet", "Packet ready"),
    ("answered", "Answered"),
]


class FarmRecallCustomer(models.Model):
    """Somebody to be told of a recall: a customer, or an authority.

    A customer has what the lines say; what they answer is in ``answer_ids``.
    """

    _name = "farm.recall.customer"
    _description = "Customer or Authority in a Recall"
    _inherit = ["farm.evidence", "mail.thread"]
    _order = "recall_id, kind desc, id"
    _rec_name = "partner_id"

    recall_id = fields.Many2one(
        "farm.recall", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="recall_id.company_id", store=True, index=True)
    recall_state = fields.Selection(related="recall_id.state", string="Recall Status")
    is_mock = fields.Boolean(related="recall_id.is_mock")
    partner_id = fields.Many2one(
        "res.partner", "Who", required=True, index=True, ondelete="restrict"
    )
    kind = fields.Selection(
        [("customer", "Customer"), ("authority", "Authority")],
        required=True,
        default="authority",
    )
    email = fields.Char(related="partner_id.email")
    phone = fields.Char(related="partner_id.phone")
    line_ids = fields.One2many("farm.recall.line", "customer_id", "What They Got")
    lot_count = fields.Integer("Lots", compute="_compute_got")
    quantity_text = fields.Char("Got", compute="_compute_got")
    first_date = fields.Datetime("First Got", compute="_compute_got")
    last_date = fields.Datetime("Last Got", compute="_compute_got")
    has_later = fields.Boolean("Found Later", compute="_compute_got")
    rest_text = fields.Char("Still There", compute="_compute_rest")
    has_rest = fields.Boolean(compute="_compute_rest")
    notice_ids = fields.One2many("farm.recall.notice", "customer_id", readonly=True)
    answer_ids = fields.One2many("farm.recall.answer", "customer_id", readonly=True)
    reminder_count = fields.Integer(compute="_compute_state", store=True)
    state = fields.Selection(
        STATES, string="Status", compute="_compute_state", store=True, index=True
    )
    replacement_ids = fields.One2many(
        "stock.picking", "recall_customer_id", "Transfers", readonly=True
    )

    _unique = models.UniqueIndex(
        "(recall_id, partner_id)",
        "Everybody stands once in a recall: this one is in the list already.",
    )

    def _method_fields(self):
        return super()._method_fields() | {"line_ids", "replacement_ids"}

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su and any(
            vals.get("kind") == "customer" for vals in vals_list
        ):
            raise UserError(
                self.env._(
                    "Customers follow from the deliveries. Only authorities are added."
                )
            )
        rows = super().create(vals_list)
        if not self.env.su:
            rows.recall_id._check_state("running")
        return rows

    def write(self, vals):
        if {"partner_id", "recall_id", "kind"} & set(vals) and not self.env.su:
            raise UserError(
                self.env._("Who is in a recall stays there. Add another one instead.")
            )
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_only_untold(self):
        for one in self:
            if one.kind == "customer" or one.notice_ids:
                raise UserError(
                    self.env._(
                        "%(partner)s stays in the recall: goods went there, or a notice"
                        " did.",
                        partner=one.partner_id.name,
                    )
                )

    @api.depends(
        "notice_ids.state", "answer_ids", "partner_id.email", "line_ids.is_told"
    )
    def _compute_state(self):
        for one in self:
            notices = one.notice_ids.sorted("number")
            last = notices[-1:].state
            one.reminder_count = len(
                notices.filtered(lambda notice: notice.kind == "reminder")
            )
            told = all(one.line_ids.mapped("is_told"))
            if one.answer_ids and told:
                one.state = "answered"
            elif not (last and told):
                one.state = "to_tell"
            else:
                one.state = {
                    "draft": "packet",
                    "by_hand": "sent",
                    "outgoing": "queued",
                }.get(last, last)

    @api.depends("line_ids.delivered")
    def _compute_got(self):
        for one in self:
            lines = one.line_ids
            one.lot_count = len(lines.lot_id)
            one.quantity_text = one._amounts(lines, "delivered", "later")
            one.first_date = min(
                filter(None, lines.mapped("first_date")), default=False
            )
            one.last_date = max(filter(None, lines.mapped("last_date")), default=False)
            one.has_later = any(lines.mapped("is_later"))

    def _compute_rest(self):
        for one in self:
            one.rest_text = one._amounts(one.line_ids, "now")
            one.has_rest = any(line.now > 0 for line in one.line_ids)

    @api.model
    def _amounts(self, lines, *names):
        """Sums per unit in one line: "12.5 kg, 8 Units"."""
        return ", ".join(
            f"{self._amount(of_unit, names)} {unit.name}"
            for unit, of_unit in lines.grouped("uom_id").items()
        )

    @api.model
    def _amount(self, lines, names):
        return number_text(self.env, sum(sum(lines.mapped(name)) for name in names))

    # -- what people do with a row ---------------------------------------------------

    def _check_running(self):
        self.recall_id._check_manager()
        self.recall_id._check_state("running")

    def action_told_by_hand(self):
        """Told by phone or in person: on record, and no mail goes out."""
        self._check_running()
        for one in self:
            one._check_real()
            notice = one._add_notice("by_hand")
            one.recall_id._log(
                "told",
                self.env._(
                    "%(partner)s was told by hand (notice %(number)s).",
                    partner=one.partner_id.name,
                    number=notice.number,
                ),
            )
        return True

    def _check_real(self):
        if self.is_mock:
            raise UserError(
                self.env._(
                    "%(recall)s is a drill: nobody outside is told.",
                    recall=self.recall_id.name,
                )
            )

    def _set_told(self):
        """They know of all that was found so far; what is found later is told again."""
        # Lines are nobody's to write; this follows from notices and answers.
        self.sudo().line_ids.is_told = True

    def action_answer(self):
        self.ensure_one()
        self._check_running()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Answer of %(who)s", who=self.partner_id.name),
            "res_model": "farm.recall.answer.entry",
            "view_mode": "form",
            "target": "new",
            "context": {"default_customer_id": self.id},
        }

    def action_all_there(self):
        """One click: they have everything and give it back."""
        self.ensure_one()
        self._check_running()
        rest = self.recall_id._rest_of(self, self.recall_id._progress())
        self._answer(
            {
                product: {"on_hand": quantity}
                for product, (quantity, _answer) in rest.items()
                if quantity > 0
            }
        )
        return True

    def _answer(self, amounts, **vals):
        """Record what a customer says.

        :param amounts: ``{product.product: {"on_hand", "sold", "destroyed"}}``
        :param vals: more values of the answers: who said so, when, a document
        :raises UserError: when they say to have more than they got
        """
        self.ensure_one()
        self._check_running()
        rest = self.recall_id._rest_of(self, self.recall_id._progress())
        for product, amount in amounts.items():
            self._check_answer(product, amount, rest.get(product, (0.0, None))[0])
        # Answers are recorded here only, and never edited.
        answers = (
            self.env["farm.recall.answer"]
            .sudo()
            .create(
                [
                    {"customer_id": self.id, "product_id": product.id} | amount | vals
                    for product, amount in amounts.items()
                ]
            )
        )
        self._set_told()
        self.recall_id._log(
            "answered",
            self.env._("%(partner)s answered.", partner=self.partner_id.name),
        )
        return answers

    def _check_answer(self, product, amount, rest):
        said = sum(amount.values())
        if (
            min(amount.values(), default=0) < 0
            or product.uom_id.compare(said, rest) > 0
        ):
            raise UserError(
                self.env._(
                    "By our deliveries %(partner)s has %(rest)s %(unit)s of"
                    " %(product)s, not %(said)s. If they do have more, enter the"
                    " missing delivery first.",
                    partner=self.partner_id.name,
                    rest=f"{rest:g}",
                    said=f"{said:g}",
                    unit=product.uom_id.name,
                    product=product.display_name,
                )
            )
