from markupsafe import Markup
from odoo import api, fields, models
from odoo.tools import SQL

from ...wording import number_text

# Lines taken back together with placing, and in one step of the job.
AT_ONCE = 200
# Lots that one activity names.
LINES_TOLD = 50


class FarmHold(models.Model):
    """Taking back what is promised of lots on hold.

    Placing closes the gate in its own transaction. What is promised of the lots is
    taken back there too when it is little, else by a job in steps. The job runs after
    every placing: what somebody promised in a transaction that had not ended when the
    gate was closed is seen only by a transaction that begins afterwards.
    """

    _inherit = "farm.hold"

    promised_count = fields.Integer(
        "Reservations at Placing",
        readonly=True,
        copy=False,
        help="Lines of transfers and orders that had these lots reserved.",
    )
    pending_count = fields.Integer(
        "Reservations Left", compute="_compute_pending_count"
    )

    progress = fields.Integer(compute="_compute_pending_count", help="%")

    @api.depends("line_ids.state", "promised_count")
    def _compute_pending_count(self):
        for hold in self:
            hold.pending_count = len(hold._own_promises())
            done = max(hold.promised_count - hold.pending_count, 0)
            hold.progress = 100 * done // (hold.promised_count or 1)

    def _own_promises(self):
        if not self.promised_count and self.state != "open":
            return self.env["stock.move.line"]
        held = [("hold_id", "=", self.id), ("state", "=", "open")]
        return self._promises([("lot_id.hold_line_ids", "any", held)])

    def _take_back_promises(self):
        lines = self._own_promises()
        self.promised_count += len(lines)
        if len(lines) <= AT_ONCE:
            lines._take_back()
        self.env.ref("farm_traceability.cron_hold_promises")._trigger()

    @api.model
    def _promises(self, domain=()):
        """Lines that promise held lots to where these may not go, by document.

        :rtype: stock.move.line
        """
        # A hold stops a lot wherever it is promised, in any company.
        lines = (
            self.env["stock.move.line"]
            .sudo()
            .search(
                [
                    ("lot_id.is_on_hold", "=", True),
                    ("state", "not in", ("done", "cancel")),
                    *domain,
                ],
                order="picking_id, move_id, id",
            )
        )
        return lines._leaving().filtered(lambda line: not line._may_leave())

    @api.model
    def _cron_take_back(self):
        """Take back in steps whatever is promised of held lots; may be killed."""
        self._sync_quants()
        lines = self._promises()
        while lines:
            step = self._one_step(lines)
            step._take_back()
            lines -= step
            if not self.env["ir.cron"]._commit_progress(
                len(step), remaining=len(lines)
            ):
                return
            lines = lines.exists()

    def _one_step(self, lines):
        """The first lines, with all of the last one's document."""
        step = lines[:AT_ONCE]
        rest = step[-1:].picking_id.move_line_ids | step[-1:].move_id.move_line_ids
        return step | (lines & rest)

    def _sync_quants(self):
        """Give stock the flag of its lot, where both were made at the same moment."""
        self.env.cr.execute(
            SQL(
                """
                UPDATE stock_quant quant SET is_on_hold = lot.is_on_hold
                  FROM stock_lot lot
                 WHERE lot.id = quant.lot_id
                   AND coalesce(lot.is_on_hold, FALSE)
                       != coalesce(quant.is_on_hold, FALSE)
                   AND quant.id IN (
                       SELECT id FROM stock_quant WHERE is_on_hold
                       UNION ALL
                       SELECT held.id FROM stock_quant held
                         JOIN stock_lot stop ON stop.id = held.lot_id
                        WHERE stop.is_on_hold)
                """
            )
        )
        self.env["stock.quant"].invalidate_model(["is_on_hold", "available_quantity"])

    # -- telling -----------------------------------------------------------------------

    @api.model
    def _tell_owners(self, losses):
        """One activity per document: which lots it lost, why, and what to do.

        :param losses: as ``stock.move.line._losses`` gives them
        """
        lots = self.env["stock.lot"].union(
            *(loss["lot"] for rows in losses.values() for loss in rows)
        )
        reasons = lots._hold_reasons()
        # mail_activity_quick_update: no mail for each, the activities are enough.
        self.env["mail.activity"].with_context(mail_activity_quick_update=True).create(
            [
                self._prepare_activity(document, rows, reasons)
                for document, rows in losses.items()
            ]
        )

    def _prepare_activity(self, document, rows, reasons):
        owner = self._owner(document)
        told = self.with_context(lang=owner.lang)
        return {
            "res_model_id": self.env["ir.model"]._get_id(document._name),
            "res_id": document.id,
            "activity_type_id": self.env.ref("mail.mail_activity_data_warning").id,
            "automated": True,
            "user_id": owner.id,
            "summary": told.env._("Lots on hold were taken off"),
            "note": told._activity_note(rows, reasons),
        }

    def _owner(self, document):
        """Who is responsible for a document, else who made it, else who holds."""
        named = document["user_id"] if "user_id" in document._fields else None
        for user in (named, document.create_uid):
            if (
                user
                and user.active
                and user._is_internal()
                and not user._is_superuser()
            ):
                return user
        return self.env.user

    def _activity_note(self, rows, reasons):
        texts = [self._activity_line(row, reasons) for row in rows[:LINES_TOLD]]
        if len(rows) > LINES_TOLD:
            more = len(rows) - LINES_TOLD
            texts.append(self.env._("… and %(count)s lots more.", count=more))
        items = Markup().join(Markup("<li>%s</li>") % text for text in texts)
        advice = self.env._(
            "Other lots were reserved where there were any: check the quantities."
        )
        return Markup("<ul>%s</ul><p>%s</p>") % (items, advice)

    def _activity_line(self, row, reasons):
        values = {
            "lot": row["name"],
            "quantity": number_text(self.env, row["quantity"]),
            "unit": row["unit"],
            "place": row["place"],
            "why": reasons.get(row["lot"], ""),
        }
        if row["picked"]:
            return self.env._(
                "%(quantity)s %(unit)s of lot %(lot)s, picked already (from %(place)s):"
                " put it back or into quarantine. %(why)s",
                **values,
            )
        return self.env._("%(quantity)s %(unit)s of lot %(lot)s. %(why)s", **values)
