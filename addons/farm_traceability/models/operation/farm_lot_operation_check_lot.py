from collections import Counter

from odoo import models
from odoo.exceptions import UserError


class FarmLotOperation(models.Model):
    """What must hold of the lots that an operation makes or puts something into."""

    _inherit = "farm.lot.operation"

    def _check_output_lots(self):
        self._check_tracking()
        self._check_new_names()
        sources = self._get_sources()
        for line in self.output_ids.filtered("lot_id"):
            self._check_existing_lot(line, sources[line].lot_id)

    def _check_tracking(self):
        for product in self.output_ids.product_id:
            if product.tracking != "lot":
                raise UserError(
                    self.env._(
                        "%(product)s is not tracked by lots: what is made of lots would"
                        " lose its way back. Choose a product that is, or have its"
                        " tracking changed.",
                        product=product.display_name,
                    )
                )

    def _check_new_names(self):
        named = self.output_ids.filtered(lambda line: (line.lot_name or "").strip())
        keys = [(line.product_id, line.lot_name.strip()) for line in named]
        taken = [key for key, count in Counter(keys).items() if count > 1]
        # As core's own check: lots of all companies count.
        lots = self.env["stock.lot"].sudo()
        if named:
            lots = lots.search(
                [
                    ("product_id", "in", named.product_id.ids),
                    ("name", "in", [name for _product, name in keys]),
                ]
            )
        taken += {(lot.product_id, lot.name) for lot in lots} & set(keys)
        for product, name in taken:
            raise UserError(
                self.env._(
                    "There is a lot %(lot)s of %(product)s already: give another name,"
                    " or choose that lot in place of a new one.",
                    lot=name,
                    product=product.display_name,
                )
            )

    def _check_existing_lot(self, line, sources):
        for problem in (
            self._wrong_lot(line),
            self._wrong_grade(line),
            self._wrong_method(line, sources),
            self._code_to_renew(line, sources),
        ):
            if problem:
                raise UserError(problem)

    def _wrong_lot(self, line):
        lot = line.lot_id
        if line.lot_name:
            return self.env._(
                "%(name)s: %(lot)s exists, %(new)s would be new. Leave one of them"
                " out.",
                name=self.name,
                lot=lot.name,
                new=line.lot_name,
            )
        if lot.product_id != line.product_id:
            return self.env._(
                "%(lot)s is a lot of %(theirs)s: choose a lot of %(product)s, or leave"
                " it empty for a new one.",
                lot=lot.name,
                theirs=lot.product_id.display_name,
                product=line.product_id.display_name,
            )
        return ""

    def _wrong_grade(self, line):
        lot = line.lot_id
        if not line.grade_id or line.grade_id == lot.grade_id:
            return ""
        return self.env._(
            "%(lot)s is %(theirs)s, not %(grade)s: leave the lot empty, so that what is"
            " %(grade)s gets a lot of its own.",
            lot=lot.name,
            theirs=lot.grade_id.name or self.env._("without a grade"),
            grade=line.grade_id.name,
        )

    def _wrong_method(self, line, sources):
        if not line.lot_id.is_organic or all(sources.mapped("is_organic")):
            return ""
        return self.env._(
            "%(lot)s is organic, not all that would be put into it is. Leave the lot"
            " empty for a new one.",
            lot=line.lot_id.name,
        )

    def _code_to_renew(self, line, sources):
        """After first packing, what is made gets a new lot code."""
        if not line.product_id.is_lot_code_renewed:
            return ""
        packed = [lot for lot in (*sources, line.lot_id) if lot._is_packed()]
        if not packed:
            return ""
        return self.env._(
            "%(lot)s is packed: what is made of %(product)s after packing gets a new"
            " lot code that leads back to the old one. Leave the lot empty.",
            lot=packed[0].name,
            product=line.product_id.display_name,
        )
