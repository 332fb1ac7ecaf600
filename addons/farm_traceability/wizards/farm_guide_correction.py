from odoo import fields, models
from odoo.exceptions import LockError, UserError


class FarmGuideCorrection(models.TransientModel):
    """Make the next version of a published guide, to be corrected and published."""

    _name = "farm.guide.correction"
    _description = "Correction of a Cultivation Guide"

    guide_id = fields.Many2one("farm.guide", required=True, readonly=True)
    reason = fields.Text(required=True, help="It stays on record with the new version.")

    def action_correct(self):
        self.ensure_one()
        self._check_correctable()
        correction = self.guide_id.copy(self._prepare_correction_vals())
        return {
            "type": "ir.actions.act_window",
            "res_model": "farm.guide",
            "res_id": correction.id,
            "view_mode": "form",
        }

    def _prepare_correction_vals(self):
        return {
            "previous_id": self.guide_id.id,
            "version": self.guide_id.version + 1,
            "correction_reason": self.reason.strip(),
        }

    def _check_correctable(self):
        guide = self.guide_id
        self._lock()
        if guide.state != "published":
            raise UserError(
                self.env._("%(guide)s is a draft: edit it directly.", guide=guide.name)
            )
        if not self.reason.strip():
            raise UserError(self.env._("Give the reason; it stays on record."))
        newer = guide.next_ids[:1]
        if not newer:
            return
        if newer.state == "draft":
            raise UserError(
                self.env._(
                    "%(guide)s is being corrected already: go on with %(draft)s.",
                    guide=guide.name,
                    draft=newer.name,
                )
            )
        raise UserError(
            self.env._(
                "%(guide)s was superseded by %(newer)s: correct that version.",
                guide=guide.name,
                newer=newer.name,
            )
        )

    def _lock(self):
        """Of two officers who correct at the same time the second one is refused."""
        try:
            # What only refers to the guide, as a growing cycle does, is no hindrance.
            self.guide_id.lock_for_update(allow_referencing=True)
        except LockError as error:
            raise UserError(
                self.env._(
                    "%(guide)s is being changed by somebody else: wait a moment and"
                    " reload the page.",
                    guide=self.guide_id.name,
                )
            ) from error
