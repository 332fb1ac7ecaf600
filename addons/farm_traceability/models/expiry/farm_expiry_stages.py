from odoo import api, fields, models
from odoo.exceptions import ValidationError

from .stages import parse_stages, stages_text


class FarmExpiryStages(models.AbstractModel):
    """Alert stages, kept in their normal form: the job reads them in SQL."""

    _name = "farm.expiry.stages"
    _description = "Record with Stages of Expiry Alerts"

    expiry_alert_stages = fields.Char("Alert at Days Left")

    @api.model_create_multi
    def create(self, vals_list):
        return super().create([self._with_normal_stages(vals) for vals in vals_list])

    def write(self, vals):
        return super().write(self._with_normal_stages(vals))

    @api.model
    def _with_normal_stages(self, vals):
        text = vals.get("expiry_alert_stages")
        return vals | {"expiry_alert_stages": stages_text(text)} if text else vals

    @api.constrains("expiry_alert_stages")
    def _check_expiry_alert_stages(self):
        for record in self.filtered("expiry_alert_stages"):
            try:
                parse_stages(record.expiry_alert_stages)
            except ValueError:
                raise ValidationError(
                    self.env._(
                        "%(text)s are no alert stages of %(name)s. Enter days before"
                        " expiry from 0 to 3650 with commas between them, e.g. 14, 7,"
                        " 3.",
                        text=record.expiry_alert_stages,
                        name=record.display_name,
                    )
                ) from None
