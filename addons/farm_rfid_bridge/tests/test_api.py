import gzip
import json
import logging
from contextlib import contextmanager
from unittest.mock import patch

import cbor2
from odoo.http import Request
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from ..protocol.coding import WORTH_PACKING
from ..protocol.envelope import CBOR, JSON, LARGEST_QUESTION, LARGEST_REQUEST
from .bridge_common import BridgeCase
from .journal import Journal, as_cbor, as_json, base64url

PUSH = "/farm_rfid/v1/push"
ENROL = "/farm_rfid/v1/enrol"
FORK = "odoo.addons.farm_rfid_bridge.models.push.farm_device_push"


class ApiCase(BridgeCase, HttpCase):
    """A device with the real routes."""

    freeze_time = None  # the time stands still for the device only

    def send(self, raw, journal=None, path=PUSH, method="POST", **headers):
        journal = journal or self.journal
        return self.url_open(
            path, data=raw, headers=journal.headers() | headers, method=method
        )

    def send_push(self, journal=None, **limits):
        journal = journal or self.journal
        return self.send(as_cbor(journal.push(**limits)), journal)

    @contextmanager
    def assertOneLine(self):
        """One line in the log, and no trace, of what is a device's fault."""
        with self.assertLogs("odoo.http", level=logging.INFO) as logs:
            yield
        lines = [one for one in logs.records if one.name == "odoo.http"]
        self.assertRegex(logs.output[0], r"(farm\.device \d+|A device): \d+ [a-z-]+: .")
        self.assertEqual(len(lines), 1, logs.output)
        self.assertLessEqual(lines[0].levelno, logging.INFO)
        self.assertFalse(lines[0].exc_info)

    def assertProblem(self, answer, status, code):
        self.assertEqual(answer.status_code, status, answer.text)
        self.assertEqual(answer.headers["Content-Type"], "application/problem+json")
        self.assertNotIn("Traceback", answer.text)
        self.assertNotIn("Set-Cookie", answer.headers)
        problem = answer.json()
        self.assertEqual(problem["code"], code)
        self.assertEqual(problem["status"], status)
        return problem


