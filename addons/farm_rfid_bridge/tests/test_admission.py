import socket
from functools import partial
from http.client import HTTPResponse
from unittest.mock import patch

import cbor2
from odoo.sql_db import db_connect
from odoo.tests import get_db_name, tagged

from ..models.push import farm_device_admission as admission
from ..models.push.farm_device_admission import LOCK_CLASS, SETTING
from ..protocol.envelope import LARGEST_REQUEST
from .bridge_common import BridgeCase
from .journal import as_cbor
from .server_case import PATIENCE, PUSH, ServerCase

HELD = """
    SELECT count(*) FROM pg_locks
     WHERE locktype = 'advisory' AND classid = %s AND granted
       AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
"""
PLACES = 2
DEVICES = 6


@tagged("post_install", "-at_install")
class TestPlaces(BridgeCase):
    """How many pushes are taken at a time."""

    def places(self, workers):
        with patch.object(admission, "config", {"workers": workers}):
            return self.env["farm.device"]._count_places()

    def test_one_worker_is_for_people(self):
        told = [self.places(workers) for workers in (0, 1, 2, 5)]
        self.assertEqual(told, [1, 1, 1, 4])

    def test_whoever_keeps_the_server_may_say_otherwise(self):
        settings = self.env["res.config.settings"].create({"pushes_at_once": 3})
        settings.execute()
        self.assertEqual(self.places(2), 3)
        self.env["res.config.settings"].create({"pushes_at_once": 0}).execute()
        self.assertEqual(self.places(2), 1)
        self.env["ir.config_parameter"].set_param(SETTING, -5)
        self.assertEqual(self.places(2), 1)


@tagged("post_install", "-at_install")
class TestAdmission(ServerCase):
    """More devices than places push at a real server."""

    places = PLACES

    def setUp(self):
        super().setUp()
        self.other = db_connect(get_db_name()).cursor()
        self.addCleanup(self.other.close)

    def take_places(self):
        for place in range(1, PLACES + 1):
            self.other.execute(
                "SELECT pg_advisory_xact_lock(%s, %s)", [LOCK_CLASS, place]
            )

    def count_held(self):
        self.other.execute(HELD, [LOCK_CLASS])
        return self.other.fetchone()[0]

    def push_once(self, journal):
        """Status, seconds to wait, and body of the answer to one push."""
        return self.exchange(journal, as_cbor(journal.push()))

    def exchange(self, journal, body, sent=None):
        """As ``push_once``.

        :param sent: how much of the body is sent at all
        """
        head = {"Host": "x", "Content-Length": len(body)} | journal.headers()
        lines = [f"POST {PUSH} HTTP/1.1", *(f"{k}: {v}" for k, v in head.items())]
        with socket.create_connection(("127.0.0.1", self.port), PATIENCE) as line:
            line.sendall("\r\n".join([*lines, "", ""]).encode() + body[:sent])
            answer = HTTPResponse(line)
            answer.begin()
            return answer.status, answer.headers["Retry-After"], answer.read()

    # -- none is free -----------------------------------------------------------------

    def test_who_finds_no_place_is_told_before_the_body_is_read(self):
        journal = self.make_device()
        self.take_places()
        status, _wait, raw = self.exchange(journal, bytes(LARGEST_REQUEST), sent=0)
        self.assertEqual(status, 503)
        self.assertIn(b'"busy"', raw)

    def test_who_sends_a_large_body_for_nothing_is_told_as_well(self):
        journal = self.make_device()
        self.take_places()
        for _time in range(10):
            status, _wait, _raw = self.exchange(journal, bytes(LARGEST_REQUEST))
            self.assertEqual(status, 503)

    def test_those_who_were_sent_away_do_not_come_back_at_once(self):
        journal = self.make_device()
        self.take_places()
        waits = {int(self.push_once(journal)[1]) for _time in range(30)}
        self.assertGreater(len(waits), 1)
        self.assertLessEqual(waits, set(range(2, 9)))

    def test_others_are_answered_meanwhile(self):
        journal = self.make_device()
        self.take_places()
        self.assertEqual(self.ask("POST", PUSH, b"")[0], 401)
        path, headers = "/farm_rfid/v1/snapshot", journal.headers()
        self.assertEqual(self.ask("GET", path, None, headers)[0], 200)
        self.assertEqual(self.ask("GET", "/web/login")[0], 200)

    # -- some are free ----------------------------------------------------------------

    def test_as_many_as_may_are_taken_and_the_others_lose_nothing(self):
        journals = [self.make_device() for _device in range(DEVICES)]
        for number, journal in enumerate(journals):
            self.buy(journal, f"P-{number}")
        told = []

        def push(journal):
            told.append((journal, *self.push_once(journal)))

        def let_go():
            # What is taken waits for this table; all others are sent away.
            self.wait_for(lambda: len(told) == DEVICES - PLACES)
            held = self.count_held()
            self.other.rollback()
            return held

        self.other.execute("LOCK TABLE farm_device_event IN EXCLUSIVE MODE")
        *_answers, held = self.all_at_once(
            *[partial(push, journal) for journal in journals], let_go
        )
        self.assertEqual(held, PLACES)
        statuses = [status for _journal, status, _wait, _raw in told]
        self.assertEqual(statuses, [503] * (DEVICES - PLACES) + [200] * PLACES)
        self.assertEqual(self.count_held(), 0)
        for journal, status, _wait, raw in told:
            again = self.send(journal)[1]
            self.assertEqual(again["ack_seq"], 1)
            self.assertEqual(again["results"][0]["state"], "applied")
            if status == 200:
                self.assertEqual(cbor2.loads(raw)["results"], again["results"])
        with self.transaction() as env:
            lots = env["stock.lot"].search([("product_id", "=", self.ids["product"])])
            self.assertEqual(len(lots), DEVICES)

    def test_a_push_takes_one_place_and_gives_it_back(self):
        journal = self.make_device()
        for number in range(2 * PLACES):
            self.buy(journal, f"Q-{number}")
            self.assertEqual(self.send(journal)[0], 200)
            self.assertEqual(self.count_held(), 0)

    def test_a_place_is_free_when_its_server_is_killed(self):
        journals = [self.make_device() for _device in range(PLACES)]
        for number, journal in enumerate(journals):
            self.buy(journal, f"R-{number}")
        self.take_places()
        self.other.rollback()
        self.other.execute("LOCK TABLE farm_device_event IN EXCLUSIVE MODE")

        def kill():
            self.wait_for(lambda: self.count_held() == PLACES)
            self.kill()
            self.other.rollback()

        def push(journal):
            with self.assertRaises(OSError):
                self.push_once(journal)

        self.all_at_once(*[partial(push, journal) for journal in journals], kill)
        self.wait_for(lambda: self.count_held() == 0)
        self.start()
        for journal in journals:
            self.assertEqual(self.send(journal)[1]["ack_seq"], 1)
