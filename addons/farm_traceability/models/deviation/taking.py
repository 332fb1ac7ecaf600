"""What lines take, beside what they were given."""

from .turn import sums


class Deviations:
    """In a context: what was found about lines before they are done."""

    def __init__(self, lines):
        self.line_ids = set(lines.ids)
        self.found = {line.id: given.id for line, given in lines._deviations().items()}


class Balance:
    """What the lines of each transfer were given of each lot, and what they take."""

    def __init__(self, taken):
        self.taken_lots = taken
        self.given = sums(
            (self._key(line, line.given_lot_id), line.quantity_product_uom)
            for line in taken
        )
        self.taken = sums(
            (self._key(line, lot), line.quantity_product_uom)
            for line, lot in taken.items()
        )
        self.kept = {
            self._key(line, lot)
            for line, lot in taken.items()
            if lot and lot == line.given_lot_id
        }
        self.by_move = sums((line.move_id, line.quantity_product_uom) for line in taken)

    def _key(self, line, lot):
        return line.picking_id or line.move_id, line.product_id, lot

    def of_move(self, move):
        return self.by_move[move]

    def takes(self, line, lot):
        return self._key(line, lot) in self.taken

    def is_taken(self, line, lot):
        """All that was given of a lot is taken, be it on another line."""
        key = self._key(line, lot)
        return self.taken.get(key, 0) >= self.given.get(key, 0)

    def excuses(self, line):
        """Lots of one transfer that only changed places, or more of one of them."""
        lot, given = self.taken_lots[line], line.given_lot_id
        if given and not self.is_taken(line, given):
            return False
        key = self._key(line, lot)
        if given:
            return self.given.get(key, 0) >= self.taken[key]
        return key in self.kept
