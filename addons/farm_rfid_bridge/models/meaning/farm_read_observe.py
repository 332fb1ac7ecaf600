from odoo import api, models
from odoo.tools import SQL

from .places import below, lies, outcome_if


class FarmReadObserve(models.AbstractModel):
    """Where something was seen, and nothing more."""

    _name = "farm.read.observe"
    _inherit = ["farm.read.meaning"]
    _description = "Reads that Observe"

    @api.model
    def _misplaced(self, point):
        return outcome_if(SQL("NOT %s", lies(below(point.location_id))), "wrong_place")

    @api.model
    def _do(self, point, items):
        return {}
