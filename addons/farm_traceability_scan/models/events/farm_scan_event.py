from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
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

    @api.model
    def _last_answer(self, domain, key):
        """What this user's last event that says something of ``key`` says of it."""
        own = Domain("user_id", "=", self.env.uid) & Domain("state", "=", "applied")
        query = self._search(domain & own, order="id desc", limit=1)
        answer = SQL.identifier(self._table, "answer")
        query.add_where(SQL("jsonb_exists(%s, %s)", answer, key))
        return (self.browse(query).answer or {}).get(key)

    @api.model
    def _sums_of_lines(self, domain, counter):
        """How much the events that still hold have scanned.

        :param counter: field of the lines that counts it
        :return: tuples of line, product, lot, unit (ids) and quantity
        """
        self.flush_model(["state", "undo"])
        # Of all people's scans only sums come out.
        events = self.sudo()._search(domain & Domain("state", "=", "applied"))
        return self.env.execute_query(
            SQL(
                """
                SELECT (step ->> 'line')::int, (step ->> 'product')::int,
                       CASE WHEN jsonb_typeof(step -> 'lot') = 'number'
                            THEN (step ->> 'lot')::int END,
                       (step ->> 'unit')::int, sum((step ->> 'scanned')::float)
                  FROM farm_scan_event event,
                       jsonb_array_elements(event.undo -> 'lines') step
                 WHERE event.id IN %s AND step ->> 'counter' = %s
                 GROUP BY 1, 2, 3, 4
                 ORDER BY min(event.id)
                """,
                events.subselect(),
                counter,
            )
        )

    @api.model
    def _lines_of_others(self, domain):
        """Ids of lines that others have scanned, and this user has not."""
        self.flush_model(["state", "undo", "user_id"])
        # People do not read the scans of others; only ids of lines come out.
        events = self.sudo()._search(domain & Domain("state", "=", "applied"))
        rows = self.env.execute_query(
            SQL(
                """
                SELECT (step ->> 'line')::int
                  FROM farm_scan_event event,
                       jsonb_array_elements(event.undo -> 'lines') step
                 WHERE event.id IN %s
                 GROUP BY 1
                HAVING NOT bool_or(event.user_id = %s)
                """,
                events.subselect(),
                self.env.uid,
            )
        )
        return {line_id for (line_id,) in rows}

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
