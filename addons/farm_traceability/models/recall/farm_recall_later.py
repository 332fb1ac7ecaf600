import time

from odoo import api, fields, models
from odoo.exceptions import UserError

from ...trace import DOWN, trace


class FarmRecall(models.Model):
    """What comes up after the scope was frozen. Nothing of it is silent."""

    _inherit = "farm.recall"

    def _add_lots(self, lots, reason):
        """Amend a running recall: the lots and all that was made of them.

        :param lots: ``stock.lot``
        :param str reason: stays on record
        :rtype: farm.recall.amendment
        :raises UserError: without a reason, or when all are in the scope already
        """
        self.ensure_one()
        self._check_manager()
        self._lock()
        self._check_state("running")
        if not (reason or "").strip():
            raise UserError(
                self.env._("Say why these lots are added: it stays on record.")
            )
        begin = time.perf_counter()
        answer = trace(self.env, self._not_yet_in(lots.ids), DOWN)
        new = self._not_yet_in(answer.ids)
        if not new:
            raise UserError(
                self.env._(
                    "These lots are in the scope of %(recall)s already.",
                    recall=self.name,
                )
            )
        answer = trace(self.env, new, DOWN, len(new))
        return self._amend(answer, reason.strip(), time.perf_counter() - begin)

    def _not_yet_in(self, lot_ids):
        known = set(self.sudo().lot_ids.ids)
        return [lot for lot in lot_ids if lot not in known]

    def _amend(self, answer, reason, seconds):
        lots = self.env["stock.lot"].browse(answer.ids)
        # The scope is nobody's to write; it grows by amendments only.
        frozen = self.sudo()
        amendment = frozen.env["farm.recall.amendment"].create(
            {
                "recall_id": self.id,
                "reason": reason,
                "lot_ids": [fields.Command.set(lots.ids)],
                "trace_seconds": seconds,
            }
        )
        frozen._make_missing_parts(answer, frozen._family())
        for part in frozen._family():
            part.lot_ids = [fields.Command.link(lot) for lot in lots.ids]
            part._freeze_lines(answer, amendment)
        self._log(
            "amended",
            self.env._("%(lots)s lots added: %(why)s", lots=len(lots), why=reason),
        )
        amendment.hold_seconds = self._hold(lots, reason)
        return amendment

    # -- found later ------------------------------------------------------------

    def action_refresh(self):
        """Look for what came up since: deliveries, and lots made of affected ones."""
        self._check_manager()
        self._check_state("running")
        for recall in self:
            recall._find_later()
        return True

    def _find_later(self):
        """Put what came up since the freezing on record, and tell the responsible."""
        self.ensure_one()
        if self.is_mock:
            return
        lots = self.sudo().lot_ids.ids
        found = self._find_later_companies(trace(self.env, lots, DOWN, len(lots)))
        found += self._find_later_deliveries()
        made = self._not_yet_in(trace(self.env, lots, DOWN).ids)
        if made and self._leads():
            found.append(self._take_in(made))
        if found:
            self._warn("\n".join(found))

    def _take_in(self, lot_ids):
        reason = self.env._("Made of affected lots after the scope was frozen")
        lots = self.env["stock.lot"].browse(lot_ids)
        self._add_lots(lots, reason)
        return self.env._("%(count)s lots: %(why)s", count=len(lots), why=reason)

    def _find_later_deliveries(self):
        """Customers and lots that no line names yet become lines "found later".

        :return: a sentence for each customer
        """
        progress = self._progress()
        keys = [key for key in progress.later_keys() if progress.got[key][0] > 0]
        if not keys:
            return []
        # Lines are nobody's to write; these follow from the moves.
        frozen = self.sudo()
        customers = frozen._add_customers(partner for partner, _lot in keys)
        frozen._create_lines(
            [frozen._later_line(key, customers, progress.dates[key]) for key in keys]
        )
        partners = self.env["res.partner"].sudo()
        return [
            self.env._(
                "%(partner)s got affected goods that were not in the frozen scope.",
                partner=partners.browse(partner or ()).name or self.env._("Somebody"),
            )
            for partner in dict.fromkeys(partner for partner, _lot in keys)
        ]

    def _later_line(self, key, customers, dates):
        partner, lot = key
        return {
            "kind": "delivered",
            "lot_id": lot,
            "partner_id": partner,
            "customer_id": customers.get(partner),
            "first_date": dates[0],
            "last_date": dates[1],
            "is_later": True,
        }

    def _warn(self, text, summary=None):
        self._log("later", text)
        recall = self._who_looks()
        recall.activity_schedule(
            "mail.mail_activity_data_warning",
            date_deadline=fields.Date.today(),
            user_id=recall.user_id.id,
            summary=summary or self.env._("Found later: tell these customers"),
            note=text,
        )

    @api.model
    def _cron_watch(self):
        """Look at every running recall; each is committed for itself."""
        recalls = self.search([("state", "=", "running"), ("is_mock", "=", False)])
        self.env["ir.cron"]._commit_progress(remaining=len(recalls))
        for recall in recalls:
            if recall.try_lock_for_update(allow_referencing=True):
                recall._find_later_or_say()
            self.env["ir.cron"]._commit_progress(1)

    def _find_later_or_say(self):
        """One recall that cannot be looked at does not keep the job from the others."""
        try:
            with self.env.cr.savepoint():
                self._find_later()
        except UserError as error:
            self._log("trouble", str(error))

    @api.model
    def _look_soon_at(self, lots):
        """Something happened with these lots: running recalls look at once."""
        if not lots:
            return
        # Who moves a lot need not see the recall that it is in.
        recalls = self.sudo().search_count(
            [
                ("state", "=", "running"),
                ("is_mock", "=", False),
                ("lot_ids", "in", lots.ids),
            ],
            limit=1,
        )
        if recalls:
            self.env.ref("farm_traceability.cron_recall_watch").sudo()._trigger()
