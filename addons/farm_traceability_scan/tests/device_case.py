from contextlib import contextmanager
from datetime import timedelta

import requests
from odoo import fields
from odoo.http import root
from odoo.tests import HttpCase
from odoo.tests.common import HOST, TEST_CURSOR_COOKIE_NAME

from .device_browser import PATIENCE, DeviceBrowser
from .scan_common import ScanCase


class DeviceCase(ScanCase, HttpCase):
    """A picker with a real browser, the size of a handheld."""

    freeze_time = None  # the browser has a clock of its own
    day = fields.Date.today()
    browser_size = "390x844"
    touch_enabled = True

    @contextmanager
    def device(self, user=None, path="/farm/scan", switches=None):
        """The screens, with somebody logged in.

        Within, the database belongs to the requests: it is read afterwards.

        :param dict switches: of Chromium, such as a camera's
        """
        session = self.log_in(user or self.picker)
        browser = DeviceBrowser(self, switches)
        try:
            self.cr.flush()
            self.cr.clear()
            with self.allow_requests(browser=browser):
                browser.be(session)
                browser.open(path)
                try:
                    yield browser
                finally:
                    browser.set_offline(False)
                    browser.stop()
                    self._wait_remaining_requests()
        finally:
            self.env.invalidate_all()

    def come_back(self, device, session, path="/farm/scan"):
        """Power on, and somebody logs in."""
        device.power_on()
        key = self.opener.cookies[TEST_CURSOR_COOKIE_NAME]
        device.set_cookie(TEST_CURSOR_COOKIE_NAME, key, "/", HOST)
        device.be(session)
        device.open(path)

    def ask(self, session, path, **params):
        """From another computer, while devices are there."""
        key = self.opener.cookies[TEST_CURSOR_COOKIE_NAME]
        answer = requests.post(
            f"http://{HOST}:{self.http_port()}{path}",
            json=self.build_rpc_payload(params),
            cookies={"session_id": session, TEST_CURSOR_COOKIE_NAME: key},
            timeout=PATIENCE,
        ).json()
        self.assertNotIn("error", answer)
        return answer["result"]

    def log_in(self, user):
        """Number of a new session, for a device to be somebody."""
        self.session = None
        self.authenticate(user.login, user.login)
        session, self.session = self.session, None
        self.addCleanup(root.session_store.delete, session)
        return session.sid

    @classmethod
    def make_place(cls, name):
        return cls.stock.create(
            {"name": name, "location_id": cls.stock.id, "barcode": name.upper()}
        )

    @classmethod
    def make_stock(cls, name, days, quantity, place, product=None):
        """A lot that lies at a place, and expires so many days from now."""
        lot = (
            cls.env["stock.lot"]
            .create({"name": name, "product_id": (product or cls.product).id})
            .with_context(tracking_disable=True)
        )
        expiry = fields.Datetime.now() + timedelta(days=days)
        lot.write({"expiration_date": expiry, "removal_date": expiry})
        cls.stock_up(lot, quantity, place)
        return lot
