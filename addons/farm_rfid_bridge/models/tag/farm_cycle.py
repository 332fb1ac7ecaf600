from farmtag.payload import PlotRight
from odoo import fields, models
from odoo.fields import Domain

#: what a number on a card can say, and how many plots
MOST_BUNCHES = 0xFFFF
MOST_PLOTS = 16


class FarmCycle(models.Model):
    """How many bunches a plot can give: what is above is bought with a note."""

    _inherit = "farm.cycle"

    bunch_cap = fields.Integer(
        "Bunches at Most",
        tracking=True,
        help="What the plot can give in this cycle. It stands on the farmer's card;"
        " more are bought with a note. 0: not known.",
    )

    _bunch_cap_fits_on_a_card = models.Constraint(
        f"CHECK (bunch_cap BETWEEN 0 AND {MOST_BUNCHES})",
        f"A cycle gives between 0 and {MOST_BUNCHES} bunches.",
    )

    def _capped_of(self, certificate):
        """The open cycles of a certificate that have a cap."""
        domain = (
            Domain("farmer_id", "=", certificate.farmer_id.id)
            & Domain("crop_id", "in", certificate.line_ids.crop_id.ids)
            & Domain("state", "!=", "closed")
            & Domain("bunch_cap", ">", 0)
        )
        if certificate.plot_ids:
            domain &= Domain("plot_id", "in", certificate.plot_ids.ids)
        return self.search(domain)

    def _plot_rights(self):
        """The caps as they stand on a card.

        :rtype: tuple[farmtag.payload.PlotRight, ...]
        """
        caps = {}
        for cycle in self:
            key = (cycle.plot_id.id, cycle.crop_id.id)
            caps[key] = caps.get(key, 0) + cycle.bunch_cap
        rights = (PlotRight(*key, min(cap, MOST_BUNCHES)) for key, cap in caps.items())
        return tuple(rights)[:MOST_PLOTS]

    def _bunch_count(self):
        """Bunches bought of this cycle, whoever bought them."""
        bunches = [("harvest_id.cycle_id", "=", self.id), ("lineage_code", "!=", False)]
        return self.env["stock.lot"].sudo().search_count(bunches)
