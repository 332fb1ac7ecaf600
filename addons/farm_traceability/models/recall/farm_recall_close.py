from odoo import fields, models
from odoo.exceptions import UserError


class FarmRecall(models.Model):
    """The end of a recall: all is accounted for, or somebody says why not."""

    _inherit = "farm.recall"

    def action_close(self):
        """Close when it balances; else ask for the reason."""
        self.ensure_one()
        self._check_closable()
        if self.is_mock or self._is_balanced():
            return self._close("")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Close without a Balance"),
            "res_model": "farm.recall.closing",
            "view_mode": "form",
            "target": "new",
            "context": {"default_recall_id": self.id},
        }

    def _is_balanced(self):
        open_parts = self.sudo().part_ids.filtered(lambda part: part.state != "closed")
        return self.balance_closes and not open_parts

    def _check_closable(self):
        self._check_manager()
        self._check_state("running")
        if (
            not self.is_mock
            and self.company_id.recall_close_by_other
            and self.env.user == self.user_id
        ):
            raise UserError(
                self.env._(
                    "You are responsible for %(recall)s: another quality manager closes"
                    " it.",
                    recall=self.name,
                )
            )
        if not self.is_mock:
            self._find_later()

    def _close(self, reason):
        """Keep the balance as it is now, and end.

        :raises UserError: without a reason when something is open or unaccounted
        """
        self.ensure_one()
        self._check_closable()
        self._lock()
        if not (self.is_mock or reason.strip() or self._is_balanced()):
            raise UserError(
                self.env._(
                    "%(recall)s does not balance: %(what)s. Go on until it does, or"
                    " close it with a reason.",
                    recall=self.name,
                    what=self._open_text(),
                )
            )
        rows = self._balance_rows()
        # The end is nobody's to write; it follows from the balance or a reason.
        self.sudo().write(
            {
                "state": "closed",
                "closed_at": fields.Datetime.now(),
                "closing_reason": reason.strip(),
                "final_balance": rows,
            }
        )
        self._log("closed", reason.strip() or self._closing_text())
        self._close_drilled_parts()
        return True

    def _close_drilled_parts(self):
        """A drill ends in all companies at once: nothing is left to be done there."""
        # Those of other companies are not the user's, but the drill is.
        for part in self.sudo().part_ids:
            if part.is_mock and part.state == "running":
                part._close("")

    def _closing_text(self):
        if self.is_mock:
            return self.env._(
                "Drill: %(percent)s %% of what was found is accounted for.",
                percent=f"{self.accounted_share * 100:.1f}",
            )
        return self.env._("Everything found is accounted for.")

    def _open_text(self):
        """What keeps it from balancing, in words."""
        _ = self.env._
        parts = []
        for row in self._balance_rows():
            for name, label in (
                ("held", _("held and not disposed of")),
                ("loose", _("not held")),
                ("waiting", _("still with customers")),
                ("unaccounted", _("unaccounted")),
            ):
                if abs(row[name]) > 1e-6:
                    parts.append(f"{row[name]:g} {row['unit']} {label}")
        if self.untold_count:
            parts.append(_("customers or authorities not told: %s", self.untold_count))
        return ", ".join(parts) or _("a part of another company is not closed")
