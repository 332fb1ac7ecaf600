import base64
import io

from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import Form, tagged

from .expiry_common import ExpiryCase


@tagged("post_install", "-at_install")
class TestExpiryWork(ExpiryCase):
    """Scrap, transfer and donate: what was chosen and is free, once, or nothing."""

    # -- scrap -----------------------------------------------------------------------

    def test_free_goods_are_scrapped_with_the_reason(self):
        lots = self.make_lot(-2, 10.0) | self.make_lot(-1, 4.0)
        self.scrap(lots).action_scrap()
        scraps = self.env["stock.scrap"].search([("lot_id", "in", lots.ids)])
        self.assertRecordValues(
            scraps.sorted("scrap_qty"),
            [
                {"scrap_qty": 4.0, "state": "done", "location_id": self.shelf.id},
                {"scrap_qty": 10.0, "state": "done", "location_id": self.shelf.id},
            ],
        )
        self.assertEqual(scraps.scrap_reason_tag_ids, self.reason)
        self.assertFalse(self.rows(lots))

    def test_reserved_goods_stay_reserved(self):
        lot = self.make_lot(5, 10.0)
        picking = self.reserve(lot, 4.0)
        work = self.scrap(lot)
        self.assertEqual(work.line_ids.quantity, 6.0)
        work.action_scrap()
        self.assertEqual(self.on_hand(lot), 4.0)
        self.assertEqual(picking.move_line_ids.quantity, 4.0)

    def test_without_a_reason_nothing_is_scrapped(self):
        lot = self.make_lot(-2)
        with self.refused("Say why"):
            self.work("scrap", lot).action_scrap()
        self.assertEqual(self.on_hand(lot), 10.0)

    def test_a_second_click_scraps_nothing_more(self):
        lot = self.make_lot(-2, 10.0)
        work = self.scrap(lot)
        work.line_ids.quantity = 3.0
        work.action_scrap()
        with self.refused("done already"):
            work.action_scrap()
        self.assertEqual(self.on_hand(lot), 7.0)

    def test_less_than_chosen_is_left_alone(self):
        lots = self.make_lot(-2, 10.0) | self.make_lot(-2, 5.0)
        mine, yours = self.scrap(lots), self.scrap(lots[0])
        yours.action_scrap()
        with self.refused(f"{lots[0].name} at .*Shelf only 0 .* are free now"):
            mine.action_scrap()
        self.assertEqual(self.on_hand(lots[1]), 5.0)

    def test_more_than_is_there_is_refused(self):
        work = self.scrap(self.make_lot(-2, 10.0))
        work.line_ids.quantity = 10.5
        with self.refused("only 10 .* are free"):
            work.action_scrap()
        work.line_ids.copy({"quantity": 1.0})
        work.line_ids[0].quantity = 10.0
        with self.refused("only 10 .* are free"):
            work.action_scrap()

    def test_what_is_all_reserved_is_not_offered(self):
        lot = self.make_lot(5, 10.0)
        self.reserve(lot, 10.0)
        work = self.scrap(lot | self.make_lot(-2))
        self.assertEqual(len(work.line_ids), 1)
        self.assertEqual(
            work.left_out, f"Left out, all of it reserved for transfers: {lot.name}."
        )
        work = self.scrap(lot)
        self.assertFalse(work.line_ids)
        with self.refused("Nothing is chosen that is free"):
            work.action_scrap()

    def test_held_lots_are_scrapped_too(self):
        lot = self.make_lot(5, 10.0)
        self.env["farm.hold"].with_user(self.quality)._place(lot, "quality", "Smell")
        self.scrap(lot).action_scrap()
        self.assertEqual(self.on_hand(lot), 0.0)

    def test_packages_and_owners_are_those_of_the_row(self):
        package = self.env["stock.package"].create({"name": "CRATE-1"})
        lot = self.make_lot(-2, 0)
        self.stock_up(lot, 5.0, package_id=package, owner_id=self.farmer)
        self.stock_up(lot, 7.0)
        row = self.rows(lot).filtered("package_id")
        action = row.action_scrap()
        work = (
            self.env["farm.expiry.work"]
            .with_user(self.keeper)
            .with_context(**action["context"])
            .create({"reason_tag_ids": [Command.set(self.reason.ids)]})
        )
        work.action_scrap()
        scrap = self.env["stock.scrap"].search([("lot_id", "=", lot.id)])
        self.assertRecordValues(
            scrap, [{"package_id": package.id, "owner_id": self.farmer.id}]
        )
        self.assertEqual(self.on_hand(lot), 7.0)

    # -- transfer --------------------------------------------------------------------

    def test_a_transfer_takes_exactly_these_lots(self):
        old, young = self.make_lot(1, 10.0), self.make_lot(20, 10.0)
        kept = self.make_lot(1, 10.0)
        work = self.work("transfer", young | old, location_dest_id=self.outlet.id)
        action = work.action_transfer()
        picking = self.env["stock.picking"].browse(action["res_id"])
        self.assertRecordValues(
            picking,
            [
                {
                    "state": "assigned",
                    "picking_type_id": self.warehouse.int_type_id.id,
                    "location_dest_id": self.outlet.id,
                }
            ],
        )
        self.assertEqual(picking.move_line_ids.lot_id, old | young)
        self.assertEqual(self.rows(kept).free_quantity, 10.0)
        self.assertEqual(self.rows(old).free_quantity, 0.0)
        picking.with_user(self.keeper).move_ids.picked = True
        picking.with_user(self.keeper).button_validate()
        self.assertEqual(self.rows(old).location_id, self.outlet)

    def test_expired_goods_may_be_moved_inside(self):
        lot = self.make_lot(-3, 10.0)
        work = self.work("transfer", lot, location_dest_id=self.outlet.id)
        action = work.action_transfer()
        picking = self.env["stock.picking"].browse(action["res_id"])
        self.assertEqual(picking.move_line_ids.quantity, 10.0)
        self.assertEqual(picking.state, "assigned")

    def test_a_whole_package_stays_packed_and_a_part_leaves_it(self):
        lot = self.make_lot(2, 0)
        whole, part = self.env["stock.package"].create(
            [{"name": "CRATE-W"}, {"name": "CRATE-P"}]
        )
        self.stock_up(lot, 5.0, package_id=whole)
        self.stock_up(lot, 7.0, package_id=part)
        work = self.work("transfer", lot, location_dest_id=self.outlet.id)
        work.line_ids.filtered(lambda one: one.quantity == 7.0).quantity = 2.0
        work.action_transfer()
        lines = self.env["stock.move.line"].search([("lot_id", "=", lot.id)])
        self.assertRecordValues(
            lines.sorted("quantity"),
            [
                {"package_id": part.id, "result_package_id": False, "quantity": 2.0},
                {"package_id": whole.id, "result_package_id": whole.id, "quantity": 5},
            ],
        )

    def test_a_place_is_needed_that_the_goods_are_not_at(self):
        lot = self.make_lot(2)
        with self.refused("Choose the place"):
            self.work("transfer", lot).action_transfer()
        with self.refused("already"):
            self.work("transfer", lot, location_dest_id=self.shelf.id).action_transfer()
        customers = self.env.ref("stock.stock_location_customers")
        with self.refused("Choose the place"):
            self.work("transfer", lot, location_dest_id=customers.id).action_transfer()

    def test_each_warehouse_has_its_transfer(self):
        house = self.env["stock.warehouse"].create({"name": "Second", "code": "SEC"})
        lots = self.make_lot(2) | self.make_lot(2, place=house.lot_stock_id)
        work = self.work("transfer", lots, location_dest_id=self.outlet.id)
        pickings = self.env["stock.picking"].search(work.action_transfer()["domain"])
        self.assertEqual(pickings.picking_type_id, (self.warehouse | house).int_type_id)

    def test_held_goods_do_not_go_anywhere(self):
        lots = self.make_lot(5) | self.make_lot(6)
        self.env["farm.hold"].with_user(self.quality)._place(
            lots[0], "quality", "Smell"
        )
        with self.refused("on hold"):
            self.work(
                "transfer", lots, location_dest_id=self.outlet.id
            ).action_transfer()
        self.assertEqual(self.rows(lots[1]).free_quantity, 10.0)

    # -- donate ----------------------------------------------------------------------

    def test_a_donation_is_a_delivery_that_a_report_finds(self):
        charity = self.env["res.partner"].create({"name": "Food Bank"})
        lots = self.make_lot(1, 10.0) | self.make_lot(2, 4.0)
        action = self.work("donate", lots, partner_id=charity.id).action_donate()
        picking = self.env["stock.picking"].search([("is_donation", "=", True)])
        self.assertEqual(picking.id, action["res_id"])
        self.assertRecordValues(
            picking,
            [
                {
                    "partner_id": charity.id,
                    "picking_type_id": self.warehouse.out_type_id.id,
                    "state": "assigned",
                }
            ],
        )
        self.assertEqual(picking.move_line_ids.lot_id, lots)
        self.assertEqual(self.rows(lots[0]).reserved_for, "Food Bank")

    def test_only_what_may_be_given_or_sold_is_offered(self):
        good, held = self.make_lot(1), self.make_lot(3)
        reserved = self.make_lot(4)
        bad = [self.make_lot(-1).name for _number in range(12)]
        self.env["farm.hold"].with_user(self.quality)._place(held, "quality", "Smell")
        self.reserve(reserved, 10.0)
        lots = self.env["stock.lot"].search([("name", "in", bad)])
        for kind in ("donate", "discount"):
            with self.subTest(kind=kind):
                work = self.work(kind, good | held | reserved | lots)
                self.assertEqual(work.line_ids.lot_id, good)
                self.assertEqual(
                    work.left_out,
                    f"Left out, all of it reserved for transfers: {reserved.name}.\n"
                    f"Left out, expired: {', '.join(bad[:10])} and 2 more.\n"
                    f"Left out, on hold: {held.name}.",
                )
        for kind in ("scrap", "transfer"):
            with self.subTest(kind=kind):
                work = self.work(kind, good | held | lots)
                self.assertEqual(work.line_ids.lot_id, good | held | lots)
                self.assertFalse(work.left_out)

    def test_expired_lots_are_not_given_away(self):
        charity = self.env["res.partner"].create({"name": "Food Bank"})
        good, bad = self.make_lot(1), self.make_lot(1)
        work = self.work("donate", good | bad, partner_id=charity.id)
        bad.expiration_date = self.moment(-1)
        with self.refused(f"not given away.*: {bad.name}"):
            work.action_donate()
        self.assertFalse(self.env["stock.picking"].search([("is_donation", "=", True)]))

    def test_somebody_must_get_it(self):
        with self.refused("who gets"):
            self.work("donate", self.make_lot(1)).action_donate()

    # -- discount list ---------------------------------------------------------------

    def make_rules(self):
        self.env["farm.expiry.discount"].with_user(self.manager).create(
            [{"days": 7, "percent": 20}, {"days": 2, "percent": 50}]
        )

    def test_the_nearest_discount_is_proposed_and_rounded(self):
        self.make_rules()
        self.env.company.currency_id.rounding = 0.05
        lots = [self.make_lot(days) for days in (1, 2, 3, 7, 8)]
        work = self.work("discount", self.env["stock.lot"].union(*lots))
        self.assertEqual(work.line_ids.mapped("percent"), [50.0, 50.0, 20.0, 20.0, 0.0])
        self.product.list_price = 19.99
        work.line_ids.invalidate_recordset()
        self.assertEqual(work.line_ids[0].new_price, 10.0)
        self.assertEqual(work.line_ids[2].new_price, 16.0)

    def test_a_list_on_paper_and_as_a_sheet(self):
        from openpyxl import load_workbook

        self.make_rules()
        lot = self.make_lot(2, 3.5)
        work = self.work("discount", lot, title="Friday sale")
        paper = self.get_file(work.action_discount_paper())
        self.assertEqual(paper[:5], b"%PDF-")
        rows = load_workbook(
            io.BytesIO(self.get_file(work.action_discount_sheet()))
        ).active.values
        head, row = list(rows)
        values = dict(zip(head, row, strict=True))
        self.assertEqual(values["Lot"], lot.name)
        self.assertEqual(values["Days Left"], 2)
        self.assertEqual(values["Quantity"], 3.5)
        self.assertEqual(values["New Price"], 995)

    def get_file(self, action):
        number = int(action["url"].split("/")[3].split("?")[0])
        attachment = self.env["ir.attachment"].with_user(self.keeper).browse(number)
        return base64.b64decode(attachment.datas)

    def test_what_has_expired_or_is_held_is_not_on_sale(self):
        bad, held = self.make_lot(3), self.make_lot(3)
        works = {lot: self.work("discount", lot) for lot in bad | held}
        bad.expiration_date = self.moment(-1)
        with self.refused(f"not sold.*: {bad.name}"):
            works[bad].action_discount_paper()
        self.env["farm.hold"].with_user(self.quality)._place(held, "quality", "Smell")
        with self.refused(f"on hold are not sold.*: {held.name}"):
            works[held].action_discount_sheet()

    def test_keepers_do_not_set_discounts(self):
        with self.assertRaises(AccessError):
            self.env["farm.expiry.discount"].with_user(self.keeper).create(
                {"days": 7, "percent": 20}
            )

    # -- as an enemy -----------------------------------------------------------------

    def test_stock_of_another_company_is_out_of_reach(self):
        other = self.env["res.company"].create({"name": "Other Farm"})
        house = self.env["stock.warehouse"].search([("company_id", "=", other.id)])
        lot = self.make_lot(3, 7.0, place=house.lot_stock_id)
        with self.assertRaises(AccessError):
            self.env["farm.expiry.work"].with_user(self.keeper).create(
                {
                    "kind": "scrap",
                    "line_ids": [
                        Command.create({"quant_id": lot.quant_ids.id, "quantity": 1})
                    ],
                }
            )

    def test_goods_at_customers_are_no_goods_of_the_board(self):
        customers = self.env.ref("stock.stock_location_customers")
        lot = self.make_lot(3, 7.0, place=customers)
        work = (
            self.env["farm.expiry.work"]
            .with_user(self.keeper)
            .create(
                {
                    "kind": "scrap",
                    "reason_tag_ids": [Command.set(self.reason.ids)],
                    "line_ids": [
                        Command.create({"quant_id": lot.quant_ids.id, "quantity": 1})
                    ],
                }
            )
        )
        with self.refused("only 0 .* are free"):
            work.action_scrap()

    def test_goods_of_two_companies_are_worked_on_one_after_the_other(self):
        other = self.env["res.company"].create({"name": "Other Farm"})
        house = self.env["stock.warehouse"].search([("company_id", "=", other.id)])
        lots = self.make_lot(3) | self.make_lot(3, place=house.lot_stock_id)
        both = self.make_user(
            "stock", company_ids=[Command.set((self.env.company | other).ids)]
        )
        rows = self.rows(lots, both).with_context(
            allowed_company_ids=(self.env.company | other).ids
        )
        rows = rows.search([("lot_id", "in", lots.ids)])
        action = rows.action_scrap()
        work = (
            self.env["farm.expiry.work"]
            .with_user(both)
            .with_context(
                allowed_company_ids=(self.env.company | other).ids, **action["context"]
            )
            .create({"reason_tag_ids": [Command.set(self.reason.ids)]})
        )
        self.assertEqual(len(work.line_ids), 2)
        with self.refused("several companies"):
            work.action_scrap()

    def test_the_wizard_opens_as_a_form(self):
        self.make_rules()
        lot = self.make_lot(2, 3.5)
        for kind in ("discount", "transfer", "donate", "scrap"):
            with self.subTest(kind=kind):
                action = getattr(self.rows(lot), f"action_{kind}")()
                form = Form(
                    self.env["farm.expiry.work"]
                    .with_user(self.keeper)
                    .with_context(**action["context"])
                )
                self.assertEqual(len(form.line_ids), 1)
