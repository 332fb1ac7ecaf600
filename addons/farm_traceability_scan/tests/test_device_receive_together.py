import json
from contextlib import ExitStack, contextmanager

from odoo.tests import tagged
from odoo.tests.common import HOST, TEST_CURSOR_COOKIE_NAME

from .device_browser import DeviceBrowser
from .device_case import DeviceCase
from .receive_common import GTIN, ReceiveCase


@tagged("post_install", "-at_install")
class TestDeviceReceiveTogether(ReceiveCase, DeviceCase):
    """Two handhelds at one receipt, and the office that changes it meanwhile."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.product.name = "Banana"
        cls.colleague = cls.make_user("stock")
        cls.office = cls.make_user("stock")

    @contextmanager
    def device_and(self, other):
        """The picker's device, and one of somebody else."""
        session = self.log_in(other)
        with ExitStack() as stack:
            device = stack.enter_context(self.device())
            second = DeviceBrowser(self)
            stack.callback(self._wait_remaining_requests)
            stack.callback(second.stop)
            key = self.opener.cookies[TEST_CURSOR_COOKIE_NAME]
            second.set_cookie(TEST_CURSOR_COOKIE_NAME, key, "/", HOST)
            second.be(session)
            second.open("/farm/scan")
            yield device, second

    def open(self, device):
        device.choose("receive")
        device.tap(f"[data-document='{self.picking.id}']")
        device.see(".fs-work")

    def call(self, browser, model, method, *args):
        """What a form of the office does."""
        params = {"model": model, "method": method, "args": args, "kwargs": {}}
        asked = {"jsonrpc": "2.0", "method": "call", "params": params}
        answer = browser.js(
            f"""fetch("/web/dataset/call_kw", {{
                method: "POST",
                headers: {{"Content-Type": "application/json"}},
                body: {json.dumps(json.dumps(asked))},
            }}).then((answer) => answer.json())"""
        )
        self.assertNotIn("error", answer)
        return answer["result"]

    def test_two_devices(self):
        with self.device_and(self.colleague) as (device, other):
            self.open(device)
            self.open(other)
            device.scan(f"(01){GTIN}(10)A(3103)010000")
            device.see(".fs-task__number b", "10")
            device.see(".fs-status.is-right")
            other.scan(f"(01){GTIN}(10)A(3103)005000")
            other.see(".fs-task__number b", "15")
            device.scan(f"(01){GTIN}(10)B(3103)005000")
            device.see(".fs-task__number b", "20")
            other.set_offline(True)
            other.scan(f"(01){GTIN}(10)C(3103)005000")
            other.see(".fs-status.is-attention", "1 waiting")
            device.scan("FARM:FINISH")
            device.scan("FARM:OK")
            device.see(".fs-strip.is-right", "is done")
            other.set_offline(False)
            other.see(".fs-strip.is-wrong", "finished in the meantime")
            other.see(".fs-status", "1 refused")
        self.assertEqual(self.picking.state, "done")
        self.assertEqual(self.done(), {"A": 15, "B": 5})
        self.assertEqual(self.picking.backorder_ids.move_ids.product_qty, 10)

    def test_the_office_orders_less_and_deletes_a_line(self):
        move, picking = self.picking.move_ids, self.picking
        with self.device_and(self.office) as (device, office):
            self.open(device)
            device.scan(f"(01){GTIN}(10)A(3103)010000")
            device.scan(f"(01){GTIN}(10)B(3103)004000")
            device.see(".fs-task__number b", "14")
            device.see(".fs-status.is-right")
            self.call(office, "stock.move", "write", move.ids, {"product_uom_qty": 20})
            lines = self.call(
                office,
                "stock.move.line",
                "search",
                [["picking_id", "=", picking.id], ["lot_name", "=", "B"]],
            )
            self.call(office, "stock.move.line", "unlink", lines)
            device.scan(f"(01){GTIN}(10)A(3103)002000")
            device.see(".fs-task__number", "20 kg")
            device.see(".fs-task__number b", "12")
            device.scan(f"(01){GTIN}(10)A(3103)009000")
            device.see(".fs-question", "8")
        line = picking.move_line_ids.filtered("scanned_quantity")
        self.assertRecordValues(line, [{"lot_name": "A", "scanned_quantity": 12}])

    def test_the_office_cancels(self):
        with self.device_and(self.office) as (device, office):
            self.open(device)
            device.scan(f"(01){GTIN}(10)A(3103)010000")
            device.see(".fs-status.is-right")
            self.call(office, "stock.picking", "action_cancel", self.picking.ids)
            device.scan(f"(01){GTIN}(10)B(3103)004000")
            device.see(".fs-strip.is-wrong", "cancelled")
        self.assertEqual(self.picking.state, "cancel")
