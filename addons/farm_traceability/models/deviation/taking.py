"""What lines take, beside what they were given."""

from .turn import sums


class Deviations:
    """In a context: what was found about lines before they are done."""

    def __init__(self, lines):
        self.line_ids = set(lines.ids)
        self.found = {line.id: given.id for line, given in lines._deviations().items()}


class Balance:
    """What was given of each lot, and what is taken of it."""

    def __init__(self, taken):
        """:param taken: dict of move line → the lot that it takes"""
        sizes = {line: line.quantity_product_uom for line in taken}
        self._total = sums((line.move_id, size) for line, size in sizes.items())
        self._by_move = sums(
            ((line.move_id, lot), sizes[line]) for line, lot in taken.items()
        )
        given = {line: line._get_given() for line in taken}
        self._given = sums(
            ((line.move_id, lot), quantity) for line, (lot, quantity) in given.items()
        )
        self._by_transfer = sums(
            (self._key(line, lot), sizes[line]) for line, lot in taken.items()
        )
        self._to_take = sums(
            (self._key(line, lot), sizes[line]) for line, (lot, _size) in given.items()
        )

    def _key(self, line, lot):
        return line.picking_id or line.move_id, line.product_id, lot

    def total(self, move):
        return self._total[move]

    def takes(self, move, lot):
        return self._by_move.get((move, lot), 0)

    def allows(self, move, lot, amount):
        """How much of a lot a move may take where the strategy gives an amount now.

        What was given stays given, and more than was ordered may be taken of it.
        """
        given = self._given.get((move, lot), 0)
        beyond = max(0, self._total[move] - move.product_qty) if given else 0
        return max(amount, given) + beyond

    def is_taken(self, line, lot):
        """Lines that were given a lot left it to others of the same transfer."""
        key = self._key(line, lot)
        return self._by_transfer.get(key, 0) >= self._to_take.get(key, 0)
