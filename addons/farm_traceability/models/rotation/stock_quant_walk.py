from dataclasses import replace
from datetime import timedelta

from odoo import models
from odoo.fields import Domain

from .fill import fill_first
from .reservation import PLAIN, Reservation
from .strategies import CORE_ORDERED, FULL_LOT, STRATEGIES
from .walk import Free, Walk


class Gathered:
    """In a context: the stock that answers one look-up, read before.

    An object of this class cannot come by RPC.
    """

    def __init__(self, product, location, quants):
        self.place = product.id, location.id
        self.quants = quants

    def answers(self, product, location, *characteristics):
        return self.place == (product.id, location.id) and not any(characteristics)


class StockQuant(models.Model):
    """Reservation reads free stock in order, and only as far as the need goes.

    Core reads all stock of the product and takes from its beginning. Here only that
    beginning is read. Where lots are overdrawn, core itself goes through it.
    """

    _inherit = "stock.quant"

    def _get_reserve_quantity(
        self,
        product_id,
        location_id,
        quantity,
        uom_id=None,
        lot_id=None,
        package_id=None,
        owner_id=None,
        strict=False,
    ):
        place = product_id, location_id
        named = lot_id, package_id, owner_id
        if strict or any(named) or quantity <= 0:
            if quantity > 0:
                # What others of the same reservation took is not free any more.
                self._make_pending_lines(self.env.context.get("reservation"))
            return super()._get_reserve_quantity(
                *place, quantity, uom_id, *named, strict
            )
        reservation = self.env.context.get("reservation")
        if not isinstance(reservation, Reservation):
            return self._look_up(*place, quantity, uom_id)
        return self._look_up_together(reservation, *place, quantity, uom_id)

    def _look_up(self, product, location, quantity, uom):
        # As core: what may be reserved is no matter of who may read stock.
        found = self.sudo()._find(product, location, quantity)
        if isinstance(found, list):
            wanted = self._wanted(found, product, quantity, uom)
            return self.sudo()._take(found, wanted, product.uom_id)
        asked = self
        if found is not None:
            asked = self.with_context(gathered=Gathered(product, location, found))
        # pylint: disable=super-method-mismatch
        taken = super(StockQuant, asked)._get_reserve_quantity(
            product, location, quantity, uom
        )
        return [(quant.with_env(self.sudo().env), part) for quant, part in taken]

    def _look_up_together(self, reservation, product, location, quantity, uom):
        """As :meth:`_look_up`, of what no other transaction is taking."""
        if self.env.context.get("foreseeing"):
            reservation.foresee(self.sudo(), product, location, quantity)
            return []
        while True:
            reservation.skipped.clear()
            taken = self._look_up(product, location, quantity, uom)
            found = self.browse(quant.id for quant, _part in taken)
            known = set(reservation.passed)
            missed = reservation.lock(found)
            is_short = sum(part for _quant, part in taken) < quantity
            # Where stock is not walked, what others hold is found again and again.
            awaited = reservation.skipped if is_short else missed & known
            if awaited:
                reservation.wait(self.browse(awaited))
            elif not missed:
                break
        if self.env.context.get("collecting"):
            reservation.take(taken)
        return taken

    def _wanted(self, rows, product, quantity, uom):
        """How much of what was found is to be reserved, as core decides."""
        available = sum(row.free for row in rows)
        packaging = self._unopened_packaging(product)
        if packaging:
            available = packaging._check_qty(available, product.uom_id, "DOWN")
        quantity = min(quantity, available)
        if uom and uom != product.uom_id:
            # No more than the move can say in its own unit.
            rounded = product.uom_id._compute_quantity(
                quantity, uom, rounding_method="DOWN"
            )
            quantity = uom._compute_quantity(
                rounded, product.uom_id, rounding_method="HALF-UP"
            )
        if product.tracking == "serial" and product.uom_id.compare(
            quantity, int(quantity)
        ):
            return 0
        return quantity

    def _take(self, rows, quantity, uom):
        quants = self.browse([row.id for row in rows])
        taken = []
        for quant, row in zip(quants, rows, strict=True):
            if quantity < 1 and uom.compare(quantity, 0) <= 0:
                break
            part = min(row.free, quantity)
            taken.append((quant, part))
            quantity -= part
        return taken

    def _unopened_packaging(self, product):
        packaging = self.env.context.get("packaging_uom_id")
        full = product.categ_id.packaging_reserve_method == "full"
        return packaging if packaging and full else None

    def _gather(
        self,
        product_id,
        location_id,
        lot_id=None,
        package_id=None,
        owner_id=None,
        strict=False,
        qty=0,
    ):
        gathered = self.env.context.get("gathered")
        if isinstance(gathered, Gathered) and gathered.answers(
            product_id, location_id, lot_id, package_id, owner_id, strict
        ):
            return gathered.quants.with_env(self.env)
        quants = super()._gather(
            product_id, location_id, lot_id, package_id, owner_id, strict, qty
        )
        if strict:
            return quants
        method = self._get_removal_strategy(product_id, location_id)
        if method not in STRATEGIES:
            return quants
        quants = quants._sorted_by_parts(method)
        return quants._full_lots_first(qty) if method == FULL_LOT else quants

    # -- the walk -----------------------------------------------------------------

    def _find(self, product, location, quantity):
        """The stock that a reservation needs to see, in the order it is taken.

        :return: a list of :class:`Free`; quants for core to go through; or None where
            only reading everything will do
        """
        reservation = self.env.context.get("reservation")
        if reservation is PLAIN:
            return None
        method = self._get_removal_strategy(product, location)
        walk = self._get_walk(product, location, method)
        if not walk:
            self._make_pending_lines(reservation)
            return None
        packaging = self._unopened_packaging(product)
        if packaging:
            quantity = max(
                quantity, packaging._check_qty(quantity, product.uom_id, "UP")
            )
        question = walk, product, location, quantity
        rows, is_overdrawn = self._free_rows(reservation, *question)
        is_full_lot = method == FULL_LOT
        if is_overdrawn:
            self._make_pending_lines(reservation)
            if is_full_lot:
                return None
            rows, _is_overdrawn = self._free_rows(reservation, *question)
            return self._find_overdrawn(rows, *question)
        if is_full_lot:
            return list(fill_first(rows, quantity, self._full_lot_window()))
        return _until(rows, quantity, product.uom_id)

    def _free_rows(self, reservation, walk, product, location, need):
        """What is free, in order; and whether anything of the product is overdrawn."""
        if isinstance(reservation, Reservation):
            rows, is_overdrawn = reservation.rows(walk, product, location, need)
            return reservation.free(rows), is_overdrawn
        return walk.find(product.id, location, need)

    def _make_pending_lines(self, reservation):
        if isinstance(reservation, Reservation):
            reservation.make_lines(self.env["stock.move.line"])

    def _get_walk(self, product, location, method):
        """The walk for a look-up, or None where stock is in no order of an index."""
        if method not in STRATEGIES and method not in CORE_ORDERED:
            return None
        order = self._get_removal_strategy_order(method)
        domain = Domain(self._get_gather_domain(product, location)).map_conditions(
            lambda leaf: Domain.TRUE if _names_place(leaf) else leaf
        )
        reservation = self.env.context.get("reservation")
        parts = self._get_removal_parts(method)
        if isinstance(reservation, Reservation):
            walk = reservation.walk(self, order, domain, parts)
        else:
            walk = Walk(self, order, domain, parts)
        return walk if walk.is_readable else None

    # -- where more is promised or gone than was there ------------------------------

    def _find_overdrawn(self, rows, walk, product, location, need):
        """As :meth:`_find`; all stock of overdrawn lots is seen, wherever it is.

        Core counts what such lots lack against what they have, lot by lot, and what
        is promised too much against everything: so much more is looked at.
        """
        lots, lacking = walk.overdrawn(product.id, location)
        clean = (
            row if row.lot_id not in lots else replace(row, free=0) for row in rows
        )
        seen = _until(clean, need + lacking, product.uom_id)
        beside = walk.of_lots(product.id, location, lots)
        return self.browse(dict.fromkeys([*(row.id for row in seen), *beside]))

    # -- full lots first ----------------------------------------------------------

    def _full_lots_first(self, need):
        """These quants, in the order in which full lots are opened for a need."""
        with_lot = self.filtered("lot_id")
        free = [quant._as_free() for quant in with_lot if quant.free_quantity > 0]
        filled = fill_first(free, need, self._full_lot_window())
        first = self.browse(row.id for row in filled)
        return first + (with_lot - first) + (self - with_lot)

    def _as_free(self):
        expiry = self.expiration_date or None
        return Free(self.id, self.lot_id.id, self.free_quantity, expiry)

    def _full_lot_window(self):
        return timedelta(days=self.env.company.full_lot_days)


def _names_place(leaf):
    return leaf.field_expr == "product_id" or leaf.operator == "child_of"


def _until(rows, need, uom):
    """Rows that hold a little more than what is needed, or all."""
    seen, total = [], 0.0
    for row in rows:
        # Less than the unit can say is nothing; asked where it may be so little.
        if row.free >= 1 or uom.compare(row.free, 0) > 0:
            total += row.free
        seen.append(row)
        if total > need and uom.compare(total, need) > 0:
            break
    return seen
