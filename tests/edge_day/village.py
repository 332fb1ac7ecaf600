"""The village in Odoo: who grows, who buys, who writes cards."""

import os
from datetime import date, timedelta
from unittest.mock import patch

from odoo.addons.farm_rfid_bridge.protocol import vault
from odoo.addons.farm_rfid_bridge.tests.server_case import REGION, ServerCase
from odoo.fields import Command
from odoo.sql_db import db_connect
from odoo.tests import get_db_name

CROP, GRADE = "SRVTST", "A"
FARMERS = ("DAY-SITI", "DAY-BUDI")
#: a key that has signed is never deleted by people
KEYS = """
    DELETE FROM farm_card_order WHERE key_id = ANY(%(keys)s);
    DELETE FROM farm_signing_key WHERE id = ANY(%(keys)s);
"""
OFFICER = "farm_traceability.group_collector,farm_traceability.group_officer"


class VillageCase(ServerCase):
    """A real Odoo, two certified farmers, an authority with a key and an officer."""

    def setUp(self):
        secret = "a secret of the server that is long enough"
        self.enterContext(patch.dict(os.environ, {vault.VARIABLE: secret}))
        super().setUp()

    def make_more(self, env):
        grade = {"name": "Good", "code": GRADE, "crop_id": self.ids["crop"]}
        self.make(env["farm.grade"], grade)
        unit = env.ref("uom.product_uom_unit")
        self.ids["hand"] = self.make_product(env, f"{REGION} hand", unit).id
        role = env["farm.role"].search([("code", "=", "authority")])
        office = {"name": "Office", "farm_role_ids": [Command.set(role.ids)]}
        office = self.make(env["res.partner"], office)
        self.ids["growers"] = {
            code: self.make_grower(env, code, office).id for code in FARMERS
        }
        self.ids["officer"] = self.make_user(env, "serverofficer", OFFICER).id
        self._make_key(env, office)
        self._receive_at_once(env)

    def _make_key(self, env, office):
        begin = date.today() - timedelta(days=10)
        vals = {"name": REGION, "authority_id": office.id, "valid_from": begin}
        key = env["farm.signing.key"].create(vals)
        key.action_activate()
        self.addCleanup(self._forget_key, key.ids)

    def _forget_key(self, ids):
        with db_connect(get_db_name()).cursor() as cr:
            cr.execute(KEYS, {"keys": ids})

    def _receive_at_once(self, env):
        """What is bought is in stock."""
        user = env["res.users"].browse(self.ids["user"])
        warehouse = user._get_default_warehouse_id()
        self.ids["stock"] = warehouse.lot_stock_id.id
        kind = warehouse.in_type_id
        before = {"validate_farm_receipts": kind.validate_farm_receipts}
        self.addCleanup(self._receive_as_before, kind.id, before)
        kind.validate_farm_receipts = True

    def _receive_as_before(self, number, vals):
        with self.transaction() as env:
            env["stock.picking.type"].browse(number).write(vals)

    def order_card(self, farmer):
        """The officer orders a farmer's card for the next blank at the market; gives
        its code."""
        with self.transaction() as env:
            officer = env["res.users"].browse(self.ids["officer"])
            env = env(user=officer.id)
            certificate = env["farm.certificate"].browse(self.ids["growers"][farmer])
            device = env["farm.device"].browse(self.ids["market"])
            return certificate._issue_card(device, "NTAG215").lineage_code
