import json
import signal
from functools import partial
from http.client import HTTPException
from threading import Thread

from odoo.sql_db import db_connect
from odoo.tests import get_db_name, tagged

from .journal import Journal, as_cbor, base64url
from .server_case import PUSH, ServerCase

HELD = "SELECT id FROM farm_device WHERE number = %s FOR NO KEY UPDATE"
MIDDLE = """
    SELECT 1 FROM pg_locks
     WHERE relation = 'farm_harvest'::regclass AND mode = 'RowExclusiveLock' AND granted
       AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
"""


@tagged("post_install", "-at_install")
class TestAtOnce(ServerCase):
    """What comes at the same time."""

    def test_the_same_batch_many_times_at_once_is_applied_once(self):
        journal = self.make_device()
        codes = [f"S-{number}" for number in range(5)]
        self.buy(journal, *codes)
        answers = self.all_at_once(*[partial(self.send, journal)] * 4)
        self.assertEqual([status for status, _answer in answers], [200] * 4)
        first = answers[0][1]["results"]
        for _status, answer in answers:
            self.assertEqual(answer["results"], first)
        self.assertBoughtOnce(journal, *codes)

    def test_a_device_that_waits_too_long_tries_again(self):
        journal = self.make_device()
        self.buy(journal, "W-1")
        other = db_connect(get_db_name()).cursor()
        self.addCleanup(other.close)
        other.execute(HELD, [journal.number])
        self.assertEqual(other.rowcount, 1)
        push, headers = as_cbor(journal.push()), journal.headers()
        status, raw = self.ask("POST", PUSH, push, headers)
        self.assertEqual((status, json.loads(raw)["code"]), (503, "busy"))
        self.assertIn("Another push of this device", json.loads(raw)["detail"])
        other.rollback()
        self.assertEqual(self.ask("POST", PUSH, push, headers)[0], 200)
        self.assertBoughtOnce(journal, "W-1")

    def test_one_device_from_two_addresses(self):
        journal = self.make_device()
        codes = [f"T-{number}" for number in range(8)]
        self.buy(journal, *codes)
        answers = self.all_at_once(
            partial(self.send, journal, 1, 3, "127.0.0.1"),
            partial(self.send, journal, 1, 5, "127.0.0.2"),
            partial(self.send, journal, 1, 8, "127.0.0.3"),
        )
        self.assertEqual([status for status, _answer in answers], [200] * 3)
        self.assertBoughtOnce(journal, *codes)

    def test_two_devices_with_the_same_code_are_one_lot_and_a_refusal(self):
        journals = [self.make_device(), self.make_device()]
        for journal in journals:
            self.buy(journal, journals[0].code("C-1"))
        answers = self.all_at_once(*[partial(self.send, one) for one in journals])
        states = [answer["results"][0]["state"] for _status, answer in answers]
        self.assertEqual(sorted(states), ["applied", "refused"])

    def test_a_code_that_two_use_at_once_enrols_one(self):
        code = self.make_device(enrol=False)

        def enrol():
            asked = json.dumps(Journal().enrolment(code), default=base64url)
            headers = {"Content-Type": "application/json"}
            return self.ask("POST", "/farm_rfid/v1/enrol", asked, headers)[0]

        self.assertEqual(sorted(self.all_at_once(*[enrol] * 4)), [200] + [403] * 3)


@tagged("post_install", "-at_install")
class TestKilled(ServerCase):
    """Odoo is killed while it takes a batch: afterwards each event is there once."""

    def in_the_middle(self):
        with db_connect(get_db_name()).cursor() as cr:
            cr.execute(MIDDLE)
            return bool(cr.fetchone())

    def test_a_kill_in_the_middle_of_a_batch_loses_and_doubles_nothing(self):
        journal = self.make_device()
        codes = [f"K-{number}" for number in range(12)]
        self.buy(journal, *codes)
        failures = []

        def send():
            try:
                self.send(journal)
            except (OSError, HTTPException) as error:
                failures.append(error)

        for _kill in range(2):
            sender = Thread(target=send)
            sender.start()
            self.wait_for(self.in_the_middle)
            self.kill()
            sender.join(60)
            self.assertEqual(self.server.returncode, -signal.SIGKILL)
            self.start()
        self.assertEqual(len(failures), 2)
        status, answer = self.send(journal)
        self.assertEqual((status, answer["ack_seq"]), (200, len(codes)))
        self.assertBoughtOnce(journal, *codes)
        self.assertEqual(self.send(journal)[1]["results"], answer["results"])
