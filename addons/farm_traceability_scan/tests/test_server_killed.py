import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from threading import Thread
from uuid import uuid4

import requests
from odoo.addons.farm_traceability.tests.parallel_common import ParallelHoldCase
from odoo.fields import Command
from odoo.tests import get_db_name, tagged
from odoo.tests.common import HOST
from odoo.tools import config

#: seconds that a server may take for anything
PATIENCE = 60
PASSWORD = "a picker's own"


@tagged("post_install", "-at_install")
class TestServerKilled(ParallelHoldCase):
    """A server that is killed while it applies scans: each is applied once."""

    def setUp(self):
        super().setUp()
        self.uuids = []
        self.picking_id = self.make_delivery(14)
        self.retrying(lambda env: self.reserve(env, self.picking_id))
        with self.transaction() as env:
            self.user_id = self.make_picker(env)

    def make_picker(self, env):
        login = f"killed-{uuid4()}"
        group = env.ref("stock.group_stock_user")
        vals = {"name": "Killed", "login": login, "password": PASSWORD}
        user = env["res.users"].create(vals | {"group_ids": [Command.set(group.ids)]})
        self.login = login
        return user.id

    def take_away(self):
        with self.transaction() as env:
            uuids = [("uuid", "in", self.uuids)]
            events = env["farm.scan.event"].search(uuids)
            env.cr.execute(
                "DELETE FROM farm_scan_event WHERE id = ANY(%s)", [events.ids]
            )
            user = env["res.users"].browse(self.user_id)
            partner = user.partner_id
            user.unlink()
            partner.unlink()
        return super().take_away()

    # -- the server -------------------------------------------------------------------

    @contextmanager
    def server(self):
        """A server of its own process; gives it once it answers."""
        with socket.socket() as free:
            free.bind((HOST, 0))
            self.port = free.getsockname()[1]
        command = [sys.executable, "-m", "odoo", "-c", config["config"]]
        options = ["-d", get_db_name(), "--http-port", str(self.port)]
        more = ["--http-interface", HOST, "--max-cron-threads", "0"]
        with subprocess.Popen(
            [*command, *options, *more, "--log-level=critical"]
        ) as one:
            try:
                self.wait_for_server(one)
                yield one
            finally:
                one.kill()

    def wait_for_server(self, process):
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end and process.poll() is None:
            try:
                if requests.get(self.url("/web/health"), timeout=PATIENCE).ok:
                    return
            except requests.ConnectionError:
                time.sleep(0.1)
        raise AssertionError("The server does not answer")

    def url(self, path):
        return f"http://{HOST}:{self.port}{path}"

    def log_in(self):
        session = requests.Session()
        params = {"db": get_db_name(), "login": self.login, "password": PASSWORD}
        self.ask(session, "/web/session/authenticate", params)
        return session

    def ask(self, session, path, params):
        body = {"jsonrpc": "2.0", "id": 1, "params": params}
        answer = session.post(self.url(path), json=body, timeout=PATIENCE).json()
        self.assertNotIn("error", answer)
        return answer["result"]

    # -- scans ------------------------------------------------------------------------

    def event(self, text, quantity):
        self.uuids.append(str(uuid4()))
        return {
            "uuid": self.uuids[-1],
            "scenario": "pick",
            "document_id": self.picking_id,
            "kind": "scan",
            "text": text,
            "quantity": quantity,
            "at": 1_780_000_000_000,
        }

    def post(self, session, events):
        params = {"uid": self.user_id, "company_ids": [], "args": [events]}
        answers = self.ask(session, "/farm/scan/ask/post", params)["answer"]
        return [answer["state"] for answer in answers]

    def scanned(self):
        with self.transaction() as env:
            lines = env["stock.picking"].browse(self.picking_id).move_line_ids
            return {line.lot_id.name: line.scanned_quantity for line in lines}

    def known(self):
        with self.transaction() as env:
            found = env["farm.scan.event"].search([("uuid", "in", self.uuids)])
            return sorted(found.mapped("uuid"))

    @contextmanager
    def held_up(self, lot_name):
        """Whoever applies a scan of a lot has to wait."""
        with self.transaction() as env:
            lines = env["stock.picking"].browse(self.picking_id).move_line_ids
            lines.filtered(lambda line: line.lot_id.name == lot_name).lock_for_update()
            yield

    def test_killed_in_the_middle_of_a_post(self):
        events = [self.event("PARALLEL-0", 3) for _number in range(3)]
        events += [self.event("PARALLEL-1", 2)]
        failures = []

        def post(session):
            try:
                self.post(session, events)
            except requests.ConnectionError as error:
                failures.append(error)

        with self.server() as server, self.held_up("PARALLEL-1"):
            sending = Thread(target=post, args=(self.log_in(),))
            sending.start()
            self.wait_until_blocked()
            server.send_signal(signal.SIGKILL)
            sending.join(PATIENCE)
        self.assertEqual(len(failures), 1)
        self.assertEqual(self.known(), [])
        self.assertEqual(self.scanned(), {"PARALLEL-0": 0, "PARALLEL-1": 0})
        with self.server() as server:
            session = self.log_in()
            self.assertEqual(self.post(session, events), ["applied"] * 4)
            server.send_signal(signal.SIGKILL)
        # Nobody can say that the answer arrived: the device sends it again.
        with self.server():
            self.assertEqual(self.post(session, events), ["applied"] * 4)
        self.assertEqual(self.known(), sorted(self.uuids))
        self.assertEqual(self.scanned(), {"PARALLEL-0": 9, "PARALLEL-1": 2})
