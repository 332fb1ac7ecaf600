from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL

#: how long it is told that a record is gone
GONE_FOR = timedelta(days=90)


class FarmDeviceItem(models.Model):
    """What a device was told of a record: the version of it, or that it is gone.

    Each change takes the next number of the device, so that a device which says up to
    which number it is asks for what came after; nothing depends on clocks or on the
    order in which transactions end.
    """

    _name = "farm.device.item"
    _description = "Record that a Device Carries"
    _log_access = False
    _order = "seq"

    device_id = fields.Many2one(
        "farm.device", required=True, readonly=True, ondelete="cascade"
    )
    scope = fields.Integer(
        required=True,
        readonly=True,
        help="ID of the region that was asked for; 0 for all of the device's.",
    )
    kind = fields.Char(required=True, readonly=True)
    res_id = fields.Integer("Record", required=True, readonly=True)
    version = fields.Char(required=True, readonly=True)
    is_gone = fields.Boolean("Gone", required=True, readonly=True)
    gone_at = fields.Datetime("Gone since", readonly=True)
    seq = fields.Integer("Number", required=True, readonly=True)

    _once = models.UniqueIndex("(device_id, scope, kind, res_id)")
    _in_order = models.UniqueIndex("(device_id, scope, seq)")
    _gone = models.Index("(gone_at) WHERE is_gone")

    @api.model
    def _forget_gone(self):
        """Forget records that have been gone for long.

        A device that was away for longer is not told of them. It finds another state
        hash than its own, and asks for all. The last number of each device stays, so
        that none is given twice.
        """
        self.env.cr.execute(
            SQL(
                """
                DELETE FROM farm_device_item item
                 WHERE is_gone AND gone_at < %s
                   AND EXISTS (SELECT FROM farm_device_item later
                                WHERE later.device_id = item.device_id
                                  AND later.scope = item.scope AND later.seq > item.seq)
                """,
                fields.Datetime.now() - GONE_FOR,
            )
        )
        self.invalidate_model()
