import json
from datetime import datetime, timedelta, timezone
from uuid import uuid4

from odoo.tests import tagged
from odoo.tools import mute_logger

from .forged_common import ForgedCase


@tagged("post_install", "-at_install")
class TestForgedShape(ForgedCase):
    """Numbers, clocks and requests that no device sends: nothing is half done."""

    def test_the_same_number_with_another_scan(self):
        event = self.pick()
        self.assertEqual(self.answer(event)["state"], "applied")
        for other in ({"text": "LOT-2"}, {"quantity": 7}, {"kind": "finish"}):
            with self.subTest(other):
                answer = self.answer(event | other)
                self.assertEqual(answer["state"], "refused")
                self.assertIn("Another scan", answer["message"])
        self.assertEqual(self.answer(event)["state"], "applied")
        self.assertEqual(self.scanned(), 5)
        self.assertEqual(self.event_of(event["uuid"]).text, "LOT-1")

    def test_numbers_that_are_none(self):
        for uuid in ("", "7", "x" * 10_000, uuid4().hex, str(uuid4()).upper(), None, 7):
            with self.subTest(uuid):
                answer = self.answer(self.pick(uuid=uuid))
                self.assertEqual(answer["state"], "refused")
        self.assertNothingDone()

    def test_clocks_that_are_wrong(self):
        now = datetime.now(timezone.utc)
        begin = now.replace(tzinfo=None, microsecond=0)
        for at, is_kept in (
            (now - timedelta(days=400), True),
            (now + timedelta(minutes=20), False),
            (now + timedelta(days=4000), False),
        ):
            with self.subTest(at):
                event = self.pick(quantity=1, at=at.timestamp() * 1000)
                self.assertEqual(self.answer(event)["state"], "applied")
                kept = self.event_of(event["uuid"])
                moment = at.replace(tzinfo=None, microsecond=0)
                if is_kept:
                    self.assertEqual(kept.scanned_at, moment)
                else:
                    self.assertTrue(begin <= kept.scanned_at < moment)
                self.assertEqual(kept.sent["at"], event["at"])
        for at in (None, "soon", -9e13, 9e13, -1e30, 1e300, True, []):
            with self.subTest(at):
                event = self.pick(quantity=1, at=at)
                self.assertEqual(self.answer(event)["state"], "applied")

    def test_requests_of_another_shape(self):
        good = [self.pick()]
        for params in (
            {},
            {"uid": None},
            {"uid": str(self.picker.id), "args": [good]},
            {"uid": self.picker.id, "args": {"events": good}},
            {"uid": self.picker.id, "args": [good, 1]},
            {"uid": self.picker.id, "args": []},
            {"uid": self.picker.id, "args": [good], "company_ids": "1"},
            {"uid": self.picker.id, "args": [good], "company_ids": [True]},
            {"uid": self.picker.id, "args": [good], "company_ids": [[1]]},
            {"uid": self.picker.id, "args": [{"0": good}]},
            {"uid": self.picker.id, "args": [good * 101]},
        ):
            with self.subTest(str(params)[:80]):
                body = self.build_rpc_payload(params)
                path = "/farm/scan/ask/post"
                answer = self.url_open(path, json=body).json()
                self.assertEqual(
                    answer["error"]["data"]["name"], "odoo.exceptions.UserError"
                )
        self.assertNothingDone()
        self.assertFalse(self.event_of(good[0]["uuid"]))

    def test_a_page_of_somebody_else_cannot_send(self):
        """Only JSON is taken, which no other site's page may send with our cookie."""
        params = {"uid": self.picker.id, "args": [[self.pick()]], "company_ids": []}
        body = json.dumps(self.build_rpc_payload(params))
        for kind in (
            "text/plain",
            "application/x-www-form-urlencoded",
            "multipart/form-data; boundary=x",
            "",
        ):
            with self.subTest(kind):
                answer = self.url_open(
                    "/farm/scan/ask/post", data=body, headers={"Content-Type": kind}
                )
                self.assertGreaterEqual(answer.status_code, 400)
        self.assertEqual(self.url_open("/farm/scan/ask/post").status_code, 415)
        self.assertNothingDone()

    def test_bodies_that_are_no_requests(self):
        headers = {"Content-Type": "application/json"}
        for body in ("", "{", "[]", "7", "null", '{"params": [1]}'):
            # Odoo's own dispatcher fails on the last one, before anything of ours.
            with self.subTest(body), mute_logger("odoo.http"):
                answer = self.url_open(
                    "/farm/scan/ask/post", data=body or " ", headers=headers
                )
                self.assertTrue(
                    answer.status_code >= 400 or "error" in answer.json(), answer.text
                )
        self.assertNothingDone()

    def test_a_scan_that_is_far_too_long(self):
        event = self.pick(text="9" * 3_000_000)
        answer = self.answer(event)
        self.assertEqual(answer["state"], "refused")
        self.assertLess(len(answer["message"]), 300)
        kept = self.event_of(event["uuid"])
        self.assertLess(len(kept.text), 5_000)
        self.assertLess(len(json.dumps(kept.sent)), 20_000)
