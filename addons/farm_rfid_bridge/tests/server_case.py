import os
import socket
import subprocess
import sys
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import date, timedelta
from http.client import HTTPConnection, HTTPException

import cbor2
import odoo
from odoo import SUPERUSER_ID, api
from odoo.fields import Command
from odoo.sql_db import db_connect
from odoo.tests import BaseCase, get_db_name, new_test_user
from odoo.tools import config

from ..models.push.farm_device_admission import SETTING
from ..protocol.envelope import Enrolment
from .journal import Journal, as_cbor

PATIENCE = 60
PUSH = "/farm_rfid/v1/push"
REGION = "SERVERTEST"
#: what a test leaves behind, in the order in which it can be deleted
LEFT = """
    DELETE FROM farm_tag WHERE last_device_id = ANY(%(devices)s)
        OR certificate_id = ANY(%(certificates)s);
    DELETE FROM farm_device_event WHERE device_id = ANY(%(devices)s);
    UPDATE farm_device SET key_id = NULL WHERE id = ANY(%(devices)s);
    DELETE FROM farm_device_key WHERE device_id = ANY(%(devices)s);
    DELETE FROM farm_device WHERE id = ANY(%(devices)s);
    DELETE FROM farm_lot_operation WHERE id IN (
        SELECT line.operation_id FROM farm_lot_operation_input line
          JOIN stock_lot lot ON lot.id = line.lot_id
         WHERE lot.product_id = ANY(%(products)s));
    DELETE FROM stock_quant WHERE product_id = ANY(%(products)s);
    DELETE FROM stock_move_line WHERE product_id = ANY(%(products)s);
    DELETE FROM stock_move WHERE product_id = ANY(%(products)s);
    DELETE FROM stock_picking WHERE harvest_id IN
        (SELECT id FROM farm_harvest WHERE cycle_id = ANY(%(cycles)s));
    DELETE FROM stock_lot WHERE product_id = ANY(%(products)s);
    DELETE FROM farm_harvest WHERE cycle_id = ANY(%(cycles)s);
    DELETE FROM farm_certificate WHERE id = ANY(%(certificates)s);
"""


