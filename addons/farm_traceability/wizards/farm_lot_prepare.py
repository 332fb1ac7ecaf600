from odoo import api, fields, models
from odoo.exceptions import UserError

from ..models.operation.farm_lot_operation import KINDS


class FarmLotPrepare(models.TransientModel):
    """Prepare a lot operation from lots, transfers or stock.

    1. what is to be done, and what of the stock is taken
    2. for a split of one lot its own wizard, else a draft operation with all of it
       accounted for
    3. the draft is corrected where something else came out, and posted
    """

    _name = "farm.lot.prepare"
    _description = "Prepare a Lot Operation"

    kind = fields.Selection(
        KINDS,
        "What Is Done",
        required=True,
        compute="_compute_kind",
        store=True,
        readonly=False,
        precompute=True,
    )
    quant_ids = fields.Many2many(
        "stock.quant",
        string="Stock",
        domain=[
            ("lot_id", "!=", False),
            ("location_id.usage", "=", "internal"),
            ("quantity", ">", 0),
        ],
        default=lambda self: self._default_quants(),
    )

    @api.model
    def _default_quants(self):
        active = self.env.context.get("active_model")
        ids = self.env.context.get("active_ids") or []
        quants = self.env["stock.quant"]
        domain = quants._get_operation_domain()
        if active == "stock.quant":
            return quants.search([*domain, ("id", "in", ids)])
        if active == "stock.lot":
            return quants.search([*domain, ("lot_id", "in", ids)])
        if active == "stock.picking":
            pickings = self.env[active].browse(ids)
            return quants.search([*domain, *pickings._get_arrived_domain()])
        return quants

    @api.depends("quant_ids")
    def _compute_kind(self):
        for wizard in self:
            several = len(wizard.quant_ids.lot_id) > 1
            wizard.kind = wizard.kind or ("merge" if several else "split")

    def action_prepare(self):
        self.ensure_one()
        if not self.quant_ids:
            raise UserError(
                self.env._(
                    "Nothing is chosen that lies in stock. Choose lots that are on"
                    " hand."
                )
            )
        if self.kind == "split" and len(self.quant_ids) == 1:
            return self._split()
        operation = self.env["farm.lot.operation"]._prepare_from_quants(
            self.quant_ids, self.kind
        )
        return operation._open()

    def _split(self):
        quant = self.quant_ids
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "farm_traceability.farm_lot_split_action"
        )
        return action | {
            "context": {
                "default_lot_id": quant.lot_id.id,
                "default_location_id": quant.location_id.id,
                "default_package_id": quant.package_id.id,
                "default_owner_id": quant.owner_id.id,
            }
        }
