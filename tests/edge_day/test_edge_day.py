"""A day of two devices without a network, and what Odoo has of it in the evening.

Everything is a process as in use: Odoo, two agents with their virtual readers, the
command line. The market writes farmers' cards, buys and splits; the gate buys.
"""

import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from agent_process import Device
from bad_line import BadLine
from evening import EveningCase
from ledger import Ledger
from odoo.addons.farm_rfid_bridge.tests.test_server import MIDDLE
from odoo.sql_db import db_connect
from odoo.tests import get_db_name, tagged
from people import People
from village import FARMERS

SITI, BUDI = FARMERS
#: purchases of each device: without a network, while it comes and goes
FIRST, THEN = 60, 40


@tagged("post_install", "-at_install")
class TestEdgeDay(EveningCase):
    def setUp(self):
        super().setUp()
        self.ledger = Ledger()
        self.home = Path(self.enterContext(tempfile.TemporaryDirectory()))
        self.lines = {}
        writer = {"kind": "writer", "may_write_cards": True}
        self.market = self.enrol("market", user_id=self.ids["officer"], **writer)
        self.gate = self.enrol("gate")
        self.people = [self.market, self.gate]

    def enrol(self, name, **rights):
        """People with a device, taken on by the code that the office gave."""
        rights = {"may_write_bunches": True, "may_split": True} | rights
        code = self.make_device(enrol=False, **rights)
        self.ids[name] = self.ids["devices"][-1]
        line = self.lines[name] = BadLine(lambda: self.port)
        self.addCleanup(line.close)
        device = Device(name, self.home / name)
        self.addCleanup(device.remove)
        device.command("enrol", code, "--server", f"http://127.0.0.1:{line.port}")
        return People(device, self.ledger, {})

    def test_a_day(self):
        self.the_officer_orders_cards()
        self.a_day_without_network()
        self.the_network_comes_and_goes_at_the_market()
        self.the_market_splits()
        self.the_gate_comes_home()
        self.a_copied_tag_is_split_twice()
        self.evening()
        self.check_all()

    # -- morning ----------------------------------------------------------------------

    def the_officer_orders_cards(self):
        """One is written by command, one at the page; the gate hears of both."""
        market, gate = self.market, self.gate
        name, uid = market.blank("NTAG215")
        code = self.order_card(SITI)
        market.device.lay(name)
        [said] = market.device.command(
            "write-card", "--reader", market.device.field.path
        )
        self.assertEqual(said["card"]["code"], code)
        market.device.take(name)
        self.keep_card(SITI, code, name, uid)
        market.device.command("sync")
        market.device.start()
        name, uid = market.blank("NTAG215")
        code = self.order_card(BUDI)
        market.page.go("officer")
        market.page.until("officer.tap")
        market.device.lay(name)
        market.page.until("officer.done")
        market.go_home()
        self.keep_card(BUDI, code, name, uid)
        market.send()
        gate.device.command("sync")
        gate.device.start()

    def keep_card(self, farmer, code, name, uid):
        self.ledger.write_card("market", code, uid, farmer)
        for people in self.people:
            people.cards[farmer] = name
        self.market.device.carry(name, self.gate.device)

    # -- the day ----------------------------------------------------------------------

    def a_day_without_network(self):
        for line in self.lines.values():
            line.go()
        self.at_once(
            lambda: self.buy_and_fall_between_tags(self.market, SITI),
            lambda: self.buy_and_fall_in_a_tag(self.gate, BUDI),
        )

    def at_once(self, *deeds):
        with ThreadPoolExecutor(len(deeds)) as pool:
            for deed in [pool.submit(deed) for deed in deeds]:
                deed.result()

    def buy_and_fall_between_tags(self, people, farmer):
        """The battery falls out when one of two bunches is on its tag."""
        people.buy(FIRST // 2, farmer)
        people.begin_purchase(farmer)
        people.say_what(2)
        first = people.add_bunch(farmer, 10_000)
        people.device.kill()
        people.device.start()
        people.page.until("purchase.bunch")
        people.finish([first, people.add_bunch(farmer, 10_400)])
        people.buy(FIRST - FIRST // 2 - 1, farmer)

    def buy_and_fall_in_a_tag(self, people, farmer):
        """The battery falls out when half of a tag is written; it is tapped again."""
        people.buy(FIRST // 2, farmer)
        people.begin_purchase(farmer)
        people.say_what(1)
        bunch = people.add_bunch(farmer, 10_000, falls_in_it=True)
        people.finish([bunch])
        people.buy(FIRST - FIRST // 2 - 1, farmer)

    def the_network_comes_and_goes_at_the_market(self):
        """Pushes are torn, the server is killed in one, and it is bought meanwhile."""
        market, line = self.market, self.lines["market"]
        line.tear("request", "answer")
        line.come()
        market.send(until=lambda: line.torn["answer"])
        self.kill_in_a_push(market)
        self.start()
        self.at_once(
            lambda: self.buy_on_a_bad_line(market, BUDI, line),
            lambda: self.gate.buy(THEN, SITI),
        )
        self.assertEqual(line.torn, {"request": 3, "answer": 3})

    def kill_in_a_push(self, people):
        """The server is held where the harvest is made and the receipt is not."""
        with db_connect(get_db_name()).cursor() as cr:
            cr.execute("LOCK TABLE stock_move IN SHARE MODE")
            people.send(until=self.in_a_push)
            self.kill()
        [status] = people.device.command("status")
        self.assertTrue(status["waiting"], "the push was over before the server was")

    def in_a_push(self):
        with db_connect(get_db_name()).cursor() as cr:
            cr.execute(MIDDLE)
            return bool(cr.fetchone())

    def buy_on_a_bad_line(self, people, farmer, line):
        for _part in range(2):
            line.tear("answer", "request")
            people.buy(THEN // 4, farmer)
            line.go()
            people.buy(THEN // 4, farmer)
            line.come()
            people.send()

    # -- the market -------------------------------------------------------------------

    def bought_at(self, name):
        """Bunches of a device that are whole, those of one first."""
        return (
            one for one in self.ledger.bunches if one.device == name and not one.taken
        )

    def the_market_splits(self):
        """Own bunches, and the gate's that nobody has told Odoo of."""
        market, gate = self.market, self.gate
        own, other = self.bought_at("market"), self.bought_at("gate")
        market.split(next(own), 8)
        market.split(next(own), 3, grams=(1_000, 1_100, 900), loss=150, chip="NTAG215")
        for bunch in (early := [next(other) for _one in range(3)]):
            gate.device.carry(bunch.name, market.device)
        market.split(early[0], 2)
        market.split(early[1], 4, grams=(1_000,) * 4)
        self.take_more_than_there_is(early[1])
        market.split(early[1], 3, skip=1)
        market.split(early[2], 5)
        market.send()
        self.assertEqual(self.states_of("market", "parked"), 4)
        self.split_in_vain(gate, early[2])

    def take_more_than_there_is(self, bunch):
        """The tag itself knows how many hands are left."""
        market = self.market
        market.choose(bunch)
        market.type_hands(bunch.hands_left + 1)
        self.assertIn(str(bunch.hands_left), market.page.notice)
        market.go_home()

    def the_gate_comes_home(self):
        """All that it has done in the day goes up, over a line that is torn."""
        line = self.lines["gate"]
        line.tear("request", "answer", "answer")
        line.come()
        self.gate.send()
        self.assertEqual(line.torn, {"request": 1, "answer": 2})
        self.assertEqual(self.states_of("market", "parked"), 0)

    def a_copied_tag_is_split_twice(self):
        """The first that is received wins, the other one is for a person."""
        market, gate = self.market, self.gate
        bunch = next(self.bought_at("gate"))
        gate.device.carry(bunch.name, market.device)
        for line in self.lines.values():
            line.go()
        market.split(bunch, 5)
        self.split_in_vain(gate, bunch)
        for people in self.people:
            self.lines[people.device.name].come()
            people.send()

    def split_in_vain(self, people, bunch):
        """Take hands that another device has taken: their tag is a copy, as of before
        that."""
        hands = people.take_hands(bunch, 5)
        self.assertEqual({one.index for one in hands}, {1, 2, 3, 4, 5})
        self.ledger.split_in_vain(people.device.name, bunch, hands)

    def evening(self):
        for people in self.people:
            people.device.stop()
            people.device.command("sync")
