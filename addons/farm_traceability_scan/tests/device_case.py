from contextlib import contextmanager
from datetime import timedelta

from odoo import fields
from odoo.http import root
from odoo.tests import HttpCase

from .device_browser import DeviceBrowser
from .scan_common import ScanCase


class DeviceCase(ScanCase, HttpCase):
    """A picker with a real browser, the size of a handheld."""

    freeze_time = None  # the browser has a clock of its own
    day = fields.Date.today()
    browser_size = "390x844"
    touch_enabled = True

    @contextmanager
    def device(self, user=None, path="/farm/scan"):
        """The screens, with somebody logged in.

        Within, the database belongs to the requests: it is read afterwards.
        """
        session = self.log_in(user or self.picker)
        browser = DeviceBrowser(self)
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
