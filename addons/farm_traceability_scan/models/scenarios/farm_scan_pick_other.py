from odoo import models
from odoo.exceptions import UserError
from odoo.fields import Domain

from .result import Asks, question


class FarmScanPick(models.AbstractModel):
    """Another lot than the strategy gave.

    Holds, dates and promises refuse it, and the sentence goes on with what to take;
    the deviation rule of the operation type asks for a reason, or stops.
    """

    _inherit = "farm.scan.pick"

    def _exchange(self, line, lot, quantity, sent):
        """Take another lot than the strategy gave.

        :return: the line with that lot, and what takes it back
        :raises Asks: for the reason
        """
        given = line.lot_id
        try:
            taken, undo = self._split_off(line, quantity)
            taken.write(
                {"lot_id": lot.id}
                | self._source_vals(lot, line, sent)
                | self._reason_vals(sent)
            )
            taken._check_gate()
        except UserError as error:
            text = f"{error}{self._instead_text(line, given)}"
            raise UserError(text) from None
        passed = taken._deviations()
        refusal = passed and taken._deviation_refusal(passed[taken])
        if not refusal:
            return taken, undo
        if taken._is_stopped_from_deviating():
            raise UserError(refusal)
        # Nothing of what was tried stays.
        raise Asks(self._ask_reason(lot, passed[taken]))

    def _source_vals(self, lot, line, sent):
        """Where the lot is taken: at the place scanned or given, if it lies there."""
        within = line.picking_id.location_id
        quants = self.env["stock.quant"].search(
            [
                ("lot_id", "=", lot.id),
                ("location_id", "child_of", within.id),
                ("quantity", ">", 0),
            ]
        )
        here = (sent["location_id"], line.location_id.id)
        best = quants.sorted(
            lambda quant: (quant.location_id.id not in here, -quant.available_quantity)
        )
        return {
            "location_id": (best[:1].location_id or line.location_id).id,
            "package_id": best[:1].package_id.id,
            "result_package_id": False,
        }

    def _reason_vals(self, sent):
        reason = self.env["farm.deviation.reason"].browse(sent["reason_id"])
        return {
            "deviation_reason_id": reason.exists().id,
            "deviation_note": sent["note"][:500] or False,
        }

    def _ask_reason(self, lot, given):
        reasons = self.env["farm.deviation.reason"].search(Domain.TRUE)
        return question(
            "reason",
            self.env._(
                "Lot %(given)s was given. Why do you take %(taken)s?",
                given=given.name,
                taken=lot.name,
            ),
            [
                {"key": str(one.id), "name": one.name, "needs_note": one.needs_note}
                for one in reasons
            ],
        )

    def _split_off(self, line, quantity):
        """A line of its own for a part that is taken from another lot.

        :return: the line, and what takes that back
        """
        if line.product_uom_id.compare(quantity, line.quantity) == 0:
            given = {
                "lot": line.lot_id.id,
                "place": line.location_id.id,
                "package": line.package_id.id,
                "into": line.result_package_id.id,
            }
            return line, [{"line": line.id} | given]
        line.quantity -= quantity
        part = line.copy({"quantity": quantity, "lot_id": False})
        return part, [{"line": part.id, "joins": line.id}]

    def _instead_text(self, line, given):
        return self._take_text(line, given) if given else ""