@tagged("post_install", "-at_install")
class TestPushRoute(ApiCase):
    """What the push route answers."""

    def test_cbor_is_answered_in_cbor(self):
        self.buy("A-1")
        answer = self.send_push()
        self.assertEqual(answer.status_code, 200, answer.text)
        self.assertEqual(answer.headers["Content-Type"], CBOR)
        self.assertNotIn("Set-Cookie", answer.headers)
        told = cbor2.loads(answer.content)
        self.assertEqual(told["ack_seq"], 1)
        self.assertEqual(told["ack_hash"], self.journal.hashes[1])
        [result] = told["results"]
        self.assertEqual(result["state"], "applied")
        self.assertEqual(result["id"], self.journal.events[0].id)
        self.assertTrue(self.lots("A-1"))

    def test_json_is_answered_in_json(self):
        self.buy("A-1")
        raw = as_json(self.journal.push())
        answer = self.send(raw, **{"Content-Type": JSON})
        told = answer.json()
        self.assertEqual(told["results"][0]["state"], "applied")
        self.assertEqual(told["ack_hash"], base64url(self.journal.hashes[1]))

    def test_what_cannot_be_read_is_damaged(self):
        for raw in (b"", b"\xff", b"\x81" * 900_000, as_cbor(self.journal.push())[:-1]):
            with self.assertOneLine():
                self.assertProblem(self.send(raw), 400, "damaged")
        for raw in (b"[" * 900_000, b"{", b""):
            with self.assertOneLine():
                answer = self.send(raw, **{"Content-Type": JSON})
                self.assertProblem(answer, 400, "damaged")

    def test_a_status_that_no_text_has_is_damaged(self):
        for version in ("\ud800", "1\0"):
            raw = as_json(self.journal.push(version=version))
            with self.assertOneLine():
                answer = self.send(raw, **{"Content-Type": JSON})
                self.assertProblem(answer, 400, "damaged")

    def test_another_media_type_is_wrong(self):
        for kind in ("text/plain", "application/x-www-form-urlencoded", "a/b", ""):
            answer = self.send(b"v=1", **{"Content-Type": kind})
            self.assertProblem(answer, 415, "wrong-type")

    def test_a_packed_push_is_taken(self):
        self.buy("A-1")
        packed = gzip.compress(as_cbor(self.journal.push()))
        for coding in ("gzip", "GZIP"):
            answer = self.send(packed, **{"Content-Encoding": coding})
            self.assertEqual(answer.status_code, 200, answer.text)
        self.assertEqual(len(self.lots("A-1")), 1)

    def test_a_long_answer_is_packed_for_who_takes_it(self):
        for number in range(20):
            self.buy(f"A-{number}")
        raw = as_cbor(self.journal.push())
        told = []
        for accepted, coding in (("gzip, br", "gzip"), ("gzip;q=0", None), ("", None)):
            answer = self.send(raw, **{"Accept-Encoding": accepted})
            self.assertEqual(answer.status_code, 200, answer.text)
            self.assertEqual(answer.headers.get("Content-Encoding"), coding)
            told.append(answer.content)
        self.assertGreater(len(told[0]), WORTH_PACKING)
        self.assertEqual(told, [told[0]] * 3)

    def test_a_short_answer_is_as_it_is(self):
        self.buy("A-1")
        answer = self.send_push()
        self.assertNotIn("Content-Encoding", answer.headers)

    def test_what_is_packed_badly_is_refused(self):
        whole = gzip.compress(as_cbor(self.journal.push()))
        for raw in (b"", b"\xa0", whole[:-1], whole + b"\0", whole + whole):
            answer = self.send(raw, **{"Content-Encoding": "gzip"})
            self.assertProblem(answer, 400, "damaged")

    def test_a_small_body_that_unpacks_to_a_large_one_is_refused(self):
        bomb = gzip.compress(bytes(30 * LARGEST_REQUEST))
        answer = self.send(bomb, **{"Content-Encoding": "gzip"})
        self.assertProblem(answer, 413, "too-large")

    def test_another_packing_is_told_which_is_known(self):
        for coding in ("br", "gzip, gzip", "deflate"):
            answer = self.send(b"\xa0", **{"Content-Encoding": coding})
            self.assertProblem(answer, 415, "wrong-coding")
            self.assertEqual(answer.headers["Accept-Encoding"], "gzip")

    def test_a_large_body_is_refused_before_it_is_read(self):
        read = []
        whole = Request.get_http_params

        def counted(request):
            read.append(request.httprequest.content_length)
            return whole(request)

        with patch.object(Request, "get_http_params", counted):
            answer = self.send(bytes(LARGEST_REQUEST + 1))
        self.assertProblem(answer, 413, "too-large")

    def test_a_large_body_without_a_length_is_refused(self):
        def pieces():
            for _piece in range(30):
                yield bytes(50_000)

        answer = self.send(pieces())
        self.assertIn(answer.status_code, (400, 413))
        self.assertEqual(answer.headers["Content-Type"], "application/problem+json")

    def test_another_key_is_a_bad_signature(self):
        self.buy("A-1")
        with self.assertOneLine():
            answer = self.send(as_cbor(self.journal.push(key=Journal().key)))
        self.assertProblem(answer, 401, "bad-signature")

    def test_a_gap_says_where_to_begin(self):
        self.buy("A-1")
        self.buy("A-2")
        problem = self.assertProblem(self.send_push(first=2), 409, "gap")
        self.assertEqual(problem["send_from"], 1)

    def test_a_fork_is_kept_though_it_is_a_problem(self):
        twin = self.journal.twin()
        self.buy("A-1")
        self.assertEqual(self.send_push().status_code, 200)
        self.buy("B-1", journal=twin)
        with mute_logger(FORK):
            self.assertProblem(self.send_push(twin), 409, "fork")
        self.env.invalidate_all()
        self.assertEqual(self.device.state, "quarantined")
        self.assertTrue(self.events().filtered("is_fork"))
        self.assertProblem(self.send_push(), 403, "device-quarantined")

    def test_an_error_of_the_server_shows_nothing_of_it(self):
        broken = patch.object(
            type(self.env["farm.device"]), "_acknowledge", side_effect=ZeroDivisionError
        )
        with broken, mute_logger("odoo.http"):
            answer = self.send_push()
        self.assertProblem(answer, 500, "internal")
        self.assertNotIn("Zero", answer.text)

    def test_an_address_that_is_not_there_is_not_found(self):
        for path in ("", "pus", "push/1", "push%00", "%2e%2e/push", "..%2fpush", "//x"):
            answer = self.send(b"", path=f"/farm_rfid/v1/{path}")
            self.assertProblem(answer, 404, "not-found")

    def test_another_method_is_wrong(self):
        for method in ("GET", "PUT", "DELETE"):
            answer = self.send(None, method=method)
            self.assertProblem(answer, 405, "wrong-method")
            self.assertEqual(answer.headers["Allow"], "POST")

    def test_the_routes_are_described(self):
        told = self.url_open("/farm_rfid/v1/openapi.json")
        self.assertEqual(told.status_code, 200)
        paths = told.json()["paths"]
        routes = {"/enrol", "/push", "/snapshot", "/cards", "/openapi.json"}
        self.assertEqual(set(paths), routes)
        busy = paths["/push"]["post"]["responses"]["503"]
        self.assertIn("busy", busy["description"])
        self.assertIn("Retry-After", busy["headers"])
        codes = told.json()["components"]["schemas"]["Problem"]["properties"]["code"]
        self.assertIn("fork", codes["enum"])


