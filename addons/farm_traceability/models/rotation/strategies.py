"""Which stock leaves first: every order that is more than Odoo's own."""

from dataclasses import dataclass

TIES = ("in_date", "id")
#: takes stock in the order of expiry, but lots that fill the need before others
FULL_LOT = "farm_full_lot"


@dataclass(frozen=True)
class Strategy:
    """Fields of ``stock.quant`` by which stock is taken, the smallest value first.

    Equal stock is taken by its age in the warehouse, then by its id: two runs give
    the same lots.
    """

    keys: tuple[str, ...]

    @property
    def order(self):
        return ", ".join((*self.keys, *TIES))

    def ordered(self, is_undated_first):
        """An ``order`` of the ORM.

        :param bool is_undated_first: stock without a value comes before all other
        """
        nulls = "NULLS FIRST" if is_undated_first else "NULLS LAST"
        return ", ".join((*(f"{key} ASC {nulls}" for key in self.keys), *TIES))


STRATEGIES = {
    "farm_expiry": Strategy(("expiration_date",)),
    "farm_best_before": Strategy(("use_date",)),
    "farm_harvest": Strategy(("harvest_date",)),
    "farm_grade": Strategy(("grade_rank", "expiration_date")),
    FULL_LOT: Strategy(("expiration_date",)),
    "farm_remaining_life": Strategy(("remaining_life",)),
}
#: strategies of Odoo that the walk reads in their own order
CORE_ORDERED = ("fifo", "lifo", "fefo")
