"""The device's agent and a real server: what the one writes the other understands."""

import tempfile
import time
from pathlib import Path
from threading import Thread

import farmtag
from farm_edge.store import Quarantined, Store
from farm_edge.sync import Client, Refused, State, Sync, enrol, wire
from odoo.addons.farm_rfid_bridge.models.device.farm_device_enrol import plain_code
from odoo.addons.farm_rfid_bridge.models.push.farm_device_admission import LOCK_CLASS
from odoo.addons.farm_rfid_bridge.protocol import chain, envelope
from odoo.addons.farm_rfid_bridge.tests.server_case import REGION, ServerCase
from odoo.addons.farm_rfid_bridge.tests.test_server import MIDDLE
from odoo.sql_db import db_connect
from odoo.tests import BaseCase, get_db_name, tagged


class Agent:
    """A device with its own disk.

    ``number``, ``hashes`` and ``code`` are what ``assertBoughtOnce`` asks of a journal.
    """

    def __init__(self, store, port):
        self.store = store
        self.sync = Sync(store)
        self.find(port)

    def find(self, port):
        self.store.settings["server"] = f"http://127.0.0.1:{port}"

    @property
    def number(self):
        return self.store.identity.number

    @property
    def hashes(self):
        return [self.store.journal.head().hash]

    def code(self, name):
        return name

    def enrol(self, code):
        return enrol(self.store, Client.of(self.store), code)

    def buy(self, count=1):
        """Purchases of a bunch each; gives the codes."""
        codes = [str(self.store.codes.next()) for _one in range(count)]
        for code in codes:
            body = {
                "at": self.store.clock.now(),
                "farmer": REGION,
                "crop": "SRVTST",
                "bunches": [{"code": code, "grams": 12_000, "hands": 8}],
            }
            self.store.journal.append("purchase", body)
        return codes

    def copy(self, path):
        """The same device on another disk."""
        self.store.database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        path.write_bytes(self.store.path.read_bytes())
        return Store.open(path)


