from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import Form, tagged

from .recall_common import RecallCase

MODELS = (
    "farm.recall",
    "farm.recall.line",
    "farm.recall.customer",
    "farm.recall.notice",
    "farm.recall.answer",
    "farm.recall.amendment",
    "farm.recall.event",
    "farm.recall.start",
)


@tagged("post_install", "-at_install")
class TestRecallAccess(RecallCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.manager = cls.make_user("manager")

    def full_recall(self):
        self.picking = self.sell(self.hands[2], self.shop, validate=False)
        recall = self.start_recall()
        recall.action_notify()
        self.row(recall, self.shop).action_all_there()
        recall._add_lots(self.early, "Same residue")
        return recall

    def test_a_manager_reads_all_and_changes_nothing(self):
        recall = self.full_recall()
        for name in MODELS:
            with self.subTest(model=name):
                records = self.env[name].with_user(self.manager).search([])
                self.assertTrue(records)
                records.read()
                for mode in ("write", "create", "unlink"):
                    self.assertFalse(records.has_access(mode))
        mine = recall.with_user(self.manager)
        Form(mine)
        mine.action_report()
        for action in (mine.action_start, mine.action_close, mine.action_notify):
            with self.assertRaises(AccessError):
                action()
        with self.assertRaises(AccessError):
            mine._add_lots(self.late, "Because")

    def test_a_manager_enters_no_answer(self):
        row = self.row(self.full_recall(), self.market).with_user(self.manager)
        for action in (row.action_all_there, row.action_return, row.action_notify):
            with self.assertRaises(AccessError):
                action()

    def test_a_stock_user_reads_only_what_concerns_transfers(self):
        recall = self.full_recall()
        for name in MODELS:
            self.assertFalse(self.env[name].with_user(self.picker).has_access("read"))
        rows = recall.picking_ids.with_user(self.picker)
        self.assertEqual(rows.search([("id", "in", rows.ids)]), rows)
        self.assertEqual(rows.reason, "Residue found")
        Form(self.picking.with_user(self.picker))

    def test_a_stock_user_hears_nothing_of_drills(self):
        self.sell(self.hands[2], self.shop, validate=False)
        rows = self.start_recall(is_mock=True).picking_ids.with_user(self.picker)
        self.assertFalse(rows.search([]))
        self.assertFalse(rows.with_user(self.manager).picking_id.has_recall)

    def test_a_stock_user_receives_goods_that_come_back(self):
        recall = self.full_recall()
        action = self.row(recall, self.market).action_return()
        picking = self.env["stock.picking"].browse(action["res_id"])
        picking.with_user(self.picker).button_validate()
        self.assertEqual(picking.state, "done")
        self.assertIn("returned", recall.event_ids.mapped("kind"))

    def test_others_see_nothing(self):
        self.full_recall()
        for role in ("internal", "officer", "portal"):
            user = self.make_user(role)
            for name in MODELS:
                self.assertFalse(self.env[name].with_user(user).has_access("read"))

    def test_a_quality_manager_opens_every_screen(self):
        recall = self.full_recall()
        for record in (recall, recall.customer_ids[0]):
            Form(record.with_user(self.user))
        for model in ("addition", "disposal"):
            self.env[f"farm.recall.{model}"].with_user(self.user).new(
                {"recall_id": recall.id}
            )


@tagged("post_install", "-at_install")
class TestRecallCompanies(RecallCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.other = cls.env["res.company"].create({"name": "Other Trader"})
        cls.their_manager = cls.make_user(
            "quality",
            company_id=cls.other.id,
            company_ids=[Command.set(cls.other.ids)],
        )
        their_stock = cls.env["stock.warehouse"].search(
            [("company_id", "=", cls.other.id)], limit=1
        )
        cls.env["stock.quant"]._update_available_quantity(
            cls.hand, their_stock.lot_stock_id, 1, lot_id=cls.hands[5]
        )

    def test_what_lies_with_another_company_is_a_recall_of_theirs(self):
        recall = self.start_recall()
        part = recall.sudo().part_ids
        self.assertEqual((part.company_id, part.state), (self.other, "running"))
        self.assertEqual(part.line_ids.lot_id, self.hands[5])
        self.assertEqual(part.user_id, self.their_manager)
        self.assertEqual(part.activity_ids.user_id, self.their_manager)
        self.assertEqual(recall.part_count, 1)

    def test_nobody_sees_the_other_companys_part(self):
        recall = self.start_recall()
        part = recall.sudo().part_ids
        with self.assertRaises(AccessError):
            part.with_user(self.user).read(["name"])
        with self.assertRaises(AccessError):
            recall.with_user(self.their_manager).read(["name"])
        part.with_user(self.their_manager).read()
        lines = part.line_ids.with_user(self.their_manager)
        self.assertEqual(lines.search([]), lines)

    def test_a_recall_waits_for_the_other_companys_part(self):
        recall = self.start_recall()
        self.assertFalse(recall._is_balanced())
        part = recall.sudo().part_ids.with_user(self.their_manager)
        part._close("All thrown away on a real scale")
        self.assertEqual(part.state, "closed")

    def test_a_drill_disturbs_no_other_company(self):
        recall = self.start_recall(is_mock=True)
        self.assertFalse(recall.sudo().part_ids.activity_ids)

    def test_the_numbers_count_companies(self):
        self.assertEqual(self.make_recall().numbers["companies"], 2)

    def test_another_companys_records_are_no_start(self):
        lot = self.env["stock.lot"].create(
            {"name": "T-1", "product_id": self.hand.id, "company_id": self.other.id}
        )
        with self.assertRaises(AccessError):
            self.make_recall(lot)
