import time

from odoo import fields, models

from ...reports.file import download, keep_file
from ...reports.recall_paper import RecallPaper
from ...reports.recall_sheet import customer_sheet, recall_sheets


class FarmRecall(models.Model):
    """Report, sheet and packet; each one made stays attached as it was."""

    _inherit = "farm.recall"

    def action_report(self):
        """Make the report anew, keep it, and give it to the browser."""
        self.ensure_one()
        self.check_access("read")
        return download(self._keep("pdf", RecallPaper(self).render()))

    def action_sheet(self):
        self.ensure_one()
        self.check_access("read")
        return download(self._keep("xlsx", recall_sheets(self)))

    def action_packet(self):
        """Make all that must be ready: report, sheet, and each customer's own sheet.

        The clock of the recall stops for the packet when it is there for the first
        time.
        """
        self.ensure_one()
        self._check_manager()
        self._check_state("running")
        self._lock()
        begin = time.perf_counter()
        for one in self.customer_ids:
            one._make_packet()
        self._keep("xlsx", recall_sheets(self))
        self._keep("pdf", RecallPaper(self).render())
        self._packet_done(time.perf_counter() - begin)
        return True

    def _packet_done(self, seconds):
        # Times are nobody's to write; they are taken.
        if not self.packet_at:
            self.sudo().write(
                {"packet_at": fields.Datetime.now(), "packet_seconds": seconds}
            )
        self._log(
            "packet",
            self.env._(
                "Report, sheet and the sheets of %(count)s customers and authorities,"
                " made in %(seconds)s s.",
                count=len(self.customer_ids),
                seconds=f"{seconds:.2f}",
            ),
        )

    def _keep(self, kind, content):
        # A reader may not write the recall, but what was printed is kept with it.
        return keep_file(self.sudo(), f"{self.name}.{kind}", content)


class FarmRecallCustomer(models.Model):
    _inherit = "farm.recall.customer"

    def _make_sheet(self):
        """The customer's lots as a sheet in the customer's language.

        :rtype: ir.attachment
        """
        self.ensure_one()
        reader = self.with_context(lang=self.partner_id.lang or self.env.lang)
        # Who sends the notice need not be who made it.
        name = f"{self.recall_id.name}.xlsx"
        return keep_file(self.sudo(), name, customer_sheet(reader))

    def _make_packet(self):
        """The sheet that goes with the notice; in a drill, all there is of it."""
        if self.is_mock and self.state == "to_tell":
            self._add_notice("draft")
        attachment = self._make_sheet()
        draft = self.notice_ids.filtered(lambda notice: notice.state == "draft")
        # Which sheet belongs to a notice is nobody's to enter.
        draft.sudo().attachment_id = attachment
