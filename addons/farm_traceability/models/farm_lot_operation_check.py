from collections import defaultdict

from odoo import models
from odoo.exceptions import UserError

from ..wording import number_text


class FarmLotOperation(models.Model):
    """What must hold before an operation is posted, each with its sentence."""

    _inherit = "farm.lot.operation"

    def _check_complete(self):
        if self.state == "done":
            raise UserError(self.env._("%(name)s is posted already.", name=self.name))
        if not self.input_ids or not self.output_ids:
            raise UserError(
                self.env._(
                    "%(name)s needs at least one lot to start from and one to make.",
                    name=self.name,
                )
            )
        if self.kind == "split" and len(self.input_ids) > 1:
            raise UserError(
                self.env._(
                    "%(name)s splits one lot: make another operation for the next lot.",
                    name=self.name,
                )
            )

    def _check_units(self):
        """The weight of an output and its quantity are the same, where units convert.

        Hands are counted and bunches weighed: those do not convert, and only the
        weight is balanced.
        """
        for line in self.output_ids:
            if not line._is_convertible():
                continue
            expected = line._converted_quantity()
            if line.uom_id.compare(line.quantity, expected):
                raise UserError(
                    self.env._(
                        "%(product)s: the quantity must be %(expected)s %(unit)s, as"
                        " its weight says.",
                        product=line.product_id.display_name,
                        expected=self._number(expected),
                        unit=line.uom_id.name,
                    )
                )

    def _check_balance(self):
        if self.uom_id.is_zero(self.imbalance):
            return
        values = {
            "name": self.name,
            "difference": self._number(abs(self.imbalance)),
            "unit": self.uom_id.name,
        }
        if self.imbalance > 0:
            sentence = self.env._(
                "%(name)s does not balance: %(difference)s %(unit)s of the inputs are"
                " neither in an output nor lost.",
                **values,
            )
        else:
            sentence = self.env._(
                "%(name)s does not balance: outputs and losses are %(difference)s"
                " %(unit)s more than the inputs.",
                **values,
            )
        raise UserError(sentence)

    def _number(self, value):
        return number_text(self.env, self.uom_id[:1].round(value))

    def _check_on_hand(self):
        on_hand = self._on_hand()
        wanted = defaultdict(float)
        for line in self.input_ids:
            place = line.lot_id, line.location_id
            wanted[place] += line.quantity
            available = on_hand.get(place, 0.0)
            if line.uom_id.compare(wanted[place], available) > 0:
                raise UserError(
                    self.env._(
                        "%(lot)s: %(wanted)s %(unit)s are asked for, %(available)s are"
                        " free at %(place)s, outside of packages and not somebody"
                        " else's.",
                        lot=line.lot_id.name,
                        wanted=self._number(wanted[place]),
                        unit=line.uom_id.name,
                        available=self._number(available),
                        place=line.location_id.display_name,
                    )
                )

    def _on_hand(self):
        """What the moves can take: loose, own and not reserved."""
        groups = self.env["stock.quant"]._read_group(
            [
                ("lot_id", "in", self.input_ids.lot_id.ids),
                ("location_id", "in", self.location_id.ids),
                ("package_id", "=", False),
                ("owner_id", "=", False),
            ],
            ["lot_id", "location_id"],
            ["quantity:sum", "reserved_quantity:sum"],
        )
        return {
            (lot, location): quantity - reserved
            for lot, location, quantity, reserved in groups
        }

    def _take_pieces(self):
        """Take the pieces of outputs and losses from those left on the inputs."""
        for operation in self:
            taken = sum(operation.output_ids.mapped("piece_count"))
            taken += sum(operation.loss_ids.mapped("piece_count"))
            for lot in operation.input_ids.lot_id.filtered("piece_count"):
                if taken > lot.remaining_count:
                    raise UserError(
                        self.env._(
                            "%(lot)s has %(left)s pieces left; %(taken)s cannot be"
                            " taken from it.",
                            lot=lot.name,
                            left=lot.remaining_count,
                            taken=taken,
                        )
                    )
                # Only operations may change the control count, whoever posts them.
                lot.sudo().remaining_count -= taken
