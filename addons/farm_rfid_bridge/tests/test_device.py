from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, new_test_user, tagged

from ..protocol import problems
from ..protocol.envelope import Enrolment
from .bridge_common import NOW, BridgeCase
from .journal import Journal


@tagged("post_install", "-at_install")
class TestDevice(BridgeCase):
    """Who keeps devices, and what becomes of them."""

    def test_whoever_keeps_devices_makes_one_on_the_screen(self):
        form = Form(self.env["farm.device"].with_user(self.keeper))
        form.name = "Tablet"
        form.user_id = self.collector
        form.region_ids.add(self.village)
        device = form.save()
        self.assertEqual((device.state, device.number), ("draft", 0))
        action = device.action_enrol()
        until = device.enrol_until - fields.Datetime.now()
        self.assertEqual(until, timedelta(minutes=15))
        wizard = Form(
            self.env[action["res_model"]]
            .with_user(self.keeper)
            .with_context(**action["context"])
        )
        self.assertRegex(wizard.code, r"[0-9A-Z]{5}-[0-9A-Z]{5}")
        self.assertTrue(wizard.qr)
        saved = wizard.save()
        self.assertFalse(self.env[saved._name].browse(saved.id).code)
        with self.assertRaisesRegex(UserError, "has not used the code yet"):
            saved.action_done()
        asked = Enrolment(**Journal().enrolment(wizard.code))
        self.env["farm.device"]._enrol(asked)
        self.assertEqual(saved.action_done()["res_id"], device.id)

    def test_an_enrolment_gives_number_key_and_token(self):
        key = self.device.key_id
        self.assertEqual(self.device.state, "enrolled")
        self.assertEqual(key.public_key, self.journal.public_key.hex())
        self.assertEqual(self.device.number, key.number)
        self.assertEqual(len(key.key_id), 4)
        found = self.env["farm.device"]._of_token(self.journal.token)
        self.assertEqual(found, self.device)

    def test_each_enrolment_has_its_own_number_and_the_older_key_is_kept(self):
        old = self.device.key_id
        self.enrol(self.device, Journal())
        self.assertEqual(old.state, "retired")
        self.assertEqual(len(self.device.key_ids), 2)
        self.assertNotEqual(old.number, self.device.number)
        with self.assertRaises(problems.Unauthenticated):
            self.env["farm.device"]._of_token(self.journal.token)

    def test_numbers_end_where_lineage_codes_end(self):
        sequence = self.env.ref("farm_rfid_bridge.sequence_device")
        sequence.number_next_actual = 2**18
        with self.assertRaisesRegex(UserError, "All 262143 device numbers"):
            self.env["farm.device"]._next_number()

    def test_only_users_of_the_company_are_acted_for(self):
        company = self.env["res.company"].create({"name": "Elsewhere"})
        foreign = new_test_user(
            self.env, "foreign", company_id=company.id, company_ids=company.ids
        )
        for user in (foreign, self.make_user("portal")):
            with self.assertRaisesRegex(ValidationError, "cannot act for"):
                self.make_device(enrol=False, user_id=user.id)

    def test_cards_are_written_for_officers_only(self):
        with self.assertRaisesRegex(ValidationError, "no officer"):
            self.make_device(enrol=False, may_write_cards=True)
        officer = self.make_user("officer", self.village)
        self.make_device(enrol=False, may_write_cards=True, user_id=officer.id)

    # -- lost, broken, not believed ---------------------------------------------------

    def test_a_suspended_device_goes_on_later(self):
        self.device.action_suspend()
        with self.assertRaises(problems.DeviceSuspended):
            self.env["farm.device"]._of_token(self.journal.token)
        self.device.action_resume()
        self.assertTrue(self.env["farm.device"]._of_token(self.journal.token))
        with self.assertRaisesRegex(UserError, "cannot be done now"):
            self.device.action_resume()

    def test_a_revoked_device_sends_nothing_more(self):
        self.buy("A-1")
        self.push()
        self.device._revoke("Lost on the way")
        self.assertEqual(self.device.key_id.revoked_from_seq, 2)
        with self.assertRaises(problems.DeviceRevoked):
            self.env["farm.device"]._of_token(self.journal.token)
        self.assertFalse(self.events().is_doubted)
        self.assertTrue(self.lots("A-1"))

    def test_a_device_revoked_from_an_event_on_still_sends_the_earlier_ones(self):
        for number in range(4):
            self.buy(f"A-{number}")
        self.push(last=1)
        self.device._revoke("Stolen", from_seq=3)
        with self.assertRaises(problems.DeviceRevoked) as caught:
            self.push(first=2)
        self.assertEqual(caught.exception.members, {"until_seq": 2})
        self.assertEqual(self.pushed(first=2, last=2), ["applied"])
        with self.assertRaises(problems.DeviceRevoked):
            self.env["farm.device"]._of_token(self.journal.token)

    def test_events_after_the_revocation_are_marked(self):
        for number in range(3):
            self.buy(f"A-{number}")
        self.push()
        self.device._revoke("Stolen", from_seq=2)
        self.assertEqual(self.events().mapped("is_doubted"), [False, True, True])

    def test_what_waits_of_a_revoked_device_is_not_applied_by_itself(self):
        thief, journal = self.make_device()
        code = self.journal.code("A-1")
        for _time in range(2):
            washing = {"at": NOW, "codes": [code], "kind": "washing"}
            journal.add("treatment", washing)
        self.assertEqual(self.pushed(device=thief, journal=journal), ["parked"] * 2)
        thief._revoke("Stolen", from_seq=2)
        before, after = self.events(thief)
        self.assertEqual((before.state, after.state), ("parked", "conflict"))
        self.assertRecordValues(
            after, [{"reason_code": "revoked", "wait_code": False, "is_open": True}]
        )
        self.assertIn("revoked", after.message)
        after.with_user(self.keeper).action_try_again()
        self.assertEqual((after.state, after.reason_code), ("conflict", "revoked"))
        self.buy("A-1")
        self.push()
        self.assertEqual((before.state, after.state), ("applied", "conflict"))
        after.with_user(self.keeper).action_try_again()
        self.assertEqual((after.state, after.is_open), ("applied", True))

    def test_what_a_revoked_device_did_is_open_until_a_person_settled_it(self):
        for number in range(2):
            self.buy(f"A-{number}")
        self.push()
        self.device._revoke("Stolen", from_seq=2)
        before, after = self.events()
        self.assertEqual((before.is_open, after.is_open), (False, True))
        self.assertEqual(self.device.open_event_count, 1)
        with self.assertRaises(AccessError):
            after.with_user(self.collector)._put_aside("Fine")
        event = after.with_user(self.keeper)
        with self.assertRaisesRegex(UserError, "done already"):
            event.action_try_again()
        with self.assertRaisesRegex(UserError, "done already"):
            before.with_user(self.keeper)._put_aside("Fine")
        action = event.action_settle()
        wizard = Form(
            self.env[action["res_model"]]
            .with_user(self.keeper)
            .with_context(**action["context"])
        )
        wizard.reason = "The collector bought it before the theft"
        wizard.save().action_settle()
        self.assertRecordValues(
            event,
            [{"state": "applied", "is_open": False, "settled_by_id": self.keeper.id}],
        )
        self.assertTrue(event.harvest_id)
        with self.assertRaisesRegex(UserError, "done already"):
            event._settle("Again")

    def test_a_revocation_has_a_reason(self):
        with self.assertRaisesRegex(UserError, "Say why"):
            self.device._revoke("  ")

    def test_another_device_takes_the_place(self):
        action = self.device.action_replace()
        other = self.env["farm.device"].browse(action["res_id"])
        self.assertEqual(self.device.replaced_by_id, other)
        self.assertRecordValues(
            other,
            [
                {
                    "state": "draft",
                    "user_id": self.collector.id,
                    "region_ids": self.village.ids,
                    "number": 0,
                    "key_id": False,
                }
            ],
        )
        with self.assertRaises(problems.DeviceReplaced):
            self.env["farm.device"]._of_token(self.journal.token)
        with self.assertRaisesRegex(UserError, "taken the place"):
            self.device.action_enrol()

    def test_a_device_that_was_enrolled_stays_on_record(self):
        with self.assertRaisesRegex(UserError, "stays on record"):
            self.device.unlink()
        draft, _journal = self.make_device(enrol=False)
        draft.unlink()

    # -- rights -----------------------------------------------------------------------

    def test_a_collector_sees_the_own_device_and_changes_nothing(self):
        other = self.make_user("collector", self.village)
        theirs, _journal = self.make_device(user_id=other.id)
        devices = self.env["farm.device"].with_user(self.collector)
        self.assertEqual(devices.search([]), self.device)
        mine = self.device.with_user(self.collector)
        for name, arguments in (
            ("action_suspend", ()),
            ("action_replace", ()),
            ("_revoke", ("Why",)),
            ("_new_enrolment_code", ()),
            ("write", ({"name": "Mine"},)),
            ("unlink", ()),
        ):
            with self.subTest(name), self.assertRaises(AccessError):
                getattr(mine, name)(*arguments)
        with self.assertRaises(AccessError):
            devices.create({"name": "New", "user_id": self.collector.id})
        with self.assertRaises(AccessError):
            theirs.with_user(self.collector).read(["name"])
        self.assertEqual(mine.key_ids.device_id, mine)

    def test_secrets_are_read_by_nobody(self):
        for user in (self.keeper, self.collector, self.env.ref("base.user_admin")):
            device = self.device.with_user(user)
            for name in ("token_hash", "enrol_code_hash"):
                with self.assertRaises(AccessError):
                    device.read([name])
                with self.assertRaises(AccessError):
                    device.search([(name, "!=", False)])

    def test_nobody_types_in_what_only_methods_set(self):
        for name, value in (
            ("state", "enrolled"),
            ("number", 7),
            ("last_seen", "2026-01-01"),
            ("state_reason", "x"),
        ):
            with (
                self.subTest(name),
                self.assertRaisesRegex(UserError, "never typed in"),
            ):
                self.device.write({name: value})
        self.buy("A-1")
        self.push()
        with self.assertRaisesRegex(UserError, "never typed in"):
            self.events().with_user(self.keeper).write({"state": "settled"})
        with self.assertRaises(AccessError):
            self.events().with_user(self.keeper).unlink()
        with self.assertRaises(AccessError):
            self.device.key_id.with_user(self.keeper).write({"public_key": "00"})

    def test_another_company_sees_nothing(self):
        company = self.env["res.company"].create({"name": "Elsewhere"})
        foreign = new_test_user(
            self.env,
            "foreign",
            groups="stock.group_stock_manager,farm_traceability.group_quality_manager",
            company_id=company.id,
            company_ids=company.ids,
        )
        self.buy("A-1")
        self.push()
        for records in (self.device, self.device.key_id, self.events()):
            mine = records.with_user(foreign)
            self.assertFalse(mine.search([("id", "in", records.ids)]))
            with self.assertRaises(AccessError):
                mine.read(["company_id"])
