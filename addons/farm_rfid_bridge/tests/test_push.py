from datetime import date
from unittest.mock import patch

from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..models.events.results import Applied, Conflict, Parked
from ..models.push import farm_device_event_waiting as waiting
from ..protocol import problems
from ..protocol.clock import in_milliseconds
from .bridge_common import NOW, BridgeCase
from .journal import Journal, new_id

HOUR = 3_600_000
PUSH = "odoo.addons.farm_rfid_bridge.models.push.farm_device_push"
APPLY = "odoo.addons.farm_rfid_bridge.models.push.farm_device_event_apply"


@tagged("post_install", "-at_install")
class TestPush(BridgeCase):
    """A device sends its journal: each event once, in its order."""

    def test_a_purchase_becomes_harvest_lots_and_receipt(self):
        self.buy("A-1", "A-2", grade="A")
        answer = self.push()
        event = self.events()
        self.assertRecordValues(
            event,
            [
                {
                    "state": "applied",
                    "seq": 1,
                    "kind": "purchase",
                    "reason_code": "",
                    "is_clock_doubtful": False,
                }
            ],
        )
        harvest = event.harvest_id
        self.assertEqual(harvest.create_uid, self.collector)
        self.assertEqual(harvest.farmer_id, self.farmer)
        self.assertEqual(harvest.certificate_id, self.certificate)
        self.assertEqual(harvest.grade_id, self.grade_a)
        self.assertEqual(harvest.purchase_date, event.at)
        self.assertEqual(harvest.quantity, 24)
        self.assertEqual(
            set(event.lot_ids.mapped("lineage_code")),
            {self.journal.code("A-1"), self.journal.code("A-2")},
        )
        self.assertEqual(event.picking_id.picking_type_id, self.warehouse.in_type_id)
        [result] = answer["results"]
        self.assertEqual(result["refs"]["harvest"], harvest.name)
        self.assertEqual(answer["ack_seq"], 1)
        self.assertEqual(answer["ack_hash"], self.journal.hashes[1])

    def test_a_push_that_comes_again_gets_the_same_answer_and_changes_nothing(self):
        self.buy("A-1")
        self.buy("A-2", farmer="nobody")
        first = self.push()
        again = self.push()
        self.assertEqual(again, first)
        self.assertEqual(len(self.events()), 2)
        self.assertEqual(len(self.lots("A-1", "A-2")), 1)

    def test_a_push_that_overlaps_adds_what_is_new(self):
        self.buy("A-1")
        self.push()
        self.buy("A-2")
        self.buy("A-3")
        self.assertEqual(self.pushed(), ["applied"] * 3)
        self.assertEqual(self.pushed(first=3), ["applied"])
        self.assertEqual(len(self.lots("A-1", "A-2", "A-3")), 3)

    def test_a_push_of_nothing_says_how_the_device_is(self):
        answer = self.push(backlog=3, battery=81, version="1.2", nonsense=[])
        self.assertEqual(answer["results"], [])
        self.assertRecordValues(
            self.device,
            [
                {
                    "backlog": 3,
                    "battery": 81,
                    "agent_version": "1.2",
                    "clock_offset": 0,
                    "ack_seq": 0,
                }
            ],
        )

    def test_what_a_device_says_of_itself_may_be_nonsense(self):
        self.push(backlog=-1, battery=2**60, version=7)
        self.assertFalse(self.device.backlog or self.device.battery)
        push = self.journal.push(clock=2**63 - 1)
        self.device.sudo()._push(push)
        self.assertEqual(self.device.clock_offset, 2**31 - 1)

    def test_a_gap_says_where_to_begin(self):
        for number in range(3):
            self.buy(f"A-{number}")
        self.push(last=1)
        with self.assertRaises(problems.Gap) as caught:
            self.push(first=3)
        self.assertEqual(caught.exception.members, {"send_from": 2})
        self.assertEqual(self.pushed(first=2), ["applied"] * 2)

    def test_another_key_or_anothers_device_is_not_believed(self):
        self.buy("A-1")
        with self.assertRaises(problems.BadSignature):
            self.device.sudo()._push(self.journal.push(key=Journal().key))
        other, _journal = self.make_device()
        with self.assertRaises(problems.BadSignature):
            other.sudo()._push(self.journal.push())
        self.assertFalse(self.events())

    def test_a_refusal_is_a_result_and_blocks_nothing(self):
        self.buy("A-1")
        self.buy("A-2", farmer="nobody")
        self.buy("A-3")
        self.assertEqual(self.pushed(), ["applied", "refused", "applied"])
        refused = self.events()[1]
        self.assertIn("no farmer with the chain number nobody", refused.message)
        self.assertTrue(refused.is_open)
        self.assertEqual(len(self.lots("A-1", "A-2", "A-3")), 2)

    def test_a_body_that_is_nonsense_is_refused(self):
        for body in (b"", b"\xff", b"\x80", {}, {"at": "now"}, {"at": NOW, "crop": 7}):
            self.journal.add("purchase", body)
        self.buy("A-1", grams=0)
        self.buy("A-1", grams="many")
        self.buy("A-1", "A-1")
        self.buy("A-1", harvest_date="2026-02-30")
        self.buy("A-1", harvested_by="thief")
        self.buy("A\x00-1")
        self.buy("A-1", note="\x00")
        self.buy("A-1", **{"\x00": 1})
        self.journal.add("purchase", b"\xa1\x61t\x63\xed\xa0\x80")
        self.assertEqual(set(self.pushed()), {"refused"})
        self.assertEqual(set(self.events().mapped("reason_code")), {"bad-body"})
        self.assertTrue(all(self.events().mapped("body_text")))

    def test_a_strange_kind_is_refused(self):
        self.journal.add("fly", {})
        self.assertEqual(self.pushed(), ["refused"])
        self.assertIn("“fly” are not known", self.events().message)

    def test_a_code_that_a_lot_has_is_a_conflict(self):
        self.buy("A-1")
        self.buy("A-1")
        self.assertEqual(self.pushed(), ["applied", "conflict"])
        self.assertEqual(self.events()[1].reason_code, "code-taken")

    def test_a_conflict_that_cannot_be_noted_stops_no_device(self):
        self.buy("A-1")
        for uid in (bytes(11), "04a1b2c3d4e5f6", 7):
            body = self.purchase("A-1")
            body["bunches"][0]["uid"] = uid
            self.journal.add("purchase", body)
        self.buy("A-2")
        states = self.pushed()
        self.assertEqual((states[0], states[-1]), ("applied", "applied"))
        self.assertLessEqual(set(states[1:-1]), {"refused", "conflict"})
        self.assertTrue(all(self.events()[1:-1].mapped("is_open")))

    def test_what_fails_while_a_conflict_is_noted_is_undone(self):
        def clone(handler, event, body):
            raise Conflict("clone", "Seen in two places")

        def note(handler, event, body, conflict):
            self.farmer.name = "Half done"
            raise UserError(event.uuid)

        self.buy("A-1")
        kind, name = type(self.env["farm.rfid.purchase"]), self.farmer.name
        with self.kind(clone), patch.object(kind, "_note_conflict", note):
            self.assertEqual(self.pushed(), ["refused"])
        self.assertEqual(self.events().message, self.events().uuid)
        self.assertEqual(self.farmer.name, name)

    def test_an_id_that_was_used_is_a_conflict(self):
        taken = new_id()
        self.journal.add("purchase", self.purchase("A-1"), taken)
        self.journal.add("purchase", self.purchase("A-2"), taken)
        self.assertEqual(self.pushed(), ["applied", "conflict"])
        self.journal.add("purchase", self.purchase("A-3"), taken)
        self.assertEqual(self.pushed(), ["applied", "conflict", "conflict"])
        self.assertFalse(self.lots("A-2", "A-3"))

    def test_what_comes_again_is_answered_as_it_stands_now(self):
        self.buy("A-1", farmer="nobody")
        self.assertEqual(self.pushed(), ["refused"])
        self.farmer.farm_code = "nobody"
        self.events().with_user(self.keeper).action_try_again()
        [result] = self.push()["results"]
        self.assertEqual(result["state"], "applied")
        self.assertEqual(result["refs"]["harvest"], self.events().harvest_id.name)

    # -- rights -----------------------------------------------------------------------

    def test_the_rights_are_those_of_the_device_s_user(self):
        stranger = self.make_user("collector", self.other_village)
        device, journal = self.make_device(user_id=stranger.id)
        self.buy("A-1", journal=journal)
        self.assertEqual(self.pushed(device=device, journal=journal), ["refused"])
        self.assertFalse(self.lots("A-1"))

    def test_a_user_without_the_right_is_named(self):
        user = self.make_user("collector", self.village)
        device, journal = self.make_device(user_id=user.id)
        user.group_ids = self.env.ref("base.group_user")
        self.buy("A-1", journal=journal)
        self.assertEqual(self.pushed(device=device, journal=journal), ["refused"])
        self.assertEqual(self.events(device).reason_code, "no-right")
        self.assertIn(user.name, self.events(device).message)

    # -- time -------------------------------------------------------------------------

    def test_a_time_in_the_future_is_brought_back_and_told(self):
        self.buy("A-1", at=NOW + 86_400_000)
        self.push()
        event = self.events()
        self.assertTrue(event.is_clock_doubtful)
        self.assertEqual(event.at, event.received_at)
        self.assertGreater(event.device_at, event.at)

    def test_a_backlog_of_days_keeps_its_times_in_several_batches(self):
        times = [NOW - hours * HOUR for hours in (96, 72, 71, 48, 1)]
        for number, at in enumerate(times):
            self.buy(f"A-{number}", at=at)
        for first, last in ((1, 1), (2, 4), (5, 5)):
            self.push(first=first, last=last)
        events = self.events()
        self.assertEqual([in_milliseconds(event.at) for event in events], times)
        self.assertFalse(any(events.mapped("is_clock_doubtful")))
        self.assertEqual(events.harvest_id.mapped("purchase_date"), events.mapped("at"))

    def test_what_was_bought_before_the_certificate_ended_is_only_flagged(self):
        farmer = self.make_farmer(farm_code="ENDED")
        self.make_cycle(self.make_plot(farmer))
        ended = self.make_certificate(farmer, valid_to=date(2026, 6, 13))
        seen = {"farmer": "ENDED", "certificate": ended.name}
        for hours, name in ((96, "A-1"), (72, "A-2")):
            self.buy(name, at=NOW - hours * HOUR, **seen)
        self.push(last=1)
        self.assertEqual(self.pushed(first=2), ["applied"])
        event = self.events()[1]
        self.assertEqual(event.reason_code, "certificate-lapsed")
        self.assertEqual(event.harvest_id.certificate_id, ended)
        self.assertEqual(event.harvest_id.date, date(2026, 6, 12))

    def test_time_runs_backwards_neither_within_a_batch_nor_from_one_to_the_next(self):
        for hours in (10, 9, 12):
            self.buy(f"A-{hours}", at=NOW - hours * HOUR)
        self.push()
        self.buy("A-13", at=NOW - 13 * HOUR)
        self.push(first=4)
        told = [in_milliseconds(event.at) for event in self.events()]
        self.assertEqual(told, [NOW - hours * HOUR for hours in (10, 9, 9, 9)])
        doubtful = self.events().mapped("is_clock_doubtful")
        self.assertEqual(doubtful, [False, False, True, True])

    def test_a_device_had_no_time_before_its_key(self):
        self.buy("A-1", at=0)
        self.push()
        event = self.events()
        self.assertEqual(event.at, self.device.key_id.valid_from)
        self.assertTrue(event.is_clock_doubtful)

    def test_what_says_no_time_does_not_move_what_comes_after_it(self):
        self.buy("A-1", at=NOW - 48 * HOUR)
        self.journal.add("purchase", b"\xff")
        self.buy("A-2", at=NOW - 24 * HOUR)
        self.push()
        told = [(NOW - in_milliseconds(event.at)) // HOUR for event in self.events()]
        self.assertEqual(told, [48, 48, 24])

    # -- the shelf and the exit -------------------------------------------------------

    def test_what_waits_is_applied_when_its_lot_arrives(self):
        other, journal = self.make_device()
        journal.add("purchase", {"wait": "A-1"})
        journal.add("purchase", {"wait": "B-1"})
        self.buy("A-1")
        with self.kind(self.waiting):
            states = self.pushed(device=other, journal=journal)
            self.assertEqual(states, ["parked", "parked"])
            self.assertEqual(self.pushed(), ["applied"])
        self.assertEqual(self.events(other).mapped("state"), ["applied"] * 2)

    def waiting(self, handler, event, body):
        """A kind that waits for a lot, and brings ``B-1`` when ``A-1`` is there."""
        self.code = self.journal.code("A-1")
        code = body.optional("text", "wait")
        if not code:
            return self.original(handler, event, body)
        if code == "A-1" and not self.lots("A-1"):
            raise Parked(self.code)
        if code == "B-1" and "applied" not in event.search([]).mapped("state"):
            raise Parked("B-1")
        return Applied(arrived=("B-1",) if code == "A-1" else ())

    def kind(self, apply):
        kind = type(self.env["farm.rfid.purchase"])
        self.original = kind._apply
        return patch.object(
            kind, "_apply", lambda handler, event, body: apply(handler, event, body)
        )

    def test_the_job_applies_what_missed_its_lot(self):
        self.journal.add("purchase", {"wait": "A-1"})
        with self.kind(self.waiting):
            self.assertEqual(self.pushed(), ["parked"])
            lot = self.receive(12, cycle=self.cycle).lot_ids
            lot.sudo().lineage_code = self.code
            with self.enter_registry_test_mode():
                self.env.ref(
                    "farm_rfid_bridge.cron_apply_waiting"
                ).method_direct_trigger()
        self.assertEqual(self.events().state, "applied")

    def test_what_waits_again_keeps_nothing_from_what_waits_behind_it(self):
        def after_three(handler, event, body):
            if event.seq < 4 or not self.lots("A-1"):
                raise Parked(self.journal.code("A-1"))
            return Applied()

        other, journal = self.make_device()
        for number in range(5):
            journal.add("treatment", {"number": number})
        treatment = type(self.env["farm.rfid.treatment"])
        with (
            patch.object(treatment, "_apply", after_three),
            patch.object(waiting, "AT_ONCE", 2),
        ):
            self.pushed(device=other, journal=journal)
            self.buy("A-1")
            self.pushed()
            self.assertEqual(self.events(other).mapped("state"), ["parked"] * 5)
            with self.enter_registry_test_mode():
                self.env.ref(
                    "farm_rfid_bridge.cron_apply_waiting"
                ).method_direct_trigger()
        states = self.events(other).mapped("state")
        self.assertEqual(states, ["parked"] * 3 + ["applied"] * 2)

    def test_a_run_of_one_kind_is_done_at_once_where_the_kind_can(self):
        kind, calls = type(self.env["farm.rfid.purchase"]), []

        def at_once(handler, events, bodies):
            calls.append(len(bodies))
            return [handler._apply(*one) for one in zip(events, bodies, strict=True)]

        self.buy("A-1")
        self.buy("A-2")
        with patch.object(kind, "_apply_all", at_once):
            self.assertEqual(self.pushed(), ["applied"] * 2)
            self.assertEqual(calls, [2])
            self.buy("A-3")
            self.buy("A-4", farmer="nobody")
            self.journal.add("purchase", b"\xff")
            states = self.pushed(first=3)
        self.assertEqual(states, ["applied", "refused", "refused"])
        self.assertEqual(len(self.lots("A-1", "A-2", "A-3", "A-4")), 3)

    def test_what_is_done_before_a_refusal_is_undone(self):
        def half_done(handler, event, body):
            self.original(handler, event, body)
            raise UserError(event.uuid)

        self.buy("A-1")
        with self.kind(half_done):
            self.assertEqual(self.pushed(), ["refused"])
        self.assertFalse(self.lots("A-1"))

    def test_an_error_of_the_server_is_shelved_and_logged(self):
        def broken(handler, event, body):
            self.original(handler, event, body)
            raise ZeroDivisionError

        self.buy("A-1")
        with self.kind(broken), self.assertLogs(APPLY, level="ERROR"):
            self.assertEqual(self.pushed(), ["refused"])
        self.assertEqual(self.events().reason_code, "internal")
        self.assertNotIn("ZeroDivision", self.events().message)
        self.events().with_user(self.keeper).action_try_again()
        self.assertEqual(self.events().state, "applied")

    def test_a_rule_of_the_database_is_a_conflict(self):
        def twice(handler, event, body):
            result = self.original(handler, event, body)
            lot = result.links["lot_ids"][0][2][0]
            handler.env["stock.lot"].browse(lot).sudo().lineage_code = "TAKEN"
            return result

        self.receive(12).lot_ids.sudo().lineage_code = "TAKEN"
        self.buy("A-1")
        with self.kind(twice), mute_logger("odoo.sql_db"):
            self.assertEqual(self.pushed(), ["conflict"])
        self.assertEqual(self.events().reason_code, "taken")
        self.assertFalse(self.lots("A-1"))

    def test_a_conflict_keeps_what_it_tells(self):
        def clone(handler, event, body):
            raise Conflict("clone", "Seen in two places", lot_ids=[(6, 0, lot.ids)])

        lot = self.receive(12).lot_ids
        self.buy("A-1")
        with self.kind(clone):
            self.assertEqual(self.pushed(), ["conflict"])
        self.assertEqual(self.events().lot_ids, lot)
        self.assertEqual(self.events().message, "Seen in two places")


@tagged("post_install", "-at_install")
class TestFork(BridgeCase):
    """Another history than was sent before: a backup, or a card in two machines."""

    def setUp(self):
        super().setUp()
        self.buy("A-1")
        self.twin = self.journal.twin()
        self.buy("A-2")
        self.push()

    def push(self, **limits):
        with mute_logger(PUSH):
            return super().push(**limits)

    def assertFork(self, answer, count):
        self.assertIsInstance(answer, problems.Fork)
        self.assertEqual(self.device.state, "quarantined")
        self.assertEqual(len(self.events().filtered("is_fork")), count)
        self.assertEqual(len(self.events()) - count, 2)

    def test_another_event_of_the_same_number_is_kept_and_not_applied(self):
        self.buy("B-2", journal=self.twin)
        self.buy("B-3", journal=self.twin)
        self.assertFork(self.push(journal=self.twin, first=2), 2)
        self.assertFalse(self.lots("B-2", "B-3"))
        self.assertEqual(len(self.lots("A-1", "A-2")), 2)

    def test_another_event_before_the_batch_is_a_fork(self):
        self.buy("B-2", journal=self.twin)
        self.buy("B-3", journal=self.twin)
        self.assertFork(self.push(journal=self.twin, first=3), 1)

    def test_a_fork_is_a_line_in_the_log(self):
        self.buy("B-2", journal=self.twin)
        with self.assertLogs(PUSH, level="WARNING") as logs:
            self.device.sudo()._push(self.twin.push())
        [line] = logs.output
        self.assertIn(str(self.device), line)
        self.assertIn("event 2", line)

    def test_a_revoked_device_stays_revoked_and_both_histories_are_kept(self):
        self.device._revoke("Stolen", from_seq=9)
        self.buy("B-2", journal=self.twin)
        answer = self.push(journal=self.twin)
        self.assertIsInstance(answer, problems.Fork)
        self.assertEqual(self.device.state, "revoked")
        self.assertEqual(self.device.state_reason, "Stolen")
        self.assertEqual(self.events().mapped("is_fork"), [False, False, True])
        for journal in (self.twin, self.journal):
            with self.assertRaises(problems.DeviceRevoked):
                self.push(journal=journal)
        self.assertEqual(len(self.events()), 3)

    def test_a_device_in_quarantine_sends_nothing_until_enrolled_anew(self):
        self.buy("B-2", journal=self.twin)
        self.push(journal=self.twin)
        with self.assertRaises(problems.DeviceQuarantined):
            self.push()
        with self.assertRaises(problems.DeviceQuarantined):
            self.env["farm.device"]._of_token(self.journal.token)
        anew = Journal()
        self.enrol(self.device, anew)
        self.assertNotEqual(anew.number, self.journal.number)
        self.buy("C-1", journal=anew)
        self.assertEqual(self.pushed(journal=anew), ["applied"])

    def test_what_comes_again_after_an_enrolment_is_applied_and_its_copy_closed(self):
        lost = self.buy("B-2", journal=self.twin)
        self.push(journal=self.twin)
        copy = self.events().filtered("is_fork")
        anew = Journal()
        self.enrol(self.device, anew)
        anew.add("purchase", lost.body, id=lost.id)
        self.assertEqual(self.pushed(journal=anew), ["applied"])
        self.assertEqual(copy.state, "settled")
        self.assertIn("event 1", copy.settle_reason)
        self.assertEqual(len(self.lots("B-2")), 1)

    def test_what_a_person_recorded_by_hand_is_not_applied_again(self):
        lost = self.buy("B-2", journal=self.twin)
        self.push(journal=self.twin)
        copy = self.events().filtered("is_fork")
        copy.with_user(self.quality)._put_aside("Recorded by hand")
        anew = Journal()
        self.enrol(self.device, anew)
        anew.add("purchase", lost.body, id=lost.id)
        self.assertEqual(self.pushed(journal=anew), ["conflict"])
        self.assertFalse(self.lots("B-2"))

    def test_nothing_of_another_history_is_applied_by_hand(self):
        self.buy("B-2", journal=self.twin)
        self.push(journal=self.twin)
        fork = self.events().filtered("is_fork").with_user(self.quality)
        with self.assertRaisesRegex(UserError, "another history"):
            fork.action_try_again()
        with self.assertRaisesRegex(UserError, "another history"):
            fork._accept("We know")
        fork._put_aside("Recorded by hand")
        self.assertEqual(fork.state, "settled")
