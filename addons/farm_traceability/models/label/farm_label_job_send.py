import logging

from odoo import api, models
from odoo.exceptions import LockError, UserError

from . import wire

_logger = logging.getLogger(__name__)


class FarmLabelJob(models.Model):
    """Sending jobs to printers, one at a time, by a job that can be killed.

    1. claimed: ``sending`` is committed before the first byte goes
    2. sent while the row is locked, then ``sent`` is committed
    3. a printer that is off: ``waiting`` again, the sentence says so, the next run
       tries again
    4. a printer that breaks off: ``unclear``, and people say whether it printed
    5. killed in the middle: the row is ``sending`` and nobody holds it, so the next
       run makes it ``unclear``

    So a job is never printed twice without somebody having looked.
    """

    _inherit = "farm.label.job"

    @api.model
    def _cron_send(self):
        self._find_broken_off()
        jobs = self.search([("state", "=", "waiting")], order="id")
        self.env["ir.cron"]._commit_progress(remaining=len(jobs))
        off = self.env["farm.label.printer"]
        for job in jobs:
            if job.printer_id not in off and job._send() == "waiting":
                off |= job.printer_id
            if not self.env["ir.cron"]._commit_progress(1):
                return

    def _find_broken_off(self):
        for job in self.search([("state", "=", "sending")]).try_lock_for_update():
            job.invalidate_recordset(["state"])
            if job.state == "sending":
                job._settle("unclear", "broke")
        self.env["ir.cron"]._commit_progress()

    def _send(self):
        """Send one job, unless another worker has it.

        :return: the state it is in then
        """
        if not self._claim():
            return self.state
        try:
            self.lock_for_update()
        except LockError:
            return self.state
        self.invalidate_recordset()
        if self.state == "sending":
            self._deliver()
        # Whatever follows must not undo that it was sent.
        self.env["ir.cron"]._commit_progress()
        return self.state

    def _claim(self):
        """Say that this worker sends it, before it does.

        The commit is what a worker that is killed leaves behind.
        """
        if not self.try_lock_for_update():
            return False
        self.invalidate_recordset()
        if self.state != "waiting":
            return False
        self.write({"state": "sending", "attempts": self.attempts + 1})
        self.env["ir.cron"]._commit_progress()
        return True

    def _deliver(self):
        printer = self.printer_id
        try:
            wire.send(printer.host, printer.port, self._raw(), printer.confirms)
        except wire.PrinterOff as error:
            _logger.info("%s: %s does not answer: %s", self.name, printer.name, error)
            self._settle("waiting", "off")
        except wire.PrinterBroke as error:
            _logger.info("%s: %s broke off: %s", self.name, printer.name, error)
            self._settle("unclear", "broke")
        else:
            self._settle("sent")

    def _raw(self):
        """The file as bytes."""
        attachment = self.env["ir.attachment"].search(
            [
                ("res_model", "=", self._name),
                ("res_field", "=", "content"),
                ("res_id", "=", self.id),
            ]
        )
        return attachment.raw

    def _settle(self, state, trouble=False):
        self.write({"state": state, "trouble": trouble})

    # -- what people do ---------------------------------------------------------------

    def action_try_again(self):
        """Send what waits now, and what is unclear once more."""
        self._lock_in("waiting", "unclear")
        self.sudo()._settle("waiting")
        # Whoever may print may wake the job that sends.
        self.env.ref("farm_traceability.cron_label_jobs").sudo()._trigger()

    def action_set_sent(self):
        """People have looked: all labels came out."""
        self._lock_in("unclear")
        self.sudo()._settle("sent")

    def action_cancel(self):
        self._lock_in("waiting", "unclear")
        self.sudo()._settle("cancelled")

    def _lock_in(self, *states):
        """:raises UserError: if a job is in another state, or is being sent"""
        self.check_access("read")
        try:
            # What is done to it is the model's; who prints may only read it.
            self.sudo().lock_for_update()
        except LockError:
            raise self._wrong_state() from None
        self.invalidate_recordset(["state"])
        if any(job.state not in states for job in self):
            raise self._wrong_state()

    def _wrong_state(self):
        return UserError(
            self.env._(
                "The job has changed in the meantime. Reload the page and look at its"
                " status."
            )
        )
