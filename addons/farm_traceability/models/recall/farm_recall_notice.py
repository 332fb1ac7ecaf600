from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import email_normalize

STATES = [
    ("draft", "Packet only"),
    ("queued", "Queued"),
    ("outgoing", "Handed to the mail queue"),
    ("sent", "Sent"),
    ("failed", "Not sent"),
    ("bounced", "Bounced"),
    ("phone", "To be phoned"),
    ("by_hand", "Told by hand"),
]


class FarmRecallNotice(models.Model):
    """One notice to one partner. Its number makes that it goes out once."""

    _name = "farm.recall.notice"
    _description = "Notice of a Recall"
    _inherit = ["farm.evidence"]
    _order = "customer_id, number"

    customer_id = fields.Many2one(
        "farm.recall.customer",
        "To",
        required=True,
        index=True,
        readonly=True,
        ondelete="cascade",
    )
    recall_id = fields.Many2one(related="customer_id.recall_id", store=True, index=True)
    company_id = fields.Many2one(
        related="customer_id.company_id", store=True, index=True
    )
    partner_id = fields.Many2one(related="customer_id.partner_id", store=True)
    number = fields.Integer(readonly=True, required=True)
    kind = fields.Selection(
        [("first", "Notice"), ("more", "Further notice"), ("reminder", "Reminder")],
        readonly=True,
        required=True,
        default="first",
    )
    state = fields.Selection(
        STATES, string="Status", readonly=True, required=True, index=True
    )
    email = fields.Char("Address", readonly=True)
    mail_id = fields.Many2one("mail.mail", readonly=True, index="btree_not_null")
    attachment_id = fields.Many2one("ir.attachment", "Sheet", readonly=True)
    sent_at = fields.Datetime(readonly=True)
    failure = fields.Text("What Went Wrong", readonly=True)

    _once = models.UniqueIndex(
        "(customer_id, number)",
        "This notice was made by somebody else at this moment. Reload the page.",
    )
    _queued_index = models.Index("(id) WHERE state = 'queued'")

    @api.depends("partner_id", "number")
    def _compute_display_name(self):
        for notice in self:
            notice.display_name = self.env._(
                "%(who)s, notice %(number)s",
                who=notice.partner_id.name,
                number=notice.number,
            )


class FarmRecallCustomer(models.Model):
    _inherit = "farm.recall.customer"

    def _add_notice(self, state=None, kind=None):
        """The next notice of a row, queued when there is an address for it."""
        self.ensure_one()
        last = self.notice_ids.sorted("number")[-1:]
        address = email_normalize(self.partner_id.email or "")
        kind = kind or ("more" if last else "first")
        self._set_told()
        # Notices follow from what is done with the row; nobody types them.
        return (
            self.env["farm.recall.notice"]
            .sudo()
            .create(
                {
                    "customer_id": self.id,
                    "number": last.number + 1,
                    "kind": kind,
                    "email": address,
                    "state": state or ("queued" if address else "phone"),
                    "sent_at": fields.Datetime.now() if state == "by_hand" else False,
                }
            )
        )

    def action_notify(self):
        """Queue a notice to these, also to those who got one already."""
        self._check_running()
        for one in self:
            one._check_real()
        notices = self.env["farm.recall.notice"]
        for one in self:
            one.recall_id._lock()
            notices |= one._add_notice()
        notices._start_sending()
        return True


class FarmRecall(models.Model):
    _inherit = "farm.recall"

    def action_notify(self):
        """Queue a notice to whoever has none, or none of what was found since.

        A second click finds nobody left.
        """
        self.ensure_one()
        self._check_manager()
        self._lock()
        self._check_state("running")
        self.customer_ids._check_real_or_empty()
        untold = self.customer_ids.filtered(lambda one: one.state == "to_tell")
        if not untold:
            raise UserError(
                self.env._(
                    "Everybody on the list of %(recall)s has a notice.",
                    recall=self.name,
                )
            )
        notices = self.env["farm.recall.notice"]
        for one in untold:
            notices |= one._add_notice()
        self._log_notices(notices)
        notices._start_sending()
        return True

    def _log_notices(self, notices):
        phone = notices.filtered(lambda notice: notice.state == "phone")
        self._log(
            "told",
            self.env._(
                "%(queued)s notices queued, %(phone)s to be phoned.",
                queued=len(notices) - len(phone),
                phone=len(phone),
            ),
        )
        if phone:
            self._ask_to_phone(phone)

    def _ask_to_phone(self, notices):
        self.sudo().activity_schedule(
            "mail.mail_activity_data_call",
            date_deadline=fields.Date.today(),
            user_id=self.user_id.id,
            summary=self.env._("Recall: to be phoned"),
            note=", ".join(notices.partner_id.mapped("name")),
        )
