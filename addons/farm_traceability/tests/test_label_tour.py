import base64

from odoo import fields
from odoo.tests import HttpCase, tagged

from .label_case import LabelCase


@tagged("post_install", "-at_install")
class TestLabelTour(LabelCase, HttpCase):
    """A manager designs a label and prints 24 of it, in a browser."""

    freeze_time = None  # the browser has a clock of its own
    day = fields.Date.today()

    def test_a_manager_designs_a_label_and_prints_a_sheet(self):
        self.lot.name = "TOUR-LABEL-1"
        self.start_tour("/odoo", "farm_label_designer", login=self.manager.login)
        template = self.env["farm.label.template"].search([("name", "=", "Tour Label")])
        self.assertRecordValues(
            template.block_ids,
            [
                {"kind": "text", "content": "{lot}", "y": 2.0},
                {"kind": "gs1_datamatrix", "content": "01 10", "y": 2.5},
            ],
        )
        job = self.env["farm.label.job"].search([("template_id", "=", template.id)])
        self.assertEqual((job.label_count, job.user_id), (24, self.manager))
        self.assertEqual(self.pages(job), 1)
        self.assertTrue(self.download(job).startswith(b"%PDF"))

    def test_a_manager_prints_24_and_follows_old_stock_to_its_card(self):
        self.product.name = "Tour Fruit"
        self.lot.name = "TOUR-LABEL-1"
        self.start_tour(
            "/odoo", "farm_manager_prints_and_ages", login=self.manager.login
        )
        job = self.env["farm.label.job"].search(
            [("template_name", "=", "Tour Label"), ("label_count", "=", 24)]
        )
        self.assertEqual((job.line_ids.lot_id, job.is_reprint), (self.lot, False))

    def download(self, job):
        self.authenticate(self.manager.login, self.manager.login)
        address = job.with_user(self.manager).action_download()["url"]
        response = self.url_open(address)
        self.assertEqual(response.content, base64.b64decode(job.content))
        return response.content
