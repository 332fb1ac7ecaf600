from odoo import models
from odoo.addons.farm_traceability.trace import DOWN, UP, deliveries, trace

# Of more lots together, origin and trace are not told at a shelf.
MOST_TRACED = 2_000


class FarmScanLookUp(models.AbstractModel):
    """Where lots come from, and how far they have gone."""

    _inherit = "farm.scan.look.up"

    # -- origin -----------------------------------------------------------------------

    def _origin_facts(self, lots):
        """Who grew it where, and when, of all harvests that it is made of."""
        if not lots or len(lots) > MOST_TRACED:
            return ()
        origins = self._origins(lots)
        names = {
            self.env._("Farmer"): origins.mapped("provenance_farmer"),
            self.env._("Group"): origins.mapped("provenance_group"),
            self.env._("Plot"): origins.mapped("provenance_plot"),
            self.env._("Region"): origins.mapped("provenance_region"),
            self.env._("Certificate"): origins.mapped("provenance_certificate"),
            self.env._("Harvest"): origins.harvest_id.mapped("name"),
        }
        return (
            *((label, self._joined(found)) for label, found in names.items()),
            (self.env._("Harvested"), self._days(origins.mapped("harvest_date"))),
        )

    def _origins(self, lots):
        """The lots that lots began as; evidence is shown whole, of any company."""
        made = lots.filtered(lambda lot: not lot.harvest_id)
        if not made:
            return lots.sudo()
        answer = trace(self.env, made.ids, UP)
        if len(made) == 1:
            found = [one.lot_id for one in answer.origins(made.id)]
        else:
            found = answer.up_ids
        return (lots - made).sudo() | lots.sudo().browse(found)

    # -- where it went ----------------------------------------------------------------

    def _trace_facts(self, lots):
        """How far lots have gone, as far as this user may read deliveries."""
        if not lots:
            return []
        if len(lots) > MOST_TRACED:
            many = self.env._("More lots than are told here: open it in Odoo")
            return [[self.env._("Deliveries"), many]]
        answer = trace(self.env, lots.ids, DOWN)
        made = len(answer.down_ids) - len(answer.starts)
        count, customers = self._delivered(deliveries(self.env, lots.ids))
        return self._shown(
            (self.env._("Lots made of it"), made),
            (self.env._("Deliveries"), count or self.env._("None yet")),
            (self.env._("Customers"), customers),
        )

    def _delivered(self, picking_ids):
        """Numbers of deliveries and of the companies that got them."""
        groups = self.env["stock.picking"]._read_group(
            [("id", "in", picking_ids), ("state", "=", "done")],
            ["partner_id"],
            ["__count"],
        )
        partners = self.env["res.partner"].concat(*(partner for partner, _n in groups))
        # Only how many there are is told, whoever may read them.
        companies = partners.sudo().commercial_partner_id
        return sum(count for _partner, count in groups), len(companies)
