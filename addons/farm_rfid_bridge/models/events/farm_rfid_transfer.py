from odoo import models
from odoo.exceptions import UserError
from odoo.fields import Command

from .results import Applied, Conflict

MOST_LOTS = 500


class FarmRfidTransfer(models.AbstractModel):
    """Tagged lots are brought to another place of the company.

    Body: ``codes``, ``to`` (code of a read point, or barcode of a place).
    """

    _name = "farm.rfid.transfer"
    _inherit = ["farm.rfid.tagging"]
    _description = "Transfer of Lots"

    def _apply(self, event, body):
        place = self._place(body.text("to", longest=64))
        self._check_works_at(event, place)
        lots = self._lots_of(self._codes(body, "codes", MOST_LOTS), event)
        quants = self._quants_of(lots)
        for lot in lots - quants.lot_id:
            self._park_if_on_the_way(lot)
            raise Conflict(
                "nothing-left",
                self.env._("Nothing is left of %(lot)s here.", lot=lot.name),
                lot_ids=[Command.set(lot.ids)],
            )
        picking = self._move(event, quants, place)
        tags = self.env["farm.tag"]
        tags = tags.search(tags._get_code_domain(lots.mapped("lineage_code")))
        tags._record(
            "moved",
            event,
            place.complete_name,
            last_seen=event.at,
            last_location_id=place.id,
            last_device_id=event.device_id.id,
        )
        return Applied(
            refs={"transfer": picking.name} if picking else {},
            links={
                "picking_id": picking.id,
                "lot_ids": [Command.set(lots.ids)],
                "tag_ids": [Command.set(tags.ids)],
            },
        )

    def _place(self, code):
        place = self.env["stock.location"].search(
            [
                ("barcode", "=", code),
                ("usage", "=", "internal"),
                ("company_id", "=", self.env.company.id),
            ],
            limit=1,
        )
        if not place:
            raise UserError(
                self.env._(
                    "There is no place with the barcode %(code)s here. Add it, and try"
                    " again.",
                    code=code,
                )
            )
        return place

    # -- moves ------------------------------------------------------------------------

    def _move(self, event, quants, place):
        """Bring what does not lie there already, in one transfer that is done."""
        quants = quants.filtered(lambda quant: quant.location_id != place)
        if not quants:
            return self.env["stock.picking"]
        self._check_free(quants)
        picking = self.env["stock.picking"].create(
            self._prepare_picking_vals(event, quants, place)
        )
        picking.action_confirm()
        picking.move_ids.picked = True
        picking._action_done()
        return picking

    def _check_free(self, quants):
        promised = quants.filtered("reserved_quantity").lot_id
        if promised:
            raise UserError(
                self.env._(
                    "%(lots)s is promised to others: pick it for its order.",
                    lots=", ".join(promised.mapped("name")),
                )
            )

    def _prepare_picking_vals(self, event, quants, place):
        warehouse = place.warehouse_id or event.device_id.warehouse_id
        if not warehouse.int_type_id:
            raise UserError(
                self.env._("%(place)s is of no warehouse.", place=place.complete_name)
            )
        source = quants[0].location_id
        # What was packed with others that stay is taken out of its package.
        packages = quants.package_id.filtered(lambda one: one.quant_ids <= quants)
        return {
            "picking_type_id": warehouse.int_type_id.id,
            "location_id": source.id,
            "location_dest_id": place.id,
            "origin": event.display_name,
            "scheduled_date": event.at,
            "move_ids": [
                Command.create(
                    self._prepare_move_vals(product, of_product, packages, place)
                )
                for product, of_product in quants.grouped("product_id").items()
            ],
        }

    def _prepare_move_vals(self, product, quants, packages, place):
        shared = {"product_id": product.id, "location_dest_id": place.id}
        return shared | {
            "location_id": quants[0].location_id.id,
            "product_uom": product.uom_id.id,
            "product_uom_qty": sum(quants.mapped("quantity")),
            "move_line_ids": [
                Command.create(
                    shared
                    | {
                        "product_uom_id": product.uom_id.id,
                        "location_id": quant.location_id.id,
                        "lot_id": quant.lot_id.id,
                        "package_id": quant.package_id.id,
                        "result_package_id": (quant.package_id & packages).id,
                        "owner_id": quant.owner_id.id,
                        "quantity": quant.quantity,
                    }
                )
                for quant in quants
            ],
        }
