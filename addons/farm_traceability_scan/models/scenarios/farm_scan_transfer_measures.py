from odoo import api, models

from ..units import KILO, unit_of


class FarmScanTransfer(models.AbstractModel):
    """What a device needs to tell quantities by itself, without network."""

    _inherit = "farm.scan.transfer"

    @api.model
    def _line(self, line):
        vals = super()._line(line)
        vals["product"]["packs"] = self._packs(line)
        return vals | self._measures(line)

    def _packs(self, line):
        """How much each packaging holds, in the unit of the line, by its barcode."""
        return {
            pack.barcode: pack.uom_id._compute_quantity(1.0, line.product_uom_id)
            for pack in line.product_id.product_uom_ids
            if pack.barcode
        }

    def _measures(self, line):
        """Of the unit of the line.

        - ``is_counted``: a scan is one piece, else all that is left
        - ``one``: a piece; ``kilo``: a kilogram, 0 for what is not weighed
        """
        unit, kilo = line.product_id.uom_id, unit_of(self.env, KILO)
        is_weighed = unit._has_common_reference(kilo)
        return {
            "is_counted": self._is_counted(unit),
            "one": unit._compute_quantity(1.0, line.product_uom_id),
            "kilo": (
                kilo._compute_quantity(1.0, line.product_uom_id, round=False)
                if is_weighed
                else 0.0
            ),
        }
