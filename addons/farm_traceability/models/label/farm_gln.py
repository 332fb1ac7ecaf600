from odoo import api, fields, models

from ...gs1.keys import verify
from .sentences import in_words


class FarmGln(models.AbstractModel):
    """A party or place with a Global Location Number of GS1."""

    _name = "farm.gln"
    _description = "Party or Place with a GLN"

    # As Odoo's own add-on for electronic invoices names it: both are one field.
    global_location_number = fields.Char("GLN", help="Global Location Number of GS1.")

    @api.constrains("global_location_number")
    def _check_global_location_number(self):
        for record in self.filtered("global_location_number"):
            with in_words(self.env, record.display_name):
                verify("GLN", record.global_location_number)


class ResPartner(models.Model):
    _name = "res.partner"
    _inherit = ["res.partner", "farm.gln"]


class StockLocation(models.Model):
    _name = "stock.location"
    _inherit = ["stock.location", "farm.gln"]

    def _get_gln(self):
        """GLN of the place, or of the nearest one around it; of its warehouse else."""
        location = self
        while location and not location.global_location_number:
            location = location.location_id
        partner = self.warehouse_id.partner_id
        return location.global_location_number or partner.global_location_number


class FarmPlot(models.Model):
    _name = "farm.plot"
    _inherit = ["farm.plot", "farm.gln"]
