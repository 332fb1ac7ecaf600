"""Which stock leaves first: every order that is more than Odoo's own."""

from dataclasses import dataclass

#: takes stock in the order of expiry, but lots that fill the need before others
FULL_LOT = "farm_full_lot"
#: strategies of Odoo that are orders as well
CORE_ORDERED = ("fifo", "lifo", "fefo")
#: rank of a lot without a grade: behind all grades
UNGRADED = 1_000_000
#: remaining life of a lot of which nobody knows it, in percent
UNKNOWN_LIFE = -1.0


@dataclass(frozen=True)
class Strategy:
    """Fields of ``stock.quant`` by which stock is taken, the smallest value first.

    Equal stock is taken by its age in the warehouse, then by its id: two runs give
    the same lots. Stock without the date comes after all other, or before.
    """

    keys: tuple[str, ...]
    date: str = "expiration_date"

    @property
    def order(self):
        return ", ".join((*self.keys, "in_date", "id"))

    def is_undated(self, quant):
        if self.date == "remaining_life":
            return quant.remaining_life < 0
        return not quant[self.date]


STRATEGIES = {
    "farm_expiry": Strategy(("expiration_date",)),
    "farm_best_before": Strategy(("use_date",), "use_date"),
    "farm_harvest": Strategy(("harvest_date",), "harvest_date"),
    "farm_grade": Strategy(("grade_rank", "expiration_date")),
    FULL_LOT: Strategy(("expiration_date",)),
    "farm_remaining_life": Strategy(("remaining_life",), "remaining_life"),
}
