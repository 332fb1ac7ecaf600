from odoo.tests import HttpCase

from .scan_common import ScanCase


class ForgedCase(ScanCase, HttpCase):
    """A picker's session, a delivery, and requests of any shape."""

    freeze_time = None  # sessions have a clock of their own

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.stock_up(cls.make_lot("LOT-1"), 50)
        cls.picking = cls.make_delivery(20)
        cls.picking.action_assign()

    def setUp(self):
        super().setUp()
        self.authenticate(self.picker.login, self.picker.login)

    def ask(self, method, *args, **more):
        """What the picker's session is answered: ``result`` or ``error``."""
        params = {"uid": self.picker.id, "args": args, "company_ids": []} | more
        body = self.build_rpc_payload(params)
        return self.url_open(f"/farm/scan/ask/{method}", json=body).json()

    def send(self, *events, **more):
        return self.ask("post", list(events), **more)

    def answer(self, event, **more):
        [answer] = self.send(event, **more)["result"]["answer"]
        return answer

    def pick(self, **more):
        return self.event("pick", self.picking, "LOT-1", quantity=5) | more

    def scanned(self):
        self.env.invalidate_all()
        return sum(self.picking.move_line_ids.mapped("scanned_quantity"))

    def call(self, model, method, *args):
        """As Odoo's own screens ask."""
        named = {"model": model, "method": method, "args": args, "kwargs": {}}
        path = f"/web/dataset/call_kw/{model}/{method}"
        return self.url_open(path, json=self.build_rpc_payload(named)).json()

    def event_of(self, uuid):
        return self.env["farm.scan.event"].search([("uuid", "=", uuid)])

    def assertNothingDone(self):
        self.assertEqual(self.scanned(), 0)
        self.assertEqual(self.picking.state, "assigned")
