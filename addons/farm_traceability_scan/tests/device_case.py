from contextlib import contextmanager
from datetime import timedelta

from odoo import fields
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
        """The screens, with somebody logged in; the database is read afterwards."""
        login = (user or self.picker).login
        browser = DeviceBrowser(self)
        try:
            with self.allow_requests(browser=browser):
                self.authenticate(login, login, browser=browser)
                self.cr.flush()
                self.cr.clear()
                browser.open(path)
                try:
                    yield browser
                finally:
                    browser.set_offline(False)
                    browser.stop()
                    self._wait_remaining_requests()
        finally:
            self.env.invalidate_all()

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
