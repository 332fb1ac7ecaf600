import ast
import os
import subprocess
import sys
from pathlib import Path
from unittest import TestCase

import odoo.addons

HOME = Path(__file__).parents[1]
#: what drives readers: that is the devices' work, and none of the server's
OF_READERS = {"nfc", "ndef", "serial", "smartcard", "usb", "usb1"}
#: a process that loads the add-on and says which packages it has then
LOADED = """
import sys
import odoo.addons
odoo.addons.__path__[:] = sys.argv[1:]
import odoo.addons.farm_rfid_bridge
print(*{name.partition(".")[0] for name in sys.modules})
print(*(name for name in sys.modules if name.startswith("odoo.addons.farm")))
"""


class TestStandingApart(TestCase):
    """The server knows tags by what devices say of them; it drives no reader."""

    def test_no_source_imports_what_drives_readers(self):
        sources = [path for path in HOME.rglob("*.py") if "tests" not in path.parts]
        self.assertTrue(sources)
        for path in sources:
            with self.subTest(str(path.relative_to(HOME))):
                self.assertFalse(_imported(path) & OF_READERS)

    def test_nothing_that_is_loaded_does(self):
        said = subprocess.run(
            [sys.executable, "-c", LOADED, *odoo.addons.__path__],
            env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
            stdout=subprocess.PIPE,
            text=True,
            check=True,
        )
        packages, modules = said.stdout.splitlines()
        self.assertIn("odoo.addons.farm_rfid_bridge.models.tag", modules.split())
        self.assertIn("farmtag", packages.split())
        # farmtag knows the format of messages by ndeflib, which drives nothing.
        self.assertFalse(set(packages.split()) & OF_READERS - {"ndef"})


def _imported(path):
    """The packages that a source imports, wherever in it."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {one.name.partition(".")[0] for one in node.names}
        elif isinstance(node, ast.ImportFrom) and not node.level:
            found.add(node.module.partition(".")[0])
    return found
