import logging
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from psycopg2 import InterfaceError, OperationalError

_logger = logging.getLogger(__name__)

BATCH = 20
MOST_REMINDERS = 3


class FarmRecallNotice(models.Model):
    """Notices become mails in Odoo's own queue, once, by a job that may be killed."""

    _inherit = "farm.recall.notice"

    def _start_sending(self):
        if self.filtered(lambda notice: notice.state == "queued"):
            # Jobs are nobody's to start but by what asks for them.
            self.env.ref("farm_traceability.cron_recall_notices").sudo()._trigger()

    @api.model
    def _cron_send(self):
        """Hand queued notices to the mail queue, some at a time.

        The mail and the notice's state are committed together: whoever kills the job
        loses nothing and nothing goes out twice. Rows that another job holds are left
        to it.
        """
        cron = self.env["ir.cron"]
        domain = [("state", "=", "queued")]
        cron._commit_progress(remaining=self.search_count(domain))
        done = self.browse()
        while notices := self._next_batch(domain):
            notices._make_mails()
            done |= notices
            if not cron._commit_progress(len(notices)):
                break
        if done:
            self.env.ref("mail.ir_cron_mail_scheduler_action")._trigger()

    def _next_batch(self, domain):
        notices = self.search(domain, order="id", limit=BATCH * 5)
        mine = notices.try_lock_for_update(allow_referencing=True, limit=BATCH)
        mine.invalidate_recordset(["state"])
        # Another job may have done it between the search and the lock.
        return mine.filtered(lambda notice: notice.state == "queued")

    def _make_mails(self):
        for notice in self:
            # Jobs that store the same bytes at the same moment collide in the file
            # store; the second time the file is whole.
            error = notice._try_mail() and notice._try_mail()
            if error:
                notice._fail("failed", str(error) or repr(error))

    def _try_mail(self):
        """Make the mail wholly or not at all; gives what is wrong, or None.

        Whatever is wrong with one of them, the others go out.

        :raises OperationalError, InterfaceError: if the database is lost or refuses it:
            the job runs again
        """
        try:
            with self.env.cr.savepoint():
                self._make_mail()
        except (OperationalError, InterfaceError):
            raise
        except Exception as error:
            _logger.info("Notice %s was not made", self.id, exc_info=True)
            return error
        return None

    def _make_mail(self):
        """One mail with the sheet, in the partner's language, for the queue."""
        self.ensure_one()
        if self.recall_id.is_mock:
            raise UserError(self.env._("A drill sends no mail."))
        self.attachment_id = self.customer_id._make_sheet()
        template = self.env.ref(f"farm_traceability.mail_recall_{self._template()}")
        mail_id = template.send_mail(
            self.customer_id.id,
            force_send=False,
            email_values={
                "attachment_ids": [fields.Command.link(self.attachment_id.id)],
                "auto_delete": False,
            },
        )
        self.write({"state": "outgoing", "mail_id": mail_id})

    def _template(self):
        if self.customer_id.kind == "authority":
            return "authority"
        return "reminder" if self.kind == "reminder" else "customer"

    # -- what became of it -----------------------------------------------------------

    def _sent(self):
        self.write(
            {"state": "sent", "sent_at": fields.Datetime.now(), "failure": False}
        )

    def _fail(self, state, reason):
        """Show it on the row, and give the responsible an activity."""
        self.write({"state": state, "failure": reason})
        for notice in self:
            recall, partner = notice.recall_id, notice.partner_id
            text = self.env._(
                "%(partner)s was not reached at %(email)s: %(why)s",
                partner=partner.name,
                email=notice.email or "–",
                why=reason,
            )
            recall._log("trouble", text)
            recall.activity_schedule(
                "mail.mail_activity_data_call",
                date_deadline=fields.Date.today(),
                user_id=recall.user_id.id,
                summary=self.env._("Recall: phone %(partner)s", partner=partner.name),
                note=text,
            )

    # -- reminders ------------------------------------------------------------

    @api.model
    def _cron_remind(self):
        """Remind those who were told by mail and did not answer, up to three times."""
        recalls = self.env["farm.recall"].search(
            [("state", "=", "running"), ("is_mock", "=", False)]
        )
        self.env["ir.cron"]._commit_progress(remaining=len(recalls))
        for recall in recalls:
            if recall.try_lock_for_update(allow_referencing=True):
                recall._remind()
            self.env["ir.cron"]._commit_progress(1)


class FarmRecall(models.Model):
    _inherit = "farm.recall"

    reminder_days = fields.Integer(
        "Remind After",
        default=lambda self: self.env.company.recall_reminder_days,
        help="Days without an answer. 0: no reminders.",
    )

    def action_remind(self):
        """Remind everybody who was told and has not answered, now."""
        self.ensure_one()
        self._check_manager()
        self._lock()
        self._check_state("running")
        self.customer_ids._check_real_or_empty()
        silent = self._silent(fields.Datetime.now())
        if not silent:
            raise UserError(self.env._("Nobody who was told by mail owes an answer."))
        self._queue_reminders(silent)
        return True

    def _remind(self):
        if self.reminder_days > 0:
            before = fields.Datetime.now() - timedelta(days=self.reminder_days)
            silent = self._silent(before)
            if silent:
                self._queue_reminders(silent)

    def _silent(self, before):
        """Customers whose last notice was sent before a moment, without an answer."""
        customers = self.customer_ids.filtered(
            lambda one: one.kind == "customer" and one.state == "sent"
        )
        return customers.filtered(
            lambda one: one.reminder_count < MOST_REMINDERS and one._told_before(before)
        )

    def _queue_reminders(self, customers):
        notices = self.env["farm.recall.notice"]
        for one in customers:
            notices |= one._add_notice(kind="reminder")
        self._log("told", self.env._("%(count)s reminders queued.", count=len(notices)))
        notices._start_sending()


class FarmRecallCustomer(models.Model):
    _inherit = "farm.recall.customer"

    def _told_before(self, moment):
        last = self.notice_ids.sorted("number")[-1:]
        return bool(last.sent_at and last.sent_at <= moment)

    def _check_real_or_empty(self):
        for one in self[:1]:
            one._check_real()

    def _message_receive_bounce(self, email, partner):
        """A mail came back: the notice says so, and somebody phones."""
        result = super()._message_receive_bounce(email, partner)
        # A bounce comes in as the mail server's user.
        for one in self.sudo():
            last = one.notice_ids.sorted("number")[-1:]
            if last.state in ("outgoing", "sent"):
                last._fail(
                    "bounced",
                    self.env._("The mail came back from %(email)s.", email=email),
                )
        return result
