from odoo import models
from odoo.exceptions import UserError
from odoo.fields import Command

from ..tag.farm_tag_register import Mark


class FarmRfidSplit(models.AbstractModel):
    """The lot operation that a split is, and the tags of its hands."""

    _inherit = "farm.rfid.split"

    def _split(self, event, body, whole, hands, weights):
        """Post the operation; its outputs are in the order of the hands."""
        loss = self._loss(whole, body)
        quants = self._quants_of(whole)
        on_hand = sum(quants.mapped("quantity"))
        needed = sum(weights) + loss
        self._check_weight(whole, needed, on_hand)
        inputs = self._prepare_inputs(whole, quants, min(needed, on_hand))
        product = self._part_product(whole, body)
        operation = self.env["farm.lot.operation"].create(
            {
                "kind": "split",
                "date": event.at,
                "company_id": event.company_id.id,
                "location_id": inputs[0]["location_id"],
                "input_ids": [Command.create(vals) for vals in inputs],
            }
        )
        operation.write(
            {
                "output_ids": [
                    Command.create(self._prepare_output_vals(product, weight))
                    for weight in weights
                ],
                "loss_ids": self._prepare_losses(loss),
            }
        )
        operation.action_post()
        return operation

    def _prepare_inputs(self, whole, quants, needed):
        """Values of inputs that give what is needed, of as few places as can be."""
        uom, vals_list = whole.product_id.uom_id, []
        for quant in quants.sorted(lambda one: one._get_free_to_operate(), True):
            take = min(quant._get_free_to_operate(), needed)
            if uom.compare(take, 0) > 0:
                vals = quant._prepare_operation_input_vals() | {"quantity": take}
                vals_list.append(vals)
                needed -= take
        if uom.compare(needed, 0) > 0:
            raise UserError(
                self.env._(
                    "%(missing)s %(unit)s of %(lot)s are promised to others. Take them"
                    " back, and try again.",
                    missing=uom.round(needed),
                    unit=uom.name,
                    lot=whole.name,
                )
            )
        return vals_list

    def _prepare_output_vals(self, product, weight):
        return {
            "product_id": product.id,
            "input_quantity": weight,
            "piece_count": 1,
        }

    def _prepare_losses(self, loss):
        if not loss:
            return []
        return [Command.create({"quantity": loss, "kind": "stalk"})]

    def _part_product(self, whole, body):
        """What the hands are: as the device says, else as at the desk."""
        reference = body.optional("text", "product", longest=64)
        domain = [
            ("farm_crop_id", "=", whole.farm_crop_id.id),
            ("tracking", "=", "lot"),
        ]
        if reference:
            domain += [("default_code", "=", reference)]
        else:
            domain += [("id", "!=", whole.product_id.id)]
        product = self.env["product.product"].search(domain, limit=1)
        if reference and not product:
            raise UserError(
                self.env._(
                    "There is no product %(reference)s that is tracked by lots, of"
                    " the crop of %(lot)s. Add it, and try again.",
                    reference=reference,
                    lot=whole.name,
                )
            )
        return product or whole.product_id

    # -- tags -------------------------------------------------------------------------

    def _tag(self, event, whole, hands, lots):
        """Tags of the hands; the bunch's own is split when nothing is left of it."""
        tags = self.env["farm.tag"]
        parent = tags.search(tags._get_code_domain([whole.lineage_code]), limit=1)
        ended = {} if self._is_left(whole) else {"state": "split"}
        parent._record("split", event, **ended, last_seen=event.at)
        marks = [
            Mark(
                hand.uid,
                hand.code,
                self._prepare_part_vals(event, parent, lot)
                | {"part_index": hand.index}
                | self._prepare_written_vals(event, hand.body),
            )
            for hand, lot in zip(hands, lots, strict=True)
        ]
        return parent | tags._register_marks(marks, event)

    def _is_left(self, whole):
        """Whether hands are left, or where nobody counted them, anything."""
        if whole.piece_count:
            return whole.remaining_count > 0
        return sum(self._quants_of(whole).mapped("quantity")) > 0

    def _prepare_part_vals(self, event, parent, lot):
        return {
            "kind": "unit",
            "company_id": event.company_id.id,
            "lot_id": lot.id,
            "parent_id": parent.id,
            "partner_id": parent.partner_id.id,
        }
