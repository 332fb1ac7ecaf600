from odoo import fields, models
from odoo.exceptions import UserError

from ...protocol.problems import Damaged
from .results import Applied, Conflict

HARVESTERS = ("farmer", "collector", "standing_crop_buyer")


class FarmRfidPurchase(models.AbstractModel):
    """A purchase at the farm gate: harvest, lots and receipt, as at the desk.

    Body: ``at`` (ms), ``farmer`` (chain number), ``crop`` (code), and if known
    ``cycle`` (its number), ``grade`` (code), ``harvested_by``, ``harvest_date``
    (``2026-11-22``), ``certificate`` (its number, as seen); ``bunches``: each ``code``
    (lineage), ``grams``, and if known ``hands`` and ``grade``.
    """

    _name = "farm.rfid.purchase"
    _inherit = ["farm.rfid.tagging"]
    _description = "Purchase at the Farm Gate"

    def _apply(self, event, body):
        bunches = list(body.each("bunches"))
        codes = tuple(bunch.text("code", longest=40) for bunch in bunches)
        self._check_codes_free(codes)
        cycle = self._cycle(body)
        harvest = self.env["farm.harvest"].receive_at_farm_gate(
            self._prepare_harvest_vals(event, body, cycle),
            self._prepare_bunches(event, bunches, cycle),
            event.device_id.warehouse_id.in_type_id.id,
            event.waiver_reason or "",
        )
        return self._applied(harvest, body, codes)

    def _applied(self, harvest, body, codes):
        code, message = self._flag(harvest, body)
        return Applied(
            code=code,
            message=message,
            refs={
                "harvest": harvest.name,
                "receipts": harvest.picking_ids.mapped("name"),
                "lots": harvest.lot_ids.mapped("name"),
            },
            links={
                "harvest_id": harvest.id,
                "picking_id": harvest.picking_ids[:1].id,
                "lot_ids": [fields.Command.set(harvest.lot_ids.ids)],
            },
            arrived=codes,
        )

    def _flag(self, harvest, body):
        """What was believed at the farm gate and is not so here: code and sentence."""
        seen = body.optional("text", "certificate", longest=64)
        # The collector may not see the certificate any more; its number is no secret.
        certificate = harvest.sudo().certificate_id
        if seen and seen != certificate.name:
            return "certificate-other", self.env._(
                "The device saw certificate %(seen)s; here it is %(known)s.",
                seen=seen,
                known=certificate.name or self.env._("none"),
            )
        if certificate and certificate.state != "valid":
            return "certificate-lapsed", self.env._(
                "Certificate %(number)s was valid on the day of the purchase and is not"
                " any more.",
                number=certificate.name,
            )
        return "", ""

    def _check_codes_free(self, codes):
        if len(set(codes)) < len(codes):
            raise Damaged("bunches: a code comes twice")
        # A code is unique in all companies: whose lot has it does not matter.
        lots = self.env["stock.lot"].sudo().search([("lineage_code", "in", codes)])
        if lots:
            raise Conflict(
                "code-taken",
                self.env._(
                    "There is a lot of the code %(codes)s already: a tag was copied, or"
                    " a bunch bought twice.",
                    codes=", ".join(lots[:5].mapped("lineage_code")),
                ),
            )

    # -- what the codes mean ----------------------------------------------------------

    def _cycle(self, body):
        crop = self._crop(body.text("crop", longest=16))
        farmer = self._farmer(body.text("farmer", longest=64))
        domain = [("farmer_id", "=", farmer.id), ("crop_id", "=", crop.id)]
        name = body.optional("text", "cycle", longest=64)
        if name:
            domain += [("name", "=", name)]
        else:
            domain += [("state", "!=", "closed")]
        cycle = self.env["farm.cycle"].search(
            domain, order="planting_date desc, id desc", limit=1
        )
        if not cycle:
            raise UserError(
                self.env._(
                    "%(farmer)s grows no %(crop)s here. Record the growing cycle, and"
                    " try again.",
                    farmer=farmer.display_name,
                    crop=crop.name,
                )
            )
        return cycle

    def _farmer(self, code):
        farmer = self.env["res.partner"].search(
            [("farm_code", "=", code), ("is_farmer", "=", True)], limit=1
        )
        if not farmer:
            raise UserError(
                self.env._(
                    "There is no farmer with the chain number %(code)s here. Register"
                    " the farmer, and try again.",
                    code=code,
                )
            )
        return farmer

    def _crop(self, code):
        crop = self.env["farm.crop"].search([("code", "=", code)], limit=1)
        if not crop:
            raise UserError(
                self.env._(
                    "There is no crop with the code %(code)s. Add it, and try again.",
                    code=code,
                )
            )
        return crop

    def _product(self, crop, company):
        products = self.env["product.product"].search(
            [
                ("farm_crop_id", "=", crop.id),
                ("tracking", "=", "lot"),
                ("company_id", "in", [False, company.id]),
            ],
            order="id",
        )
        # Bunches are weighed; what is counted are their hands.
        weighed = products.filtered(lambda one: self._is_weight(one.uom_id))
        product = (weighed or products)[:1]
        if not product:
            raise UserError(
                self.env._(
                    "There is no product of %(crop)s that is tracked by lots. Add it,"
                    " and try again.",
                    crop=crop.name,
                )
            )
        return product

    def _grade(self, crop, code):
        if not code:
            return self.env["farm.grade"]
        grade = crop.grade_ids.filtered(lambda one: one.code == code)
        if not grade:
            raise UserError(
                self.env._(
                    "%(crop)s has no grade %(code)s. Add it, and try again.",
                    crop=crop.name,
                    code=code,
                )
            )
        return grade

    # -- values -----------------------------------------------------------------------

    def _prepare_harvest_vals(self, event, body, cycle):
        harvested_by = body.optional("text", "harvested_by", longest=32) or "farmer"
        if harvested_by not in HARVESTERS:
            raise Damaged("harvested_by is no role that is known")
        return {
            "cycle_id": cycle.id,
            "company_id": event.company_id.id,
            "date": self._harvest_date(event, body),
            "purchase_date": event.at,
            "harvested_by": harvested_by,
            "tool": cycle.guide_id.harvest_tool,
            "grade_id": self._grade(
                cycle.crop_id, body.optional("text", "grade", longest=16)
            ).id,
        }

    def _harvest_date(self, event, body):
        text = body.optional("text", "harvest_date", longest=10)
        if not text:
            return fields.Datetime.context_timestamp(self, event.at).date()
        try:
            return fields.Date.to_date(text)
        except ValueError:
            raise Damaged("harvest_date is no date") from None

    def _quantity(self, bunch, product):
        grams = bunch.number("grams", least=1, most=10**9)
        uom = product.uom_id
        return self._in_unit(grams, uom) if self._is_weight(uom) else 1

    def _prepare_bunches(self, event, bunches, cycle):
        product = self._product(cycle.crop_id, event.company_id)
        return [
            {
                "product_id": product.id,
                "quantity": self._quantity(bunch, product),
                "piece_count": bunch.optional("number", "hands", most=10_000) or 0,
                "grade_id": self._grade(
                    cycle.crop_id, bunch.optional("text", "grade", longest=16)
                ).id,
                "lineage_code": bunch.text("code", longest=40),
            }
            for bunch in bunches
        ]
