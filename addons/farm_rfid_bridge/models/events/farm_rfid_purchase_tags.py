from odoo import models
from odoo.fields import Command

from ..tag.farm_tag_register import Mark


class FarmRfidPurchase(models.AbstractModel):
    """The tags that the collector wrote are active from the purchase on.

    In ``bunches`` also ``uid``, ``chip`` (as farmtag names it) and ``payload``, the
    message that was written.
    """

    _inherit = "farm.rfid.purchase"

    def _written(self, body):
        return list(body.each("bunches"))

    def _apply(self, event, body):
        self._check_written(event, body)
        result = super()._apply(event, body)
        harvest = self.env["farm.harvest"].browse(result.links["harvest_id"])
        marks = self._marks(event, body, harvest)
        tags = self.env["farm.tag"]._register_marks(marks, event)
        links = result.links | {"tag_ids": [Command.set(tags.ids)]}
        return result._replace(links=links)

    def _marks(self, event, body, harvest):
        lots = harvest.lot_ids.grouped("lineage_code")
        shared = {
            "kind": "bunch",
            "company_id": event.company_id.id,
            "partner_id": harvest.farmer_id.id,
            "certificate_id": harvest.certificate_id.id,
        }
        return [
            Mark(
                self._uid(bunch),
                self._code(bunch),
                shared
                | {"lot_id": lots[self._code(bunch)].id}
                | self._prepare_written_vals(event, bunch),
            )
            for bunch in self._written(body)
        ]
