from odoo import models


class MailMail(models.Model):
    _inherit = "mail.mail"

    def _postprocess_sent_message(
        self, success_pids, success_emails, failure_reason=False, failure_type=None
    ):
        """Notices of recalls know what became of their mail."""
        ours = self.filtered(lambda mail: mail.model == "farm.recall.customer")
        if ours:
            ours._tell_recall_notices(
                bool(success_pids or success_emails), failure_reason, failure_type
            )
        return super()._postprocess_sent_message(
            success_pids=success_pids,
            success_emails=success_emails,
            failure_reason=failure_reason,
            failure_type=failure_type,
        )

    def _tell_recall_notices(self, sent, failure_reason, failure_type):
        # The queue sends as any user; what it did is the notice's state.
        notices = (
            self.env["farm.recall.notice"].sudo().search([("mail_id", "in", self.ids)])
        )
        if sent:
            notices._sent()
            return
        reasons = dict(self._fields["failure_type"]._description_selection(self.env))
        reason = failure_reason or reasons.get(failure_type) or self.env._("unknown")
        notices._fail("failed", reason)