class ServerCase(BaseCase):
    """A real server of its own process, which may be killed, and devices.

    It commits what it makes and takes it away again.
    """

    #: how many pushes the server takes at a time, so that they meet
    places = 8

    def setUp(self):
        super().setUp()
        if "pytest" not in sys.modules:
            self.skipTest("Odoo's own runner holds the registry: the server would wait")
        self.registry = odoo.modules.registry.Registry(get_db_name())
        self.server = None
        self.made = []
        self.ids = {"devices": [], "products": [], "cycles": [], "certificates": []}
        self.addCleanup(self.take_away)
        with self.transaction() as env:
            self.make_world(env)
            self.make_more(env)
            env["ir.config_parameter"].set_param(SETTING, self.places)
        self.addCleanup(self.stop)
        self.start()

    def transaction(self):
        return _Transaction(self.registry)

    # -- the world --------------------------------------------------------------------

    def make(self, model, vals):
        record = model.create(vals)
        self.made.append((record._name, record.ids))
        return record

    def make_world(self, env):
        region = self.make(
            env["farm.region"], {"name": REGION, "code": REGION, "level": "village"}
        )
        crop = self.make(env["farm.crop"], {"name": REGION, "code": "SRVTST"})
        scheme = self.make(
            env["farm.certification.scheme"], {"name": REGION, "code": REGION}
        )
        self.ids |= {"region": region.id, "crop": crop.id, "scheme": scheme.id}
        kilogram = env.ref("uom.product_uom_kgm")
        self.ids["product"] = self.make_product(env, REGION, kilogram).id
        certificate = self.make_grower(env, REGION)
        self.ids["certificate"] = certificate.id
        user = self.make_user(env, "servertest", "farm_traceability.group_collector")
        self.ids["user"] = user.id

    def make_more(self, env):
        """What the tests of a class want beside the world."""

    def make_product(self, env, name, uom):
        """A product of the crop."""
        vals = {"name": name, "uom_id": uom.id, "farm_crop_id": self.ids["crop"]}
        tracked = {"is_storable": True, "tracking": "lot"}
        product = self.make(env["product.product"], vals | tracked)
        self.ids["products"].append(product.id)
        return product

    def make_grower(self, env, code, authority=None):
        """A farmer who harvests the crop; gives the certificate, valid for days.

        :param authority: partner; else the farmer
        """
        role = env["farm.role"].search([("code", "=", "farmer")])
        farmer = self.make(
            env["res.partner"],
            {
                "name": code,
                "farm_code": code,
                "farm_role_ids": [Command.set(role.ids)],
                "farm_region_id": self.ids["region"],
            },
        )
        plot = self.make(env["farm.plot"], {"name": "P", "farmer_id": farmer.id})
        crop = {"crop_id": self.ids["crop"]}
        growing = crop | {"plot_id": plot.id, "state": "harvesting"}
        self.ids["cycles"].append(self.make(env["farm.cycle"], growing).id)
        certificate = env["farm.certificate"].create(
            {
                "name": code,
                "scheme_id": self.ids["scheme"],
                "authority_id": (authority or farmer).id,
                "farmer_id": farmer.id,
                "valid_from": date.today() - timedelta(days=9),
                "valid_to": date.today() + timedelta(days=9),
                "line_ids": [Command.create(crop)],
            }
        )
        self.ids["certificates"].append(certificate.id)
        certificate.action_issue()
        return certificate

    def make_user(self, env, login, groups):
        """Somebody of the region."""
        user = new_test_user(env, login, groups=groups)
        self.made.append(("res.users", user.ids))
        user.farm_region_ids = env["farm.region"].browse(self.ids["region"])
        return user

    def make_device(self, enrol=True, **vals):
        """A device; gives its journal, or its code where it is not enrolled yet."""
        with self.transaction() as env:
            device = env["farm.device"].create(
                {
                    "name": f"{REGION} {len(self.made)}",
                    "user_id": self.ids["user"],
                    "region_ids": [Command.set([self.ids["region"]])],
                }
                | vals
            )
            self.ids["devices"].append(device.id)
            code = device._new_enrolment_code()
            if not enrol:
                return code
            journal = Journal()
            asked = Enrolment(**journal.enrolment(code))
            journal.enrolled(env["farm.device"]._enrol(asked))
        return journal

    def take_away(self):
        with db_connect(get_db_name()).cursor() as cr:
            cr.execute(LEFT, self.ids)
        with self.transaction() as env:
            for model, ids in reversed(self.made):
                env[model].browse(ids).unlink()
            env["ir.config_parameter"].set_param(SETTING, False)

    # -- the server -------------------------------------------------------------------

    def start(self):
        """Start a server on a free port, and wait until it answers."""
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        options = self.server_options().items()
        words = [str(word) for option in options for word in option]
        self.server = subprocess.Popen(
            [sys.executable, "-m", "odoo", *words],
            env=os.environ,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        self.wait_for(lambda: self.ask("GET", "/web/health")[0] == 200)

    def server_options(self):
        return {
            "-c": config["config"],
            "-d": get_db_name(),
            "--http-port": self.port,
            "--http-interface": "127.0.0.1",
            "--max-cron-threads": 0,
            "--log-level": "critical",
        }

    def stop(self):
        self.server.terminate()
        self.server.wait(PATIENCE)

    def kill(self):
        self.server.kill()
        self.server.wait(PATIENCE)

    def wait_for(self, condition):
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            with suppress(OSError, HTTPException):
                if condition():
                    return
            time.sleep(0.05)
        self.fail("It did not happen")

    def ask(self, method, path, body=None, headers=None, address="127.0.0.1"):
        """Status and body of an answer.

        :param str address: whence it is sent
        """
        connection = HTTPConnection(
            "127.0.0.1", self.port, timeout=PATIENCE, source_address=(address, 0)
        )
        try:
            connection.request(method, path, body, headers or {})
            answer = connection.getresponse()
            return answer.status, answer.read()
        finally:
            connection.close()

    def send(self, journal, first=1, last=None, address="127.0.0.1"):
        """Push until the server has time for it; gives status and answer."""
        body = as_cbor(journal.push(first=first, last=last))
        while True:
            status, raw = self.ask("POST", PUSH, body, journal.headers(), address)
            if status != 503:
                return status, cbor2.loads(raw) if status == 200 else raw
            time.sleep(0.1)

    def all_at_once(self, *calls):
        with ThreadPoolExecutor(len(calls)) as pool:
            return [one.result() for one in [pool.submit(call) for call in calls]]

    # -- what must be true ------------------------------------------------------------

    def buy(self, journal, *codes):
        for code in codes:
            body = {
                "at": int(time.time() * 1000),
                "farmer": REGION,
                "crop": "SRVTST",
                "bunches": [{"code": journal.code(code), "grams": 12_000, "hands": 8}],
            }
            journal.add("purchase", body)

    def assertBoughtOnce(self, journal, *codes):
        """Each code is one lot, of one harvest, of one event, in stock once."""
        with self.transaction() as env:
            device = env["farm.device"].search([("number", "=", journal.number)])
            lots = env["stock.lot"].search([("product_id", "=", self.ids["product"])])
            made = Counter(journal.code(code) for code in codes)
            self.assertEqual(Counter(lots.mapped("lineage_code")), made)
            events = env["farm.device.event"].search([("device_id", "=", device.id)])
            self.assertEqual(
                events.sorted("seq").mapped("seq"), list(range(1, len(events) + 1))
            )
            self.assertEqual(events.mapped("state"), ["applied"] * len(codes))
            self.assertEqual(len(events.harvest_id), len(codes))
            lines = env["stock.move.line"].search([("lot_id", "in", lots.ids)])
            self.assertEqual(Counter(lines.lot_id.ids), Counter(lots.ids))
            self.assertEqual(len(lines), len(codes))
            self.assertEqual(device.key_id.ack_seq, len(events))
            self.assertEqual(device.key_id.ack_hash, journal.hashes[-1].hex())


class _Transaction:
    """An environment of its own transaction, committed at its end."""

    def __init__(self, registry):
        self.cr = registry.cursor()

    def __enter__(self):
        self.cr.__enter__()
        return api.Environment(self.cr, SUPERUSER_ID, {"tracking_disable": True})

    def __exit__(self, *error):
        return self.cr.__exit__(*error)
