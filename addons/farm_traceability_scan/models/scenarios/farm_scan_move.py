from odoo import api, models
from odoo.addons.farm_traceability.wording import number_text
from odoo.exceptions import UserError
from odoo.fields import Command, Domain

from ..events.sent import cleaned
from .result import Result


class FarmScanMove(models.AbstractModel):
    """Move: source, item and destination are scanned, in any order that makes sense.

    What is known so far comes with each answer (``draft``), and back with each scan.

    1. an item; where it lies is known, or asked when it lies at several places
    2. a place: the source as long as that is not known, else the destination
    3. with the destination the transfer is made and done
    """

    _name = "farm.scan.move"
    _inherit = "farm.scan.scenario"
    _description = "Scan Screens: Moving"
    _document_model = None

    @api.model
    def _title(self):
        return self.env._("Move")

    @api.model
    def _do_scan(self, _document, sent):
        meaning = self._meaning(sent, self._can_be_here)
        if isinstance(meaning, Result):
            return meaning
        draft = self._draft(sent)
        if meaning.kind == "location":
            return self._take_location(draft, meaning, sent)
        if meaning.kind not in ("lot", "product", "package"):
            raise UserError(
                self.env._("“%(name)s” cannot be moved.", name=meaning.name)
            )
        return self._take_item(draft, meaning)

    def _can_be_here(self, meaning):
        return meaning.kind in ("location", "package", "product", "lot")

    def _draft(self, sent):
        """What is known so far, as records; what is not sensible is not known.

        Without network a device knows no answers: its scans then name the one before
        (``of``), and what that was answered is known.
        """
        known = self._draft_after(sent["of"]) if sent["of"] else sent["draft"]
        models_ = {
            "source": "stock.location",
            "product": "product.product",
            "lot": "stock.lot",
            "package": "stock.package",
        }
        records = {
            name: self.env[model].browse(known[f"{name}_id"]).exists()
            for name, model in models_.items()
        }
        return records | {"quantity": known["quantity"]}

    def _draft_after(self, uuid):
        event = self.env["farm.scan.event"].search([("uuid", "=", uuid)])
        if event.state != "applied" or event.user_id != self.env.user:
            raise UserError(
                self.env._(
                    "The scan before this one was not taken. Begin again with what is"
                    " moved."
                )
            )
        return cleaned({"draft": (event.answer or {}).get("draft")})["draft"]

    # -- item -------------------------------------------------------------------------

    def _take_item(self, draft, meaning):
        product = self.env["product.product"].browse(meaning.product_id or [])
        if meaning.kind == "product" and product.tracking != "none":
            return Result(
                self.env._("Now the lot of %(product)s", product=product.display_name),
                answer={"draft": self._sent(draft | {"product": product})},
            )
        draft |= {
            "product": product,
            "lot": self.env["stock.lot"].browse(meaning.kind == "lot" and meaning.id),
            "package": self.env["stock.package"].browse(
                meaning.kind == "package" and meaning.id
            ),
            "quantity": meaning.quantity,
        }
        return self._asked_next(draft, self._quants(draft))

    def _quants(self, draft):
        """What of the item lies where this user works."""
        item = (
            Domain("id", "in", draft["package"].contained_quant_ids.ids)
            if draft["package"]
            else Domain("product_id", "=", draft["product"].id)
            & Domain("lot_id", "=", draft["lot"].id)
        )
        mine = self.env.user._get_scan_warehouses()
        here = Domain("location_id.warehouse_id", "in", mine.ids)
        if draft["source"]:
            here &= Domain("location_id", "child_of", draft["source"].id)
        inside = Domain("location_id.usage", "=", "internal")
        return self.env["stock.quant"].search(
            item & here & inside & Domain("quantity", ">", 0)
        )

    def _asked_next(self, draft, quants):
        places = quants.location_id
        if not places:
            raise UserError(
                self.env._(
                    "%(item)s does not lie here. Look it up to see where it is.",
                    item=self._item_name(draft),
                )
            )
        if len(places) > 1:
            message = self.env._(
                "%(item)s lies at %(places)s. Scan where you take it.",
                item=self._item_name(draft),
                places=", ".join(places.mapped("display_name")),
            )
            return Result(message, answer={"draft": self._sent(draft)})
        draft["source"] = places
        message = self.env._(
            "%(item)s from %(place)s. Where to?",
            item=self._item_name(draft),
            place=places.display_name,
        )
        free = sum(quants.mapped("available_quantity"))
        return Result(message, answer={"draft": self._sent(draft), "free": free})

    def _item_name(self, draft):
        first = draft["package"] or draft["lot"] or draft["product"]
        return first.display_name

    # -- place ------------------------------------------------------------------------

    def _take_location(self, draft, meaning, sent):
        place = self.env["stock.location"].browse(meaning.id)
        has_item = (
            draft["package"]
            or draft["lot"]
            or (draft["product"] and draft["product"].tracking == "none")
        )
        if not has_item:
            draft["source"] = place
            return Result(
                self.env._("From %(place)s: scan what.", place=place.display_name),
                answer={"draft": self._sent(draft)},
            )
        if not draft["source"]:
            draft["source"] = place
            return self._asked_next(draft, self._quants(draft))
        return self._move(draft, place, sent)

    def _move(self, draft, target, sent):
        if target == draft["source"]:
            raise UserError(
                self.env._(
                    "%(item)s is at %(place)s already: scan another place.",
                    item=self._item_name(draft),
                    place=target.display_name,
                )
            )
        quants = self._quants(draft)
        typed = sent["quantity"]
        wanted = typed if typed is not None else draft["quantity"]
        picking = self._make(draft, target, quants, wanted)
        picking.action_confirm()
        picking.move_ids.picked = True
        picking.with_context(skip_backorder=True).button_validate()
        if picking.state != "done":
            raise UserError(
                self.env._("This cannot be moved here. Move it in the office.")
            )
        moved = sum(picking.move_ids.mapped("quantity"))
        return Result(
            self.env._(
                "%(item)s: %(quantity)s to %(place)s",
                item=self._item_name(draft),
                quantity=number_text(self.env, moved),
                place=target.display_name,
            ),
            answer={"draft": {}, "done": picking.name},
        )

    def _make(self, draft, target, quants, wanted):
        """A transfer with the lines of what is moved.

        :raises UserError: if there is less than is wanted
        """
        lines = list(self._parts(quants, None if draft["package"] else wanted))
        kind = draft["source"].warehouse_id.int_type_id
        moves = [
            Command.create(
                {
                    "product_id": quant.product_id.id,
                    "product_uom": quant.product_uom_id.id,
                    "product_uom_qty": quantity,
                    "location_id": quant.location_id.id,
                    "location_dest_id": target.id,
                    "move_line_ids": [
                        Command.create(self._line_vals(quant, quantity, draft, target))
                    ],
                }
            )
            for quant, quantity in lines
        ]
        picking = self.env["stock.picking"].create(
            {
                "picking_type_id": kind.id,
                "location_id": draft["source"].id,
                "location_dest_id": target.id,
                "move_ids": moves,
            }
        )
        # Lines that come with their moves do not know it yet.
        picking.move_ids.move_line_ids.picking_id = picking
        return picking

    def _parts(self, quants, wanted):
        """Pairs of a quant and how much of it is moved.

        :param wanted: None for all that is free
        """
        free = sum(quants.mapped("available_quantity"))
        unit = quants.product_uom_id[:1]
        rest = free if wanted is None else wanted
        if rest <= 0 or unit.compare(rest, free) > 0:
            raise UserError(
                self.env._(
                    "Only %(free)s %(unit)s are free here, not %(wanted)s.",
                    free=number_text(self.env, free),
                    unit=unit.name,
                    wanted=number_text(self.env, rest),
                )
            )
        for quant in quants:
            part = min(rest, quant.available_quantity)
            if part > 0:
                rest -= part
                yield quant, part

    def _line_vals(self, quant, quantity, draft, target):
        return {
            "product_id": quant.product_id.id,
            "product_uom_id": quant.product_uom_id.id,
            "lot_id": quant.lot_id.id,
            "owner_id": quant.owner_id.id,
            "package_id": quant.package_id.id,
            "result_package_id": draft["package"].id,
            "quantity": quantity,
            "location_id": quant.location_id.id,
            "location_dest_id": target.id,
        }

    def _sent(self, draft):
        """A draft as it goes to the device and comes back, and its names for people."""
        item = draft["package"] or draft["lot"] or draft["product"]
        return {
            "item_name": item.display_name or "",
            "source_name": draft["source"].display_name or "",
            "unit": draft["product"].uom_id.name or "",
            "needs_lot": draft["product"].tracking in ("lot", "serial"),
        } | {
            f"{name}_id" if hasattr(value, "ids") else name: value.id
            if hasattr(value, "ids")
            else value
            for name, value in draft.items()
        }
