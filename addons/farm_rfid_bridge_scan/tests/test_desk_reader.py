import base64
import json
import time
from unittest.mock import patch

from odoo.addons.bus.models.bus import dispatch
from odoo.addons.bus.websocket import WebsocketConnectionHandler
from odoo.addons.farm_rfid_bridge.protocol.envelope import Enrolment
from odoo.addons.farm_rfid_bridge.tests.journal import Journal, as_cbor
from odoo.addons.farm_traceability_scan.tests.device_case import DeviceCase
from odoo.tests import new_test_user, tagged

from ..models.farm_device import READ

PATIENCE = 30
RECEIVED = "document.querySelector('[name=ack_seq]').innerText.trim() === '{count}'"


class ReaderCase(DeviceCase):
    """A picker with a desk reader of his own."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.device_record = cls.env["farm.device"].create(
            {"name": "Desk", "kind": "desk", "user_id": cls.picker.id}
        )
        cls.journal = Journal()
        asked = cls.journal.enrolment(cls.device_record._new_enrolment_code())
        cls.journal.enrolled(cls.env["farm.device"]._enrol(Enrolment(**asked)))
        # Nothing is older than the device's key.
        cls.device_record.key_id.valid_from = "2026-01-01 00:00:00"
        cls.lot = cls.make_stock("TAGGED", 30, 5, cls.make_place("Cold 1"))
        cls.lot.sudo().lineage_code = cls.journal.code("A-1")

    def setUp(self):
        super().setUp()
        self.journal = self.journal.twin()  # what one test writes is no other's

    def laid_on(self, *tags, age=0):
        """What the reader pushes when tags lie on it."""
        at = int((time.time() - age) * 1000)
        self.journal.add("read", {"at": at, "point": "DESK", "tags": list(tags)})
        return self.journal.push(first=len(self.journal.events))


@tagged("post_install", "-at_install")
class TestHanded(ReaderCase):
    """What is handed to the screens."""

    def handed(self, *tags, **limits):
        self.env.cr.precommit.run()
        bus = self.env["bus.bus"].sudo()
        bus.search([]).unlink()
        self.device_record.sudo()._push(self.laid_on(*tags, **limits))
        self.env.cr.precommit.run()
        messages = [json.loads(one) for one in bus.search([]).mapped("message")]
        return [one["payload"]["texts"] for one in messages if one["type"] == READ]

    def test_the_texts_of_tags_are_handed(self):
        self.assertEqual(
            self.handed({"code": "X"}, {"epc": "urn:epc:id:sgtin:1.2.3"}, {"n": 1}),
            [["X", "urn:epc:id:sgtin:1.2.3"]],
        )
        self.assertEqual(self.handed({"uid": b"\x04\xff"}), [["04FF"]])

    def test_what_was_read_long_ago_is_not_handed(self):
        self.assertFalse(self.handed({"code": "X"}, age=60))

    def test_what_was_sent_again_is_not_handed(self):
        self.handed({"code": "X"})
        self.env["bus.bus"].sudo().search([]).unlink()
        self.device_record.sudo()._push(self.journal.push())
        self.env.cr.precommit.run()
        self.assertFalse(self.env["bus.bus"].sudo().search([]))

    def test_a_gate_hands_nothing(self):
        self.device_record.kind = "gate"
        self.assertFalse(self.handed({"code": "X"}))

    def test_nonsense_is_not_handed(self):
        self.assertFalse(self.handed("x", 7))


class LiveCase(ReaderCase):
    """A person with a browser that hears what the server tells by its socket."""

    @property
    def watcher(self):
        return self.picker

    def setUp(self):
        super().setUp()
        partner = self.watcher.partner_id.id
        self.channel = (self.registry.db_name, "res.partner", partner)
        # Odoo lets no test use the socket; here it has the test's own cursor.
        self.startPatcher(
            patch.object(
                WebsocketConnectionHandler, "websocket_allowed", return_value=True
            )
        )

    def sockets(self):
        return dispatch._channels_to_ws.get(self.channel, ())

    def wait_for_socket(self):
        end = time.monotonic() + PATIENCE
        while not self.sockets() and time.monotonic() < end:
            time.sleep(0.05)
        self.assertTrue(self.sockets())

    def push_from(self, browser, push):
        """Send a push as the reader's program does, which runs on the same desk."""
        raw = base64.b64encode(as_cbor(push)).decode()
        headers = json.dumps(self.journal.headers())
        status = browser.js(
            f"""fetch("/farm_rfid/v1/push", {{
                method: "POST",
                headers: {headers},
                body: Uint8Array.from(atob("{raw}"), (sign) => sign.charCodeAt(0)),
            }}).then((answer) => answer.status)"""
        )
        self.assertEqual(status, 200)
        # Where nothing is committed, PostgreSQL tells nobody: this does.
        for socket in list(self.sockets()):
            socket.trigger_notification_dispatching()


@tagged("post_install", "-at_install")
class TestDeskReader(LiveCase):
    """A tag that lies on the desk reader is scanned on the screen that is open."""

    def test_a_read_is_looked_up_on_the_open_screen(self):
        push = self.laid_on({"code": self.journal.code("A-1")})
        with self.device() as browser:
            browser.choose("look_up")
            browser.see("body", "Scan anything")
            self.wait_for_socket()
            time.sleep(1)  # longer than what is old for the page
            self.push_from(browser, push)
            browser.see("body", "TAGGED")


@tagged("post_install", "-at_install")
class TestLiveForm(LiveCase):
    """A device's form shows at once what the device sent."""

    @property
    def watcher(self):
        return self.keeper

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.keeper = new_test_user(
            cls.env, "livekeeper", groups="stock.group_stock_manager"
        )

    def test_an_open_form_shows_what_was_pushed(self):
        push = self.laid_on({"code": "X"})
        action = "farm_rfid_bridge.farm_device_action"
        path = f"/odoo/action-{action}/{self.device_record.id}"
        with self.device(self.keeper, path) as browser:
            browser.wait(RECEIVED.format(count=0))
            self.wait_for_socket()
            self.push_from(browser, push)
            browser.wait(RECEIVED.format(count=1))