@tagged("post_install", "-at_install")
class TestCredential(ApiCase):
    """The token opens the routes of devices, and nothing else."""

    def test_without_a_token_nothing_opens(self):
        for token in ("", "Bearer", "Bearer ", "Basic YTpi", "Bearer nonsense", "x"):
            with self.assertOneLine():
                answer = self.send(b"", Authorization=token)
            self.assertProblem(answer, 401, "unauthenticated")
            self.assertEqual(answer.headers["WWW-Authenticate"], "Bearer")

    def test_a_session_opens_nothing_here(self):
        self.authenticate(self.keeper.login, self.keeper.login)
        self.assertProblem(self.send(b"", Authorization=""), 401, "unauthenticated")

    def test_the_token_opens_nothing_else(self):
        headers = {"Authorization": f"Bearer {self.journal.token}"}
        asked = json.dumps({"ids": [], "domain": []})
        for path in ("/json/2/res.users/search", "/json/2/farm.device/search"):
            answer = self.url_open(
                path, data=asked, headers=headers | {"Content-Type": JSON}
            )
            self.assertEqual(answer.status_code, 401)
        for path in (
            "/web",
            "/odoo",
            "/farm/scan",
            "/report/pdf/x/1",
            "/web/content/1",
        ):
            answer = self.url_open(path, headers=headers, allow_redirects=False)
            self.assertIn(answer.status_code, (303, 404), path)
            if answer.status_code == 303:
                self.assertIn("/web/login", answer.headers["Location"])
        with mute_logger("odoo.http"):
            answer = self.url_open(
                "/web/dataset/call_kw/res.users/search",
                data=json.dumps({"params": {"model": "res.users", "method": "search"}}),
                headers=headers | {"Content-Type": JSON},
            )
        self.assertIn("Session Expired", answer.text)

    def test_the_token_is_no_password(self):
        call = {
            "service": "object",
            "method": "execute_kw",
            "args": [
                *(self.env.cr.dbname, self.collector.id, self.journal.token),
                *("res.users", "search", [[]]),
            ],
        }
        with mute_logger("odoo.http", "odoo.addons.rpc.controllers.jsonrpc"):
            answer = self.url_open(
                "/jsonrpc",
                data=json.dumps({"params": call}),
                headers={"Content-Type": JSON},
            )
        self.assertIn("Access Denied", answer.text)

    def test_the_token_makes_no_session(self):
        self.buy("A-1")
        answer = self.send_push()
        self.assertNotIn("session_id", answer.cookies)

    def test_a_device_that_may_not_talk_is_told_why(self):
        self.device.action_suspend()
        problem = self.assertProblem(self.send(b""), 403, "device-suspended")
        self.assertEqual(problem["retry"], "later")
        self.device.action_resume()
        self.device._revoke("Lost")
        problem = self.assertProblem(self.send(b""), 403, "device-revoked")
        self.assertEqual(problem["detail"], "Lost")

    def test_a_device_of_somebody_who_left_waits(self):
        self.collector.active = False
        self.assertProblem(self.send(b""), 403, "user-inactive")


