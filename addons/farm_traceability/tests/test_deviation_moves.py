from odoo.tests import Form, tagged

from .deviation_common import DeviationCase


@tagged("post_install", "-at_install")
class TestMoves(DeviationCase):
    """Steps, backorders, returns, serials, packages: what is given and what not."""

    def done(self, picking):
        picking.move_ids.picked = True
        picking._action_done()
        return picking

    def test_the_next_step_is_given_what_came(self):
        pick = self.make_pick(6.0)
        line = pick.move_line_ids
        line.write({"lot_id": self.late.id, "deviation_reason_id": self.reason.id})
        ship = self.done(pick).move_ids.move_dest_ids.picking_id
        self.assertEqual(self.deviations_of(pick).given_lot_id, self.early)
        self.assertEqual(ship.picking_type_id, self.kind)
        self.assertEqual(ship.move_line_ids.given_lot_id, self.late)
        self.take(ship, self.late)
        self.assertFree(ship)

    def test_another_lot_than_came_is_a_deviation_of_the_next_step(self):
        ship = self.done(self.make_pick(6.0)).move_ids.move_dest_ids.picking_id
        self.stock_up(ship.location_id, self.late)
        self.take(ship, self.late)
        self.assertAsked(ship, (self.early, self.late))

    def make_pick(self, quantity):
        """The first of two steps, reserved, as a sales order would ask for it."""
        self.warehouse.delivery_steps = "pick_ship"
        self.warehouse.pick_type_id.deviation_policy = "reason"
        self.env["stock.rule"].run(
            [
                self.env["stock.rule"].Procurement(
                    self.product,
                    quantity,
                    self.product.uom_id,
                    self.customers,
                    "Steps",
                    "Steps",
                    self.env.company,
                    {"warehouse_id": self.warehouse, "date_planned": self.day},
                )
            ]
        )
        move = self.env["stock.move"].search([("origin", "=", "Steps")])
        self.assertEqual(move.picking_type_id, self.warehouse.pick_type_id)
        move._action_assign()
        return move.picking_id.with_user(self.picker)

    def stock_up(self, location, lot, quantity=10.0):
        self.env["stock.quant"]._update_available_quantity(
            lot.product_id, location, quantity, lot_id=lot
        )

    def test_a_backorder_is_given_its_own(self):
        picking = self.make_reserved(8.0)
        line = picking.move_line_ids
        line.write(
            {
                "lot_id": self.late.id,
                "quantity": 3.0,
                "deviation_reason_id": self.reason.id,
            }
        )
        self.done(picking)
        backorder = picking.backorder_ids
        self.assertRecordValues(
            backorder.move_line_ids,
            [
                {
                    "lot_id": self.early.id,
                    "given_lot_id": self.early.id,
                    "deviation_reason_id": False,
                }
            ],
        )
        self.assertEqual(self.deviations_of(picking).quantity, 3.0)
        self.assertFree(backorder)

    def test_the_backorder_does_not_change_what_was_passed_over(self):
        picking = self.make_reserved(12.0)
        self.take(picking, self.latest, 2.0)
        question = self.assertAsked(picking, (self.early, self.latest))
        question.reason_id = self.reason
        question.action_validate()
        self.assertEqual(picking.backorder_ids.move_line_ids[0].lot_id, self.early)
        self.assertEqual(self.deviations_of(picking).given_lot_id, self.early)

    def test_lines_that_are_not_picked_do_not_count(self):
        picking = self.make_reserved(15.0)
        first, second = picking.move_line_ids
        first.lot_id = self.latest
        second.picked = True
        self.assertIs(picking.button_validate(), True)
        self.assertFalse(self.deviations_of(picking))

    def test_returns_are_not_asked(self):
        moved = self.make_transfer(self.late, 6.0, self.shelf)
        self.done(moved)
        self.warehouse.int_type_id.deviation_policy = "stop"
        self.stock_up(self.shelf, self.early)
        form = Form(
            self.env["stock.return.picking"].with_context(
                active_ids=moved.ids, active_id=moved.id, active_model="stock.picking"
            )
        )
        wizard = form.save()
        wizard.product_return_moves.quantity = 6.0
        back = self.env["stock.picking"].browse(
            wizard.action_create_returns()["res_id"]
        )
        self.take(back, self.late)
        self.assertFree(back)
        again = self.make_transfer(self.late, 1.0, self.stock, self.shelf)
        with self.refused("is to be taken"):
            again.button_validate()

    def test_what_only_says_to_be_a_return_or_scrap_is_asked(self):
        receipt = self.env["stock.move"].search(
            [("product_id", "=", self.product.id), ("state", "=", "done")], limit=1
        )
        scrap = self.env["stock.scrap"].create(
            {"product_id": self.product.id, "lot_id": self.late.id}
        )
        picking = self.make_reserved(3.0)
        picking.move_ids.write(
            {"origin_returned_move_id": receipt.id, "scrap_id": scrap.id}
        )
        picking.return_id = receipt.picking_id
        picking.move_line_ids.lot_id = self.late
        self.assertAsked(picking, (self.early, self.late))

    def test_scrap_counts_and_quarantine_are_not_asked(self):
        self.warehouse.int_type_id.deviation_policy = "stop"
        scrap = self.env["stock.scrap"].create(
            {
                "product_id": self.product.id,
                "lot_id": self.late.id,
                "scrap_qty": 1.0,
                "location_id": self.stock.id,
            }
        )
        scrap.action_validate()
        self.assertEqual(scrap.state, "done")
        moved = self.make_transfer(self.late, 2.0, self.quarantine)
        self.assertFree(moved)
        stopped = self.make_transfer(self.late, 2.0, self.shelf)
        with self.refused("is to be taken"):
            stopped.button_validate()
        quant = self.late.quant_ids.filtered(lambda one: one.location_id == self.stock)
        quant.inventory_quantity = 5.0
        quant.action_apply_inventory()
        self.assertEqual(quant.quantity, 5.0)

    def test_receipts_are_not_asked(self):
        self.warehouse.in_type_id.deviation_policy = "stop"
        self.assertEqual(self.receive(7.0).lot_ids.product_qty, 7.0)

    def test_several_transfers_are_asked_about_in_one_go(self):
        pickings = self.make_reserved(3.0) | self.make_reserved(4.0)
        good = self.make_reserved(2.0)
        pickings.move_line_ids.lot_id = self.late
        question = self.question((pickings | good).button_validate())
        self.assertEqual(question.line_ids.picking_id, pickings)
        question.line_ids[0].write({"reason_id": self.other_reason.id, "note": "Rats"})
        question.reason_id = self.reason
        question.action_validate()
        self.assertEqual(set((pickings | good).mapped("state")), {"done"})
        self.assertRecordValues(
            self.deviations_of(pickings).sorted("quantity"),
            [
                {"reason_id": self.other_reason.id, "note": "Rats", "quantity": 3.0},
                {"reason_id": self.reason.id, "note": False, "quantity": 4.0},
            ],
        )
        self.assertFalse(self.deviations_of(good))

    def test_serial_numbers_may_change_places_but_not_go(self):
        serial = self.make_product(
            name="Crate", tracking="serial", categ_id=self.product.categ_id.id
        )
        lots = self.env["stock.lot"].create(
            [{"name": f"S{n}", "product_id": serial.id} for n in range(5)]
        )
        for number, lot in enumerate(lots):
            lot.removal_date = self.days(10 + number)
            self.stock_up(self.stock, lot, 1.0)
        picking = self.make_reserved(3.0, serial)
        first, second, third = picking.move_line_ids
        self.assertEqual(picking.move_line_ids.given_lot_id, lots[:3])
        first.lot_id, third.lot_id = lots[2], lots[0]
        self.assertFalse(picking.move_line_ids._deviations())
        second.lot_id = lots[4]
        self.assertEqual(picking.move_line_ids._deviations(), {second: lots[1]})

    def test_the_given_lot_in_a_shelf_below_and_in_a_package(self):
        package = self.env["stock.package"].create({"name": "PACK"})
        older = self.receive(5.0, date=self.days(-7)).lot_ids
        quant = older.quant_ids.filtered(lambda one: one.location_id == self.stock)
        quant.sudo().write({"location_id": self.shelf.id, "package_id": package.id})
        picking = self.make_reserved(5.0)
        self.assertEqual(picking.move_line_ids.location_id, self.shelf)
        self.assertEqual(picking.move_line_ids.given_lot_id, older)
        self.take(picking, self.early)
        self.assertAsked(picking, (older, self.early))

    def test_first_in_first_out_counts_by_the_day(self):
        self.product.categ_id.removal_strategy_id = self.env.ref("stock.removal_fifo")
        for day, lot in ((3, self.early), (2, self.late), (1, self.latest)):
            lot.quant_ids.sudo().in_date = self.days(-day)
        picking = self.make_reserved(5.0)
        self.assertEqual(picking.move_line_ids.given_lot_id, self.early)
        picking.move_line_ids.lot_id = self.latest
        self.assertAsked(picking, (self.early, self.latest))
        self.latest.quant_ids.sudo().in_date = self.days(-3)
        self.assertFree(picking)

    def test_lots_without_dates_leave_by_age(self):
        self.product.use_expiration_date = False
        for day, lot in ((3, self.early), (2, self.late), (1, self.latest)):
            lot.removal_date = False
            lot.quant_ids.sudo().in_date = self.days(-day)
        picking = self.make_reserved(5.0)
        self.assertEqual(picking.move_line_ids.given_lot_id, self.early)
        self.take(picking, self.latest)
        self.assertAsked(picking, (self.early, self.latest))

    def test_full_lots_first_gives_the_lot_that_fills(self):
        self.product.removal_strategy_id = self.env["product.removal"].search(
            [("method", "=", "farm_full_lot")]
        )
        self.env.company.full_lot_days = 10
        rest = self.receive(3.0, date=self.days(-7)).lot_ids
        picking = self.make_reserved(5.0)
        self.assertEqual(picking.move_line_ids.given_lot_id, self.early)
        self.take(picking, self.early)
        self.assertFalse(picking.move_line_ids._deviations())
        self.take(picking, self.late)
        self.assertAsked(picking, (self.early, self.late))
        self.take(picking, rest, 3.0)
        self.assertAsked(picking, (self.early, rest))

    def test_an_operation_of_lots_takes_the_lots_it_names(self):
        self.warehouse.int_type_id.deviation_policy = "stop"
        self.kind.deviation_policy = "stop"
        self.make_product(name="Hand", uom_id=self.env.ref("uom.product_uom_unit").id)
        split = self.env["farm.lot.split"].create({"lot_id": self.latest.id})
        operation = self.env["farm.lot.operation"].browse(
            split.action_split()["res_id"]
        )
        self.assertEqual(operation.state, "done")

    def test_nothing_is_looked_up_where_lots_are_free(self):
        def count(policy):
            self.kind.deviation_policy = policy
            picking = self.make_reserved(2.0)
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.done(picking)
            self.env.flush_all()
            return self.env.cr.sql_log_count - before

        count("free")
        self.assertLessEqual(count("reason"), count("free"))

    def test_many_lines_of_a_move_are_looked_up_together(self):
        def count(lots):
            picking = self.make_delivery(self.product, len(lots), self.picker)
            for lot in lots:
                self.add(picking, lot, 1.0)
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.assertTrue(picking.move_line_ids._deviations())
            return self.env.cr.sql_log_count - before

        many = self.receive(*[1.0] * 20).lot_ids
        many.removal_date = self.days(60)
        count(many[:1])
        self.assertLessEqual(count(many), count(many[:2]) + 2)
