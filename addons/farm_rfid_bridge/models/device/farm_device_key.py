from odoo import fields, models


class FarmDeviceKey(models.Model):
    """A key of a device, with the number and the chain that go with it.

    It is kept for ever: tags that it signed are verified with it.
    """

    _name = "farm.device.key"
    _description = "Key of a Device"
    _order = "id desc"
    _rec_name = "number"

    device_id = fields.Many2one(
        "farm.device", required=True, readonly=True, index=True, ondelete="restrict"
    )
    company_id = fields.Many2one(related="device_id.company_id", store=True, index=True)
    number = fields.Integer(required=True, readonly=True)
    key_id = fields.Char(
        "Key ID", required=True, readonly=True, index=True, help="Four hex digits."
    )
    public_key = fields.Char(required=True, readonly=True, help="Ed25519, in hex.")
    valid_from = fields.Datetime("Valid from", required=True, readonly=True)
    state = fields.Selection(
        [("active", "Active"), ("retired", "Retired"), ("revoked", "Revoked")],
        string="Status",
        required=True,
        default="active",
        readonly=True,
    )
    revoked_from_seq = fields.Integer(
        "Revoked from Event",
        readonly=True,
        help="What was signed from this event on is not believed.",
    )
    ack_seq = fields.Integer("Events Received", readonly=True)
    ack_hash = fields.Char(readonly=True, help="Hash of the last event, in hex.")
    last_at = fields.Datetime(
        "Time of the Last Event",
        readonly=True,
        help="What comes after it is not earlier.",
    )

    _number_unique = models.UniqueIndex(
        "(number)", "A number is given to one device once."
    )
    _public_key_unique = models.UniqueIndex(
        "(public_key)", "This key was enrolled before."
    )
