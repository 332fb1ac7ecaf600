from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from .bridge_common import BridgeCase


@tagged("post_install", "-at_install")
class TestInbox(BridgeCase):
    """What people do with what was refused."""

    def setUp(self):
        super().setUp()
        self.farmer.farm_code = "LATER"
        self.buy("A-1", farmer="SOON")
        self.push()
        self.event = self.events()

    def test_the_inbox_shows_what_a_person_has_to_look_at(self):
        events = self.env["farm.device.event"].with_user(self.keeper)
        self.assertEqual(events.search([("is_open", "=", True)]), self.event)
        self.assertTrue(self.event.is_open)
        action = self.env.ref("farm_rfid_bridge.farm_device_event_inbox_action")
        self.assertEqual(action.res_model, "farm.device.event")
        form = Form(self.event.with_user(self.keeper))
        self.assertIn('"farmer": "SOON"', form.body_text)

    def test_what_was_put_right_is_tried_again(self):
        event = self.event.with_user(self.keeper)
        told = event.action_try_again()
        self.assertEqual(told["tag"], "display_notification")
        self.assertEqual(event.state, "refused")
        self.farmer.farm_code = "SOON"
        event.action_try_again()
        self.assertEqual(event.state, "applied")
        self.assertEqual(event.harvest_id.create_uid, self.collector)
        self.assertFalse(event.message)
        with self.assertRaisesRegex(UserError, "done already"):
            event.action_try_again()
        self.assertEqual(self.pushed(), ["applied"])

    def test_a_quality_manager_accepts_what_a_rule_refused(self):
        uncertified = self.make_farmer(farm_code="SOON")
        self.make_cycle(self.make_plot(uncertified))
        event = self.event.with_user(self.keeper)
        event.action_try_again()
        self.assertIn("has no certificate", event.message)
        with self.assertRaisesRegex(UserError, "Only a quality manager"):
            event._accept("Renewal is on its way")
        with self.assertRaisesRegex(UserError, "Say why"):
            event.with_user(self.quality)._accept(" ")
        action = event.with_user(self.quality).action_accept()
        wizard = Form(
            self.env[action["res_model"]]
            .with_user(self.quality)
            .with_context(**action["context"])
        )
        wizard.reason = "Renewal is on its way"
        wizard.save().action_settle()
        self.assertEqual(event.state, "applied")
        harvest = event.harvest_id
        self.assertEqual(harvest.waived_by_id, self.quality)
        self.assertEqual(harvest.waiver_reason, "Renewal is on its way")

    def test_what_is_not_to_be_done_is_put_aside(self):
        event = self.event.with_user(self.keeper)
        action = event.action_put_aside()
        wizard = Form(
            self.env[action["res_model"]]
            .with_user(self.keeper)
            .with_context(**action["context"])
        )
        wizard.reason = "Bought twice"
        wizard.save().action_settle()
        self.assertRecordValues(
            event,
            [
                {
                    "state": "settled",
                    "settle_reason": "Bought twice",
                    "settled_by_id": self.keeper.id,
                    "is_open": False,
                }
            ],
        )
        self.assertEqual(self.pushed(), ["settled"])

    def test_a_collector_reads_the_own_events_and_settles_nothing(self):
        event = self.event.with_user(self.collector)
        self.assertIn("no farmer", event.message)
        for name in ("action_try_again", "action_accept", "action_put_aside"):
            with self.subTest(name), self.assertRaises(AccessError):
                getattr(event, name)()
        other = self.make_user("collector", self.village)
        with self.assertRaises(AccessError):
            self.event.with_user(other).read(["message"])
