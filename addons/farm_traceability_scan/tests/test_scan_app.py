from odoo.tests import HttpCase, tagged

from .scan_common import ScanCase


@tagged("post_install", "-at_install")
class TestScanApp(ScanCase, HttpCase):
    """The page of the scan screens, and who gets it."""

    freeze_time = None  # sessions have a clock of their own

    def log_in(self, user):
        self.authenticate(user.login, user.login)

    def ask(self, method, user=None, **params):
        asked = {"uid": (user or self.picker).id} | params
        return self.make_jsonrpc_request(f"/farm/scan/ask/{method}", asked)

    def test_a_picker_gets_the_page(self):
        self.log_in(self.picker)
        page = self.url_open("/farm/scan")
        self.assertEqual(page.status_code, 200)
        self.assertIn("assets_scan", page.text)
        self.assertEqual(page.headers["Cache-Control"], "no-store")

    def test_nobody_without_rights_gets_it(self):
        self.log_in(self.make_user("officer"))
        page = self.url_open("/farm/scan")
        self.assertEqual(page.status_code, 403)
        self.assertIn("people of the warehouse", page.text)
        self.assertNotIn("assets_scan", page.text)

    def test_nobody_at_all_is_sent_to_the_login(self):
        self.authenticate(None, None)
        page = self.url_open("/farm/scan", allow_redirects=False)
        self.assertIn("/web/login", page.headers["Location"])

    def test_the_worker_and_the_manifest_are_of_the_page(self):
        worker = self.url_open("/farm/scan/service-worker.js")
        self.assertEqual(worker.headers["Service-Worker-Allowed"], "/farm/scan")
        self.assertIn("javascript", worker.headers["Content-Type"])
        manifest = self.url_open("/farm/scan/manifest.webmanifest").json()
        self.assertEqual(manifest["start_url"], "/farm/scan")
        for icon in manifest["icons"]:
            self.assertEqual(self.url_open(icon["src"]).status_code, 200)

    def test_the_door_answers_its_own_user_only(self):
        self.log_in(self.picker)
        companies = self.picker.company_ids.ids
        answer = self.ask("menu", company_ids=companies)["answer"]
        self.assertIn("pick", [entry["code"] for entry in answer])
        other = self.make_user("stock")
        self.assertEqual(
            self.ask("menu", other, company_ids=companies),
            {"other_user": self.picker.name},
        )

    def test_only_the_doors_methods_are_asked(self):
        self.log_in(self.picker)
        for method in ("_post_one", "search", "unlink"):
            with (
                self.subTest(method),
                self.assertLogs("odoo.http", "WARNING"),
                self.assertRaisesRegex(Exception, "AccessError"),
            ):
                self.ask(method)
