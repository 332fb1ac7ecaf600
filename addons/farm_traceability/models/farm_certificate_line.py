from odoo import api, fields, models
from odoo.exceptions import ValidationError


class FarmCertificateLine(models.Model):
    _name = "farm.certificate.line"
    _description = "Crop of a Certificate"
    _order = "id"

    certificate_id = fields.Many2one(
        "farm.certificate", required=True, index=True, ondelete="cascade"
    )
    crop_id = fields.Many2one(
        "farm.crop", required=True, index=True, ondelete="restrict"
    )
    guide_id = fields.Many2one(
        "farm.guide",
        "Guide Version",
        index=True,
        ondelete="restrict",
        domain="[('crop_id', '=', crop_id), ('state', '=', 'published')]",
    )

    _crop_unique = models.UniqueIndex(
        "(certificate_id, crop_id)", "The certificate covers this crop already."
    )

    @api.constrains("crop_id", "guide_id")
    def _check_guide(self):
        for line in self.filtered("guide_id"):
            if line.guide_id.crop_id != line.crop_id:
                raise ValidationError(
                    self.env._(
                        "%(guide)s is not a guide for %(crop)s.",
                        guide=line.guide_id.name,
                        crop=line.crop_id.name,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        lines.certificate_id._check_not_issued()
        return lines

    def write(self, vals):
        self.certificate_id._check_not_issued()
        result = super().write(vals)
        self.certificate_id._check_not_issued()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_issued(self):
        self.certificate_id._check_not_issued()
