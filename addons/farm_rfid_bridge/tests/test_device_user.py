from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command
from odoo.tests import new_test_user, tagged

from .bridge_common import KEEPER
from .test_api import ApiCase


@tagged("post_install", "-at_install")
class TestDeviceUser(ApiCase):
    """A device acts with the rights that were given to it, and no others."""

    def give(self, group, user=None):
        user = user or self.collector
        user.group_ids = [Command.link(self.env.ref(group).id)]

    def take(self, group):
        self.collector.group_ids = [Command.unlink(self.env.ref(group).id)]

    def assertWaits(self):
        self.env.invalidate_all()
        self.assertTrue(self.device.is_user_changed)
        self.assertProblem(self.send_push(), 403, "user-changed")

    def assertSends(self):
        self.env.invalidate_all()
        self.assertFalse(self.device.is_user_changed)
        self.buy(f"A-{len(self.journal.events) + 1}")
        self.assertEqual(self.send_push().status_code, 200)

    def test_a_user_with_more_rights_than_the_giver_is_not_acted_for(self):
        self.assertSends()
        self.give("base.group_system")
        self.assertWaits()
        with self.assertRaisesRegex(ValidationError, "rights that you have not"):
            self.device.with_user(self.keeper).action_confirm_user()
        self.device.with_user(self.env.ref("base.user_admin")).action_confirm_user()
        self.assertSends()

    def test_rights_that_are_taken_again_are_no_matter(self):
        self.give("base.group_system")
        self.assertWaits()
        self.take("base.group_system")
        self.assertSends()

    def test_rights_that_the_giver_has_as_well_are_no_matter(self):
        self.give("stock.group_stock_manager")
        self.assertSends()

    def test_rights_that_the_giver_has_no_more_stay_given(self):
        self.keeper.group_ids = self.env.ref("base.group_user")
        self.assertSends()

    def test_a_giver_who_is_gone_can_give_nothing_more(self):
        giver = new_test_user(self.env, "giver", groups=KEEPER)
        self.device.with_user(giver).action_confirm_user()
        giver.unlink()
        self.assertFalse(self.device.giver_id)
        self.assertSends()
        self.give("stock.group_stock_manager")
        self.assertWaits()
        self.device.with_user(self.keeper).action_confirm_user()
        self.assertSends()

    def test_a_user_who_left_the_company_is_not_acted_for(self):
        company = self.env["res.company"].create({"name": "Elsewhere"})
        self.collector.write({"company_id": company.id, "company_ids": company.ids})
        self.assertWaits()
        with self.assertRaisesRegex(ValidationError, "cannot act for"):
            self.device.with_user(self.keeper).action_confirm_user()

    def test_a_collector_confirms_nothing(self):
        with self.assertRaises(UserError):
            self.device.with_user(self.collector).action_confirm_user()
