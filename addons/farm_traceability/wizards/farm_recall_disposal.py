from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command


class FarmRecallDisposal(models.TransientModel):
    """Dispose of affected goods: real scraps, with a witness and a paper about it."""

    _name = "farm.recall.disposal"
    _description = "Dispose of Recalled Goods"

    recall_id = fields.Many2one("farm.recall", required=True, readonly=True)
    company_id = fields.Many2one(related="recall_id.company_id")
    location_id = fields.Many2one(
        "stock.location",
        "Only at",
        domain="[('usage', '=', 'internal'), ('company_id', '=', company_id)]",
        help="Leave empty for everything inside the warehouses.",
    )
    witness = fields.Char(required=True, help="Who saw that it was destroyed.")
    document = fields.Binary(required=True, help="The report or a photo.")
    document_name = fields.Char()
    line_ids = fields.One2many(
        "farm.recall.disposal.line",
        "disposal_id",
        compute="_compute_line_ids",
        store=True,
        readonly=False,
        precompute=True,
    )

    @api.depends("recall_id", "location_id")
    def _compute_line_ids(self):
        for disposal in self:
            disposal.line_ids = [Command.clear()] + [
                Command.create({"quant_id": quant.id, "quantity": quant.quantity})
                for quant in disposal._quants()
            ]

    def _quants(self):
        domain = [
            ("lot_id", "in", self.recall_id.lot_ids.ids),
            ("location_id.usage", "=", "internal"),
            ("company_id", "=", self.company_id.id),
            ("quantity", ">", 0),
        ]
        if self.location_id:
            domain.append(("location_id", "child_of", self.location_id.id))
        return self.env["stock.quant"].search(domain, order="location_id, lot_id, id")

    def action_dispose(self):
        self.ensure_one()
        recall = self.recall_id
        recall._check_manager()
        recall._lock()
        recall._check_state("running")
        recall.customer_ids._check_real_or_empty()
        lines = self.line_ids.filtered("quantity")
        if recall.is_mock or not lines:
            raise UserError(
                self.env._("There is nothing to dispose of: choose some quantities.")
            )
        scraps = self._make_scraps(lines)
        scraps.do_scrap()
        recall._log(
            "disposed",
            self.env._(
                "%(what)s scrapped, witness: %(witness)s.",
                what=lines._amounts(),
                witness=self.witness,
            ),
        )
        # A second click disposes of nothing more.
        lines.exists().quantity = 0.0
        return {"type": "ir.actions.act_window_close"}

    def _make_scraps(self, lines):
        lines._check_quantities()
        # Witness and recall are nobody's to enter on a scrap; they come from here.
        scraps = (
            self.env["stock.scrap"]
            .sudo()
            .create([line._prepare_scrap() for line in lines])
            .sudo(self.env.su)
        )
        self.env["ir.attachment"].create(
            [
                {
                    "name": self.document_name or self.env._("Disposal"),
                    "datas": self.document,
                    "res_model": scrap._name,
                    "res_id": scrap.id,
                }
                for scrap in scraps
            ]
        )
        return scraps


class FarmRecallDisposalLine(models.TransientModel):
    _name = "farm.recall.disposal.line"
    _description = "Goods to Dispose of"
    _order = "id"

    disposal_id = fields.Many2one(
        "farm.recall.disposal", required=True, index=True, ondelete="cascade"
    )
    quant_id = fields.Many2one("stock.quant", required=True, readonly=True)
    lot_id = fields.Many2one(related="quant_id.lot_id")
    product_id = fields.Many2one(related="quant_id.product_id")
    location_id = fields.Many2one(related="quant_id.location_id")
    uom_id = fields.Many2one(related="quant_id.product_uom_id")
    there = fields.Float(
        related="quant_id.quantity", string="There", help="What lies there now."
    )
    quantity = fields.Float("Dispose of", digits="Product Unit")

    def _check_quantities(self):
        for line in self:
            same = self.filtered(lambda one, quant=line.quant_id: one.quant_id == quant)
            wrong = line.quantity < 0 or sum(same.mapped("quantity")) > line.there
            if wrong or line.lot_id not in line.disposal_id.recall_id.lot_ids:
                raise UserError(
                    self.env._(
                        "Of lot %(lot)s at %(place)s only %(there)s %(unit)s can be"
                        " disposed of.",
                        lot=line.lot_id.name,
                        place=line.location_id.display_name,
                        there=f"{line.there:g}",
                        unit=line.uom_id.name,
                    )
                )

    def _prepare_scrap(self):
        recall = self.disposal_id.recall_id
        return {
            "product_id": self.product_id.id,
            "lot_id": self.lot_id.id,
            "package_id": self.quant_id.package_id.id,
            "owner_id": self.quant_id.owner_id.id,
            "location_id": self.location_id.id,
            "scrap_qty": self.quantity,
            "company_id": recall.company_id.id,
            "origin": recall.name,
            "recall_id": recall.id,
            "recall_witness": self.disposal_id.witness,
        }

    def _amounts(self):
        return ", ".join(
            f"{sum(lines.mapped('quantity')):g} {unit.name}"
            for unit, lines in self.grouped("uom_id").items()
        )
