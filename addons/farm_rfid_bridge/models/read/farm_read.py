from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ..point.farm_read_point import MEANINGS

OUTCOMES = [
    ("counted", "Counted"),
    ("repeated", "Seen again"),
    ("too_short", "Too short"),
    ("unknown", "Unknown tag"),
    ("foreign", "Another company's tag"),
    ("wrong_place", "Wrong place"),
    ("refused", "Refused"),
]
#: what a person has to look at
ODD = ("unknown", "foreign", "wrong_place", "refused")


class FarmRead(models.Model):
    """A tag that was seen at a read point, and what was made of it.

    Reads are added by statement and never changed. Their table is partitioned by month
    (``farm_read_log``), which Odoo knows nothing of: what it knows is a view of it.
    """

    _name = "farm.read"
    _description = "Read of a Tag"
    _order = "at desc, id desc"
    _rec_name = "tag"
    _auto = False

    at = fields.Datetime("When", help="When it was last seen, as far as is believed.")
    tag = fields.Char(help="Lineage code, EPC or UID.")
    outcome = fields.Selection(OUTCOMES)
    reason = fields.Char()
    meaning = fields.Selection(MEANINGS)
    point_id = fields.Many2one("farm.read.point", "Read Point")
    location_id = fields.Many2one("stock.location", "Place")
    device_id = fields.Many2one("farm.device")
    event_id = fields.Many2one("farm.device.event")
    lot_id = fields.Many2one("stock.lot")
    product_id = fields.Many2one("product.product")
    package_id = fields.Many2one("stock.package")
    dwell = fields.Float(
        "Dwell Time", help="How long it was seen, in seconds.", aggregator="avg"
    )
    times = fields.Integer("Times Seen")
    rssi = fields.Integer("Strength", help="Of the signal, in dBm.", aggregator="avg")
    company_id = fields.Many2one("res.company")
    is_odd = fields.Boolean(
        "To Look at", compute="_compute_is_odd", search="_search_is_odd"
    )

    @api.depends("outcome")
    def _compute_is_odd(self):
        for read in self:
            read.is_odd = read.outcome in ODD

    def _search_is_odd(self, operator, value):
        if operator != "in" or set(value) != {True}:
            return NotImplemented
        # As the partial index has it.
        return [("outcome", "in", ODD)]

    # pylint: disable=method-required-super
    # -- added, and never changed -----------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        self._refuse()

    def write(self, vals):
        self._refuse()

    def unlink(self):
        self._refuse()

    def _refuse(self):
        raise UserError(
            self.env._(
                "What was read stays as it is. Devices add reads; old ones go by the"
                " month, as the settings say."
            )
        )

    @api.model
    def _first_of(self, name, ids):
        """One of these ids that a read has, or None; whoever made the read."""
        if not ids:
            return None
        column = SQL.identifier(name)
        # Each id by itself: an index finds the first of it in every month.
        rows = self.env.execute_query(
            SQL(
                """
                SELECT asked.id FROM unnest(%s) AS asked(id)
                 WHERE EXISTS (SELECT FROM farm_read_log WHERE %s = asked.id)
                 LIMIT 1
                """,
                list(ids),
                column,
            )
        )
        return rows[0][0] if rows else None

    @api.model
    def _open(self, domain, **context):
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "farm_rfid_bridge.farm_read_action"
        )
        return action | {"domain": domain, "context": context}
