from odoo import api, models
from odoo.exceptions import UserError


class StockLot(models.Model):
    """Provenance is never typed in: it is what the lot's posted harvest says."""

    _inherit = "stock.lot"

    @api.model_create_multi
    def create(self, vals_list):
        if self.env.su:
            return super().create(vals_list)
        evidence = self._provenance_fields() | {"treatment_ids"}
        context = {
            key: value
            for key, value in self.env.context.items()
            if key.removeprefix("default_") not in evidence
        }
        plain = self.with_env(self.env(context=context))
        lots = super(StockLot, plain).create(
            self._with_true_provenance(vals_list, evidence)
        )
        return lots.with_env(self.env)

    def _with_true_provenance(self, vals_list, evidence):
        harvests = self.env["farm.harvest"].browse(
            {vals["harvest_id"] for vals in vals_list if vals.get("harvest_id")}
        )
        harvests._check_posted()
        truth = {harvest.id: harvest._prepare_provenance_vals() for harvest in harvests}
        for vals in vals_list:
            if not vals.get("harvest_id") and evidence & set(vals):
                self._refuse_provenance()
        return [vals | truth.get(vals.get("harvest_id"), {}) for vals in vals_list]

    def write(self, vals):
        evidence = self._provenance_fields() | {"treatment_ids"}
        if not self.env.su and evidence & set(vals):
            self._refuse_provenance()
        return super().write(vals)

    def _refuse_provenance(self):
        raise UserError(
            self.env._(
                "The provenance of a lot is never typed in. Give its receipt a posted"
                " harvest, or post a treatment with the lot."
            )
        )
