import cbor2
from odoo.tests import tagged

from .journal import Journal
from .test_api import ApiCase

SNAPSHOT = "/farm_rfid/v1/snapshot"


@tagged("post_install", "-at_install")
class TestSnapshotRoute(ApiCase):
    """What the snapshot route answers."""

    def ask(self, query="", journal=None, **headers):
        return self.send(None, journal, f"{SNAPSHOT}{query}", "GET", **headers)

    def test_it_is_answered_as_accepted(self):
        answer = self.ask(Accept="application/cbor")
        self.assertEqual(answer.headers["Content-Type"], "application/cbor")
        told = cbor2.loads(answer.content)
        self.assertEqual(len(told["state_hash"]), 32)
        answer = self.ask(Accept="*/*")
        self.assertEqual(answer.headers["Content-Type"], "application/json")
        self.assertEqual(answer.headers["Cache-Control"], "no-store")
        told = answer.json()
        self.assertTrue(told["is_full"])
        self.assertIn(self.farmer.name, answer.text)
        answer = self.ask(f"?since={told['since']}&region={self.village.code}")
        self.assertEqual(answer.status_code, 200, answer.text)

    def test_what_is_no_question_is_damaged(self):
        long = f"?token={'x' * 300}"
        queries = ("?since=x", "?since=-1", "?since=99999999999", "?since=%C2%B2")
        for query in (*queries, "?model=res.users", "?region=%00", long):
            with self.subTest(query), self.assertOneLine():
                self.assertProblem(self.ask(query), 400, "damaged")

    def test_a_forged_token_begins_anew(self):
        with self.assertOneLine():
            problem = self.assertProblem(self.ask("?token=MC4w"), 400, "bad-token")
        self.assertEqual(problem["retry"], "changed")

    def test_a_region_of_others_is_forbidden(self):
        answer = self.ask(f"?region={self.other_village.code}")
        self.assertProblem(answer, 403, "forbidden")

    def test_only_with_the_token(self):
        stranger = Journal(token="nonsense")
        self.assertProblem(self.ask(journal=stranger), 401, "unauthenticated")
