from odoo import models
from odoo.exceptions import UserError
from odoo.fields import Command


class FarmReadTransfer(models.AbstractModel):
    """Transfers that are made for what nobody has asked for."""

    _inherit = "farm.read.transfer"

    def _make_transfers(self, point, parts):
        """A transfer for each place that goods come from outside, one for all inside.

        :param parts: dict of item → list of pairs of a quant and how much of it
        :return: dict of item → ``stock.picking``
        """
        kind = point._get_picking_type()
        whole = self._whole_packages(parts)
        by_source = {}
        for item, pairs in parts.items():
            for quant, quantity in pairs:
                source = self._source(kind, quant)
                by_source.setdefault(source, []).append((item, quant, quantity))
        pickings = {}
        for source, rows in by_source.items():
            picking = self.env["stock.picking"].create(
                self._prepare_transfer_vals(kind, source, point)
            )
            self.env["stock.move"].create(
                self._prepare_moves_vals(picking, rows, whole)
            )
            picking.action_confirm()
            picking.move_ids.picked = True
            for item, _quant, _quantity in rows:
                pickings[item] = pickings.get(item, picking) | picking
        return pickings

    def _source(self, kind, quant):
        """Where a transfer of a type takes this: of inside, the type's own source."""
        place = quant.location_id
        own = kind.default_location_src_id
        return own if own and place._child_of(own) else place

    def _whole_packages(self, parts):
        """Packages all of which is moved: they move as such."""
        moved = {
            quant: quantity for pairs in parts.values() for quant, quantity in pairs
        }
        packages = self.env["stock.package"].union(
            *(quant.package_id for quant in moved)
        )
        return packages.filtered(
            lambda package: all(
                quant.product_uom_id.compare(moved.get(quant, 0), quant.quantity) == 0
                for quant in package.quant_ids
            )
        )

    def _prepare_transfer_vals(self, kind, source, point):
        return {
            "picking_type_id": kind.id,
            "location_id": source.id,
            "location_dest_id": point.location_id.id,
            "origin": point.name,
            "user_id": self.env.uid,
        }

    def _prepare_moves_vals(self, picking, rows, whole):
        """One move for each product and place, with a line for each quant."""
        shared = {
            "picking_id": picking.id,
            "location_dest_id": picking.location_dest_id.id,
        }
        moves = {}
        for _item, quant, quantity in rows:
            product, place = quant.product_id, quant.location_id
            of_place = shared | {"location_id": place.id, "product_id": product.id}
            move = moves.setdefault(
                (product, place),
                of_place
                | {
                    "product_uom": product.uom_id.id,
                    "product_uom_qty": 0,
                    "move_line_ids": [],
                },
            )
            move["product_uom_qty"] += quantity
            line = self._prepare_line_vals(quant, quantity, whole)
            move["move_line_ids"].append(Command.create(of_place | line))
        return list(moves.values())

    def _prepare_line_vals(self, quant, quantity, whole):
        return {
            "product_uom_id": quant.product_uom_id.id,
            "lot_id": quant.lot_id.id,
            "owner_id": quant.owner_id.id,
            "package_id": quant.package_id.id,
            "result_package_id": (quant.package_id & whole).id,
            "quantity": quantity,
        }

    def _parts(self, items, quants):
        """What is moved of each item: what is free of it.

        :param quants: dict of item → ``stock.quant``
        :return: dict of item → list of pairs of a quant and how much of it
        :raises UserError: if nothing of one is free
        """
        wholes = self._wholes(items)
        return {item: self._part_of(item, quants[item], wholes[item]) for item in items}

    def _part_of(self, item, quants, whole):
        left = sum(quants.mapped("quantity"))
        if item.pieces:
            left = self._of_pieces(item, whole, left)
        pairs = []
        for quant in quants:
            part = min(left, _free(quant))
            if quant.product_uom_id.compare(part, 0) > 0:
                left -= part
                pairs.append((quant, part))
        if not pairs:
            raise UserError(self._say_nothing_free(item))
        return pairs

    def _say_nothing_free(self, item):
        return self.env._(
            "Nothing of %(item)s is free to be moved: it is reserved for another"
            " transfer.",
            item=self._item_name(item),
        )


def _free(quant):
    """How much of it may be taken: what lies outside of the stock is not reserved."""
    if quant.location_id.usage in ("internal", "transit"):
        return quant.quantity - quant.reserved_quantity
    return quant.quantity
