from odoo import models
from odoo.fields import Domain


class FarmScanReader(models.AbstractModel):
    """Farmers, by the chain number on their card."""

    _inherit = "farm.scan.reader"

    def _text_finders(self):
        return [*super()._text_finders(), self._farmers_of_text]

    def _farmers_of_text(self, operator, text):
        domain = Domain("farm_code", operator, text) & Domain("is_farmer", "=", True)
        return self._found("farmer", domain, lambda one: one.farm_group_id.name)
