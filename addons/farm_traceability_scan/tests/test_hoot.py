from odoo.addons.farm_traceability.tests.test_hoot import suite_id
from odoo.tests import HttpCase, tagged


@tagged("post_install", "-at_install")
class TestScanHoot(HttpCase):
    """Unit tests of the scan screens: reading, wedge, queue, states, picking."""

    def test_scan_screens(self):
        suite = suite_id("@farm_traceability_scan")
        self.browser_js(
            f"/web/tests?headless&loglevel=2&preset=desktop&timeout=15000&id={suite}",
            "",
            "",
            login="admin",
            timeout=300,
            success_signal="[HOOT] Test suite succeeded",
            error_checker=lambda message: "[HOOT]" not in message,
        )
