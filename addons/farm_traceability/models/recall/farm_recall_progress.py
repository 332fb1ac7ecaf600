from collections import defaultdict

from odoo import api, fields, models

from ...recall_balance import Answer, Stock, There, balance, spread
from ...trace import DOWN, trace

OUT = ("scrapped", "returned_to_supplier", "consumed", "lost")
# Kind of a frozen line → kind of a trace's event.
EVENT_OF = {
    "scrapped": "scrapped",
    "returned": "returned_to_supplier",
    "consumed": "consumed",
    "missing": "lost",
}
INSIDE = ("on_hand", "in_transit")


class Progress:
    """What became of a recall's lots since they were frozen, from the moves.

    Compared are the totals of all time, then and now: a move that is entered late with
    an earlier date counts as well.
    """

    def __init__(self, recall, lot_ids):
        self.recall = recall
        # Other companies' parts are cut out below; names are not read here.
        self.env = recall.sudo().env
        self.lot_ids = list(lot_ids)
        self.place = defaultdict(float)
        self.now = defaultdict(float)
        self.spread = defaultdict(float)
        self.out = defaultdict(float)
        self.got = defaultdict(lambda: [0.0, 0.0])
        self.dates = {}
        answer = trace(self.env, self.lot_ids, DOWN, max(len(self.lot_ids), 1))
        self._take(answer)
        self._load_lines()

    def _take(self, answer):
        company = self.recall.company_id.id
        for place in answer.places:
            # Goods between companies are nobody's yet: the first recall counts them.
            if (place.company_id or self._main()) == company:
                self.place[place.lot_id, place.location_id] += place.quantity
                self.now[place.lot_id] += place.quantity
                self.spread[place.lot_id] += abs(place.quantity)
        for event in answer.events:
            if event.company_id == company:
                self._take_event(event)

    def _main(self):
        return (self.recall.sudo().parent_id or self.recall).company_id.id

    def _take_event(self, event):
        if event.kind in OUT:
            self.out[event.lot_id, event.kind] += event.quantity
        elif event.kind in ("delivered", "returned"):
            key = event.customer_id, event.lot_id
            self.got[key][event.kind == "returned"] += event.quantity
            if event.kind == "delivered":
                first, _last = self.dates.get(key, (event.date, None))
                self.dates[key] = first, event.date

    def _load_lines(self):
        self.lines = (
            self.env["farm.recall.line"]
            .search(
                [("recall_id", "=", self.recall.id), ("lot_id", "in", self.lot_ids)]
            )
            .with_prefetch()
        )
        self.inside = defaultdict(list)
        self.found = defaultdict(float)
        self.then = defaultdict(float)
        self.delivered = {}
        for line in self.lines:
            lot = line.lot_id.id
            if line.kind in INSIDE:
                self.inside[lot].append(line)
                self.found[lot] += line.quantity
            elif line.kind == "delivered":
                self.delivered[line.partner_id.id or None, lot] = line
            else:
                self.then[lot, EVENT_OF[line.kind]] += line.quantity

    # -- since the freezing ----------------------------------------------------------

    def since(self, lot, *kinds):
        return sum(self.out[lot, kind] - self.then[lot, kind] for kind in kinds)

    def disposed(self, lot):
        return self.since(lot, "scrapped", "returned_to_supplier")

    def customer(self, key):
        """Had at freezing, got later, gave back since."""
        delivered, returned = self.got.get(key, (0.0, 0.0))
        line = self.delivered.get(key)
        if not line:
            return There(0.0, delivered, returned)
        return There(
            line.quantity, delivered - line.delivered, returned - line.brought_back
        )

    def later_keys(self):
        """Customers and lots that no line names yet."""
        return [key for key in self.got if key not in self.delivered]

    def of_line(self, line):
        lot = line.lot_id.id
        vals = {"now": 0.0, "later": 0.0, "recovered": 0.0, "disposed": 0.0}
        if line.kind in INSIDE:
            vals["now"] = self.place[lot, line.location_id.id]
            vals["disposed"] = self._disposed_of(line)
        elif line.kind == "delivered":
            there = self.customer((line.partner_id.id or None, lot))
            vals["now"] = there.had + there.later - there.returned
            vals["later"], vals["recovered"] = there.later, there.returned
        return vals

    def _disposed_of(self, line):
        lines = self.inside[line.lot_id.id]
        rooms = [
            one.quantity - self.place[one.lot_id.id, one.location_id.id]
            for one in lines
        ]
        parts = spread(self.disposed(line.lot_id.id), rooms)
        return parts[lines.index(line)]

    # -- the balance ------------------------------------------------------------

    def balances(self):
        """The balance of each unit.

        :rtype: dict[uom.uom, Balance]
        """
        stocks, theres = defaultdict(list), defaultdict(list)
        lots = self.env["stock.lot"].browse(self.lot_ids)
        for lot in lots:
            stocks[lot.product_id.uom_id].append(self._stock(lot))
        for product, there in self._theres(lots):
            theres[product.uom_id].append(there)
        units = self.env["uom.uom"].union(*stocks, *theres)
        return {unit: balance(stocks[unit], theres[unit]) for unit in units}

    def _stock(self, lot):
        now, found = self.now[lot.id], self.found[lot.id]
        disposed, consumed = self.disposed(lot.id), self.since(lot.id, "consumed")
        lost = self.since(lot.id, "lost")
        there = [self.customer(key) for key in self.keys_of(lot.id)]
        left = sum(one.later - one.returned for one in there)
        return Stock(
            found=found,
            missing=self.then[lot.id, "lost"],
            now=now,
            # What matter does not come from nothing must have come in.
            arrived=now + disposed + consumed + lost + left - found,
            disposed=disposed,
            consumed=consumed,
            lost=lost,
            status=self._status(lot),
            spread=self.spread[lot.id],
        )

    def _status(self, lot):
        if lot.is_on_hold:
            return "held"
        return "loose" if self.recall.is_mock else "released"

    def keys_of(self, lot_id):
        if not hasattr(self, "_keys"):
            self._keys = defaultdict(list)
            for key in dict.fromkeys([*self.delivered, *self.got]):
                self._keys[key[1]].append(key)
        return self._keys[lot_id]

    def _theres(self, lots):
        """What each customer has of each product, with the answer to it."""
        sums = defaultdict(lambda: [0.0, 0.0, 0.0])
        for lot in lots:
            for key in self.keys_of(lot.id):
                there = self.customer(key)
                total = sums[key[0], lot.product_id]
                for place, value in enumerate((there.had, there.later, there.returned)):
                    total[place] += value
        answers = self.recall._answers()
        for (partner, product), numbers in sums.items():
            yield product, There(*numbers, answers.get((partner, product.id)))

    def with_customer(self, partner_id):
        """What is still with a customer by lot, in the lots' units.

        :rtype: dict[int, float]
        """
        rest = {}
        for key in dict.fromkeys([*self.delivered, *self.got]):
            if key[0] == partner_id:
                there = self.customer(key)
                rest[key[1]] = there.had + there.later - there.returned
        return rest


