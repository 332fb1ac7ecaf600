from pathlib import Path

from odoo.tests import HttpCase, tagged
from odoo.tools.misc import file_path


def suite_id(name):
    """The id that Hoot gives a suite or a test: a hash of its full name."""
    number = 0
    for letter in name:
        number = (number * 31 + ord(letter)) & 0xFFFFFFFF
    return f"{number:08x}"


@tagged("post_install", "-at_install")
class TestHoot(HttpCase):
    """Unit tests of the suite's interface, ``static/tests/**/*.test.js``."""

    def test_ids_are_hoots(self):
        self.assertEqual(suite_id("@web/core"), "e39ce9ba")

    def suites(self):
        """Ids of the add-ons of the suite that are installed and have such tests."""
        installed = self.env["ir.module.module"].search(
            [("name", "=like", "farm\\_%"), ("state", "=", "installed")]
        )
        return [
            suite_id(f"@{name}")
            for name in installed.mapped("name")
            if any(Path(file_path(name)).glob("static/tests/**/*.test.js"))
        ]

    def test_unit_tests_of_the_interface(self):
        suites = "".join(f"&id={suite}" for suite in self.suites())
        self.assertIn(suite_id("@farm_traceability"), suites)
        self.browser_js(
            f"/web/tests?headless&loglevel=2&preset=desktop&timeout=15000{suites}",
            "",
            "",
            login="admin",
            timeout=300,
            success_signal="[HOOT] Test suite succeeded",
            error_checker=lambda message: "[HOOT]" not in message,
        )
