"""PostgreSQL is killed while it takes a push: afterwards each event is there once."""

import os
import shutil
import subprocess
import tempfile
import time
from contextlib import suppress
from http.client import HTTPException
from pathlib import Path
from threading import Thread

import psutil
import psycopg2
from odoo.addons.farm_rfid_bridge.tests.journal import as_cbor
from odoo.addons.farm_rfid_bridge.tests.server_case import (
    PATIENCE,
    PUSH,
    ServerCase,
)
from odoo.addons.farm_rfid_bridge.tests.test_server import MIDDLE
from odoo.sql_db import connection_info_for
from odoo.tests import get_db_name

from dev import machine, postgres

EVENTS = 12
KILLS = 2


class Cluster:
    """A PostgreSQL of its own, as safe as one in use."""

    def __init__(self, user):
        self.user, self.server = user, None
        self.port = machine.free_port()
        self.home = Path(tempfile.mkdtemp(prefix="farm-pg-"))
        self.data = self.home / "data"
        postgres._hand_over(self.home)

    def make(self):
        login = ["-U", self.user, "--auth=trust", "-E", "UTF8", "--locale=C.UTF-8"]
        command = self._command("initdb", *login)
        subprocess.run(command, cwd="/", check=True, stdout=subprocess.DEVNULL)

    def start(self):
        options = {"-p": self.port, "-h": "127.0.0.1", "-k": self.home}
        words = [word for option in options.items() for word in option]
        with open(self.home / "log", "ab") as log:
            self.server = subprocess.Popen(
                self._command("postgres", *words), cwd="/", stdout=log, stderr=log
            )
        end = time.monotonic() + PATIENCE
        while not self.answers():
            assert time.monotonic() < end, (self.home / "log").read_text()[-2000:]
            time.sleep(0.1)

    def answers(self):
        try:
            return bool(self.ask("postgres", "SELECT 1"))
        except psycopg2.OperationalError:
            return False

    def kill(self):
        """End all its processes at once, as when the power fails."""
        processes = psutil.Process(self.server.pid).children(recursive=True)
        self.server.kill()
        for process in processes:
            with suppress(psutil.NoSuchProcess):
                process.kill()
        self.server.wait(PATIENCE)

    def drop(self):
        if self.server:
            self.kill()
        shutil.rmtree(self.home)

    def copy(self, database):
        """Have a database as the server of the tests has it."""
        target = ["-h", "127.0.0.1", "-p", str(self.port), "-U", self.user]
        subprocess.run(["createdb", *target, database], check=True)
        dump = ["pg_dump", "-Fc", "-Z0", "--no-owner", "-f", self.home / "dump"]
        subprocess.run([*dump, database], check=True, env=client_environment())
        restore = ["pg_restore", *target, "--no-owner", "-d", database]
        subprocess.run([*restore, self.home / "dump"], check=True)

    def ask(self, database, query, *parameters):
        connection = psycopg2.connect(
            host="127.0.0.1", port=self.port, user=self.user, dbname=database
        )
        try:
            with connection.cursor() as cr:
                cr.execute(query, parameters)
                return cr.fetchall()
        finally:
            connection.close()

    def _command(self, program, *words):
        command = [program, "-D", self.data, *words]
        return [str(word) for word in postgres._as_server_user(command)]


def client_environment():
    """Environment in which PostgreSQL's programs find the server of the tests."""
    _name, info = connection_info_for(get_db_name())
    names = {"host": "PGHOST", "port": "PGPORT", "user": "PGUSER"}
    names["password"] = "PGPASSWORD"
    return os.environ | {
        names[key]: str(value) for key, value in info.items() if key in names
    }


class TestPostgresKilled(ServerCase):
    """Odoo lives on, and so does the device."""

    cluster = None

    def start(self):
        if self.cluster is None:
            self.journal = self.make_device()
            self.codes = [f"D-{number}" for number in range(EVENTS)]
            self.buy(self.journal, *self.codes)
            self.cluster = Cluster(client_environment().get("PGUSER", "odoo"))
            self.addCleanup(self.cluster.drop)
            self.cluster.make()
            self.cluster.start()
            self.cluster.copy(get_db_name())
        super().start()

    def server_options(self):
        return super().server_options() | {
            "--db_host": "127.0.0.1",
            "--db_port": self.cluster.port,
            "--db_user": self.cluster.user,
        }

    def push_until_killed(self):
        """What the push is answered, if it is."""
        try:
            self.statuses.append(self.push_once()[0])
        except (OSError, HTTPException):
            self.statuses.append(None)

    def push_once(self):
        body = as_cbor(self.journal.push())
        return self.ask("POST", PUSH, body, self.journal.headers())

    def is_answered(self):
        path, headers = "/farm_rfid/v1/snapshot", self.journal.headers()
        return self.ask("GET", path, None, headers)[0] == 200

    def test_each_event_is_applied_once(self):
        self.statuses = []
        for _kill in range(KILLS):
            sender = Thread(target=self.push_until_killed)
            sender.start()
            self.wait_for(lambda: self.ask_cluster(MIDDLE))
            self.cluster.kill()
            sender.join(60)
            self.cluster.start()
            self.wait_for(self.is_answered)
        self.assertNotIn(200, self.statuses)
        self.assertEqual(self.told_once(), (0, 0))
        self.wait_for(lambda: self.push_once()[0] == 200)
        self.assertEqual(self.told_once(), (EVENTS, EVENTS))
        first = self.send(self.journal)[1]["results"]
        self.assertEqual([one["state"] for one in first], ["applied"] * EVENTS)
        self.assertEqual(self.send(self.journal)[1]["results"], first)
        self.assertBoughtInCluster()

    def ask_cluster(self, query, *parameters):
        return self.cluster.ask(get_db_name(), query, *parameters)

    def told_once(self):
        """Number of the device's events, and the last one acknowledged."""
        [row] = self.ask_cluster(
            """SELECT (SELECT count(*) FROM farm_device_event WHERE key_id = key.id),
                      coalesce(key.ack_seq, 0)
                 FROM farm_device_key key WHERE key.number = %s""",
            self.journal.number,
        )
        return row

    def assertBoughtInCluster(self):
        rows = self.ask_cluster(
            """SELECT lot.lineage_code, count(line.id), sum(line.quantity)
                 FROM stock_lot lot JOIN stock_move_line line ON line.lot_id = lot.id
                WHERE lot.product_id = %s GROUP BY lot.id ORDER BY 1""",
            self.ids["product"],
        )
        wanted = sorted(self.journal.code(code) for code in self.codes)
        self.assertEqual(rows, [(code, 1, 12) for code in wanted])
