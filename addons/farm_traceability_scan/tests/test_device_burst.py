from odoo.tests import tagged

from .device_case import DeviceCase

GTIN = "09501101530003"
SCANS = 40


@tagged("post_install", "-at_install")
class TestDeviceBurst(DeviceCase):
    """Faster than the page can follow, or by an input method: all, in order."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.category.removal_strategy_id = cls.strategy("fefo")
        cls.product.write({"name": "Banana", "barcode": GTIN[1:]})
        cls.cold = cls.make_place("Cold 1")

    def check(self, act, count=SCANS, text="{}", prepare=lambda device: None):
        """Pick lots of one piece each, scanned by ``act(device, texts)``."""
        names = [f"LOT-{number}" for number in range(count)]
        for days, name in enumerate(names, 20):
            self.make_stock(name, days, 1, self.cold)
        picking = self.make_delivery(count)
        picking.action_assign()
        path = f"/farm/scan#/pick/{picking.id}"
        with self.device(path=path) as device:
            device.see(".fs-task", "Cold 1")
            prepare(device)
            act(device, [text.format(name) for name in names])
            device.see(".fs-alldone")
            device.see(".fs-status.is-right")
        events = self.env["farm.scan.event"].search([("picking_id", "=", picking.id)])
        texts = events.sorted("id").mapped("text")
        self.assertEqual(texts, [text.format(name) for name in names])
        self.assertEqual(set(events.mapped("state")), {"applied"})
        self.assertEqual(set(picking.move_line_ids.mapped("scanned_quantity")), {1})

    def test_ten_a_second(self):
        self.check(lambda device, texts: device.burst(texts))

    def test_ten_a_second_while_the_page_is_busy(self):
        self.check(
            lambda device, texts: device.burst(texts),
            prepare=lambda device: device.keep_busy(0.7),
        )

    def test_symbols_of_gs1_on_a_slow_device(self):
        self.check(
            lambda device, texts: device.burst(texts),
            count=12,
            text=f"01{GTIN}10{{}}\x1d301",
            prepare=lambda device: device.throttle(6),
        )

    def test_without_suffix(self):
        def scan(device, texts):
            for number, text in enumerate(texts, 1):
                device.scan(text, end="")
                device.see(f".fs-progress[aria-valuenow='{number}']")

        self.check(scan, count=5)

    def test_by_an_input_method(self):
        self.check(
            lambda device, texts: [device.compose(text) for text in texts], count=10
        )

    def test_by_an_input_method_that_shows_it_first(self):
        self.check(
            lambda device, texts: [device.compose_whole(text) for text in texts],
            count=10,
        )
