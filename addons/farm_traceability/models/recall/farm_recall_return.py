from collections import defaultdict

from odoo import models
from odoo.exceptions import UserError
from odoo.fields import Command


class FarmRecallCustomer(models.Model):
    """Goods come back by real returns, and others go there instead."""

    _inherit = "farm.recall.customer"

    def action_return(self):
        """Make a return for each delivery of which something is still there.

        Core's own returns, with the affected lots only, into quarantine. What really
        comes is set when it is received, as in any receipt.
        """
        self.ensure_one()
        self._check_running()
        self._check_real()
        returns = self.env["stock.picking"]
        for picking, quantities in self._returnable().items():
            returns |= self._make_return(picking, quantities)
        if not returns:
            raise UserError(
                self.env._(
                    "Nothing is left to come back from %(partner)s: no delivery on"
                    " record, or its returns are made already.",
                    partner=self.partner_id.name,
                )
            )
        self.recall_id._log(
            "returned",
            self.env._(
                "Returns made for %(partner)s: %(returns)s.",
                partner=self.partner_id.name,
                returns=", ".join(returns.mapped("name")),
            ),
        )
        return returns._open_transfers(self._get_transfers_title())

    def _returnable(self):
        """Affected quantities by delivery and lot, less what returns have already.

        :rtype: dict[stock.picking, dict[stock.move, dict[stock.lot, float]]]
        """
        lines = self._delivered_lines()
        taken = self._returning(lines.move_id)
        found = defaultdict(lambda: defaultdict(dict))
        for (move, lot), of_lot in lines.grouped(
            lambda line: (line.move_id, line.lot_id)
        ).items():
            left = sum(of_lot.mapped("quantity_product_uom")) - taken.get(
                (move.id, lot.id), 0.0
            )
            if lot.product_id.uom_id.compare(left, 0.0) > 0:
                found[move.picking_id][move][lot] = left
        return found

    def _delivered_lines(self):
        return self.env["stock.move.line"].search(
            [
                ("lot_id", "in", self.line_ids.lot_id.ids),
                ("state", "=", "done"),
                ("company_id", "=", self.company_id.id),
                ("location_dest_id.usage", "=", "customer"),
                ("location_id.usage", "!=", "customer"),
                (
                    "picking_id.partner_id.commercial_partner_id",
                    "=",
                    self.partner_id.id,
                ),
            ],
            order="id",
        )

    def _returning(self, moves):
        lines = self.env["stock.move.line"].search(
            [
                ("move_id.origin_returned_move_id", "in", moves.ids),
                ("state", "!=", "cancel"),
            ]
        )
        taken = defaultdict(float)
        for line in lines:
            key = line.move_id.origin_returned_move_id.id, line.lot_id.id
            taken[key] += line.quantity_product_uom
        return taken

    def _make_return(self, picking, quantities):
        place = self.recall_id._get_quarantine(picking.picking_type_id.warehouse_id)
        wizard = (
            self.env["stock.return.picking"]
            .with_context(recall_quarantine_id=place.id)
            .create({"picking_id": picking.id})
        )
        for line in wizard.product_return_moves:
            lots = quantities.get(line.move_id, {})
            line.quantity = line.product_id.uom_id._compute_quantity(
                sum(lots.values()), line.uom_id
            )
        back = wizard._create_return()
        for move in back.move_ids:
            self._name_lots(move, quantities[move.origin_returned_move_id])
        # Who made it and why is nobody's to enter on a transfer.
        back.sudo().write(
            {"recall_customer_id": self.id, "origin": self.recall_id.name}
        )
        return back

    def _name_lots(self, move, lots):
        """What core proposes may be any lot; only these come back."""
        move.move_line_ids.unlink()
        move.move_line_ids = [
            Command.create(
                {
                    "product_id": move.product_id.id,
                    "product_uom_id": move.product_id.uom_id.id,
                    "lot_id": lot.id,
                    "quantity": quantity,
                    "location_id": move.location_id.id,
                    "location_dest_id": move.location_dest_id.id,
                    "picking_id": move.picking_id.id,
                }
            )
            for lot, quantity in lots.items()
        ]

    def _get_transfers_title(self):
        return self.env._("Transfers of %(who)s", who=self.partner_id.name)

    # -- replacement ------------------------------------------------------------

    def action_replace(self):
        """A delivery of the same goods, of other lots: held ones are not reserved."""
        self.ensure_one()
        self._check_running()
        self._check_real()
        picking = self.env["stock.picking"].create(self._prepare_replacement())
        # Who made it and why is nobody's to enter on a transfer.
        picking.sudo().recall_customer_id = self
        picking.action_confirm()
        self.recall_id._log(
            "replaced",
            self.env._(
                "Replacement for %(partner)s: %(picking)s.",
                partner=self.partner_id.name,
                picking=picking.name,
            ),
        )
        return picking._open_transfers(self._get_transfers_title())

    def _prepare_replacement(self):
        delivery = self._delivered_lines().picking_id[-1:]
        if not delivery:
            raise UserError(
                self.env._(
                    "There is no delivery to %(partner)s to replace.",
                    partner=self.partner_id.name,
                )
            )
        places = {
            "location_id": delivery.location_id.id,
            "location_dest_id": delivery.location_dest_id.id,
        }
        amounts = defaultdict(float)
        for line in self.line_ids:
            amounts[line.product_id] += line.quantity + line.later
        return places | {
            "picking_type_id": delivery.picking_type_id.id,
            "partner_id": delivery.partner_id.id,
            "origin": self.recall_id.name,
            "move_ids": [
                Command.create(
                    places
                    | {
                        "product_id": product.id,
                        "product_uom": product.uom_id.id,
                        "product_uom_qty": quantity,
                    }
                )
                for product, quantity in amounts.items()
                if product.uom_id.compare(quantity, 0.0) > 0
            ],
        }


class FarmRecall(models.Model):
    _inherit = "farm.recall"

    def _get_quarantine(self, warehouse):
        """Where goods that come back are kept apart.

        :raises UserError: when the company has no such place
        """
        places = self.env["stock.location"].search(
            [
                ("is_quarantine", "=", True),
                ("usage", "=", "internal"),
                ("company_id", "=", self.company_id.id),
            ]
        )
        near = places.filtered(lambda place: place.warehouse_id == warehouse)
        if not places:
            raise UserError(
                self.env._(
                    "%(company)s has no quarantine place for goods that come back. Tick"
                    " “Quarantine” on a location first.",
                    company=self.company_id.name,
                )
            )
        return (near or places)[0]

    def action_open_returns(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Returns and Replacements"),
            "res_model": "stock.picking",
            "domain": [("recall_customer_id.recall_id", "=", self.id)],
            "view_mode": "list,kanban,form",
            "context": {"create": False},
        }


class StockReturnPicking(models.TransientModel):
    _inherit = "stock.return.picking"

    def _prepare_picking_default_values_based_on(self, picking):
        vals = super()._prepare_picking_default_values_based_on(picking)
        quarantine = self.env.context.get("recall_quarantine_id")
        return vals | ({"location_dest_id": quarantine} if quarantine else {})
