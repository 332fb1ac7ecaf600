from odoo import api, fields, models

from .farm_tag_change import STATES

KINDS = [
    ("card", "Farmer's Card"),
    ("bunch", "Bunch"),
    ("crate", "Crate or Carton"),
    ("pallet", "Pallet"),
    ("unit", "Hand or Piece"),
]
CHIPS = [
    ("NTAG213", "NTAG213"),
    ("NTAG215", "NTAG215"),
    ("NTAG216", "NTAG216"),
    ("MIFARE_CLASSIC_1K", "MIFARE Classic 1K"),
    ("TYPE2_768", "Type 2, 768 bytes"),
]


class FarmTag(models.Model):
    """A tag on a thing, or a farmer's card; its fields follow from what is done.

    1. blank, or issued: a card that is ordered and not written yet
    2. active: it says what it is on
    3. split (all its parts were taken), retired, lost, or suspected to be a copy

    A chip that is retired can become another tag: then there is another record.
    """

    _name = "farm.tag"
    _description = "Tag"
    _inherit = ["farm.evidence"]
    _order = "id desc"

    kind = fields.Selection(KINDS, required=True, default="bunch", readonly=True)
    state = fields.Selection(
        STATES, string="Status", required=True, default="blank", readonly=True
    )
    uid = fields.Char("UID", readonly=True, help="Of the chip, in hex.")
    chip = fields.Selection(CHIPS, readonly=True)
    lineage_code = fields.Char(readonly=True, index="btree_not_null")
    epc = fields.Char("EPC", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True, index=True)
    lot_id = fields.Many2one(
        "stock.lot", readonly=True, index="btree_not_null", ondelete="set null"
    )
    package_id = fields.Many2one(
        "stock.package", readonly=True, index="btree_not_null", ondelete="set null"
    )
    partner_id = fields.Many2one(
        "res.partner",
        "Farmer",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
    )
    region_id = fields.Many2one(
        "farm.region", related="partner_id.farm_region_id", store=True, index=True
    )
    certificate_id = fields.Many2one(
        "farm.certificate", readonly=True, index="btree_not_null", ondelete="restrict"
    )
    parent_id = fields.Many2one(
        "farm.tag", "Part of", readonly=True, index="btree_not_null"
    )
    part_index = fields.Integer("Number of the Part", readonly=True)
    part_ids = fields.One2many("farm.tag", "parent_id", "Parts")
    is_revoked = fields.Boolean(
        "Revoked", readonly=True, help="It is on the list of what devices refuse."
    )
    payload = fields.Char(readonly=True, help="What was written last, in hex.")
    written_at = fields.Datetime("Written", readonly=True)
    last_seen = fields.Datetime(readonly=True)
    last_device_id = fields.Many2one(
        "farm.device", readonly=True, index="btree_not_null"
    )
    last_location_id = fields.Many2one(
        "stock.location", "Last Place", readonly=True, index="btree_not_null"
    )
    change_ids = fields.One2many("farm.tag.change", "tag_id", "History")
    note = fields.Text()

    _uid_unique = models.UniqueIndex(
        "(uid) WHERE uid <> '' AND state <> 'retired'",
        "This chip is another tag already: retire that one first.",
    )
    _code_unique = models.UniqueIndex(
        "(lineage_code) WHERE lineage_code <> '' AND state <> 'retired'",
        "Another tag has this code already.",
    )
    _epc_unique = models.UniqueIndex(
        "(epc) WHERE epc <> '' AND state <> 'retired'",
        "Another tag has this EPC already.",
    )
    _part_unique = models.UniqueIndex(
        "(parent_id, part_index) WHERE part_index > 0 AND state <> 'retired'",
        "The part of this number was taken already.",
    )
    _revoked_index = models.Index("(lineage_code) WHERE is_revoked")

    @api.depends("lineage_code", "uid", "kind")
    def _compute_display_name(self):
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        for tag in self:
            name = tag.lineage_code or tag.uid or self.env._("not written")
            tag.display_name = f"{kinds.get(tag.kind, '')} {name}".strip()

    @api.model
    def _get_code_domain(self, codes):
        """Tags in use that have one of these lineage codes."""
        return [("lineage_code", "in", list(codes)), ("state", "!=", "retired")]

    @api.model
    def _open_of(self, field, records):
        """Show the tags of lots, farmers or certificates, also those out of use."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "farm_rfid_bridge.farm_tag_action"
        )
        return action | {"domain": [(field, "in", records.ids)], "context": {}}

    def action_open_lot(self):
        self.ensure_one()
        return self.lot_id._get_records_action()
