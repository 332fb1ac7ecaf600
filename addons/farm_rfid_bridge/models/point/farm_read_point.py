from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain

MEANINGS = [
    ("receive", "Receive"),
    ("put_away", "Put Away"),
    ("pick", "Pick"),
    ("load", "Load"),
    ("count", "Count"),
    ("observe", "Observe"),
]
#: meanings of which transfers are made, and the operation type that each is of
TYPES = {
    "receive": "in_type_id",
    "put_away": "int_type_id",
    "pick": "pick_type_id",
    "load": "out_type_id",
}
#: what says which read is which: reads that were made keep it
FIXED = ("location_id", "meaning", "company_id")


class FarmReadPoint(models.Model):
    """A place where tags are read, and what a read means there.

    Devices name it by its code, or have an antenna for it.
    """

    _name = "farm.read.point"
    _description = "Read Point"
    _order = "name, id"
    _check_company_auto = True

    name = fields.Char(required=True)
    code = fields.Char(required=True, copy=False, help="What devices send.")
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    device_id = fields.Many2one(
        "farm.device",
        check_company=True,
        index="btree_not_null",
        ondelete="restrict",
        help="The only device that reads here; any of the company if empty.",
    )
    antenna = fields.Integer(
        help="Antenna of the device, 1 and up; 0 where the device sends the code."
    )
    location_id = fields.Many2one(
        "stock.location",
        "Place",
        required=True,
        check_company=True,
        ondelete="restrict",
        index=True,
        domain="[('usage', 'in', ('internal', 'transit'))]",
        help="Where goods come to that are received, put away, counted or observed"
        " here; where they are taken from that are picked or loaded.",
    )
    meaning = fields.Selection(
        MEANINGS,
        required=True,
        default="observe",
        help="What a read means: receive what comes in, put away to this place, pick"
        " from it, load a delivery, count, or only note where something was seen.",
    )
    picking_type_id = fields.Many2one(
        "stock.picking.type",
        "Operation Type",
        check_company=True,
        ondelete="restrict",
        help="Of the transfers that are found or made; that of the warehouse if empty.",
    )
    finish = fields.Selection(
        [
            ("open", "Left open"),
            ("complete", "When all is there"),
            ("partial", "At once, the rest in a backorder"),
        ],
        "Validate",
        required=True,
        default="partial",
        help="Whether transfers are validated by reads, and counts applied.",
    )
    dwell_seconds = fields.Integer(
        "Dwell Time", help="A tag that is seen for a shorter time does not count."
    )
    window_seconds = fields.Integer(
        "Quiet Time",
        default=60,
        help="A tag counts again when it was not seen here for so many seconds.",
    )

    _code_unique = models.UniqueIndex(
        "(company_id, code)", "Another read point of the company has this code."
    )
    _antenna_unique = models.UniqueIndex(
        "(device_id, antenna) WHERE antenna > 0 AND active",
        "Another read point has this antenna of the device.",
    )
    _seconds_positive = models.Constraint(
        "CHECK (dwell_seconds >= 0 AND window_seconds >= 0 AND antenna >= 0)",
        "Seconds and antennas are 0 or more.",
    )

    @api.constrains("meaning", "location_id", "picking_type_id")
    def _check_has_type(self):
        for point in self:
            if point.meaning in TYPES and not point._get_picking_type():
                raise ValidationError(
                    self.env._(
                        "%(place)s is in no warehouse: choose the operation type of"
                        " %(point)s.",
                        place=point.location_id.display_name,
                        point=point.name,
                    )
                )

    def _get_picking_type(self):
        """The operation type of the transfers of a point; that of the deliveries
        where a warehouse does not pick in a step of its own."""
        if self.picking_type_id or self.meaning not in TYPES:
            return self.picking_type_id
        warehouse = self.location_id.warehouse_id
        own = warehouse[TYPES[self.meaning]]
        return own.filtered("active") or (
            warehouse.out_type_id if self.meaning == "pick" else own
        )

    @api.model
    def _of_device(self, device, code=None, antenna=None):
        """The point that a device names.

        :raises UserError: if there is none, or it is another device's
        """
        domain = Domain("company_id", "=", device.company_id.id)
        if code:
            domain &= Domain("code", "=", code)
            domain &= Domain("device_id", "in", [False, device.id])
        else:
            domain &= Domain("device_id", "=", device.id)
            domain &= Domain("antenna", "=", antenna or 0)
        points = self.search(domain, limit=2)
        if len(points) != 1:
            raise UserError(
                self.env._(
                    "%(device)s has no read point %(point)s. Make it, and try again.",
                    device=device.name,
                    point=code or antenna or "",
                )
            )
        return points

    # -- reads that were made ---------------------------------------------------------

    def write(self, vals):
        changed = self.filtered(
            lambda point: any(
                name in vals
                and point._fields[name].convert_to_write(point[name], point)
                != vals[name]
                for name in FIXED
            )
        )
        changed._check_unread()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_unless_read(self):
        self._check_unread()

    def _check_unread(self):
        read = self.env["farm.read"]._first_of("point_id", self.ids)
        if read:
            raise UserError(
                self.env._(
                    "Tags were read at %(point)s: that stays on record. Archive it, and"
                    " make another read point.",
                    point=self.browse(read).name,
                )
            )

    def action_open_reads(self):
        self.ensure_one()
        domain = [("point_id", "=", self.id)]
        return self.env["farm.read"]._open(domain, search_default_week=1)
