from odoo.tests import HttpCase, tagged


def suite_id(name):
    """The id that Hoot gives a suite or a test: a hash of its full name."""
    number = 0
    for letter in name:
        number = (number * 31 + ord(letter)) & 0xFFFFFFFF
    return f"{number:08x}"


@tagged("post_install", "-at_install")
class TestHoot(HttpCase):
    """Unit tests of the interface, ``static/tests/**/*.test.js``."""

    def test_ids_are_hoots(self):
        self.assertEqual(suite_id("@web/core"), "e39ce9ba")

    def test_unit_tests_of_the_interface(self):
        suite = suite_id("@farm_traceability")
        self.browser_js(
            f"/web/tests?headless&loglevel=2&preset=desktop&timeout=15000&id={suite}",
            "",
            "",
            login="admin",
            timeout=300,
            success_signal="[HOOT] Test suite succeeded",
            error_checker=lambda message: "[HOOT]" not in message,
        )
