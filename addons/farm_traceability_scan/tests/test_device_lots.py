from odoo.tests import tagged

from .device_case import DeviceCase


@tagged("post_install", "-at_install")
class TestDeviceLots(DeviceCase):
    """One lot at a time with a handheld: split, hold, look up."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.cold = cls.make_place("Cold 1")
        unit = cls.env.ref("uom.product_uom_unit")
        cls.hand = cls.make_product(name="Hand", uom_id=unit.id)
        cls.lot = cls.make_stock("BUNCH", 20, 12, cls.cold)
        quality = cls.env.ref("farm_traceability.group_quality_manager")
        cls.picker.group_ids += quality

    def begin(self, device, scenario):
        device.choose(scenario)

    def hands(self):
        """How many hands there are, each a lot of its own."""
        return self.env["stock.lot"].search_count([("product_id", "=", self.hand.id)])

    def type(self, device, text):
        device.tap("[data-tool=type]")
        device.enter(".fs-panel input", text)
        device.tap(".fs-panel .is-main")

    # -- split ------------------------------------------------------------------------

    def test_split_by_keys(self):
        with self.device() as device:
            self.begin(device, "split")
            device.scan("NO LOT")
            device.see(".fs-strip.is-wrong", "NO LOT")
            device.scan("BUNCH")
            device.see(".fs-keypad")
            device.scan("4")
            device.see(".fs-amount", "4")
            device.scan("FARM:OK")
            device.see(".fs-done", "4 hands")
        self.assertEqual(self.hands(), 4)

    def test_split_by_touch(self):
        with self.device() as device:
            self.begin(device, "split")
            self.type(device, "bunch")
            device.tap("[data-key='4']")
            device.tap("[data-act=done]")
            device.see(".fs-done", "4 hands")
        self.assertEqual(self.hands(), 4)

    def test_split_without_network(self):
        """How many is asked by the device, and all is done by itself later."""
        with self.device() as device:
            self.begin(device, "split")
            device.set_offline(True)
            device.scan("BUNCH")
            device.see(".fs-panel", "BUNCH")
            device.tap("[data-key='5']")
            device.tap("[data-act=done]")
            device.see(".fs-status.is-attention", "1 waiting")
            device.scan("NO LOT")
            device.see(".fs-panel", "NO LOT")
            device.scan("FARM:QTY:3")
            device.see(".fs-status.is-attention", "2 waiting")
            device.set_offline(False)
            device.see(".fs-done", "5 hands")
            device.see(".fs-status.is-wrong", "1 refused")
            device.scan("FARM:LOG")
            device.see(".fs-body", "NO LOT")
        self.assertEqual(self.hands(), 5)

    def test_split_without_network_and_without_answer(self):
        """The next scan goes before the question: the server asks it later."""
        with self.device() as device:
            self.begin(device, "split")
            device.set_offline(True)
            device.scan("BUNCH")
            device.see(".fs-keypad")
            device.scan("FARM:BACK")
            device.see(".fs-status.is-attention", "1 waiting")
            device.set_offline(False)
            device.see(".fs-panel", "Cold 1")
            device.scan("FARM:QTY:3")
            device.see(".fs-done", "3 hands")
        self.assertEqual(self.hands(), 3)

    # -- hold -------------------------------------------------------------------------

    def test_hold_by_keys(self):
        with self.device() as device:
            self.begin(device, "hold")
            device.scan("BUNCH")
            device.see(".fs-question", "BUNCH")
            device.scan("FARM:2")
            device.see(".fs-done", "on hold")
            device.scan("BUNCH")
            device.see(".fs-strip.is-wrong", "already")
        self.assertIn("Rotten", self.lot.hold_reason)

    def test_hold_by_touch(self):
        with self.device() as device:
            self.begin(device, "hold")
            self.type(device, "bunch")
            device.enter(".fs-panel textarea", "Smells")
            device.tap("[data-act=accept]")
            device.see(".fs-done", "on hold")
        self.assertIn("Smells", self.lot.hold_reason)

    def test_hold_without_network(self):
        with self.device() as device:
            self.begin(device, "hold")
            device.set_offline(True)
            for lot, status in (("BUNCH", "1 waiting"), ("NO LOT", "2 waiting")):
                device.scan(lot)
                device.see(".fs-question", lot)
                device.tap(".fs-choice")
                device.see(".fs-status.is-attention", status)
            device.reload()
            device.see(".fs-status.is-attention", "2 waiting")
            device.set_offline(False)
            device.see(".fs-status.is-wrong", "1 refused")
        self.assertIn("Damaged", self.lot.hold_reason)

    # -- look up ----------------------------------------------------------------------

    def test_hold_from_what_was_looked_up(self):
        with self.device() as device:
            self.begin(device, "look_up")
            device.scan("BUNCH")
            device.see(".fs-found", "BUNCH")
            device.tap("[data-act=hold]")
            device.see(".fs-question", "BUNCH")
            device.scan("FARM:1")
            device.see(".fs-done", "on hold")
        self.assertTrue(self.lot.is_on_hold)
        self.assertIn("Damaged", self.lot.hold_reason)

    def test_look_up_by_keys(self):
        """What is shown is moved by a code, without being scanned again."""
        rack = self.make_place("Rack 7")
        with self.device() as device:
            self.begin(device, "look_up")
            device.scan("COLD 1")
            device.see(".fs-found", "Cold 1")
            device.scan("NOTHING")
            device.see(".fs-strip.is-wrong", "NOTHING")
            device.scan("BUNCH")
            device.see(".fs-found", "BUNCH")
            device.see(".fs-trace", "None yet")
            device.scan("FARM:MOVE")
            device.see("[data-step=source].is-known", "Cold 1")
            device.scan("RACK 7")
            device.see(".fs-strip.is-right", "12 kg to")
        self.assertEqual(self.lot.location_id, rack)

    def test_look_up_by_touch(self):
        with self.device() as device:
            self.begin(device, "look_up")
            self.type(device, "bunch")
            device.see(".fs-found", "BUNCH")
            address = device.js("document.querySelector('[data-act=open]').href")
            self.assertTrue(address.endswith(f"/odoo/stock.lot/{self.lot.id}"))
            device.js(
                "document.querySelector('[data-act=open]').removeAttribute('target')"
            )
            device.tap("[data-act=open]")
            device.see(".o_form_view", "Where It Went")

    def test_look_up_without_network(self):
        with self.device() as device:
            self.begin(device, "look_up")
            device.set_offline(True)
            device.scan("BUNCH")
            device.see(".fs-strip.is-attention", "once there is a network")
            device.set_offline(False)
            device.see(".fs-found", "BUNCH")
