from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .tag_common import TagCase


@tagged("post_install", "-at_install")
class TestTagRights(TagCase):
    def setUp(self):
        super().setUp()
        self.tag = self.tell_purchase(self.bunch(1, uid=1)).tag_ids
        self.stock = self.make_user("stock")

    def test_an_inventory_user_sees_and_retires_tags_of_goods(self):
        tag = self.tag.with_user(self.stock)
        self.assertEqual(tag.search([("id", "=", tag.id)]), tag)
        tag.read()
        tag.change_ids.read()
        tag.note = "Torn"
        tag._retire("Torn off")
        self.assertEqual(tag.state, "retired")
        with self.assertRaisesRegex(UserError, "“Retired”"):
            tag._retire("Again")

    def test_nobody_types_into_a_tag(self):
        for user in (self.stock, self.collector, self.keeper, self.quality):
            with self.subTest(user=user.name):
                tag = self.tag.with_user(user)
                for vals in ({"state": "blank"}, {"uid": "04"}, {"lot_id": False}):
                    with self.assertRaises(UserError):
                        tag.write(vals)
                with self.assertRaises(AccessError):
                    tag.create({"note": "Mine"})
                with self.assertRaises(AccessError):
                    tag.unlink()
                with self.assertRaises(AccessError):
                    tag.change_ids.create({"tag_id": tag.id})

    def test_a_lost_tag_is_lost_and_the_code_is_not_revoked(self):
        self.tag.with_user(self.stock)._lose("Fell off")
        self.assertEqual(self.tag.state, "lost")
        self.assertFalse(self.tag.is_revoked)

    def test_who_has_no_stock_sees_no_tag(self):
        for role in ("internal", "portal"):
            with self.subTest(role=role), self.assertRaises(AccessError):
                self.tag.with_user(self.make_user(role)).read(["uid"])
        officer = self.make_user("officer", self.village)
        with self.assertRaises(AccessError):
            self.tag.with_user(officer).read(["uid"])

    def test_companies_are_apart(self):
        company = self.env["res.company"].create({"name": "Other"})
        user = self.make_user(
            "quality", company_id=company.id, company_ids=[(6, 0, company.ids)]
        )
        self.assertFalse(self.env["farm.tag"].with_user(user).search([]) & self.tag)
        with self.assertRaises(AccessError):
            self.tag.with_user(user).change_ids.read(["deed"])

    def test_a_device_of_another_company_accuses_nobody(self):
        company = self.env["res.company"].create({"name": "Other"})
        self.tag.company_id = company
        event = self.tell_purchase(self.bunch(2, uid=1))
        self.assertEvent(event, "conflict", "tag-reused")
        self.assertEqual(self.tag.state, "active")
        self.assertFalse(event.tag_ids)

    def test_a_manager_reads(self):
        manager = self.make_user("manager")
        self.tag.with_user(manager).read()
        self.tag.with_user(manager).change_ids.read()
