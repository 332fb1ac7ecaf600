from odoo import api, fields, models
from odoo.exceptions import UserError

from ..farm_guide_line import TREATMENT_KINDS


class FarmLotOperation(models.Model):
    """A treatment that makes new lots; it is on record as the lots' treatment."""

    _inherit = "farm.lot.operation"

    treatment_kind = fields.Selection(TREATMENT_KINDS, "Treatment")
    treatment_is_organic = fields.Boolean("Organic")
    treatment_product_id = fields.Many2one(
        "product.product", "Agent", index="btree_not_null", check_company=True
    )
    treatment_lot_id = fields.Many2one(
        "stock.lot",
        "Agent's Lot",
        index="btree_not_null",
        check_company=True,
        domain="[('product_id', '=', treatment_product_id)]",
    )
    treatment_dose = fields.Float("Dose", digits=(16, 4))
    treatment_dose_unit = fields.Char("Dose Unit")
    treatment_has_temperature = fields.Boolean("Temperature Taken")
    treatment_temperature = fields.Float("Temperature", help="°C")
    treatment_hours = fields.Float("Duration", help="Hours")
    treatment_id = fields.Many2one(
        "farm.treatment",
        "Treatment on Record",
        readonly=True,
        copy=False,
        index="btree_not_null",
    )

    @api.model
    def _treatment_fields(self):
        """Fields of the treatment by the operation's own field."""
        return {
            "treatment_kind": "kind",
            "treatment_is_organic": "is_organic",
            "treatment_product_id": "product_id",
            "treatment_lot_id": "input_lot_id",
            "treatment_dose": "dose",
            "treatment_dose_unit": "dose_unit",
            "treatment_has_temperature": "has_temperature",
            "treatment_temperature": "temperature",
            "treatment_hours": "hours",
        }

    def _check_treatment(self):
        if self.kind == "treat" and not self.treatment_kind:
            raise UserError(
                self.env._("%(name)s: say how the lots were treated.", name=self.name)
            )

    def _prepare_treatment_vals(self):
        ours = {name: self[name] for name in self._treatment_fields()}
        vals = self._convert_to_write(ours)
        return {self._treatment_fields()[name]: vals[name] for name in vals} | {
            "date": self.date,
            "company_id": self.company_id.id,
            "operator_id": self.env.uid,
            "lot_operation_id": self.id,
            "lot_ids": self.output_ids.lot_id.ids,
        }

    def _post_treatments(self):
        for operation in self.filtered(lambda one: one.kind == "treat"):
            # Who may post the operation records its treatment with it.
            treatment = self.env["farm.treatment"].sudo()
            treatment = treatment.create(operation._prepare_treatment_vals())
            treatment.action_post()
            operation.sudo().treatment_id = treatment

    def _get_shelf_life_change(self, lots):
        """Days that the treatment adds to, or takes off, the shelf life of lots.

        The least that a guide of the lots says. What was not treated as the guide
        says gains nothing.
        """
        if self.kind != "treat":
            return 0
        treatment = self.env["farm.treatment"].new(
            {
                name: value
                for name, value in self._prepare_treatment_vals().items()
                if name != "lot_ids"
            }
        )
        # The guide may belong to an office whose records the operator cannot open.
        guides = lots._get_guides().sudo()
        return min((treatment._shelf_life_change(guide) for guide in guides), default=0)
