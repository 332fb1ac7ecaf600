from collections import defaultdict

import psycopg2.errors
from odoo.tools import SQL

from .walk import places_with_stock

#: in a context from Python: the stock of these lines is reserved already
RESERVED = object()
#: in a context from Python: stock is looked for in core's own way, to compare with
PLAIN = object()


class Reservation:
    """Several moves look for stock together, in one transaction.

    What one takes, the next does not see. Lines are made at the end, all at once. Stock
    that somebody else takes at the same moment is passed over while there is other;
    where there is not, the transaction waits, and starts again if it has to.
    """

    def __init__(self):
        #: values of lines to be made
        self.pending = []
        #: quantities by quant id, taken and not yet written
        self.taken = defaultdict(float)
        self.locked = set()
        self.passed = set()
        #: of these, what the look-up at hand would have taken
        self.skipped = set()
        #: walks by order and domain: moves of a transfer ask for alike ones
        self.walks = {}
        #: look-ups that are going to come, and what is there for them
        self.requests = []
        self.foreseen = {}

    # -- what others take ----------------------------------------------------------

    def lock(self, quants):
        """Keep others from taking these quants until the transaction ends.

        :return: ids of those that others hold, or have changed meanwhile
        """
        wanted = set(quants.ids) - self.locked
        if not wanted:
            return set()
        try:
            got = self._try_lock(quants.env, wanted)
        except psycopg2.errors.SerializationFailure:
            got = set().union(*(self._lock_one(quants.env, one) for one in wanted))
        self.locked |= got
        self.passed |= wanted - got
        return wanted - got

    def _lock_one(self, env, quant_id):
        try:
            return self._try_lock(env, {quant_id})
        except psycopg2.errors.SerializationFailure:
            return set()

    def _try_lock(self, env, ids):
        with env.cr.savepoint(flush=False):
            rows = env.execute_query(
                SQL(
                    """SELECT id FROM stock_quant WHERE id = ANY(%s)
                        ORDER BY id FOR NO KEY UPDATE SKIP LOCKED""",
                    list(ids),
                )
            )
        return {quant_id for (quant_id,) in rows}

    def wait(self, quants):
        """Wait for those who hold these quants.

        :raises psycopg2.errors.SerializationFailure: they took something; Odoo then
            starts the request again
        """
        quants.env.execute_query(
            SQL(
                """SELECT id FROM stock_quant WHERE id = ANY(%s)
                    ORDER BY id FOR NO KEY UPDATE""",
                list(quants.ids),
            )
        )
        self.locked.update(quants.ids)
        self.passed.difference_update(quants.ids)

    # -- what is going to be asked --------------------------------------------------

    def foresee(self, quants, product, location, quantity):
        """Note a look-up that is going to come."""
        walk = quants._get_walk(product, location)
        if walk:
            self.requests.append((walk, product, location, quantity))

    def look_ahead(self, quants):
        """Read the beginnings of all walks that are going to be asked for, and lock
        what they are going to take.
        """
        requests, self.requests = self.requests, []
        quants.flush_model()
        alike = defaultdict(list)
        for walk, product, location, _quantity in requests:
            alike[location, walk.key].append((walk, product.id))
        for (location, key), walks in alike.items():
            ids = {product_id for _walk, product_id in walks}
            places, overdrawn = places_with_stock(quants.env, ids, location)
            first = walks[0][0].first_rows(places)
            for product_id in ids:
                self.foreseen[product_id, location.id, key] = (
                    places.get(product_id),
                    first.get(product_id),
                    product_id in overdrawn,
                )
        self._lock_ahead(quants, requests)

    def _lock_ahead(self, quants, requests):
        wanted = []
        for walk, product, location, quantity in requests:
            _places, rows, _overdrawn = self.foreseen[product.id, location.id, walk.key]
            for _product, _number, quant_id, _lot, free, _expiry in rows or ():
                wanted.append(quant_id)
                quantity -= free
                if quantity <= 0:
                    break
        found = quants.browse(wanted)
        self.lock(found)
        # Moves read them one by one.
        found.fetch(
            ["location_id", "lot_id", "package_id", "owner_id", "reserved_quantity"]
        )

    def rows(self, quants, walk, product, location):
        """What a walk finds, and whether anything of the product is overdrawn."""
        known = self.foreseen.get((product.id, location.id, walk.key))
        if known:
            places, first, is_overdrawn = known
            return walk.rows(product.id, places, first), is_overdrawn
        quants.flush_model()
        places, overdrawn = places_with_stock(quants.env, product.ids, location)
        return walk.rows(product.id, places.get(product.id)), bool(overdrawn)

    # -- what is taken ----------------------------------------------------------------

    def free(self, rows):
        """Rows of a walk, less what was taken, without what others hold."""
        for row in rows:
            if row.id in self.passed:
                self.skipped.add(row.id)
                continue
            taken = self.taken.get(row.id)
            if not taken:
                yield row
            elif row.free > taken:
                yield row.less(taken)

    def take(self, taken):
        for quant, quantity in taken:
            self.taken[quant.id] += quantity

    def make_lines(self, lines):
        """Make the lines that are pending, and write on the stock what they take.

        :param lines: ``stock.move.line``, in the environment to make them in
        """
        pending, self.pending = self.pending, []
        self.foreseen.clear()
        if not pending:
            return
        by_value = defaultdict(list)
        quants = lines.env["stock.quant"].sudo().browse(self.taken)
        for quant in quants:
            by_value[quant.reserved_quantity + self.taken[quant.id]].append(quant.id)
        self.taken.clear()
        for value, ids in by_value.items():
            quants.browse(ids).write({"reserved_quantity": value})
        lines.with_context(reservation=None, reserved=RESERVED).create(pending)
