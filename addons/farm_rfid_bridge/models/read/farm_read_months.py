import logging

from odoo import api, fields, models
from odoo.tools import SQL
from odoo.tools.date_utils import add, subtract
from psycopg2.errors import LockNotAvailable

from . import months

_logger = logging.getLogger(__name__)

AHEAD = 3
KEPT = "farm_rfid_bridge.read_months"
#: how long a month's table waits for those who read and write just now
PATIENCE = SQL("SET LOCAL lock_timeout TO '5s'")
FOR_EVER = SQL("SET LOCAL lock_timeout TO DEFAULT")


class FarmRead(models.Model):
    """Months of reads: made ahead, and dropped as a whole when they are old.

    A read whose month is missing goes to the rest, and is sorted by the job.
    """

    _inherit = "farm.read"

    def init(self):
        self.env.cr.execute(months.MAKE)
        this = months.month_of(fields.Date.today())
        for month in self._missing_months(subtract(this, months=1)):
            self.env.cr.execute(months.add_month(month))

    @api.model
    def _cron_months(self):
        """Make months ahead, sort what came before its month, drop what is old."""
        for change in self._get_changes():
            if not self._change(change):
                break
            self.env["ir.cron"]._commit_progress(1)
        self._forget_turns()

    def _get_changes(self):
        """Statements that bring the months up to date."""
        this = months.month_of(fields.Date.today())
        kept = self._months_kept()
        oldest = subtract(this, months=kept) if kept else None
        changes = [months.add_month(month) for month in self._missing_months(this)]
        if oldest:
            old = (month for month in self._months() if self._is_old(month, oldest))
            changes += [months.drop_month(month) for month in old]
        return changes

    def _is_old(self, month, oldest):
        """Whether nothing of a month is kept: by when it was, and when it came.

        A device that was away, or whose clock was wrong, tells of long ago.
        """
        if month >= oldest:
            return False
        [(received_at,)] = self.env.execute_query(months.newest_receipt(month))
        return received_at is None or received_at.date() < oldest

    def _change(self, change):
        """Whether it was done; else somebody uses the table, and the job comes back."""
        try:
            with self.env.cr.savepoint():
                self.env.cr.execute(PATIENCE)
                self.env.cr.execute(change, log_exceptions=False)
                self.env.cr.execute(FOR_EVER)
        except LockNotAvailable:
            _logger.info("The table of reads is busy: its months are made later")
            return False
        return True

    def _missing_months(self, first):
        """Months from one on to those ahead, and those of stray rows, not there yet."""
        this = months.month_of(fields.Date.today())
        wanted = {month for (month,) in self.env.execute_query(SQL(months.STRAYS))}
        month = first
        while month <= add(this, months=AHEAD):
            wanted.add(month)
            month = add(month, months=1)
        return sorted(wanted - set(self._months()))

    def _months(self):
        rows = self.env.execute_query(SQL(months.PARTITIONS))
        return [months.month_named(name) for (name,) in rows]

    def _months_kept(self):
        """How many months are kept beside this one; 0 for all."""
        # A setting of the system, which the job and whoever opens settings reads.
        return int(self.env["ir.config_parameter"].sudo().get_param(KEPT) or 0)

    @api.model
    def _forget_turns(self):
        """A turn is taken for a transaction's time only; its row may go later."""
        yesterday = subtract(fields.Datetime.now(), days=1)
        self.env.cr.execute(SQL("DELETE FROM farm_read_turn WHERE at < %s", yesterday))
