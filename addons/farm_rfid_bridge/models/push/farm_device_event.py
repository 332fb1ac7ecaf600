import base64
import json

from odoo import api, fields, models
from odoo.fields import Domain

from ...protocol.body import read_body
from ...protocol.problems import Damaged

STATES = [
    ("applied", "Applied"),
    ("parked", "Parked"),
    ("refused", "Refused"),
    ("conflict", "Conflict"),
    ("settled", "Settled"),
]
#: what a person has to look at; the parked ones after a day
OPEN = ("refused", "conflict")


class FarmDeviceEvent(models.Model):
    """What a device reported, byte by byte as it was signed, and what came of it."""

    _name = "farm.device.event"
    _description = "Event of a Device"
    _inherit = ["farm.evidence"]
    _order = "id desc"
    _rec_name = "uuid"

    device_id = fields.Many2one(
        "farm.device", required=True, readonly=True, index=True, ondelete="restrict"
    )
    key_id = fields.Many2one(
        "farm.device.key", required=True, readonly=True, ondelete="restrict"
    )
    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, index=True
    )
    seq = fields.Integer("Number on the Device", required=True, readonly=True)
    # Each push asks for IDs among all events, other histories too.
    uuid = fields.Char("Event ID", required=True, readonly=True, index=True)
    kind = fields.Char(required=True, readonly=True)
    kind_name = fields.Char("Kind of Event", compute="_compute_kind_name")
    body_raw = fields.Binary("Body as Sent", attachment=False, readonly=True)
    body = fields.Json(compute="_compute_body")
    body_text = fields.Text("What the Device Says", compute="_compute_body")
    hash = fields.Char(required=True, readonly=True)
    device_at = fields.Datetime(
        "Time of the Device", readonly=True, help="As the device's clock says."
    )
    at = fields.Datetime(
        "When", required=True, readonly=True, help="As far as the server believes it."
    )
    is_clock_doubtful = fields.Boolean("Clock Doubtful", readonly=True)
    received_at = fields.Datetime("Received on", required=True, readonly=True)
    state = fields.Selection(STATES, string="Status", required=True, readonly=True)
    reason_code = fields.Char(readonly=True)
    message = fields.Text(readonly=True)
    refs = fields.Json(readonly=True, help="What the device is told of the result.")
    wait_code = fields.Char("Waits for", readonly=True)
    is_fork = fields.Boolean("Other History", readonly=True)
    is_id_taken = fields.Boolean("ID Used Before", readonly=True)
    is_doubted = fields.Boolean(
        "After Revocation", readonly=True, help="Made after its key was revoked."
    )
    harvest_id = fields.Many2one(
        "farm.harvest", readonly=True, index="btree_not_null", ondelete="set null"
    )
    picking_id = fields.Many2one(
        "stock.picking",
        "Transfer",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
    )
    operation_id = fields.Many2one(
        "farm.lot.operation",
        "Lot Operation",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
    )
    lot_ids = fields.Many2many("stock.lot", string="Lots", readonly=True)
    waiver_reason = fields.Text(readonly=True)
    settled_by_id = fields.Many2one("res.users", "Settled by", readonly=True)
    settled_at = fields.Datetime("Settled on", readonly=True)
    settle_reason = fields.Text("Why Settled", readonly=True)
    is_open = fields.Boolean(
        "To Settle", compute="_compute_is_open", search="_search_is_open"
    )

    _seq_once = models.UniqueIndex("(key_id, seq) WHERE is_fork IS NOT TRUE")
    _uuid_once = models.UniqueIndex(
        "(uuid) WHERE is_fork IS NOT TRUE AND is_id_taken IS NOT TRUE"
    )
    _wait_code_index = models.Index("(wait_code) WHERE state = 'parked'")
    _open_index = models.Index(
        "(company_id, received_at) WHERE state IN ('refused', 'conflict', 'parked')"
    )

    @api.depends("kind")
    @api.depends_context("lang")
    def _compute_kind_name(self):
        """What people call it; what another add-on knew is shown as it was sent."""
        kinds = self._kinds()
        for event in self:
            model = kinds.get(event.kind)
            event.kind_name = (
                self.env["ir.model"]._get(model).name if model else event.kind
            )

    @api.depends("body_raw")
    def _compute_body(self):
        for event in self:
            try:
                body = _with_hex(event._read_body().values)
            except Damaged as problem:
                body = {"?": str(problem)}
            event.body = body
            event.body_text = json.dumps(body, indent=2, ensure_ascii=False)

    def _read_body(self):
        """:raises Damaged: if the device did not write a canonical CBOR map"""
        raw = self.with_context(bin_size=False).body_raw
        return read_body(base64.b64decode(raw or b""))

    @api.depends("state", "received_at", "is_doubted", "settled_at")
    def _compute_is_open(self):
        found = self.filtered_domain(self._get_open_domain())
        for event in self:
            event.is_open = event in found

    def _search_is_open(self, operator, value):
        if operator != "in" or set(value) != {True}:
            return NotImplemented
        return self._get_open_domain()

    def _get_open_domain(self):
        """Events that a person has to look at."""
        yesterday = fields.Datetime.subtract(fields.Datetime.now(), days=1)
        late = Domain("state", "=", "parked") & Domain("received_at", "<", yesterday)
        return Domain("state", "in", OPEN) | late

    @api.depends("kind_name", "device_id", "seq")
    def _compute_display_name(self):
        for event in self:
            event.display_name = (
                f"{event.kind_name} ({event.device_id.name} {event.seq})"
            )


def _with_hex(value):
    """A value for people: bytes as hex digits."""
    if isinstance(value, dict):
        return {key: _with_hex(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_with_hex(one) for one in value]
    return value.hex() if isinstance(value, bytes) else value