@tagged("post_install", "-at_install")
class TestEnrolRoute(ApiCase):
    """A device is taken on with a code, once."""

    def setUp(self):
        super().setUp()
        self.draft, self.new = self.make_device(enrol=False)

    def enrol_by(self, enrolment_code, journal=None, **values):
        asked = (journal or self.new).enrolment(enrolment_code) | values
        return self.url_open(
            ENROL,
            data=json.dumps(asked, default=base64url),
            headers={"Content-Type": JSON},
        )

    def test_a_device_gets_its_number_and_token(self):
        answer = self.enrol_by(self.draft._new_enrolment_code())
        self.assertEqual(answer.status_code, 200, answer.text)
        told = answer.json()
        self.assertEqual(told["device"]["name"], self.draft.name)
        self.assertEqual(told["device"]["scope"]["regions"], [self.village.code])
        self.env.invalidate_all()
        self.assertEqual(self.draft.state, "enrolled")
        self.assertEqual(self.draft.number, told["device"]["number"])
        self.assertEqual(self.draft.key_id.public_key, self.new.public_key.hex())
        self.new.enrolled(told)
        self.buy("A-1", journal=self.new)
        self.assertEqual(self.send_push(self.new).status_code, 200)

    def test_a_code_may_be_typed_as_people_type(self):
        code = self.draft._new_enrolment_code()
        typed = code.replace("0", "o").replace("1", "l").lower().replace("-", " ")
        plain = self.new.enrolment(code)
        answer = self.enrol_by(code, code=typed, proof=plain["proof"])
        self.assertEqual(answer.status_code, 200, answer.text)

    def test_a_code_is_used_once(self):
        code = self.draft._new_enrolment_code()
        self.enrol_by(code)
        with self.assertOneLine():
            answer = self.enrol_by(code, Journal())
        self.assertProblem(answer, 403, "code-unknown")

    def test_a_newer_code_makes_the_older_void(self):
        code = self.draft._new_enrolment_code()
        self.draft._new_enrolment_code()
        self.assertProblem(self.enrol_by(code), 403, "code-unknown")

    def test_a_code_of_yesterday_is_void(self):
        code = self.draft._new_enrolment_code()
        self.draft.sudo().enrol_until = "2026-01-01"
        self.assertProblem(self.enrol_by(code), 403, "code-unknown")

    def test_a_key_that_the_device_does_not_have_is_refused_and_the_code_stays(self):
        code = self.draft._new_enrolment_code()
        answer = self.enrol_by(code, public_key=Journal().public_key)
        self.assertProblem(answer, 401, "bad-signature")
        self.assertEqual(self.enrol_by(code).status_code, 200)

    def test_a_key_that_was_enrolled_is_refused(self):
        code = self.draft._new_enrolment_code()
        self.assertProblem(self.enrol_by(code, self.journal), 409, "key-known")

    def test_nonsense_is_damaged(self):
        for values in (
            {"code": ""},
            {"code": 7},
            {"code": "\ud800"},
            {"code": "\0"},
            {"proof": "x"},
            {"proof": "\ud800"},
            {"agent": 1},
            {"agent": {"version": "\ud800"}},
            {"agent": {"version": "1\0"}},
        ):
            with self.subTest(values), self.assertOneLine():
                answer = self.enrol_by(self.draft._new_enrolment_code(), **values)
                self.assertProblem(answer, 400, "damaged")

    def test_an_enrolment_is_short(self):
        code = self.draft._new_enrolment_code()
        answer = self.enrol_by(code, agent={"version": "1" * LARGEST_QUESTION})
        self.assertProblem(answer, 413, "too-large")
        answer = self.send(bytes(LARGEST_QUESTION + 1), path=ENROL)
        self.assertProblem(answer, 413, "too-large")
        agent = {"version": "1.0", "built": "x" * (LARGEST_QUESTION // 2)}
        self.assertEqual(self.enrol_by(code, agent=agent).status_code, 200)

    def test_neither_code_nor_token_is_in_the_database(self):
        code = self.draft._new_enrolment_code()
        self.env.cr.execute(
            "SELECT row_to_json(farm_device)::text FROM farm_device WHERE id = %s",
            [self.draft.id],
        )
        [(row,)] = self.env.cr.fetchall()
        self.assertNotIn(code.replace("-", ""), row)
        token = self.enrol_by(code).json()["token"]
        self.env.cr.execute("SELECT row_to_json(d)::text FROM farm_device d")
        self.assertNotIn(token, str(self.env.cr.fetchall()))
