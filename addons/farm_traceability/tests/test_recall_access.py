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

    def test_a_drill_mails_nobody_of_another_company(self):
        self.their_manager.notification_type = "email"
        env = self.env(context={})
        recall = self.make_recall(is_mock=True).with_env(env(user=self.user))
        before = env["mail.mail"].sudo().search_count([])
        recall.action_start()
        self.assertTrue(recall.sudo().part_ids)
        self.assertEqual(env["mail.mail"].sudo().search_count([]), before)

    def test_the_numbers_count_companies(self):
        self.assertEqual(self.make_recall().numbers["companies"], 2)

    def test_another_companys_records_are_no_start(self):
        lot = self.env["stock.lot"].create(
            {"name": "T-1", "product_id": self.hand.id, "company_id": self.other.id}
        )
        with self.assertRaises(AccessError):
            self.make_recall(lot)

    def move_to(self, company, lot):
        """Goods that reach another company by way of its books only."""
        stock = self.env["stock.warehouse"].search(
            [("company_id", "=", company.id)], limit=1
        )
        self.env["stock.quant"]._update_available_quantity(
            lot.product_id, stock.lot_stock_id, 1, lot_id=lot
        )

    def test_a_company_without_a_quality_manager_does_not_stop_it(self):
        self.their_manager.active = False
        company = self.env["res.company"].sudo().create({"name": "Nobody's"})
        users = company.env["res.users"].with_context(active_test=False).search([])
        users.filtered(lambda one: one.company_id != company).write(
            {"company_ids": [Command.unlink(company.id)]}
        )
        self.move_to(company, self.hands[6])
        recall = self.start_recall()
        part = recall.sudo().part_ids.filtered(lambda one: one.company_id == company)
        self.assertEqual(part.line_ids.lot_id, self.hands[6])
        self.assertIn("Nobody's", " ".join(recall.activity_ids.mapped("summary")))

    def test_goods_that_reach_another_company_later_are_a_part(self):
        recall = self.start_recall()
        third = self.env["res.company"].create({"name": "Third Trader"})
        self.move_to(third, self.hands[6])
        recall.action_refresh()
        part = recall.sudo().part_ids.filtered(lambda one: one.company_id == third)
        self.assertEqual(part.line_ids.lot_id, self.hands[6])
        self.assertIn(self.hands[0], part.lot_ids)
        recall.action_refresh()
        self.assertEqual(len(recall.sudo().part_ids), 2)

    def test_added_lots_of_another_company_are_a_part(self):
        recall = self.start_recall(reach="down")
        self.assertFalse(recall.sudo().part_ids)
        recall._add_lots(self.hands[5], "Same residue")
        part = recall.sudo().part_ids
        self.assertEqual((part.company_id, part.state), (self.other, "running"))
        self.assertEqual(part.line_ids.lot_id, self.hands[5])
        self.assertEqual(part.activity_ids.user_id, self.their_manager)

    def test_lots_added_by_the_other_company_are_in_the_whole_recall(self):
        recall = self.start_recall()
        part = recall.sudo().part_ids.with_user(self.their_manager)
        self.early.company_id = False
        part._add_lots(self.early, "Same truck")
        self.assertIn(self.early, recall.lot_ids)
        self.assertIn(self.early, recall.line_ids.lot_id)

    def test_an_ended_part_gets_a_new_one_for_added_lots(self):
        recall = self.start_recall()
        recall.sudo().part_ids.with_user(self.their_manager)._close("Thrown away")
        self.move_to(self.other, self.early)
        recall._add_lots(self.early, "Same residue")
        part = recall.sudo().part_ids.filtered(lambda one: one.state == "running")
        self.assertEqual(part.line_ids.lot_id, self.early)
        self.assertEqual(part.lot_ids, self.early)

    def test_lots_that_the_user_cannot_see_are_held(self):
        lot = self.hands[5]
        self.env.cr.execute(
            "UPDATE stock_lot SET company_id = %s WHERE id = %s",
            [self.other.id, lot.id],
        )
        self.env.invalidate_all()
        self.start_recall()
        self.assertTrue(lot.is_on_hold)

    def test_lots_made_later_in_a_new_company_count_once(self):
        recall = self.start_recall()
        third = self.env["res.company"].create({"name": "Third Trader"})
        recall.hold_ids.with_user(self.user)._release("To be cut", self.sister)
        made = self.split(self.sister)
        self.move_to(third, self.hands[6])
        self.move_to(third, made[0])
        recall.action_refresh()
        part = recall.sudo().part_ids.filtered(lambda one: one.company_id == third)
        self.assertEqual(part.line_ids.lot_id, self.hands[6] | made[0])
        self.assertEqual(len(part.line_ids), 2)

    def test_another_companys_stopped_transfers_are_in_its_part(self):
        recall = self.make_recall(self.hands[5], reach="down")
        warehouse = self.env["stock.warehouse"].search(
            [("company_id", "=", self.other.id)], limit=1
        )
        places = {
            "location_id": warehouse.lot_stock_id.id,
            "location_dest_id": self.customers.id,
        }
        move = {"product_id": self.hand.id, "product_uom_qty": 1}
        picking = self.env["stock.picking"].create(
            places
            | {
                "picking_type_id": warehouse.out_type_id.id,
                "company_id": self.other.id,
                "move_ids": [
                    Command.create(places | move | {"company_id": self.other.id})
                ],
            }
        )
        picking.action_confirm()
        picking.action_assign()
        self.assertEqual(picking.move_line_ids.lot_id, self.hands[5])
        recall.action_start()
        part = recall.sudo().part_ids
        self.assertEqual(part.picking_ids.picking_id, picking)
        self.assertEqual(part.picking_ids.quantity, 1.0)
        self.assertFalse(recall.picking_ids)
