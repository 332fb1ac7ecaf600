from collections import defaultdict

from odoo import models
from odoo.exceptions import LockError, UserError


class FarmLotOperation(models.Model):
    """What must hold before an operation is posted, each with its sentence."""

    _inherit = "farm.lot.operation"

    def _check_before_posting(self):
        self._check_complete()
        self._check_named_inputs()
        self._check_places()
        self._check_units()
        self._check_balance()
        self._check_owners()
        self._check_output_lots()
        self._check_treatment()

    def _check_complete(self):
        if self.state == "done":
            raise UserError(self.env._("%(name)s is posted already.", name=self.name))
        if self.state == "reversed":
            raise UserError(
                self.env._(
                    "%(name)s was posted and reversed: make another operation.",
                    name=self.name,
                )
            )
        if not self.input_ids or not self.output_ids:
            raise UserError(
                self.env._(
                    "%(name)s needs at least one lot to start from and one to make.",
                    name=self.name,
                )
            )
        if self.kind == "split" and len(self.input_ids.lot_id) > 1:
            raise UserError(
                self.env._(
                    "%(name)s splits one lot: make another operation for the next lot.",
                    name=self.name,
                )
            )
        if self.kind == "merge" and len(self.input_ids) < 2:
            raise UserError(
                self.env._(
                    "%(name)s merges several lots: add the lots that were put"
                    " together.",
                    name=self.name,
                )
            )

    def _check_named_inputs(self):
        for line in (*self.output_ids, *self.loss_ids):
            if line.input_id and line.input_id not in self.input_ids:
                raise UserError(
                    self.env._(
                        "%(name)s: %(lot)s is an input of another operation. Choose one"
                        " of its own inputs, or none.",
                        name=self.name,
                        lot=line.input_id.lot_id.name,
                    )
                )

    # -- units and balance ---------------------------------------------------------

    def _check_units(self):
        for line in self.input_ids:
            if not line._converts_to(self.uom_id):
                raise UserError(
                    self.env._(
                        "%(lot)s is measured in %(unit)s and %(first)s in"
                        " %(first_unit)s: these cannot be added up. Make an operation"
                        " of its own for %(lot)s.",
                        lot=line.lot_id.name,
                        unit=line.uom_id.name,
                        first=self.input_ids[:1].lot_id.name,
                        first_unit=self.uom_id.name,
                    )
                )
        for line in self.output_ids:
            self._check_output_unit(line)

    def _check_output_unit(self, line):
        """The weight of an output and its quantity are the same, where units convert.

        Hands are counted and bunches weighed: those do not convert, and only the
        weight is balanced.
        """
        if not line._is_convertible():
            return
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
        gap = self._get_balance().gap()
        if not gap:
            return
        values = {
            "name": self.name,
            "difference": self._number(abs(gap.quantity)),
            "unit": self.uom_id.name,
            "lot": gap.source.lot_id.name if gap.source else "",
        }
        if gap.source:
            raise UserError(self._gap_of_input(gap.quantity, values))
        raise UserError(self._gap_of_all(gap.quantity, values))

    def _gap_of_all(self, quantity, values):
        if quantity > 0:
            return self.env._(
                "%(name)s does not balance: %(difference)s %(unit)s of the inputs are"
                " neither in an output nor lost.",
                **values,
            )
        return self.env._(
            "%(name)s does not balance: outputs and losses are %(difference)s"
            " %(unit)s more than the inputs.",
            **values,
        )

    def _gap_of_input(self, quantity, values):
        if quantity > 0:
            return self.env._(
                "%(name)s does not balance: %(difference)s %(unit)s of %(lot)s are"
                " neither in an output nor lost.",
                **values,
            )
        return self.env._(
            "%(name)s does not balance: what was made or lost of %(lot)s is"
            " %(difference)s %(unit)s more than was taken of it.",
            **values,
        )

    # -- owners ---------------------------------------------------------------------

    def _check_owners(self):
        for inputs in self._get_sources().values():
            owners = {line.owner_id for line in inputs}
            if len(owners) > 1:
                names = [owner.name or self.company_id.name for owner in owners]
                raise UserError(
                    self.env._(
                        "%(name)s would mix goods of %(owners)s in one lot. Make an"
                        " operation for each of them.",
                        name=self.name,
                        owners=", ".join(sorted(names)),
                    )
                )

    # -- places ---------------------------------------------------------------------

    def _check_places(self):
        places = self.location_id | self.input_ids.location_id
        outside = places.filtered(lambda place: place.usage != "internal")
        if outside:
            raise UserError(
                self.env._(
                    "%(name)s: %(place)s is no place of stock. Choose one inside a"
                    " warehouse.",
                    name=self.name,
                    place=outside[0].display_name,
                )
            )

    # -- what is there ---------------------------------------------------------------

    def _check_on_hand(self):
        inputs = self.input_ids
        on_hand = self._get_free_quantities(inputs.lot_id, inputs.location_id)
        wanted = defaultdict(float)
        for line in inputs:
            key = line._get_quant_key()
            wanted[key] += line.quantity
            available = on_hand.get(key, 0.0)
            if line.uom_id.compare(wanted[key], available) > 0:
                raise UserError(self._not_there(line, wanted[key], available))

    def _not_there(self, line, wanted, available):
        values = {
            "lot": line.lot_id.name,
            "wanted": self._number(wanted),
            "unit": line.uom_id.name,
            "available": self._number(available),
            "place": (line.package_id or line.location_id).display_name,
        }
        if line.package_id or line.owner_id:
            return self.env._(
                "%(lot)s: %(wanted)s %(unit)s are asked for, %(available)s are free in"
                " %(place)s for this owner.",
                **values,
            )
        return self.env._(
            "%(lot)s: %(wanted)s %(unit)s are asked for, %(available)s are"
            " free at %(place)s, outside of packages and not somebody"
            " else's.",
            **values,
        )

    def _get_free_quantities(self, lots, locations):
        """What is not reserved, by lot, place, package and owner; it stays locked."""
        quants = self.env["stock.quant"].search(
            [
                ("lot_id", "in", lots.ids),
                ("location_id", "in", locations.ids),
            ]
        )
        self._lock_quants(quants)
        free = defaultdict(float)
        for quant in quants:
            free[quant._get_operation_key()] += quant._get_free_to_operate()
        return free

    def _lock_quants(self, quants):
        """Odoo makes a second, negative quant where it finds the first one locked."""
        try:
            # Inventory users take from quants by moves; they have no right on them.
            quants.sudo().lock_for_update(allow_referencing=True)
        except LockError as error:
            raise UserError(
                self.env._(
                    "Somebody else is moving %(lots)s at this moment. Wait a moment and"
                    " post again.",
                    lots=", ".join(quants.lot_id.mapped("name")),
                )
            ) from error
