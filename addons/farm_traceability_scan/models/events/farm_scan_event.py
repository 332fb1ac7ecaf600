from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

STATES = [
    ("applied", "Done"),
    ("asked", "Asked Back"),
    ("refused", "Refused"),
    ("undone", "Taken Back"),
]


class FarmScanEvent(models.Model):
    """A scan, or what was tapped in its place, as a device sent it: applied once.

    The device makes the number of an event (``uuid``) when the person scans. It sends
    the event until it has an answer; the first time it is applied, later it is only
    answered again. So nothing is lost by a network that drops, and nothing doubled.

    Events stay as they came: who scanned what, when and on which device.
    """

    _name = "farm.scan.event"
    _description = "Scan"
    _inherit = "farm.evidence"
    _order = "id desc"
    _rec_name = "text"

    uuid = fields.Char("Number", required=True, readonly=True)
    device = fields.Char(readonly=True)
    user_id = fields.Many2one(
        "res.users", "Scanned by", required=True, readonly=True, index=True
    )
    company_id = fields.Many2one("res.company", required=True, readonly=True)
    scenario = fields.Char(required=True, readonly=True)
    picking_id = fields.Many2one(
        "stock.picking", readonly=True, index="btree_not_null", ondelete="set null"
    )
    text = fields.Char("Scan", readonly=True)
    kind = fields.Char(readonly=True, help="What was done: scan, undo, finish…")
    sent = fields.Json(readonly=True, help="All that the device sent.")
    scanned_at = fields.Datetime("Scanned", readonly=True)
    state = fields.Selection(STATES, "Status", required=True, readonly=True, index=True)
    message = fields.Char(readonly=True)
    answer = fields.Json(readonly=True)
    undo = fields.Json(readonly=True, help="What takes it back.")

    _uuid_unique = models.UniqueIndex("(uuid)")
    _today_index = models.Index("(user_id, create_date DESC)")

    @api.model
    def _claim(self, uuid, vals):
        """The event of this number, new or from before.

        Whoever sends the same number at the same time waits for the other one, and is
        told what came of it when the request is repeated.

        :return: the event, and whether it is new
        """
        # Its methods write events, nobody else does.
        events = self.sudo()
        names = ["uuid", *vals]
        values = [uuid, *vals.values()]
        rows = self.env.execute_query(
            SQL(
                """
                INSERT INTO farm_scan_event (%(names)s, create_uid, create_date,
                                             write_uid, write_date)
                     VALUES (%(values)s, %(user)s, now() AT TIME ZONE 'UTC',
                             %(user)s, now() AT TIME ZONE 'UTC')
                ON CONFLICT (uuid) DO NOTHING
                  RETURNING id
                """,
                names=SQL(", ").join(map(SQL.identifier, names)),
                values=SQL(", ").join(SQL("%s", value) for value in values),
                user=self.env.uid,
            )
        )
        if not rows:
            return events.search([("uuid", "=", uuid)]), False
        return events.browse(rows[0][0]), True

    def _check_mine(self):
        if self.user_id != self.env.user:
            raise UserError(
                self.env._(
                    "This scan is %(user)s's: only %(user)s sends it again or takes"
                    " it back.",
                    user=self.user_id.name,
                )
            )

    def _is_of(self, sent):
        """Whether a device sends this very scan, as far as this version kept it."""
        kept = self.sent or {}
        return all(kept[name] == sent[name] for name in kept.keys() & sent.keys())

    def _as_answer(self):
        """What the device is told."""
        return {
            "uuid": self.uuid,
            "state": self.state,
            "message": self.message or "",
            **(self.answer or {}),
        }
