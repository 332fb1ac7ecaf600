import base64
from contextlib import contextmanager

from odoo.exceptions import UserError
from pypdfium2 import PdfDocument

from .common import FarmCase

GTIN = "9501101530003"
PREFIX = "950110"


class LabelCase(FarmCase):
    """Fruit in stock with a GTIN; who prints, and who designs."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.picker = cls.make_user("stock")
        cls.manager = cls.make_user("manager")
        cls.product.barcode = GTIN
        cls.company = cls.env.company
        cls.company.write({"gs1_prefix": PREFIX, "sscc_extension_digit": "3"})
        cls.lots = cls.receive(12.0, 8.5).lot_ids
        cls.lot = cls.lots[0]
        cls.bunch = cls.env.ref("farm_traceability.label_bunch")
        cls.hand = cls.env.ref("farm_traceability.label_hand")
        cls.sheet = cls.env.ref("farm_traceability.label_a4_24")
        cls.pallet = cls.env.ref("farm_traceability.label_pallet")

    @classmethod
    def make_label(cls, *blocks, user=None, **vals):
        """Make a roll label of 100 × 50 mm with these blocks."""
        lines = [
            {"x": 2, "y": 2 + 10 * number, "width": 90, "height": 8} | block
            for number, block in enumerate(blocks)
        ]
        return (
            cls.env["farm.label.template"]
            .with_user(user or cls.env.user)
            .create(
                {
                    "name": f"Label {next(cls.numbers)}",
                    "block_ids": [(0, 0, line) for line in lines],
                }
                | vals
            )
        )

    @classmethod
    def make_package(cls, lots=None, **vals):
        """Put all stock of some lots into a new package."""
        package = cls.env["stock.package"].create(
            {"name": f"PAL-{next(cls.numbers)}"} | vals
        )
        for quant in (lots or cls.lot).quant_ids.filtered("quantity"):
            quant.package_id = package
        return package

    def wizard(self, records, user=None, **vals):
        return (
            self.env["farm.label.print"]
            .with_user(user or self.picker)
            .with_context(active_model=records._name, active_ids=records.ids)
            .create(vals)
        )

    def print_labels(self, records, template=None, **vals):
        """Print by the wizard as the weakest user; the new job."""
        if template:
            vals |= {"template_id": template.id, "subject": template.subject}
        last = self.env["farm.label.job"].search([], limit=1)
        self.wizard(records, **vals).action_print()
        job = self.env["farm.label.job"].search([], limit=1)
        self.assertNotEqual(job, last)
        return job

    def pages(self, job):
        """How many pages the PDF of a job has."""
        return len(PdfDocument(base64.b64decode(job.content)))

    @contextmanager
    def refused(self, text):
        with self.assertRaises(UserError) as caught:
            yield
        self.assertRegex(str(caught.exception), text)
