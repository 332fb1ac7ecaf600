"""Which labels are printed from which records.

Every model that labels are printed from has ``_get_label_subjects(kind)``: one
:class:`.farm_label_values.Subject` for each lot or package that it speaks of.
"""

from odoo import models
from odoo.exceptions import UserError

from .farm_label_values import Subject


class StockLot(models.Model):
    _inherit = "stock.lot"

    def _get_label_subjects(self, kind):
        if kind == "package":
            return self.quant_ids.package_id._get_label_subjects(kind)
        return [lot._get_label_subject(lot, lot.product_qty) for lot in self]

    def _get_label_subject(self, record, quantity, location=None, count=None):
        """The lot as it lies somewhere.

        :param record: what the label is printed from
        """
        return Subject(
            record,
            self.product_id,
            self,
            self.env["stock.package"],
            self.location_id if location is None else location,
            quantity,
            self.remaining_count or self.piece_count if count is None else count,
        )


class StockQuant(models.Model):
    _inherit = "stock.quant"

    def _get_label_subjects(self, kind):
        if kind == "package":
            return self.package_id._get_label_subjects(kind)
        return [
            quant.lot_id._get_label_subject(quant, quant.quantity, quant.location_id)
            for quant in self
            if quant.lot_id
        ]


class StockMoveLine(models.Model):
    _inherit = "stock.move.line"

    def _get_label_subjects(self, kind):
        if kind == "package":
            packages = self.result_package_id or self.package_id
            return packages._get_label_subjects(kind)
        self._check_lots_are_made()
        return [
            line.lot_id._get_label_subject(
                line, line.quantity_product_uom, line.location_dest_id
            )
            for line in self
            if line.lot_id
        ]

    def _check_lots_are_made(self):
        unmade = self.filtered(lambda line: line.lot_name and not line.lot_id)
        if unmade:
            raise UserError(
                self.env._(
                    "Lot %(lot)s is not received yet. Validate %(picking)s, then print"
                    " its labels.",
                    lot=unmade[0].lot_name,
                    picking=unmade[0].picking_id.name or unmade[0].reference,
                )
            )


class StockPicking(models.Model):
    _inherit = "stock.picking"

    def _get_label_subjects(self, kind):
        # A line that a program made may know its move alone.
        lines = self.move_line_ids | self.move_ids.move_line_ids
        return lines._get_label_subjects(kind)


class FarmLotOperation(models.Model):
    _inherit = "farm.lot.operation"

    def _get_label_subjects(self, kind):
        return self.output_ids._get_label_subjects(kind)


class FarmLotOperationOutput(models.Model):
    _inherit = "farm.lot.operation.output"

    def _get_label_subjects(self, kind):
        if kind == "package":
            return self.package_id._get_label_subjects(kind)
        return [
            output.lot_id._get_label_subject(
                output,
                output.quantity,
                output.operation_id.location_id,
                output.piece_count,
            )
            for output in self
            if output.lot_id
        ]


class StockPackage(models.Model):
    _inherit = "stock.package"

    def _get_label_subjects(self, kind):
        if kind == "lot":
            return self.contained_quant_ids._get_label_subjects(kind)
        return [package._get_label_subject() for package in self]

    def _get_label_subject(self):
        """The package with what all in it has in common."""
        quants = self.contained_quant_ids
        product, lot = quants.product_id, quants.lot_id
        one_product = product if len(product) == 1 else product.browse()
        one_lot = lot if len(lot) == 1 else lot.browse()
        counts = [one.remaining_count or one.piece_count for one in lot]
        return Subject(
            self,
            one_product,
            one_lot,
            self,
            self.location_id,
            sum(quants.mapped("quantity")) if one_product else 0.0,
            sum(counts) if one_product else 0,
        )