@tagged("post_install", "-at_install")
class TestEdgeSync(ServerCase):
    def setUp(self):
        super().setUp()
        self.disks = Path(self.enterContext(tempfile.TemporaryDirectory()))
        self.agent = self.make_agent()

    def make_agent(self, is_enrolled=True):
        store = Store.open(self.disks / f"device-{time.monotonic_ns()}")
        self.addCleanup(store.close)
        agent = Agent(store, self.port)
        if is_enrolled:
            agent.enrol(self.make_device(enrol=False))
        return agent

    def device(self, env, agent):
        return env["farm.device"].search([("number", "=", agent.number)])

    def states(self, agent):
        found = agent.store.journal.today()
        return [result.state if result else "" for _event, result in found]

    def done(self, agent=None):
        outcome = (agent or self.agent).sync.once()
        self.assertEqual(outcome.state, State.DONE, outcome.reason)
        return outcome

    # -- the first day ----------------------------------------------------------------

    def test_a_code_takes_a_device_on_once(self):
        code = self.make_device(enrol=False)
        agent = self.make_agent(is_enrolled=False)
        with self.assertRaises(Refused) as refused:
            agent.enrol("00000-00000")
        self.assertEqual(refused.exception.problem, "code-unknown")
        agent.enrol(code.lower().replace("-", " "))
        self.assertEqual(agent.store.identity.regions, [REGION])
        with self.assertRaises(Refused):
            self.make_agent(is_enrolled=False).enrol(code)

    def test_a_day_without_network_goes_up_and_each_bunch_is_there_once(self):
        codes = self.agent.buy(30)
        self.agent.sync._pace.bytes = 1_500  # many batches
        self.assertEqual(self.done().sent, 30)
        self.assertBoughtOnce(self.agent, *codes)
        self.assertEqual(self.states(self.agent), ["applied"] * 30)
        _event, result = self.agent.store.journal.today()[0]
        self.assertEqual(len(result.refs["lots"]), 1)

    def test_what_is_refused_comes_back_with_its_reason(self):
        body = {"at": 1, "farmer": "NOBODY", "crop": "SRVTST"}
        bunch = {"code": str(self.agent.store.codes.next()), "grams": 1_000}
        self.agent.store.journal.append("purchase", body | {"bunches": [bunch]})
        self.agent.store.journal.append("strange", {"at": 1})
        self.done()
        back = self.agent.store.journal.refused()
        self.assertEqual([event.kind for event, _why in back], ["purchase", "strange"])
        self.assertTrue(all(result.message for _event, result in back))

    # -- the server dies --------------------------------------------------------------

    def in_the_middle(self):
        with db_connect(get_db_name()).cursor() as cr:
            cr.execute(MIDDLE)
            return bool(cr.fetchone())

    def test_a_server_that_is_killed_in_the_middle_has_each_bunch_once(self):
        codes = self.agent.buy(12)
        outcomes = []
        for _kill in range(2):
            sender = Thread(target=lambda: outcomes.append(self.agent.sync.once()))
            sender.start()
            self.wait_for(self.in_the_middle)
            self.kill()
            sender.join(60)
            self.start()
            self.agent.find(self.port)
        self.assertEqual([one.state for one in outcomes], [State.LATER] * 2)
        self.assertEqual(self.agent.store.journal.waiting(), 12)
        codes += self.agent.buy(3)
        self.assertEqual(self.done().sent, 15)
        self.assertBoughtOnce(self.agent, *codes)

    # -- histories --------------------------------------------------------------------

    def test_a_copied_disk_is_found_and_enrolled_anew(self):
        self.done()
        copy = Agent(self.agent.copy(self.disks / "copy"), self.port)
        self.addCleanup(copy.store.close)
        codes = self.agent.buy(2)
        self.done()
        copy.buy(1)
        outcome = copy.sync.once()
        self.assertEqual((outcome.state, outcome.code), (State.STOPPED, "fork"))
        with self.assertRaises(Quarantined):
            copy.store.codes.next()
        # The first one is not believed any more either, and loses nothing.
        number = self.agent.number
        codes += self.agent.buy(2)
        outcome = self.agent.sync.once()
        self.assertEqual(outcome.code, "device-quarantined")
        with self.transaction() as env:
            device = self.device(env, self.agent)
            self.assertEqual(device.state, "quarantined")
            code = device._new_enrolment_code()
        self.agent.enrol(code)
        self.assertNotEqual(self.agent.number, number)
        self.assertEqual(self.done().sent, 2)
        self.assertEqual(self.states(self.agent)[-2:], ["applied"] * 2)
        with self.transaction() as env:
            lots = env["stock.lot"].search([("product_id", "=", self.ids["product"])])
            self.assertEqual(sorted(lots.mapped("lineage_code")), sorted(codes))

    def test_a_lost_answer_before_another_enrolment_doubles_nothing(self):
        before = self.agent.copy(self.disks / "before")
        before.close()
        codes = self.agent.buy(2)
        copy = Agent(self.agent.copy(self.disks / "copy"), self.port)
        self.addCleanup(copy.store.close)
        self.done()  # the copy has not heard of it
        with self.transaction() as env:
            code = self.device(env, self.agent)._new_enrolment_code()
        copy.enrol(code)
        self.assertEqual(self.done(copy).sent, 2)
        back = [result.code for _event, result in copy.store.journal.refused()]
        self.assertEqual(back, ["id-taken"] * 2)
        with self.transaction() as env:
            lots = env["stock.lot"].search([("product_id", "=", self.ids["product"])])
            self.assertEqual(sorted(lots.mapped("lineage_code")), sorted(codes))

    def test_a_revoked_device_sends_what_it_did_before(self):
        codes = self.agent.buy(5)
        with self.transaction() as env:
            self.device(env, self.agent)._revoke("lost", from_seq=4)
        outcome = self.agent.sync.once()
        self.assertEqual(outcome.state, State.STOPPED)
        self.assertEqual(outcome.code, "device-revoked")
        self.assertEqual(self.agent.store.journal.waiting(), 2)
        with self.transaction() as env:
            lots = env["stock.lot"].search([("product_id", "=", self.ids["product"])])
            self.assertEqual(sorted(lots.mapped("lineage_code")), sorted(codes[:3]))

    def test_a_suspended_device_waits_as_told(self):
        self.agent.buy(1)
        with self.transaction() as env:
            self.device(env, self.agent).action_suspend()
        outcome = self.agent.sync.once()
        self.assertEqual(outcome.code, "device-suspended")
        self.assertEqual(outcome.state, State.LATER)
        self.assertGreaterEqual(outcome.wait, 60)
        with self.transaction() as env:
            self.device(env, self.agent).action_resume()
        self.assertEqual(self.done().sent, 1)

    def test_a_busy_server_is_asked_again(self):
        self.agent.buy(1)
        with db_connect(get_db_name()).cursor() as cr:
            query = "SELECT pg_advisory_xact_lock(%s, generate_series(1, %s))"
            cr.execute(query, (LOCK_CLASS, self.places))
            outcome = self.agent.sync.once()
        self.assertEqual((outcome.state, outcome.code), (State.LATER, "busy"))
        self.assertGreaterEqual(outcome.wait, 2)
        self.assertEqual(self.done().sent, 1)

    def test_what_waits_for_another_device_is_told_when_that_has_sent(self):
        other = self.make_agent()
        [code] = other.buy(1)
        body = {"at": 1, "code": code, "reason": "sold"}
        self.agent.store.journal.append("retire", body)
        self.done()
        self.assertEqual(self.states(self.agent), ["parked"])
        self.done(other)
        self.agent.sync = Sync(self.agent.store)  # else it asks in ten minutes
        self.assertEqual(self.done().asked_again, 1)
        self.assertNotEqual(self.states(self.agent), ["parked"])

    # -- what is carried --------------------------------------------------------------

    def test_what_is_carried_is_what_the_server_has(self):
        self.done()
        carried = self.agent.store.snapshot
        farmer = carried.farmer(REGION)
        self.assertEqual(farmer["region"], REGION)
        certificate = carried.certificates(farmer["id"])[0]
        self.assertEqual(certificate["number"], REGION)
        crops = {one["code"]: one["id"] for one in carried.crops()}
        self.assertEqual(certificate["crops"][0]["crop"], crops["SRVTST"])
        self.assertTrue(carried.is_whole())
        self.assertEqual(self.done().pulled, 0)

    def test_what_changes_and_what_goes_follows(self):
        self.done()
        with self.transaction() as env:
            farmer = env["res.partner"].search([("farm_code", "=", REGION)])
            farmer.name = "Ana"
            env["farm.certificate"].browse(self.ids["certificate"]).write(
                {"state": "draft"}
            )
        self.assertGreaterEqual(self.done().pulled, 2)
        carried = self.agent.store.snapshot
        self.assertEqual(carried.farmer(REGION)["name"], "Ana")
        self.assertIsNone(carried.certificate(REGION))

    def test_a_carried_record_that_was_lost_here_brings_all_anew(self):
        self.done()
        with self.agent.store.database.writing() as connection:
            connection.execute("DELETE FROM item WHERE kind = 'farmer'")
        self.assertGreater(self.done().pulled, 1)
        self.assertTrue(self.agent.store.snapshot.farmer(REGION))

    def test_many_records_come_page_by_page(self):
        with self.transaction() as env:
            vals = [{"name": f"C{one}", "code": f"SRV{one}"} for one in range(600)]
            self.make(env["farm.crop"], vals)
        self.assertGreater(self.done().pulled, 600)
        codes = [one["code"] for one in self.agent.store.snapshot.crops()]
        self.assertEqual(sum(code.startswith("SRV") for code in codes), 601)

    def test_devices_believe_one_another(self):
        other = self.make_agent()
        self.done()
        store = self.agent.store
        ring = store.keys.ring(store.clock.today())
        code, uid = other.store.codes.next(), bytes.fromhex("04a1b2c3d4e5f6")
        unit = farmtag.Unit(code=code.child(1), crop=1, written=store.clock.today())
        draft = farmtag.Draft(unit, "https://t.example/01/1", "https://t.example/")
        chip, key = farmtag.Chip.NTAG215, other.store.keys.signing()
        message = farmtag.write(draft, chip, key, uid).message
        self.assertEqual(farmtag.read(message, ring, uid).payload.code, code.child(1))


