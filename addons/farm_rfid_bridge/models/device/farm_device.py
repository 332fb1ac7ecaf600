from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

#: 18 bits: what a lineage code has for the device that made it
HIGHEST_NUMBER = 2**18 - 1


class FarmDevice(models.Model):
    """A reader or writer of tags, and on whose behalf it acts.

    1. a draft says what it is, who it acts for, and where it works
    2. enrolled with a code that is used once: it has a number, a key and a token
    3. it sends what it did, in the order it was done; a hash fork puts it in quarantine
    4. suspended and resumed, revoked, or replaced

    Each enrolment gives another number, key and chain: a device that lost its memory
    would else make lineage codes that it has made before.
    """

    _name = "farm.device"
    _description = "Device"
    _inherit = ["farm.evidence", "mail.thread", "mail.activity.mixin"]
    _order = "name, id"
    _check_company_auto = True

    name = fields.Char(required=True, tracking=True)
    kind = fields.Selection(
        [
            ("collector", "Collector's Device"),
            ("writer", "Card Writer"),
            ("desk", "Desk Reader"),
            ("gate", "Gate"),
        ],
        required=True,
        default="collector",
        tracking=True,
    )
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    user_id = fields.Many2one(
        "res.users",
        "Acts for",
        required=True,
        index=True,
        tracking=True,
        ondelete="restrict",
        domain="[('share', '=', False), ('company_ids', 'in', company_id)]",
        help="What the device reports is done with the rights of this user.",
    )
    warehouse_id = fields.Many2one(
        "stock.warehouse", check_company=True, tracking=True, ondelete="restrict"
    )
    location_ids = fields.Many2many(
        "stock.location", string="Places", check_company=True
    )
    region_ids = fields.Many2many(
        "farm.region",
        string="Working Regions",
        help="The device carries the farmers, cards and certificates of these regions.",
    )
    may_write_bunches = fields.Boolean("Writes Bunch Tags", tracking=True)
    may_split = fields.Boolean("Splits Bunches", tracking=True)
    may_write_cards = fields.Boolean(
        "Writes Farmers' Cards",
        tracking=True,
        help="Only for devices that act for an officer of the authority.",
    )
    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("enrolled", "Enrolled"),
            ("suspended", "Suspended"),
            ("quarantined", "In Quarantine"),
            ("revoked", "Revoked"),
            ("replaced", "Replaced"),
        ],
        string="Status",
        default="draft",
        required=True,
        readonly=True,
        copy=False,
        index=True,
        tracking=True,
    )
    state_reason = fields.Text("Reason", readonly=True, copy=False, tracking=True)
    number = fields.Integer(
        readonly=True, copy=False, help="What lineage codes of this device begin with."
    )
    key_ids = fields.One2many("farm.device.key", "device_id", "Keys")
    key_id = fields.Many2one(
        "farm.device.key", "Current Key", readonly=True, copy=False, ondelete="restrict"
    )
    ack_seq = fields.Integer("Events Received", related="key_id.ack_seq")
    replaced_by_id = fields.Many2one(
        "farm.device", "Replaced by", readonly=True, copy=False, index="btree_not_null"
    )
    last_seen = fields.Datetime(readonly=True, copy=False)
    backlog = fields.Integer(
        readonly=True, copy=False, help="Events that wait on the device, as it said."
    )
    clock_offset = fields.Integer(
        readonly=True, copy=False, help="Seconds that the device's clock is ahead."
    )
    battery = fields.Integer(readonly=True, copy=False, help="Percent, as it said.")
    agent_version = fields.Char("Version", readonly=True, copy=False)
    event_count = fields.Integer(compute="_compute_event_counts")
    open_event_count = fields.Integer(compute="_compute_event_counts")

    _number_unique = models.UniqueIndex(
        "(number) WHERE number > 0", "Another device has this number already."
    )

    def _compute_event_counts(self):
        events = self.env["farm.device.event"]
        everything = self._count_events(Domain.TRUE)
        unsettled = self._count_events(events._get_open_domain())
        for device in self:
            device.event_count = everything.get(device, 0)
            device.open_event_count = unsettled.get(device, 0)

    def _count_events(self, domain):
        groups = self.env["farm.device.event"]._read_group(
            domain & Domain("device_id", "in", self.ids), ["device_id"], ["__count"]
        )
        return dict(groups)

    @api.model
    def _next_number(self):
        # Whoever keeps devices has no right on sequences.
        number = int(self.env["ir.sequence"].sudo().next_by_code("farm.device"))
        if number > HIGHEST_NUMBER:
            raise UserError(
                self.env._("All %(count)s device numbers are used.", count=number - 1)
            )
        return number

    @api.ondelete(at_uninstall=False)
    def _unlink_only_draft(self):
        if any(device.key_ids for device in self):
            raise UserError(
                self.env._(
                    "A device that was enrolled stays on record: its tags are read for"
                    " years. Revoke it."
                )
            )

    def action_open_events(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "farm_rfid_bridge.farm_device_event_action"
        )
        return action | {"domain": [("device_id", "=", self.id)], "context": {}}

    def action_open_inbox(self):
        return self.action_open_events() | {"context": {"search_default_open": 1}}
