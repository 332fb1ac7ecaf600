"""The device's screen and a real server: what a person says there arrives."""

import tempfile
from datetime import date, timedelta
from pathlib import Path
from threading import Event

import farmtag
from farm_edge.reader.nfc import NfcReader
from farm_edge.store import Store
from farm_edge.sync import State, Sync
from farm_edge.virtual import VirtualField
from farm_edge.work import Desk
from farm_edge.work.view import EnrolStage, HomeView, PurchaseStage
from odoo.addons.farm_rfid_bridge.tests.server_case import REGION, ServerCase
from odoo.tests import tagged

UID = bytes.fromhex("04B0B0B0B00001")


@tagged("post_install", "-at_install")
class TestEdgeScreen(ServerCase):
    def setUp(self):
        super().setUp()
        disk = self.enterContext(tempfile.TemporaryDirectory())
        self.store = Store.open(Path(disk, "device"))
        self.addCleanup(self.store.close)
        self.changed = Event()
        self.desk = Desk(self.store, ask=lambda occasion: self.changed.set())
        self.desk.act("server", server=f"http://127.0.0.1:{self.port}")

    def enrol(self, code):
        """Type a code, and wait until the server has answered."""
        self.desk.act("code", code=code)
        version = -1
        while self.desk.view().stage is EnrolStage.WAIT:
            version = self.desk.wait(version, 30)
        return self.desk.view()

    def look(self):
        outcome = Sync(self.store).once()
        self.assertEqual(outcome.state, State.DONE, outcome.reason)

    def buy(self, field, **harvest):
        """A bunch of the farmer, by the number."""
        self.desk.act("farmer", farmer=REGION)
        self.assertIsNone(self.desk.view().notice)
        self.desk.act("crop", crop="SRVTST")
        self.desk.act("ask_harvest")
        self.desk.act("harvest", **harvest)
        self.desk.act("count", bunches=1)
        self.desk.act("bunch", hands=8, grams=12_000)
        self.assertIs(self.desk.view().stage, PurchaseStage.TAG)
        reader = NfcReader(field.path)
        reader.open()
        field.make("bunch", farmtag.Chip.NTAG216, UID, b"")
        field.put("bunch")
        self.desk.tap(reader, reader.sense(5))
        reader.close()
        self.desk.act("finish")
        self.assertIs(self.desk.view().stage, PurchaseStage.DONE)

    def test_enrolled_on_the_screen_a_day_of_harvest_arrives(self):
        refused = self.enrol("00000-00000")
        self.assertEqual(refused.notice.key, "enrol.code_unknown")
        code = self.make_device(enrol=False)
        with self.transaction() as env:
            device = env["farm.device"].browse(self.ids["devices"])
            device.may_write_bunches = True
        done = self.enrol(code)
        self.assertEqual((done.stage, done.number > 0), (EnrolStage.DONE, True))
        self.assertTrue(self.changed.is_set())
        self.look()
        self.desk.act("home")
        self.assertIsInstance(self.desk.view(), HomeView)
        before = date.today() - timedelta(days=2)
        with VirtualField() as field:
            self.buy(field, date=before.isoformat(), by="standing_crop_buyer")
        self.look()
        (_event, result) = self.store.journal.today()[0]
        self.assertEqual(result.state, "applied", result.message)
        with self.transaction() as env:
            harvest = env["farm.harvest"].search(
                [("cycle_id", "in", self.ids["cycles"])]
            )
            self.assertEqual(harvest.date, before)
            self.assertEqual(harvest.harvested_by, "standing_crop_buyer")
