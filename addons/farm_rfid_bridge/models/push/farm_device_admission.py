from odoo import api, models
from odoo.tools import config

from ...protocol import problems

SETTING = "farm_rfid_bridge.pushes_at_once"
#: what tells these advisory locks from those of others: FRID
LOCK_CLASS = 0x46524944
# Row by row until one lock is taken: the others stay free.
TAKE_PLACE = """
    SELECT place FROM generate_series(1, %s) AS place
     WHERE pg_try_advisory_xact_lock(%s, place)
     LIMIT 1
"""


class FarmDevice(models.Model):
    """So many pushes at a time, and the rest of the server is for people.

    A push is work for a second or more. When the network is back and many devices have
    much to tell, as many as there are workers would leave none for the screens.

    A place is an advisory lock of the request's transaction: it is free again when that
    ends, however it ends, also when the server is killed.
    """

    _inherit = "farm.device"

    @api.model
    def _admit_push(self):
        """Take a place for this transaction, without waiting for one.

        :raises Problem: ``Busy`` when there is none
        """
        self.env.cr.execute(TAKE_PLACE, [self._count_places(), LOCK_CLASS])
        if not self.env.cr.rowcount:
            raise problems.Busy("As many devices as may are sending just now")

    @api.model
    def _count_places(self):
        """How many pushes are taken at a time: as set, else all workers but one."""
        # A setting of the system, asked for before anybody's rights matter.
        wanted = self.env["ir.config_parameter"].sudo().get_param(SETTING)
        return max(int(wanted or 0) or config["workers"] - 1, 1)
