import re
from pathlib import Path
from unittest import SkipTest

from odoo.tests import TransactionCase, tagged

TABLE = Path(__file__).parents[3] / "docs" / "model.md"
ENTRY = re.compile(r"^- (.*?)(?=^- |\Z)", re.MULTILINE | re.DOTALL)


@tagged("post_install", "-at_install")
class TestModelDictionary(TransactionCase):
    """``docs/model.md`` says what this add-on keeps, and where."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        if not TABLE.exists():
            raise SkipTest(f"{TABLE} is not there: the add-on stands alone")
        _head, _title, part = TABLE.read_text("utf-8").partition("## Label dan pembaca")
        cls.entries = [re.findall(r"`(.+?)`", one) for one in ENTRY.findall(part)]

    def test_every_field_exists(self):
        self.assertTrue(self.entries)
        for model, *fields in self.entries:
            with self.subTest(model=model):
                self.assertFalse(set(fields) - set(self.env[model]._fields))

    def test_no_model_is_missing(self):
        mine = {
            name
            for name, model in self.env.registry.items()
            if model._original_module == "farm_rfid_bridge"
            and not (model._abstract or model._transient)
        }
        self.assertEqual({model for model, *_fields in self.entries}, mine)
