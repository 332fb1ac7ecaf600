from odoo.tests import tagged

from .device_case import DeviceCase
from .receive_common import GTIN, ReceiveCase


@tagged("post_install", "-at_install")
class TestDeviceReceiveLabels(ReceiveCase, DeviceCase):
    """Labels are printed from a handheld: by scanner, by touch, without network."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["farm.label.printer"].search([]).active = False
        cls.before = cls.env["farm.label.job"].search([])
        cls.piece = cls.make_product(
            name="Papaya",
            tracking="lot",
            barcode="9501101530010",
            uom_id=cls.env.ref("uom.product_uom_unit").id,
        )

    @property
    def jobs(self):
        return self.env["farm.label.job"].search([], order="id") - self.before

    def make_printer(self):
        return self.env["farm.label.printer"].create(
            {"name": "Dock", "host": "127.0.0.1", "company_id": self.env.company.id}
        )

    def open(self, device, picking=None):
        device.choose("receive")
        device.tap(f"[data-document='{(picking or self.picking).id}']")
        device.see(".fs-work")

    def test_by_scanner(self):
        self.make_printer()
        with self.device() as device:
            self.open(device)
            device.scan("FARM:LABEL")
            device.see(".fs-strip.is-wrong", "a lot first")
            device.scan(f"(01){GTIN}(10)NEW-1(3103)010000")
            device.scan("FARM:LABEL")
            device.see(".fs-amount", "1")
            device.scan("FARM:OK")
            device.see(".fs-strip.is-right", "Dock: 1")
            device.scan("FARM:LABEL:3")
            device.see(".fs-strip.is-right", "Dock: 3")
            device.see(".fs-status.is-right")
        self.assertEqual(self.jobs.mapped("label_count"), [1, 3])
        self.assertEqual(self.jobs.line_ids.lot_id.name, "NEW-1")
        self.assertEqual(set(self.jobs.mapped("state")), {"waiting"})

    def test_by_touch_one_for_each_piece(self):
        picking = self.announce(self.piece, 8)
        with self.device() as device:
            self.open(device, picking)
            device.scan("(01)09501101530010(10)P-1(30)6")
            device.see(".fs-task__lot", "P-1")
            device.tap("[data-tool=label]")
            device.see(".fs-amount", "6")
            device.tap("[data-act=done]")
            device.see(".fs-notice", "P-1")
            url = device.js("document.querySelector('[data-command=OPEN]').href")
            self.assertTrue(
                device.js(
                    f"""fetch("{url}").then(async (answer) =>
                        answer.ok && (await answer.text()).startsWith("%PDF"))"""
                )
            )
            device.tap("[data-command=OPEN]")
            device.wait("!document.querySelector('.fs-notice')")
        self.assertEqual(self.jobs.label_count, 6)
        self.assertEqual(self.jobs.state, "made")

    def test_all_with_the_end(self):
        self.make_printer()
        with self.device() as device:
            self.open(device)
            device.scan(f"(01){GTIN}(10)A(3103)010000")
            device.scan(f"(01){GTIN}(10)B(3103)020000")
            device.see(".fs-task__number b", "30")
            device.scan("FARM:FINISH")
            device.see(".fs-panel [data-command=LABEL]", "labels")
            device.scan("FARM:LABEL")
            device.see(".fs-strip.is-right", "A, B")
        self.assertEqual(self.picking.state, "done")
        self.assertEqual(self.jobs.line_ids.mapped("name"), ["A", "B"])

    def test_without_network_it_waits_and_is_printed_once(self):
        with self.device() as device:
            self.open(device)
            device.set_offline(True)
            device.scan(f"(01){GTIN}(10)NEW-1(3103)010000")
            device.see(".fs-status.is-attention", "1 waiting")
            device.scan("FARM:LABEL:2")
            device.see(".fs-strip.is-attention", "once there is a network")
            device.see(".fs-status.is-attention", "2 waiting")
            device.set_offline(False)
            device.see(".fs-notice", "NEW-1")
            device.see(".fs-status.is-right")
            device.reload()
            device.see(".fs-notice", "NEW-1")
            device.scan("FARM:OPEN")
            device.wait("!document.querySelector('.fs-notice')")
        self.assertEqual(self.jobs.mapped("label_count"), [2])
