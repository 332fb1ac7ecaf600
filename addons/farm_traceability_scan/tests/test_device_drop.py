from datetime import timedelta

from odoo.tests import tagged

from .device_case import DeviceCase

SCANS = 200
#: seconds between two scans: together they are more than ten minutes
PACE = 3.1
HELD = "LOT-150"


@tagged("post_install", "-at_install")
class TestDeviceDrop(DeviceCase):
    """A network that is gone for long: nothing is lost, and nothing doubled."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.category.removal_strategy_id = cls.strategy("fefo")
        cls.cold = cls.make_place("Cold 1")
        cls.quality = cls.make_user("quality")

    def deliver(self, count, prefix="LOT"):
        """Lots of one piece each, and a delivery of all; names in their order."""
        lots = [
            self.make_stock(f"{prefix}-{number}", 20 + number, 1, self.cold)
            for number in range(count)
        ]
        picking = self.make_delivery(count)
        picking.action_assign()
        self.assertEqual(len(picking.move_line_ids), count)
        return picking, [lot.name for lot in lots]

    def open(self, device, picking_id):
        device.open(f"/farm/scan#/pick/{picking_id}")
        device.see(".fs-task", "Cold 1")

    def hold(self, session, lot_id):
        """In the office."""
        vals = {"lot_ids": [lot_id], "reason": "Residues"}
        wizard = self.call(session, "create", vals)
        self.call(session, "action_place", [wizard])

    def call(self, session, method, *args):
        model = "farm.hold.place"
        path = f"/web/dataset/call_kw/{model}/{method}"
        named = {"model": model, "method": method, "args": args, "kwargs": {}}
        return self.ask(session, path, **named)

    def scan_all(self, device, names, waiting=0):
        """One after another; the sign counts each when it is on the disk."""
        for number, name in enumerate(names, waiting + 1):
            device.pass_time(PACE)
            device.scan(name)
            if device.is_offline:
                device.see(".fs-status.is-attention", f"{number} waiting")

    def events(self, user):
        events = self.env["farm.scan.event"].search([("user_id", "=", user.id)])
        return events.sorted("id")

    def test_ten_minutes_two_hundred_scans_a_reload_and_another_user(self):
        picking, names = self.deliver(SCANS)
        held = picking.move_line_ids.lot_id.filtered(lambda lot: lot.name == HELD)
        others_picking, others_names = self.deliver(2, "OTHER")
        other = self.make_user("stock")
        others, again = self.log_in(other), self.log_in(self.picker)
        office = self.log_in(self.quality)
        own_name, other_name = self.picker.name, other.name
        with self.device() as device:
            self.open(device, picking.id)
            device.lose_network()
            device.pass_time(-SCANS * PACE)
            self.scan_all(device, names[:90])
            device.reload()
            device.see(".fs-status.is-attention", "90 waiting")
            self.scan_all(device, names[90:], waiting=90)
            self.hold(office, held.id)
            device.be(others)
            device.set_offline(False)
            device.see(".fs-notice", other_name)
            device.open("/farm/scan")
            device.see(".fs-note", f"{SCANS} scans of {own_name}")
            self.open(device, others_picking.id)
            self.scan_all(device, others_names)
            device.see(".fs-alldone")
            device.see(".fs-status.is-right")
            device.navigate_to("about:blank")
            device.be(again)
            device.open("/farm/scan")
            device.see(".fs-title", own_name)
            device.see(".fs-status.is-wrong", "1 refused")
            device.scan("FARM:LOG")
            device.see(".fs-open.is-wrong", "Residues")
            device.see(".fs-open.is-wrong", HELD)
            device.scan("FARM:OK")
            device.see(".fs-status.is-right")
        events = self.events(self.picker)
        self.assertEqual(events.mapped("text"), names)
        refused = events.filtered(lambda one: one.state != "applied")
        self.assertEqual(refused.mapped("text"), [HELD])
        self.assertIn("Residues", refused.message)
        span = events[-1].scanned_at - events[0].scanned_at
        self.assertGreater(span, timedelta(minutes=10))
        lines = picking.move_line_ids.filtered("scanned_quantity")
        self.assertEqual(lines.lot_id.mapped("name"), [n for n in names if n != HELD])
        self.assertEqual(set(lines.mapped("scanned_quantity")), {1})
        self.assertEqual(self.events(other).mapped("text"), others_names)

    def test_a_browser_that_is_killed_loses_nothing(self):
        picking, names = self.deliver(12)
        again = self.log_in(self.picker)
        with self.device() as device:
            self.open(device, picking.id)
            self.scan_all(device, names[:3])
            device.see(".fs-task", names[3])
            device.see(".fs-status.is-right")
            device.lose_network()
            self.scan_all(device, names[3:7])
            device.power_off()
            self.come_back(device, again, f"/farm/scan#/pick/{picking.id}")
            device.see(".fs-status.is-attention", "4 waiting")
            device.see(".fs-task", names[7])
            self.scan_all(device, names[7:], waiting=4)
            device.see(".fs-alldone")
            device.set_offline(False)
            device.see(".fs-status.is-right")
        self.assertEqual(self.events(self.picker).mapped("text"), names)
        self.assertEqual(set(picking.move_line_ids.mapped("scanned_quantity")), {1})

    def test_a_browser_that_is_killed_while_it_sends_doubles_nothing(self):
        picking, names = self.deliver(40)
        again = self.log_in(self.picker)
        with self.device() as device:
            self.open(device, picking.id)
            device.lose_network()
            self.scan_all(device, names)
            device.set_offline(False)
            device.wait("!document.querySelector('.fs-status').innerText.includes(40)")
            device.power_off()
            self.come_back(device, again, f"/farm/scan#/pick/{picking.id}")
            device.see(".fs-alldone")
            device.see(".fs-status.is-right")
        self.assertEqual(self.events(self.picker).mapped("text"), names)
        self.assertEqual(set(picking.move_line_ids.mapped("scanned_quantity")), {1})
