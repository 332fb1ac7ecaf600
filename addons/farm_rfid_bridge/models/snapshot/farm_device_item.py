from odoo import fields, models


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
    seq = fields.Integer("Number", required=True, readonly=True)

    _once = models.UniqueIndex("(device_id, scope, kind, res_id)")
    _in_order = models.UniqueIndex("(device_id, scope, seq)")
