from unittest.mock import patch

from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import tagged

from ..trace import trace
from ..trace.graph import Graph
from .common import FarmCase
from .trace_common import TraceMakers


@tagged("post_install", "-at_install")
class TestTraceGraph(TraceMakers, FarmCase):
    """What is drawn of a trace, and for whom."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.user = cls.make_user("stock")
        cls.lot = cls.receive(10.0).lot_ids
        cls.carton = cls.make_lot("Carton 7", cls.hand)

    def setUp(self):
        super().setUp()
        self.operate([(self.lot, 8)], [(self.carton, 4)])
        self.deliver(self.carton, 3, self.shop)

    def draw(self, lot, user=None, limit=2000, apart=()):
        """The drawing, its nodes by label."""
        env = self.env(user=user or self.user)
        found = trace(env, lot.ids)
        data = Graph(env, found, limit).data(apart)
        return data, {node["label"]: node for node in data["nodes"]}

    def edges(self, data):
        labels = {node["id"]: node["label"] for node in data["nodes"]}
        return {
            (labels[edge["source"]], labels[edge["target"]]): edge["text"]
            for edge in data["edges"]
        }

    def test_lot_with_what_it_was_made_of_and_who_got_it(self):
        data = self.carton.with_user(self.user).get_trace_graph()
        nodes = {node["label"]: node for node in data["nodes"]}
        self.assertEqual(set(nodes), {self.lot.name, "Carton 7", self.shop.name})
        self.assertEqual(
            self.edges(data),
            {
                (self.lot.name, "Carton 7"): "8 kg → 4 Units\n100.0 %",
                ("Carton 7", self.shop.name): "3 Units",
            },
        )
        carton = nodes["Carton 7"]
        self.assertEqual((nodes[self.lot.name]["step"], carton["step"]), (-1, 0))
        self.assertTrue(carton["start"])
        self.assertEqual((carton["sub"], carton["text"]), (self.hand.name, "4 Units"))
        self.assertEqual(carton["model"], "stock.lot")
        self.assertEqual(carton["res_ids"], self.carton.ids)
        self.assertEqual(
            carton["facts"],
            [("In all", "4 Units"), ("On hand", "1 Units"), ("Delivered", "3 Units")],
        )
        self.assertEqual(nodes[self.shop.name]["res_ids"], self.shop.ids)
        self.assertEqual(data["notice"], "")

    def test_states_say_what_became_of_each_lot(self):
        gone, thrown, used = map(self.make_lot, ("Gone", "Thrown", "Used"))
        self.operate([(self.lot, 1)], [(one, 1) for one in (gone, thrown, used)])
        self.deliver(gone, 1, self.market)
        self.make_move(thrown, 1, self.stock, self.loss)
        last = self.make_lot("Last")
        self.operate([(used, 1)], [(last, 1)])
        data, nodes = self.draw(self.lot)
        self.assertEqual(
            {label: node["state"] for label, node in nodes.items()},
            {
                self.lot.name: "stock",
                "Carton 7": "mixed",
                "Gone": "delivered",
                "Thrown": "scrapped",
                "Used": "consumed",
                "Last": "stock",
                self.shop.name: "customer",
                self.market.name: "customer",
            },
        )
        states = [row["state"] for row in data["legend"]]
        self.assertEqual(
            states, ["stock", "delivered", "scrapped", "consumed", "mixed", "customer"]
        )

    def test_lot_repacked_into_itself(self):
        self.operate([(self.carton, 1)], [(self.carton, 1)])
        data, _nodes = self.draw(self.carton)
        self.assertIn(("Carton 7", "Carton 7"), self.edges(data))

    def test_weakest_users_who_may_see_it(self):
        for role in ("stock", "collector", "quality"):
            lot = self.carton.with_user(self.make_user(role))
            self.assertEqual(len(lot.get_trace_graph()["nodes"]), 3, role)

    def test_who_may_not_read_the_lot_may_not_see_it(self):
        for role in ("internal", "portal"):
            with self.assertRaises(AccessError):
                self.carton.with_user(self.make_user(role)).get_trace_graph()

    def test_lots_of_another_company_have_no_name_and_no_number(self):
        other = self.env["res.company"].create({"name": "Other Fruit Company"})
        stranger = self.make_user(
            "stock", company_id=other.id, company_ids=[Command.set(other.ids)]
        )
        lot = self.make_lot("Shared lot")
        lot.company_id = False
        self.buy(lot, 9)
        secret = self.make_lot("Secret lot")
        secret.company_id = self.env.company
        self.operate([(lot, 3)], [(secret, 3)])
        self.deliver(secret, 2, self.market)
        data, nodes = self.draw(lot, stranger)
        self.assertEqual(set(nodes), {"Shared lot", "Another company"})
        hidden = nodes["Another company"]
        self.assertEqual((hidden["state"], hidden["res_ids"]), ("hidden", []))
        self.assertEqual((hidden["text"], hidden["facts"]), ("", []))
        self.assertEqual(self.edges(data), {("Shared lot", "Another company"): ""})
        for word in ("Secret", self.market.name):
            self.assertNotIn(word, str(data))

    def test_held_lots_say_so(self):
        if "is_on_hold" not in self.env["stock.lot"]._fields:
            self.skipTest("holds are another room")
        self.carton.sudo().is_on_hold = True
        _data, nodes = self.draw(self.carton)
        self.assertEqual(nodes["Carton 7"]["state"], "held")

    def crowd(self, count, name="Hand"):
        lots = self.env["stock.lot"].create(
            [{"name": f"{name} {n}", "product_id": self.hand.id} for n in range(count)]
        )
        self.operate([(self.lot, 1)], [(lot, 1) for lot in lots])
        return lots

    def test_above_the_limit_those_alike_are_one_with_count_and_sum(self):
        lots = self.crowd(12)
        data, nodes = self.draw(self.lot, limit=10)
        group = nodes["12 lots"]
        self.assertEqual((group["kind"], group["text"]), ("group", "12 Units"))
        self.assertEqual(sorted(group["res_ids"]), lots.ids)
        self.assertEqual(self.edges(data)[self.lot.name, "12 lots"], "1 kg → 12 Units")
        self.assertIn("14 lots are too many", data["notice"])

    def test_lot_that_is_asked_for_leaves_its_group(self):
        lots = self.crowd(12)
        _data, nodes = self.draw(self.lot, limit=10, apart=lots[:2].ids)
        self.assertLessEqual({"Hand 0", "Hand 1", "10 lots"}, set(nodes))
        _data, nodes = self.draw(self.lot, limit=10, apart=lots.ids)
        self.assertLessEqual(set(lots.mapped("name")), set(nodes))

    def test_cut_trace_says_so(self):
        self.crowd(3)
        path = "odoo.addons.farm_traceability.models.farm_traceable.GRAPH_LIMIT"
        with patch(path, 2):
            data = self.lot.with_user(self.user).get_trace_graph()
        self.assertIn("only the nearest 2", data["notice"])

    def test_as_many_statements_for_many_lots(self):
        def read():
            self.env.invalidate_all()
            self.draw(self.lot)

        counts = []
        for more in (2, 20):
            self.crowd(more, f"Of {more}")
            self.deliver(self.carton, 0.01, self.market)
            read()
            counts.append(self.count_statements(read))
        self.assertEqual(*counts)
