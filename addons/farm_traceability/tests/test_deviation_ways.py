from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import tagged

from .deviation_common import DeviationCase


@tagged("post_install", "-at_install")
class TestWays(DeviationCase):
    """By whatever way goods move, another lot is taken with a reason or not at all."""

    def make_deviating(self, **vals):
        picking = self.make_reserved()
        picking.move_line_ids.write({"lot_id": self.late.id} | vals)
        picking.move_ids.picked = True
        return picking

    def test_no_reason_no_move(self):
        picking = self.make_deviating()
        with self.refused(
            f"lot {self.late.name} is taken at .*Stock where lot {self.early.name}"
        ):
            picking._action_done()
        with self.refused("was given"):
            picking.move_ids._action_done()
        with self.refused("was given"):
            picking.move_line_ids._action_done()
        with self.refused("was given"):
            picking.with_context(skip_backorder=True, skip_expired=True)._action_done()
        self.assertEqual(picking.state, "assigned")
        self.assertFalse(self.deviations_of(picking))

    def test_with_a_reason_there_is_one_record_by_any_way(self):
        picking = self.make_deviating(deviation_reason_id=self.reason.id)
        picking.move_ids._action_done()
        self.assertEqual(picking.state, "done")
        self.assertEqual(len(self.deviations_of(picking)), 1)

    def test_nobody_types_in_what_was_given(self):
        picking = self.make_reserved()
        line = picking.move_line_ids
        with self.refused("is set when stock is reserved"):
            line.given_lot_id = self.late
        with self.refused("is set when stock is reserved"):
            picking.move_ids.write(
                {"move_line_ids": [Command.update(line.id, {"given_lot_id": False})]}
            )
        typed = self.take(picking, self.late, given_lot_id=self.late.id)
        self.assertFalse(typed.given_lot_id)
        typed = self.env["stock.move.line"].with_user(self.picker)
        made = typed.with_context(
            default_given_lot_id=self.late.id, giving=True, deviations={}, question=1
        ).create(
            {
                "move_id": picking.move_ids.id,
                "picking_id": picking.id,
                "product_id": self.product.id,
                "lot_id": self.late.id,
                "quantity": 1.0,
            }
        )
        self.assertFalse(made.given_lot_id)

    def test_a_context_by_rpc_opens_nothing(self):
        picking = self.make_deviating()
        context = {"deviations": {}, "question": {}, "among": [], "giving": True}
        with self.refused("was given"):
            picking.with_context(**context)._action_done()

    def test_lots_chosen_on_the_move_were_not_given(self):
        picking = self.make_reserved()
        picking.move_ids.lot_ids = self.late
        line = picking.move_line_ids
        self.assertEqual(line.lot_id, self.late)
        self.assertFalse(line.given_lot_id)
        line.quantity = 10.0
        self.assertAsked(picking, (self.early, self.late))

    def test_a_lot_by_its_name_is_the_lot(self):
        self.kind.use_create_lots = True
        picking = self.make_reserved()
        picking.move_line_ids.write({"lot_id": False, "lot_name": self.late.name})
        question = self.assertAsked(picking, (self.early, self.late))
        question.reason_id = self.reason
        question.action_validate()
        self.assertEqual(self.deviations_of(picking).lot_id, self.late)

    def test_a_new_name_is_another_lot(self):
        self.kind.use_create_lots = True
        picking = self.make_reserved()
        picking.move_line_ids.write({"lot_id": False, "lot_name": "NEW-1"})
        question = self.question(picking.button_validate())
        self.assertEqual(question.line_ids.taken_lot, "NEW-1")
        question.reason_id = self.reason
        question.action_validate()
        self.assertEqual(self.deviations_of(picking).lot_id.name, "NEW-1")

    # -- stop --------------------------------------------------------------------------

    def test_pickers_are_stopped(self):
        self.kind.deviation_policy = "stop"
        picking = self.make_deviating(deviation_reason_id=self.reason.id)
        sentence = (
            f"lot {self.early.name} is to be taken at .*Stock, not {self.late.name}"
        )
        with self.refused(sentence):
            picking.button_validate()
        with self.refused(sentence):
            picking.move_ids._action_done()

    def test_managers_go_on_with_a_reason(self):
        self.kind.deviation_policy = "stop"
        manager = self.make_user("stock")
        manager.group_ids += self.env.ref("stock.group_stock_manager")
        for user in (self.boss, manager):
            picking = self.make_deviating().with_user(user)
            with self.refused("was given"):
                picking._action_done()
            question = self.question(picking.button_validate()).with_user(user)
            question.reason_id = self.reason
            question.action_validate()
            self.assertEqual(self.deviations_of(picking).user_id, user)

    # -- after it is done --------------------------------------------------------------

    def test_a_done_line_is_not_changed_to_another_lot(self):
        picking = self.make_reserved()
        picking.button_validate()
        line = picking.move_line_ids
        with self.refused("lots are not changed any more"):
            line.lot_id = self.late
        with self.refused("lots are not changed any more"):
            self.add(picking, self.late, 1.0)
        with self.refused("reasons are on record"):
            line.deviation_reason_id = self.reason

    def test_a_manager_corrects_with_a_reason_that_is_recorded(self):
        picking = self.make_reserved(4.0)
        picking.button_validate()
        line = picking.move_line_ids.with_user(self.boss)
        with self.refused("was given"):
            line.lot_id = self.late
        line.write({"lot_id": self.late.id, "deviation_reason_id": self.reason.id})
        self.assertRecordValues(
            self.deviations_of(picking),
            [
                {
                    "given_lot_id": self.early.id,
                    "lot_id": self.late.id,
                    "user_id": self.boss.id,
                }
            ],
        )
        line.lot_id = self.early
        self.assertEqual(len(self.deviations_of(picking)), 1)

    # -- the record --------------------------------------------------------------------

    def test_the_record_is_never_edited(self):
        picking = self.make_deviating(deviation_reason_id=self.reason.id)
        picking.button_validate()
        record = self.deviations_of(picking)
        for user in (self.picker, self.boss):
            mine = record.with_user(user)
            self.assertEqual(mine.reason_id, self.reason)
            for mode in ("write", "create", "unlink"):
                self.assertFalse(mine.has_access(mode))
        with self.refused("never typed in"):
            record.with_user(self.boss).write({"reason_id": self.other_reason.id})

    def test_another_company_does_not_see_it(self):
        picking = self.make_deviating(deviation_reason_id=self.reason.id)
        picking.button_validate()
        company = self.env["res.company"].create({"name": "Others"})
        other = self.make_user(
            "stock", company_id=company.id, company_ids=[Command.set(company.ids)]
        )
        record = self.deviations_of(picking)
        self.assertFalse(record.with_user(other).search([("id", "=", record.id)]))
        with self.assertRaises(AccessError):
            record.with_user(other).read(["reason_id"])

    def test_managers_keep_the_reasons_and_pickers_read_them(self):
        for user in (self.make_user("manager"), self.boss):
            reasons = self.env["farm.deviation.reason"].with_user(user)
            reasons.create({"name": "Mice"}).name = "Rats"
        mine = self.reason.with_user(self.picker)
        self.assertEqual(mine.name, "Wet crates")
        with self.assertRaises(AccessError):
            mine.name = "Because"

    def test_reports_count_by_picker_and_lot(self):
        picking = self.make_deviating(deviation_reason_id=self.reason.id)
        picking.button_validate()
        self.assertEqual(picking.deviation_count, 1)
        self.assertEqual((self.early | self.late).mapped("deviation_count"), [1, 1])
        self.assertEqual(self.latest.deviation_count, 0)
        action = picking.action_open_deviations()
        self.assertEqual(
            self.env["farm.deviation"].search(action["domain"]),
            self.deviations_of(picking),
        )
