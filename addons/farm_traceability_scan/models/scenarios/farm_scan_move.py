from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ..events.sent import cleaned
from .result import Result

# Places that one sentence names.
NAMED = 3


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
        found = self.env["stock.quant"].search(item & self._lying_domain())
        source = draft["source"]
        if not source:
            return found
        there = found.filtered(lambda quant: quant.location_id == source)
        return there or found.filtered(
            lambda quant: quant.location_id._child_of(source)
        )

    def _lying_domain(self):
        """Stock that lies where this user works."""
        mine = self.env.user._get_scan_warehouses()
        here = Domain("location_id.warehouse_id", "in", mine.ids)
        inside = Domain("location_id.usage", "=", "internal")
        return here & inside & Domain("quantity", ">", 0)

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
            return self._ask_source(draft, quants)
        draft["source"] = places
        message = self.env._(
            "%(item)s from %(place)s. Where to?",
            item=self._item_name(draft),
            place=places.display_name,
        )
        answer = {
            "draft": self._sent(draft),
            "free": sum(quants.mapped("available_quantity")),
            "near": self._near(self._alike(draft)),
        }
        return Result(message, answer=answer)

    def _ask_source(self, draft, quants):
        draft["source"] = draft["source"].browse()
        names = quants.location_id.mapped("display_name")
        message = self.env._(
            "%(item)s lies at %(places)s. Scan where you take it.",
            item=self._item_name(draft),
            places=", ".join(names[:NAMED]) + (" …" if len(names) > NAMED else ""),
        )
        answer = {"draft": self._sent(draft), "near": self._near(quants)}
        return Result(message, answer=answer)

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
                self.env._(
                    "From %(place)s: scan what you move.", place=place.display_name
                ),
                answer={"draft": self._sent(draft)},
            )
        if not draft["source"]:
            draft["source"] = place
            return self._asked_next(draft, self._quants(draft))
        self._check_target(draft, place)
        return self._move(draft, place, sent)

    def _check_target(self, draft, target):
        if target == draft["source"]:
            raise UserError(
                self.env._(
                    "%(item)s is at %(place)s already: scan another place.",
                    item=self._item_name(draft),
                    place=target.display_name,
                )
            )
        if target.warehouse_id not in self.env.user._get_scan_warehouses():
            raise UserError(
                self.env._(
                    "%(place)s is in no warehouse of yours: scan another place.",
                    place=target.display_name,
                )
            )

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
