from odoo import fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

from ..models.deviation.stock_move_line import GIVING


class FarmExpiryWork(models.TransientModel):
    """Transfer and donate: one transfer for each warehouse, of exactly these goods."""

    _inherit = "farm.expiry.work"

    location_dest_id = fields.Many2one(
        "stock.location",
        "To",
        domain="[('usage', '=', 'internal'), ('company_id', '=', company_id)]",
    )
    partner_id = fields.Many2one("res.partner", "Given to")

    def action_transfer(self):
        lines = self._begin()
        target = self.location_dest_id
        if not target or target.usage != "internal":
            raise UserError(self.env._("Choose the place inside where the goods go."))
        if target in lines.location_id:
            raise UserError(
                self.env._(
                    "Some of the goods lie at %(place)s already: choose another place.",
                    place=target.display_name,
                )
            )
        pickings = self._make_pickings(lines, "int_type_id", target)
        return pickings._open_transfers(self.env._("Transfers"))

    def action_donate(self):
        lines = self._begin()
        if not self.partner_id:
            raise UserError(self.env._("Say who gets the goods."))
        self._check_not_expired(
            lines, self.env._("What has expired is not given away.")
        )
        partner = self.partner_id.with_company(self.company_id)
        pickings = self._make_pickings(
            lines,
            "out_type_id",
            partner.property_stock_customer,
            partner_id=partner.id,
            is_donation=True,
        )
        return pickings._open_transfers(self.env._("Transfers"))

    def _make_pickings(self, lines, type_name, target, **vals):
        pickings = self.env["stock.picking"]
        for house, there in lines.grouped(lambda line: line._get_warehouse()).items():
            picking = pickings.create(
                {
                    "picking_type_id": house[type_name].id,
                    "location_id": there._get_common_place(house).id,
                    "location_dest_id": target.id,
                    "company_id": self.company_id.id,
                    "origin": self.env._("Expiry Board"),
                }
                | vals
            )
            there._add_to(picking)
            pickings |= picking
        pickings.action_confirm()
        return pickings


class FarmExpiryWorkLine(models.TransientModel):
    _inherit = "farm.expiry.work.line"

    def _get_warehouse(self):
        """The warehouse that does it; for a place outside of any, the first one."""
        company = self.work_id.company_id
        return self.location_id.warehouse_id or self.env["stock.warehouse"].search(
            [("company_id", "=", company.id)], limit=1
        )

    def _get_common_place(self, house):
        """The nearest of the warehouse's own places that has all of the lines."""
        for place in (house.lot_stock_id, house.view_location_id):
            if all(one._child_of(place) for one in self.location_id):
                return place
        return self.location_id[0]

    def _add_to(self, picking):
        """Moves with these lots, packages and owners, reserved by being entered."""
        moves = self.grouped(lambda line: (line.product_id, line.location_id))
        # The lots are what the transfer is for: they are given, not typed in.
        picking.with_context(giving=GIVING).move_ids = [
            Command.create(lines._prepare_move(picking)) for lines in moves.values()
        ]

    def _prepare_move(self, picking):
        return {
            "product_id": self.product_id.id,
            "product_uom": self.uom_id.id,
            "product_uom_qty": sum(self.mapped("quantity")),
            "location_id": self.location_id.id,
            "location_dest_id": picking.location_dest_id.id,
            "picking_id": picking.id,
            "company_id": picking.company_id.id,
            "partner_id": picking.partner_id.id,
            "move_line_ids": [
                Command.create(line._prepare_move_line(picking)) for line in self
            ],
        }

    def _prepare_move_line(self, picking):
        quant = self.quant_id
        return {
            "picking_id": picking.id,
            "product_id": quant.product_id.id,
            "product_uom_id": quant.product_uom_id.id,
            "quantity": self.quantity,
            "lot_id": quant.lot_id.id,
            "package_id": quant.package_id.id,
            "result_package_id": self._get_package_kept().id,
            "owner_id": quant.owner_id.id,
            "location_id": quant.location_id.id,
            "location_dest_id": picking.location_dest_id.id,
        }

    def _get_package_kept(self):
        """The package, when all that is in it goes along."""
        package = self.quant_id.package_id
        going = {line.quant_id: line.quantity for line in self.work_id.line_ids}
        kept = all(
            quant.product_uom_id.compare(going.get(quant, 0.0), quant.quantity) == 0
            for quant in package.quant_ids
        )
        return package if kept else package.browse()
