from collections import defaultdict

import psycopg2.errors
from odoo.tools import SQL

from .walk import Walk, places_with_stock

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

    def walk(self, quants, order, domain, parts):
        """The walk for an order and a domain, the same for all who ask alike."""
        try:
            key = order, domain, parts
            if key not in self.walks:
                self.walks[key] = Walk(quants, order, domain, parts)
            return self.walks[key]
        except TypeError:  # a domain with a list in it cannot be a key
            return Walk(quants, order, domain, parts)

    # -- what is going to be asked --------------------------------------------------

    def foresee(self, quants, product, location, quantity):
        """Note a look-up that is going to come."""
        method = quants._get_removal_strategy(product, location)
        walk = quants._get_walk(product, location, method)
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

    def rows(self, walk, product, location, need):
        """What a walk finds, and whether anything of the product is overdrawn."""
        known = self.foreseen.get((product.id, location.id, walk.key))
        if known:
            places, first, is_overdrawn = known
            return walk.rows(product.id, places, need, first), is_overdrawn
        return walk.find(product.id, location, need)

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
        self._write_taken(lines.env["stock.quant"].sudo())
        lines.with_context(reservation=None, reserved=RESERVED).create(pending)

    def _write_taken(self, quants):
        taken, self.taken = self.taken, defaultdict(float)
        by_value = defaultdict(list)
        parted = self._parted(quants.browse(taken))
        for quant in quants.browse(taken):
            if quant.id in parted:
                # Core keeps what is promised of parted stock on the first part, and
                # takes it back from there.
                quants._update_reserved_quantity(
                    quant.product_id,
                    quant.location_id,
                    taken[quant.id],
                    lot_id=quant.lot_id,
                    package_id=quant.package_id,
                    owner_id=quant.owner_id,
                )
            else:
                value = quant.reserved_quantity + taken[quant.id]
                by_value[value].append(quant.id)
        for value, ids in by_value.items():
            quants.browse(ids).write({"reserved_quantity": value})

    def _parted(self, quants):
        """Ids of quants beside which others say the same of the same goods."""
        alike = SQL(
            """other.id <> quant.id
               AND other.product_id = quant.product_id
               AND other.location_id = quant.location_id
               AND other.package_id IS NOT DISTINCT FROM quant.package_id
               AND other.owner_id IS NOT DISTINCT FROM quant.owner_id"""
        )
        rows = quants.env.execute_query(
            SQL(
                """
                SELECT quant.id FROM stock_quant quant
                 WHERE quant.id = ANY(%(ids)s)
                   AND CASE WHEN quant.lot_id IS NULL
                       THEN EXISTS (SELECT FROM stock_quant other
                                     WHERE other.lot_id IS NULL AND %(alike)s)
                       ELSE EXISTS (SELECT FROM stock_quant other
                                     WHERE other.lot_id = quant.lot_id AND %(alike)s)
                       END
                """,
                ids=list(quants.ids),
                alike=alike,
            )
        )
        return {quant_id for (quant_id,) in rows}
