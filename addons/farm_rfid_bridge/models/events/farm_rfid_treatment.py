from odoo import models
from odoo.addons.farm_traceability.models.farm_guide_line import TREATMENT_KINDS
from odoo.exceptions import UserError
from odoo.fields import Command

from ...protocol.problems import Damaged
from .results import Applied

MOST_LOTS = 500


class FarmRfidTreatment(models.AbstractModel):
    """Lots are washed, waxed, cooled and so on, and stay the lots that they are.

    Body: ``codes``, ``kind``, and if known ``product`` (reference of the agent),
    ``dose``, ``unit``, ``hours``, ``temperature`` (°C), ``organic`` (true).
    """

    _name = "farm.rfid.treatment"
    _inherit = ["farm.rfid.tagging"]
    _description = "Treatment of Lots"

    def _apply(self, event, body):
        vals = self._prepare_vals(event, body)
        lots = self._lots_of(self._codes(body, "codes", MOST_LOTS), event)
        treatment = self.env["farm.treatment"].create(vals | {"lot_ids": lots.ids})
        treatment.action_post()
        tags = self.env["farm.tag"]
        tags = tags.search(tags._get_code_domain(lots.mapped("lineage_code")))
        tags._record("treated", event, treatment.name, last_seen=event.at)
        return Applied(
            code="deviation" if treatment.deviations else "",
            message=treatment.deviations or "",
            refs={"treatment": treatment.name},
            links={
                "lot_ids": [Command.set(lots.ids)],
                "tag_ids": [Command.set(tags.ids)],
            },
        )

    def _prepare_vals(self, event, body):
        kind = body.text("kind", longest=16)
        if kind not in dict(TREATMENT_KINDS):
            raise Damaged("kind is no treatment that is known")
        temperature = body.optional("decimal", "temperature", least=-80, most=120)
        return {
            "kind": kind,
            "date": event.at,
            "company_id": event.company_id.id,
            "operator_id": self.env.uid,
            "product_id": self._agent(body).id,
            "dose": body.optional("decimal", "dose", most=10**6) or 0,
            "dose_unit": body.optional("text", "unit", longest=32),
            "hours": body.optional("decimal", "hours", most=10**5) or 0,
            "has_temperature": temperature is not None,
            "temperature": temperature or 0,
            "is_organic": body.values.get("organic") is True,
        }

    def _agent(self, body):
        reference = body.optional("text", "product", longest=64)
        products = self.env["product.product"]
        if not reference:
            return products
        product = products.search([("default_code", "=", reference)], limit=1)
        if not product:
            raise UserError(
                self.env._(
                    "There is no product %(reference)s. Add it, and try again.",
                    reference=reference,
                )
            )
        return product
