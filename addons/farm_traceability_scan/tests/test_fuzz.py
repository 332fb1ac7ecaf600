from uuid import uuid4

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from odoo.tests import tagged

from .scan_common import ANY_TEXT, ScanCase

TEXTS = ANY_TEXT | ANY_TEXT.map(lambda text: text * 300)
NUMBERS = (
    st.integers()
    | st.floats()
    | st.integers(-(10**15), 10**15)
    | st.sampled_from((-9e13, 9e13, 2**31, 2**63, -1, 0.1, 1e308))
)
ANYTHING = st.recursive(
    st.none() | st.booleans() | NUMBERS | TEXTS,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.text(max_size=8), inner, max_size=3)
    ),
    max_leaves=5,
)
KEYS = ("document_id", "device", "product_id", "location_id", "company_ids", "choice")
MORE = ("reason_id", "note", "confirm", "draft", "of", "line_id")
SENT = st.fixed_dictionaries(
    {},
    optional=dict.fromkeys(KEYS + MORE, ANYTHING)
    | {"text": TEXTS, "at": NUMBERS | ANYTHING, "quantity": NUMBERS | ANYTHING},
)
CODES = ("pick", "receive", "put_away", "move", "check", "count", "look_up", "split")


@tagged("post_install", "-at_install")
class TestFuzz(ScanCase):
    """Whatever a device sends, it gets an answer, and nothing else happens."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.lot = cls.make_lot("FIRST", 30)
        cls.stock_up(cls.lot, 50)
        cls.picking = cls.make_delivery(20)
        cls.picking.action_assign()

    @settings(
        max_examples=400,
        deadline=None,
        derandomize=True,
        suppress_health_check=[HealthCheck.too_slow],
    )
    @given(
        st.sampled_from(CODES) | ANYTHING,
        st.sampled_from(("scan", "undo", "finish", "recount", "apply")) | ANYTHING,
        SENT,
        st.booleans(),
    )
    def test_anything_is_answered(self, scenario, kind, sent, is_known):
        known = {"document_id": self.picking.id, "text": "FIRST"} if is_known else {}
        event = sent | known | {"scenario": scenario, "kind": kind}
        [answer] = self.scan.post([event | {"uuid": str(uuid4())}])
        self.assertIn(answer["state"], ("applied", "asked", "refused"))
        self.env.flush_all()

    @settings(max_examples=50, deadline=None, derandomize=True)
    @given(st.lists(ANYTHING, max_size=3))
    def test_what_is_no_scan_is_refused(self, events):
        for answer in self.scan.post(events):
            self.assertEqual(answer["state"], "refused")
