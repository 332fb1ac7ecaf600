from datetime import timedelta

from odoo import models

DATES = "expiration_date", "use_date", "removal_date", "alert_date"


class FarmLotOperationOutput(models.Model):
    """The lot of an output: its name, and what it inherits from its parents."""

    _inherit = "farm.lot.operation.output"

    # -- names ----------------------------------------------------------------------

    def _next_lot_names(self):
        """Names of new lots in the lines' order: typed, else the next numbers."""
        names = {line: line.lot_name.strip() for line in self if line.lot_name}
        unnamed = self.filtered(lambda line: line not in names)
        for (product, date), lines in unnamed.grouped(
            lambda line: (line.product_id, line._first_harvest_date())
        ).items():
            names |= dict(zip(lines, lines._numbers_for(product, date), strict=True))
        return [names[line] for line in self]

    def _numbers_for(self, product, date):
        if product.farm_crop_id:
            return product.farm_crop_id._next_lot_names(date, len(self))
        # Inventory users may not open sequences; core numbers lots this way too.
        sequence = product.lot_sequence_id.sudo()
        return [sequence.next_by_id() for _line in self]

    # -- values ---------------------------------------------------------------------

    def _prepare_lot_vals(self, sources):
        """A child inherits the earliest dates and, unless changed, the grade."""
        parents = sources.lot_id
        return self._prepare_dates(parents) | {
            "product_id": self.product_id.id,
            "harvest_date": self._first_harvest_date(parents),
            "is_organic": all(parents.mapped("is_organic")),
            "is_packed": self._is_packed(parents),
            "piece_count": self.piece_count,
            "remaining_count": self.piece_count,
            "grade_id": (self.grade_id or self._common_grade(parents)).id,
        }

    def _first_harvest_date(self, parents=None):
        parents = parents or self.operation_id.input_ids.lot_id
        dates = [date for date in parents.mapped("harvest_date") if date]
        return min(dates, default=self.operation_id.date.date())

    def _is_packed(self, parents):
        return self.operation_id.kind == "repack" or any(
            lot._is_packed() for lot in parents
        )

    def _common_grade(self, parents):
        grade = parents.grade_id
        same_crop = grade.crop_id == self.product_id.farm_crop_id
        return grade if len(grade) == 1 and same_crop else grade[:0]

    def _prepare_dates(self, parents):
        """The earliest of each date, as a treatment by the guide has moved it."""
        if not self.product_id.use_expiration_date:
            return {}
        shift = timedelta(days=self.operation_id._get_shelf_life_change(parents))
        dates = {
            name: [date for date in parents.mapped(name) if date] for name in DATES
        }
        return {name: min(found) + shift for name, found in dates.items() if found}

    # -- existing lots --------------------------------------------------------------

    def _fill_existing_lots(self, inputs):
        """Lots that were there before keep what they are, but never promise more."""
        for line in self:
            sources = inputs[line].lot_id
            dates = line._prepare_dates(sources)
            vals = {
                name: date
                for name, date in dates.items()
                if not line.lot_id[name] or date < line.lot_id[name]
            }
            if not line.lot_id.is_packed and line._is_packed(sources):
                vals["is_packed"] = True
            # What an operation makes of a lot is nobody's to enter.
            line.lot_id.sudo().write(vals)
