from odoo.exceptions import UserError
from odoo.tests import tagged

from .recall_common import RecallCase


@tagged("post_install", "-at_install")
class TestRecallReturn(RecallCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.unit = cls.hand.uom_id

    def test_goods_come_back_into_quarantine_and_stay_held(self):
        recall = self.start_recall()
        picking = self.take_back(recall, self.shop)
        self.assertEqual(picking.location_dest_id, self.quarantine)
        self.assertEqual(picking.move_line_ids.lot_id, self.hands[0])
        self.assertEqual(picking.return_id, self.sold)
        row = self.balance_of(recall, self.unit)
        self.assertEqual(
            [row[name] for name in ("found", "held", "recovered", "unaccounted")],
            [8, 7, 1, 1],
        )

    def test_only_affected_lots_come_back(self):
        mixed = self.make_sale(self.hands[2], self.shop)
        other = self.split(self.early)[0]
        line = mixed.move_ids.move_line_ids.copy({"lot_id": other.id, "quantity": 1})
        line.move_id = mixed.move_ids
        mixed.move_ids.picked = True
        mixed._action_done()
        recall = self.start_recall()
        action = self.row(recall, self.shop).action_return()
        returns = self.env["stock.picking"].search(action["domain"])
        self.assertEqual(len(returns), 2)
        self.assertEqual(returns.move_line_ids.lot_id, self.hands[0] | self.hands[2])
        self.assertEqual(sum(returns.move_ids.mapped("product_uom_qty")), 2)

    def test_a_return_is_made_once(self):
        recall = self.start_recall()
        self.take_back(recall, self.shop)
        with self.assertRaisesRegex(UserError, "Nothing is left to come back"):
            self.row(recall, self.shop).action_return()

    def test_without_a_quarantine_place_it_says_what_to_do(self):
        self.quarantine.is_quarantine = False
        recall = self.start_recall()
        with self.assertRaisesRegex(UserError, "no quarantine place"):
            self.row(recall, self.shop).action_return()

    def test_disposal_is_scrap_with_witness_and_paper(self):
        recall = self.start_recall()
        self.take_back(recall, self.shop)
        self.dispose(recall, location_id=self.quarantine.id)
        scrap = self.env["stock.scrap"].search([("recall_id", "=", recall.id)])
        self.assertEqual((scrap.lot_id, scrap.state), (self.hands[0], "done"))
        self.assertEqual(scrap.recall_witness, "Mr Budi")
        papers = self.env["ir.attachment"].search(
            [("res_model", "=", scrap._name), ("res_id", "=", scrap.id)]
        )
        self.assertEqual(papers.name, "report.txt")
        self.assertEqual(self.balance_of(recall, self.unit)["disposed"], 1)

    def test_no_more_is_disposed_of_than_is_there(self):
        recall = self.start_recall()
        disposal = (
            self.env["farm.recall.disposal"]
            .with_user(self.user)
            .create({"recall_id": recall.id, "witness": "W", "document": b"cA=="})
        )
        disposal.line_ids[0].quantity += 1
        with self.assertRaisesRegex(UserError, "can be disposed of"):
            disposal.action_dispose()

    def test_a_witness_is_not_typed_in_on_a_scrap(self):
        with self.assertRaises(UserError):
            self.env["stock.scrap"].with_user(self.user).create(
                {
                    "product_id": self.hand.id,
                    "lot_id": self.hands[2].id,
                    "recall_witness": "Nobody",
                }
            )

    def test_a_replacement_takes_other_lots(self):
        others = self.split(self.late)
        recall = self.start_recall()
        action = self.row(recall, self.shop).action_replace()
        picking = self.env["stock.picking"].browse(action["res_id"])
        picking.action_assign()
        self.assertEqual(picking.partner_id, self.shop)
        self.assertEqual(picking.move_ids.product_uom_qty, 1)
        self.assertLessEqual(picking.move_line_ids.lot_id, others)
        self.assertEqual(picking.state, "assigned")

    def test_progress_follows_the_real_moves_and_closes(self):
        recall = self.start_recall()
        self.take_back(recall, self.shop)
        self.row(recall, self.market)._answer(
            {self.hand: {"on_hand": 0, "sold": 1, "destroyed": 0}}, answered_by="Sari"
        )
        self.assertFalse(recall.balance_closes)
        self.dispose(recall)
        recall.invalidate_recordset()
        row = self.balance_of(recall, self.unit)
        self.assertEqual(
            [row[name] for name in ("found", "disposed", "sold", "unaccounted")],
            [8, 7, 1, 0],
        )
        self.assertTrue(recall.balance_closes)
        recall.action_close()
        self.assertEqual((recall.state, recall.closing_reason), ("closed", ""))

    def test_a_closed_recall_keeps_its_balance(self):
        recall = self.start_recall()
        recall._close("False alarm")
        before = recall._balance_rows()
        self.env["stock.scrap"].create(
            {
                "product_id": self.hand.id,
                "lot_id": self.hands[3].id,
                "location_id": self.stock.id,
                "scrap_qty": 1,
            }
        ).do_scrap()
        self.assertEqual(recall._balance_rows(), before)

    def test_an_open_balance_asks_for_the_reason(self):
        recall = self.start_recall()
        action = recall.action_close()
        self.assertEqual(action["res_model"], "farm.recall.closing")
        with self.assertRaisesRegex(UserError, "does not balance: .*unaccounted"):
            recall._close(" ")
        closing = (
            self.env["farm.recall.closing"]
            .with_user(self.user)
            .create({"recall_id": recall.id, "reason": "The shop burnt down"})
        )
        self.assertIn("unaccounted", closing.open_text)
        closing.action_close()
        self.assertEqual(recall.closing_reason, "The shop burnt down")

    def test_another_person_closes_where_the_company_asks_for_it(self):
        self.env.company.recall_close_by_other = True
        recall = self.start_recall(user_id=self.user.id)
        with self.assertRaisesRegex(UserError, "another quality manager closes"):
            recall._close("Enough")
        recall.with_user(self.make_user("quality"))._close("Enough")
        self.assertEqual(recall.state, "closed")

    def test_released_lots_need_nothing_more(self):
        recall = self.start_recall()
        recall.hold_ids.with_user(self.user)._release("Analysis was wrong")
        row = self.balance_of(recall, self.unit)
        self.assertEqual((row["held"], row["released"]), (0, 6))

    def test_more_than_they_got_is_no_answer(self):
        row = self.row(self.start_recall(), self.shop)
        with self.assertRaisesRegex(UserError, "has 1 Units of Hand, not 3"):
            row._answer({self.hand: {"on_hand": 3, "sold": 0, "destroyed": 0}})

    def test_one_click_for_all_is_there(self):
        recall = self.start_recall()
        row = self.row(recall, self.shop)
        row.action_all_there()
        self.assertEqual((row.state, row.answer_ids.on_hand), ("answered", 1))
        self.assertEqual(self.balance_of(recall, self.unit)["waiting"], 1)

    def test_the_form_records_an_answer(self):
        row = self.row(self.start_recall(), self.shop)
        entry = (
            self.env["farm.recall.answer.entry"]
            .with_user(self.user)
            .create({"customer_id": row.id, "answered_by": "Sari"})
        )
        self.assertEqual(entry.line_ids.rest, 1)
        entry.line_ids.destroyed = 1
        entry.action_record()
        self.assertEqual(
            (row.answer_ids.destroyed, row.answer_ids.answered_by), (1, "Sari")
        )
        with self.assertRaisesRegex(UserError, "never typed in"):
            row.answer_ids.destroyed = 0


@tagged("post_install", "-at_install")
class TestRecallDisposal(RecallCase):
    def lying(self, lot):
        quants = self.env["stock.quant"].search(
            [("lot_id", "=", lot.id), ("location_id.usage", "=", "internal")]
        )
        return sum(quants.mapped("quantity"))

    def test_a_second_click_disposes_of_nothing_more(self):
        recall = self.start_recall(self.early, reach="down")
        wizard = self.env["farm.recall.disposal"].with_user(self.user)
        wizard = wizard.create(
            {"recall_id": recall.id, "witness": "Budi", "document": b"cGFwZXI="}
        )
        wizard.line_ids.quantity = 4
        wizard.action_dispose()
        with self.assertRaisesRegex(UserError, "nothing to dispose of"):
            wizard.action_dispose()
        self.assertEqual(self.lying(self.early), 6)

    def test_two_lines_of_one_stock_take_no_more_than_is_there(self):
        recall = self.start_recall(self.early, reach="down")
        wizard = self.env["farm.recall.disposal"].with_user(self.user)
        wizard = wizard.create(
            {"recall_id": recall.id, "witness": "Budi", "document": b"cGFwZXI="}
        )
        wizard.line_ids.copy()
        with self.assertRaisesRegex(UserError, "can be disposed of"):
            wizard.action_dispose()

    def test_less_than_nothing_at_one_place_hides_nothing_at_another(self):
        recall = self.start_recall(self.early, reach="down")
        self.env["stock.quant"]._update_available_quantity(
            self.product, self.shelf, -10, lot_id=self.early
        )
        self.assertFalse(recall.balance_closes)