class FarmRecall(models.Model):
    _inherit = "farm.recall"

    accounted_share = fields.Float(compute="_compute_balance", compute_sudo=True)
    settled_share = fields.Float(compute="_compute_balance", compute_sudo=True)
    balance_closes = fields.Boolean(compute="_compute_balance", compute_sudo=True)
    final_balance = fields.Json(readonly=True, copy=False)

    def _progress(self, lot_ids=None):
        self.ensure_one()
        if lot_ids is None:
            lot_ids = self.sudo().lot_ids.ids
        return Progress(self, lot_ids)

    def _answers(self):
        """The last word of each customer on each product.

        :rtype: dict[tuple[int, int], Answer]
        """
        answers = {}
        for one in self.sudo().customer_ids.answer_ids.sorted("id"):
            key = one.customer_id.partner_id.id, one.product_id.id
            answers[key] = Answer(one.on_hand, one.sold, one.destroyed)
        return answers

    @api.depends("state", "final_balance", "customer_ids.answer_ids", "line_ids")
    def _compute_balance(self):
        for recall in self:
            rows = recall._balance_rows()
            recall.accounted_share = min(
                (row["accounted_share"] for row in rows), default=1.0
            )
            recall.settled_share = min(
                (row["settled_share"] for row in rows), default=0.0
            )
            recall.balance_closes = bool(rows) and all(row["closes"] for row in rows)

    def _balance_rows(self):
        """One row per unit: live while it runs, as it was at its closing afterwards.

        :return: list of dicts: the parts of a ``Balance``, ``unit``, ``closes``,
            ``accounted_share`` and ``settled_share``
        """
        self.ensure_one()
        if self.state == "closed":
            return self.final_balance or []
        if self.state != "running":
            return []
        return [
            self._balance_row(unit, one)
            for unit, one in self._progress().balances().items()
        ]

    @api.model
    def _balance_row(self, unit, one):
        row = {
            name: unit.round(value) if unit.rounding else value
            for name, value in vars(one).items()
        }
        return row | {
            "unit": unit.name,
            "closes": one.closes,
            "accounted_share": one.accounted_share,
            "settled_share": one.settled_share,
        }

    def _rest_of(self, customer, progress):
        """What is with a customer by product, less what the answer says is gone.

        :rtype: dict[product.product, tuple[float, Answer | None]]
        """
        lots = self.env["stock.lot"].sudo()
        rest = defaultdict(float)
        for lot_id, quantity in progress.with_customer(customer.partner_id.id).items():
            rest[lots.browse(lot_id).product_id] += quantity
        answers = self._answers()
        return {
            product: (quantity, answers.get((customer.partner_id.id, product.id)))
            for product, quantity in rest.items()
        }
