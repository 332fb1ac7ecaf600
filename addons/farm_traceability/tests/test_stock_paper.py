import io

from odoo.fields import Command
from odoo.tests import HttpCase, tagged
from odoo.tools.pdf import PdfReader

from ..reports.stock_papers import CountPaper, PickPaper, TransferPaper
from .stock_card_common import StockCardCase


class StockPaperCase(StockCardCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.move(6, cls.suppliers, cls.other_shelf, lot_id=cls.lot.id)
        cls.move(4, cls.suppliers, cls.shelf, lot_id=cls.other_lot.id)
        cls.move(9, cls.suppliers, cls.shelf, owner_id=cls.owner.id)
        places = {
            "location_id": cls.stock.id,
            "location_dest_id": cls.branch.lot_stock_id.id,
        }
        cls.picking = cls.env["stock.picking"].create(
            {
                **places,
                "picking_type_id": cls.warehouse.int_type_id.id,
                "origin": "Order 12",
                "move_ids": [
                    Command.create(
                        {
                            **places,
                            "product_id": cls.product.id,
                            "product_uom_qty": 12,
                            "product_uom": cls.product.uom_id.id,
                        }
                    )
                ],
            }
        )
        cls.picking.action_confirm()
        cls.picking.action_assign()


@tagged("post_install", "-at_install")
class TestStockPaper(StockPaperCase):
    """Papers tell a store keeper what the records say, and nothing else."""

    def text(self, paper):
        reader = PdfReader(io.BytesIO(paper.render()))
        return "\n".join(page.extract_text() for page in reader.pages)

    def test_a_transfer_names_places_lots_and_who_signs(self):
        text = self.text(TransferPaper(self.picking.with_user(self.keeper)))
        for words in (
            self.picking.name, "Branch", "CARD-1", "CARD-2", "Order 12",
            "not reserved", "Issued by", "Received by",
        ):  # fmt: skip
            self.assertIn(words, text)
        self.assertRegex(text, r"Together[\s\S]*bunch\s+2\s+10\s+kg")

    def test_a_done_transfer_has_what_went(self):
        self.picking.move_ids.picked = True
        self.picking._action_done()
        text = self.text(TransferPaper(self.picking.with_user(self.keeper)))
        self.assertIn("Done", text)
        self.assertNotIn("not reserved", text)

    def test_a_pick_list_goes_from_place_to_place(self):
        text = self.text(PickPaper(self.picking.with_user(self.keeper)))
        self.assertLess(text.index("Shelf A"), text.index("Shelf B"))
        self.assertLess(text.index("CARD-2"), text.index("CARD-1"))
        self.assertIn("Not reserved", text)

    def test_a_count_sheet_may_hide_the_books(self):
        quants = self.stock.with_user(self.keeper)._get_quants_to_count()
        quants = quants.filtered(
            lambda one: one.product_id in self.boxes | self.product
        )
        told = self.text(CountPaper(quants, True))
        blind = self.text(CountPaper(quants, False))
        for text in (told, blind):
            for words in ("Shelf A", "Shelf B", "CARD-1", "CARD-2", "union", "Counted"):
                self.assertIn(words, text)
        self.assertIn("By the", told)
        self.assertNotIn("By the", blind)
        self.assertRegex(told, r"\b9\b")
        self.assertNotRegex(blind, r"\b9\b")

    def test_a_column_with_nothing_in_it_takes_no_room(self):
        quants = self.stock.with_user(self.keeper)._get_quants_to_count()
        text = self.text(CountPaper(quants.filtered("lot_id"), True))
        for label in ("Product", "Lot", "By the", "Counted", "Unit", "Remarks"):
            self.assertIn(label, text)
        for label in ("Package", "Owner"):
            self.assertNotIn(label, text)

    def test_a_line_that_knows_its_move_alone_is_on_paper(self):
        self.picking.move_line_ids.picking_id = False
        picking = self.picking.with_user(self.keeper)
        for paper in (TransferPaper(picking), PickPaper(picking)):
            self.assertIn("CARD-1", self.text(paper))

    def test_an_empty_place_has_a_sheet_too(self):
        place = self.env["stock.location"].create({"name": "Empty"})
        quants = place._get_quants_to_count()
        self.assertIn("Nothing lies here", self.text(CountPaper(quants, True)))


@tagged("post_install", "-at_install")
class TestStockPaperRoute(StockPaperCase, HttpCase):
    freeze_time = None  # a session has a clock of its own

    def get(self, url, user=None):
        user = user or self.keeper
        self.authenticate(user.login, user.login)
        return self.url_open(url)

    def test_every_button_downloads_its_paper(self):
        quant = self.stock.with_user(self.keeper)._get_quants_to_count()
        picking = self.picking.with_user(self.keeper)
        place = self.stock.with_user(self.keeper)
        for action in (
            picking.action_transfer_paper(), picking.action_pick_paper(),
            quant.action_count_paper(), quant.action_blind_count_paper(),
            place.action_count_paper(), place.action_blind_count_paper(),
        ):  # fmt: skip
            answer = self.get(action["url"])
            self.assertEqual(answer.status_code, 200, action["url"])
            self.assertTrue(answer.content.startswith(b"%PDF"))

    def test_what_is_not_there_and_who_may_not(self):
        url = "/farm_traceability/paper"
        for path in ("x?ids=1", "transfer?ids=999999999", "transfer", "pick?ids=a,b"):
            self.assertEqual(self.get(f"{url}/{path}").status_code, 404, path)
        path = f"{url}/transfer?ids={self.picking.id}"
        self.assertEqual(self.get(path, self.make_user("internal")).status_code, 403)
        other = self.env["res.company"].create({"name": "Other Fruit Company"})
        stranger = self.make_user(
            "stock", company_id=other.id, company_ids=[(6, 0, other.ids)]
        )
        self.assertEqual(self.get(path, stranger).status_code, 403)
