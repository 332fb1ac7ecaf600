import json
import time
from urllib.parse import parse_qsl, urlsplit

import cbor2
import requests
from odoo import fields
from odoo.tests import new_test_user, tagged
from odoo.tests.common import TEST_CURSOR_COOKIE_NAME

from ..protocol import chain
from ..protocol.cbor import write_cbor
from ..protocol.envelope import CBOR
from .bridge_common import KEEPER
from .journal import Journal, as_cbor
from .tag_common import CardCase
from .test_api import ENROL, PUSH, ApiCase
from .test_card_api import CARDS

DEVICES = "device.test"
PATIENCE = 30
HOUR, MINUTE = 3_600_000, 60_000
CARD_UID, BUNCH_UID, COPY_UID = (bytes.fromhex(f"0400000000000{n}") for n in "123")


@tagged("post_install", "-at_install")
class TestBridgeTour(CardCase, ApiCase):
    """From the box of a new device to a copied tag, as people see it in a browser.

    The tours tell a device what to do by asking ``http://device.test``; it then asks
    the server by itself, with a key and a journal of its own.
    """

    freeze_time = None  # the browser has a clock of its own
    day = fields.Date.today()

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.village.write(
            {"name": "Tour Village", "latitude": -7.66, "longitude": 111.13}
        )
        cls.other_village.write({"latitude": -8.22, "longitude": 111.13})
        cls.product.name = "Tour Bunch"
        cls.farmer.name = "Tour Farmer"
        cls.plot.name = "Tour Plot"
        cls.collector.name = "Tour Collector"
        cls.writer.name = "Tour Writer"
        cls.device.name = "Tour Other Tablet"
        cls.keeper = new_test_user(cls.env, "tourkeeper", groups=KEEPER)
        cls.gates = {
            "north": cls.make_gate("north", cls.warehouse, cls.village),
            "south": cls.make_gate(
                "south",
                cls.env["stock.warehouse"].create({"name": "South", "code": "SOUTH"}),
                cls.other_village,
            ),
        }
        cls.crop_code = cls.crop.code

    @classmethod
    def make_gate(cls, name, warehouse, region):
        warehouse.partner_id = cls.make_party("retailer", region)
        user = cls.make_user("stock")
        gate, journal = cls.make_device(
            name=f"Tour Gate {name}", kind="gate", user_id=user.id
        )
        cls.env["farm.read.point"].create(
            {
                "name": f"Gate {name}",
                "code": name,
                "device_id": gate.id,
                "location_id": warehouse.lot_stock_id.id,
                "meaning": "observe",
            }
        )
        return journal

    def setUp(self):
        super().setUp()
        self.tablet = Journal()

    def tour(self, name, user):
        self.start_tour("/odoo", name, login=user.login, timeout=120)
        self.env.invalidate_all()

    # -- devices ----------------------------------------------------------------------

    def fetch_proxy(self, url):
        asked = urlsplit(url)
        if asked.hostname != DEVICES:
            return super().fetch_proxy(url)
        deed = getattr(self, f"device_{asked.path.strip('/')}")
        try:  # what goes wrong here is told by the tour, which fails
            deed(**dict(parse_qsl(asked.query)))
        except Exception as error:
            return self.make_fetch_proxy_response(repr(error), 500)
        return self.make_fetch_proxy_response("done")

    def ask(self, path, raw, **headers):
        # Not by ``url_open``: the test holds the lock, and this is another thread.
        answer = requests.post(
            self.base_url() + path,
            data=raw,
            headers={"Content-Type": CBOR} | headers,
            cookies={TEST_CURSOR_COOKIE_NAME: self.http_request_key},
            timeout=PATIENCE,
        )
        if answer.status_code != 200:
            raise AssertionError(answer.text)
        return cbor2.loads(answer.content)

    def push_last(self, journal, kind, state="applied", **body):
        journal.add(kind, {"at": self.now()} | body)
        push = as_cbor(journal.push(first=len(journal.events)))
        [result] = self.ask(PUSH, push, **journal.headers())["results"]
        if result["state"] != state:
            raise AssertionError(json.dumps(result, default=str))

    @staticmethod
    def now():
        return int(time.time() * 1000)

    def device_enrol(self, code):
        asked = self.tablet.enrolment(code)
        self.tablet.enrolled(self.ask(ENROL, write_cbor(asked)))

    def device_write_card(self):
        """The writer asks what to write, sees a blank card, and writes it."""
        journal = self.writer_journal
        headers = journal.headers()
        [order] = self.ask(CARDS, write_cbor({"v": 1}), **headers)["orders"]
        signed = chain.card_part(journal.number, order["order"], CARD_UID)
        wanted = {
            "v": 1,
            "order": order["order"],
            "uid": CARD_UID,
            "chip": "NTAG215",
            "signature": journal.key.sign(signed),
        }
        [told] = self.ask(CARDS, write_cbor(wanted), **headers)["orders"]
        self.card_message = told["message"]
        self.push_last(journal, "card", uid=CARD_UID, payload=told["message"])

    def device_buy(self):
        """What was bought two hours ago, where there was no network."""
        bunch = {"code": self.bunch_code, "grams": 12_000, "hands": 8}
        self.push_last(
            self.tablet,
            "purchase",
            at=self.now() - 2 * HOUR,
            card=self.card_message,
            card_uid=CARD_UID,
            crop=self.crop_code,
            bunches=[bunch | {"uid": BUNCH_UID}],
        )

    def device_split(self):
        self.push_last(self.tablet, "split", **self.split_of(1, 2))

    def device_split_again(self):
        """Another device takes a hand that was taken."""
        self.push_last(self.journal, "split", "conflict", **self.split_of(2, 3))

    def device_gates(self):
        """The chip at one gate, and its code on another chip at the other."""
        for name, uid, minutes in (("north", BUNCH_UID, 5), ("south", COPY_UID, 1)):
            at = self.now() - minutes * MINUTE
            tag = {"uid": uid, "code": self.bunch_code, "first": at, "last": at}
            self.push_last(self.gates[name], "read", point=name, tags=[tag])

    @property
    def bunch_code(self):
        return self.tablet.code("A-1")

    def split_of(self, *indexes):
        hands = [
            {
                "index": index,
                "code": self.tablet.part(self.bunch_code, index),
                "grams": 1_400,
            }
            for index in indexes
        ]
        return {"parent": self.bunch_code, "hands": hands}

    # -- the story --------------------------------------------------------------------

    def test_the_story(self):
        self.tour("farm_rfid_enrols", self.keeper)
        device = self.env["farm.device"].search([("name", "=", "Tour Tablet")])
        self.assertEqual(
            (device.state, device.number), ("enrolled", self.tablet.number)
        )
        self.assertEqual(device.user_id, self.collector)

        self.tour("farm_rfid_issues_card", self.officer)
        card = self.certificate.tag_ids
        self.assertEqual((card.state, card.uid), ("active", CARD_UID.hex()))

        self.tour("farm_rfid_receives", self.keeper)
        lot = self.env["stock.lot"].search([("lineage_code", "=", self.bunch_code)])
        self.assertEqual(lot.remaining_count, 6)
        conflict = self.events(self.device)
        self.assertEqual(conflict.state, "settled")
        self.assertEqual(conflict.settled_by_id, self.keeper)

        self.tour("farm_rfid_finds_clone", self.keeper)
        self.assertEqual(lot.tag_ids.state, "retired")
