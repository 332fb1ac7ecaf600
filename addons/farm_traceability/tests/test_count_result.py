from odoo.tests import tagged
from odoo.tools import SQL

from .count_common import CountCase

FIGURES = (
    "last_quantity", "came", "went", "came_inner", "went_inner", "adjusted",
    "book_quantity", "counted_quantity", "difference", "gap", "documents",
)  # fmt: skip


@tagged("post_install", "-at_install")
class TestCountResult(CountCase):
    """What was counted stands beside the books, and beside what moved since."""

    def assertFigures(self, row, **expected):
        known = {name: row[name] for name in FIGURES}
        self.assertEqual(known, dict.fromkeys(FIGURES, 0) | expected)

    # -- the arithmetic --------------------------------------------------------------

    def test_the_last_count_and_all_moves_come_to_the_books(self):
        self.move(10, self.suppliers, self.shelf, day=-10)
        self.count(10, self.shelf, day=-8)
        self.move(5, self.suppliers, self.shelf, day=-6)
        self.move(3, self.shelf, self.customers, day=-5)
        self.move(2, self.shelf, self.other_shelf, day=-4)
        self.move(1, self.other_shelf, self.shelf, day=-3)
        self.count(9, self.shelf, day=-2)
        self.assertFigures(
            self.result(), last_quantity=10, came=5, went=3, came_inner=1,
            went_inner=2, book_quantity=11, counted_quantity=9, difference=-2,
            documents=4,
        )  # fmt: skip

    def test_a_count_without_a_difference_is_one_too(self):
        self.move(10, self.suppliers, self.shelf, day=-10)
        self.count(10, self.shelf, day=-8)
        row = self.result()
        self.assertFigures(
            row, came=10, book_quantity=10, counted_quantity=10, documents=1
        )
        self.assertEqual(row.investigation, "none")
        self.assertFalse(row.last_date)

    def test_goods_that_nobody_had_booked(self):
        self.count(4, self.shelf, day=-8)
        row = self.result()
        self.assertFigures(row, counted_quantity=4, difference=4)
        self.assertIn("never counted", row.likely_reasons)

    def test_scrap_goes_out_and_a_count_taken_back_is_another_adjustment(self):
        self.move(10, self.suppliers, self.shelf, day=-10)
        self.move(1, self.shelf, self.scrapped, day=-9)
        self.count(7, self.shelf, day=-8)
        self.assertFigures(
            self.result(), came=10, went=1, book_quantity=9, counted_quantity=7,
            difference=-2, documents=2,
        )  # fmt: skip
        line = self.env["stock.move.line"].search(
            [("is_inventory", "=", True), ("product_id", "=", self.boxes.id)]
        )
        with self.at(-7):
            line.action_revert_inventory()
        self.count(9, self.shelf, day=-6)
        self.assertFigures(
            self.result(), last_quantity=7, adjusted=2, book_quantity=9,
            counted_quantity=9, documents=1,
        )  # fmt: skip

    def test_a_relocation_is_an_internal_move_and_no_count(self):
        self.move(10, self.suppliers, self.shelf, day=-10)
        quant = self.env["stock.quant"]._gather(self.boxes, self.shelf)
        with self.at(-9):
            quant.move_quants(location_dest_id=self.other_shelf)
        self.assertFalse(self.results())
        self.count(10, self.other_shelf, day=-8)
        self.assertFigures(
            self.result(), came_inner=10, book_quantity=10, counted_quantity=10,
            documents=1,
        )  # fmt: skip

    def test_each_lot_owner_and_package_is_a_shelf_of_its_own(self):
        self.move(6, self.suppliers, self.shelf, lot_id=self.lot.id, day=-9)
        self.move(4, self.suppliers, self.shelf, lot_id=self.other_lot.id, day=-9)
        self.move(3, self.suppliers, self.shelf, owner_id=self.owner.id, day=-9)
        self.move(2, self.suppliers, self.shelf, day=-9)
        self.move(
            8, self.suppliers, self.shelf, result_package_id=self.package.id, day=-9
        )
        self.count(5, self.shelf, self.product, lot=self.lot, day=-8)
        self.count(3, self.shelf, owner_id=self.owner.id, day=-7)
        self.count(2, self.shelf, day=-6)
        self.count(9, self.shelf, package_id=self.package.id, day=-5)
        self.assertEqual(self.results().mapped("book_quantity"), [6, 3, 2, 8])
        self.assertEqual(self.results().mapped("difference"), [-1, 0, 0, 1])
        self.assertEqual(self.results().mapped("gap"), [0, 0, 0, 0])

    # -- counts that are being entered -------------------------------------------------

    def test_an_entered_count_is_seen_before_it_is_applied(self):
        self.move(10, self.suppliers, self.shelf, day=-10)
        quant = self.enter(8, self.shelf, day=-1)
        row = self.result()
        self.assertEqual((row.state, row.quant_id), ("entered", quant))
        self.assertEqual(row.user_id, self.keeper)
        self.assertFigures(
            row, came=10, book_quantity=10, counted_quantity=8, difference=-2,
            documents=1,
        )  # fmt: skip
        self.apply(quant)
        row = self.result()
        self.assertEqual((row.state, row.user_id), ("applied", self.keeper))
        self.assertEqual(row.difference, -2)
        self.assertEqual(str(row.entry_date), self.noon(-1))

    def test_a_cleared_count_is_gone(self):
        self.move(10, self.suppliers, self.shelf, day=-10)
        self.enter(8, self.shelf).action_clear_inventory_quantity()
        self.assertFalse(self.results())

    # -- likely reasons ----------------------------------------------------------------

    def test_what_moved_between_the_sheet_and_the_application(self):
        self.move(10, self.suppliers, self.shelf, day=-10)
        quant = self.enter(10, self.shelf, day=-3)
        self.move(4, self.shelf, self.customers, day=-2)
        with self.at(-1):
            conflict = self.env["stock.inventory.conflict"].create(
                {"quant_ids": quant.ids, "quant_to_fix_ids": quant.ids}
            )
            conflict.action_keep_counted_quantity()
        row = self.result()
        self.assertEqual((row.difference, row.meanwhile), (4, -4))
        self.assertRegex(row.likely_reasons, "^Moved while counting: -4 Units. This")

    def test_what_was_on_its_way_at_the_count(self):
        self.move(10, self.suppliers, self.shelf, day=-10)
        move = self.env["stock.move"].create(
            {
                "product_id": self.boxes.id,
                "product_uom_qty": 4,
                "location_id": self.shelf.id,
                "location_dest_id": self.customers.id,
            }
        )
        move._action_confirm()
        move._action_assign()
        self.date_entry(move.move_line_ids, -9)
        self.count(6, self.shelf, day=-8)
        row = self.result()
        self.assertEqual((row.pending_out, row.reserved_quantity), (4, 4))
        self.assertRegex(row.likely_reasons, "^On its way out, not yet done: 4")
        # Whatever becomes of the transfer: at the count it was on its way.
        move.picked = True
        with self.at(-5):
            move._action_done()
        self.assertEqual(self.result().pending_out, 4)

    def test_what_was_entered_late_with_an_earlier_date(self):
        first = self.move(10, self.suppliers, self.shelf, day=-10)
        self.date_entry(first, -10)
        self.count(10, self.shelf, day=-8)
        line = self.move(3, self.shelf, self.customers, day=-7)
        line.move_id.date = self.noon(-9)
        self.date_entry(line, -7)
        self.count(10, self.shelf, day=-6)
        row = self.result()
        self.assertEqual((row.gap, row.late, row.difference), (-3, -3, 3))
        self.assertRegex(row.likely_reasons, "^Entered late.*: -3 Units. This comes")
        row = self.results()[0]
        self.assertEqual((row.gap, row.later, row.difference), (3, -3, 0))
        self.assertEqual(
            row.likely_reasons,
            "Entered after this count, dated before it: -3 Units.",
        )

    def test_what_is_in_the_books_without_a_move(self):
        quants = self.env["stock.quant"]
        quants._update_available_quantity(self.boxes, self.shelf, 5)
        self.count(0, self.shelf, day=-6)
        row = self.result()
        self.assertEqual((row.gap, row.difference), (5, -5))
        self.assertIn("without any move: 5", row.likely_reasons)

    def test_a_day_of_counting_in_the_past(self):
        self.move(10, self.suppliers, self.shelf, day=-10)
        quant = self.enter(7, self.shelf, day=-2)
        self.apply(quant, day=-1, date=self.noon(-5))
        row = self.result()
        self.assertEqual(str(row.date), self.noon(-5))
        self.assertEqual((row.gap, row.difference), (0, -3))
        self.move(1, self.suppliers, self.shelf)
        self.enter(8, self.shelf, day=1)
        with self.at(2):
            row = self.result()
            self.assertEqual((row.last_quantity, row.came, row.gap), (7, 1, 0))

    # -- before this add-on ------------------------------------------------------------

    def test_adjustments_from_before_become_counts(self):
        self.move(10, self.suppliers, self.shelf, day=-10)
        self.count(8, self.shelf, day=-8)
        self.move(5, self.suppliers, self.shelf, day=-6)
        self.count(15, self.shelf, day=-4)
        self.env.flush_all()
        self.env.cr.execute("UPDATE stock_move SET count_id = NULL")
        self.env.cr.execute("DELETE FROM farm_count")
        self.env["farm.count"]._record_earlier_counts()
        self.assertEqual(self.results().mapped("book_quantity"), [10, 13])
        self.assertEqual(self.results().mapped("counted_quantity"), [8, 15])
        self.assertEqual(self.result().last_quantity, 8)

    def date_entry(self, lines, day):
        """Say that lines were entered on a day: the database has its own clock."""
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                "UPDATE stock_move_line SET create_date = %s WHERE id IN %s",
                self.noon(day),
                tuple(lines.ids),
            )
        )
        lines.invalidate_recordset(["create_date"])
