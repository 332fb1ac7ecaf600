import ast
import sys
from pathlib import Path
from unittest import TestCase

HOME = Path(__file__).parents[1]
#: what drives readers: that is the devices' work, and none of the server's
OF_READERS = {"nfc", "ndef", "serial", "smartcard", "usb", "usb1"}


class TestStandingApart(TestCase):
    """The server knows tags by what devices say of them; it drives no reader."""

    def test_no_source_imports_what_drives_readers(self):
        sources = [path for path in HOME.rglob("*.py") if "tests" not in path.parts]
        self.assertTrue(sources)
        for path in sources:
            with self.subTest(str(path.relative_to(HOME))):
                self.assertFalse(_imported(path) & OF_READERS)

    def test_nothing_that_is_loaded_does(self):
        self.assertIn("odoo.addons.farm_rfid_bridge.models.tag", sys.modules)
        self.assertIn("farmtag", sys.modules)
        self.assertNotIn("nfc", sys.modules)


def _imported(path):
    """The packages that a source imports, wherever in it."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {one.name.partition(".")[0] for one in node.names}
        elif isinstance(node, ast.ImportFrom) and not node.level:
            found.add(node.module.partition(".")[0])
    return found