@tagged("post_install", "-at_install")
class TestEdgeWire(BaseCase):
    """What the device writes, as the server reads it."""

    def test_the_order_of_a_card_is_signed_for_its_chip(self):
        key, uid = farmtag.SigningKey.generate(), bytes.fromhex("04a1b2c3d4e5f6")
        raw = wire.write_card_asked(4711, key, 5, uid, "NTAG215")
        asked = envelope.read_card_asked(raw, envelope.CBOR)
        self.assertEqual((asked.order, asked.uid, asked.chip), (5, uid, "NTAG215"))
        signed = chain.card_part(4711, 5, uid)
        chain.check_signature(key.verify_key.public, asked.signature, signed)
        raw = wire.write_orders_asked()
        self.assertEqual(
            envelope.read_card_asked(raw, envelope.CBOR), envelope.CardAsked()
        )

    def test_any_code_that_people_type_is_proved_as_the_server_checks_it(self):
        for code in ("7KQ2M-X9TBA", "7kq2m x9tba", "7kq2mx9tba", "OIL2M-x9tba"):
            key = farmtag.SigningKey.generate()
            raw = wire.write_enrolment(code, key, {})
            asked = envelope.read_enrolment(raw, envelope.CBOR)
            proved = plain_code(asked.code).encode() + asked.public_key
            chain.check_signature(asked.public_key, asked.proof, proved)
