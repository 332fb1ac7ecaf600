from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.service.model import call_kw
from odoo.tests import tagged
from odoo.tools import mute_logger
from psycopg2 import IntegrityError

from .common import FarmCase

FROZEN = "is published and never changes. Use “Correct”"


@tagged("post_install", "-at_install")
class TestGuide(FarmCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.officer = cls.make_user("officer", cls.village)
        cls.guide = cls.make_guide(
            harvest_tool="Sickle",
            fertilizer_ids=[Command.create({"name": "Compost", "is_organic": True})],
            treatment_ids=[Command.create({"kind": "washing", "agent": "Water"})],
        )
        cls.parts = {
            "farm.guide.fertilizer": {"name": "Urea"},
            "farm.guide.treatment": {"kind": "waxing"},
            "farm.guide.shelf.life": {
                "temperature_min": 0,
                "temperature_max": 5,
                "days": 2,
            },
        }

    def rpc(self, model, method, *args):
        """Call a method as the officer's RPC does."""
        return call_kw(self.env(user=self.officer)[model], method, list(args), {})

    # -- publishing ----------------------------------------

    def test_the_officer_publishes_and_it_is_recorded(self):
        draft = self.make_guide(publish=False)
        self.rpc("farm.guide", "action_publish", draft.ids)
        self.assertRecordValues(
            draft,
            [
                {
                    "state": "published",
                    "published_on": self.day,
                    "published_by_id": self.officer.id,
                }
            ],
        )

    def test_a_guide_without_shelf_life_is_not_published(self):
        draft = self.make_guide(publish=False, shelf_life_ids=[])
        with self.assertRaisesRegex(
            UserError, "has no shelf life yet. Add at least one"
        ):
            self.rpc("farm.guide", "action_publish", draft.ids)

    def test_a_guide_is_published_once(self):
        with self.assertRaisesRegex(UserError, "is published already"):
            self.rpc("farm.guide", "action_publish", self.guide.ids)

    def test_the_state_is_not_written_nor_created(self):
        draft = self.make_guide(publish=False)
        with self.assertRaisesRegex(UserError, "never typed in"):
            self.rpc("farm.guide", "write", draft.ids, {"state": "published"})
        vals = draft.copy_data()[0] | {"version": 2}
        with self.assertRaisesRegex(UserError, "never typed in"):
            self.rpc("farm.guide", "create", [vals | {"state": "published"}])

    # -- a published version never changes ----------------------------------------

    def test_its_fields_stay_as_they_are(self):
        for vals in (
            {"maturity_days_max": 120},
            {"harvest_tool": "Machete"},
            {"is_organic": True},
            {"crop_id": self.make_crop().id},
            {"code": "OTHER"},
            {"note": "<p>Changed</p>"},
            {"fertilizer_ids": [Command.clear()]},
            {"shelf_life_ids": [Command.update(self.guide.shelf_life_ids[0].id, {})]},
        ):
            with self.subTest(vals=vals), self.assertRaisesRegex(UserError, FROZEN):
                self.rpc("farm.guide", "write", self.guide.ids, vals)
        for vals in ({"state": "draft"}, {"published_on": "2020-01-01"}):
            with self.subTest(vals=vals), self.assertRaises(UserError):
                self.rpc("farm.guide", "write", self.guide.ids, vals)

    def test_not_even_the_system_changes_it(self):
        with self.assertRaisesRegex(UserError, FROZEN):
            self.guide.sudo().state = "draft"
        with self.assertRaisesRegex(UserError, FROZEN):
            self.guide.sudo().maturity_days_max = 3

    def test_its_parts_stay_as_they_are(self):
        for model, vals in self.parts.items():
            part = self.env[model].search([("guide_id", "=", self.guide.id)], limit=1)
            with self.subTest(model=model):
                with self.assertRaisesRegex(UserError, FROZEN):
                    self.rpc(model, "write", part.ids, vals)
                with self.assertRaisesRegex(UserError, FROZEN):
                    self.rpc(model, "unlink", part.ids)
                with self.assertRaisesRegex(UserError, FROZEN):
                    self.rpc(model, "create", [vals | {"guide_id": self.guide.id}])

    def test_parts_are_not_moved_into_it(self):
        draft = self.make_guide(publish=False)
        with self.assertRaisesRegex(UserError, FROZEN):
            self.rpc(
                "farm.guide.shelf.life",
                "write",
                draft.shelf_life_ids.ids,
                {"guide_id": self.guide.id},
            )

    def test_its_texts_are_not_changed_by_the_way_of_translations(self):
        change = {"en_US": "Machete"}
        for model, record, field in (
            ("farm.guide", self.guide, "harvest_tool"),
            ("farm.guide.fertilizer", self.guide.fertilizer_ids, "name"),
        ):
            with self.subTest(model=model), self.assertRaisesRegex(UserError, FROZEN):
                self.rpc(model, "update_field_translations", record.ids, field, change)

    def test_it_is_not_deleted(self):
        with self.assertRaisesRegex(UserError, FROZEN):
            self.rpc("farm.guide", "unlink", self.guide.ids)

    def test_an_import_does_not_change_it(self):
        self.env["ir.model.data"].create(
            {
                "name": "guide_1",
                "module": "__import__",
                "model": "farm.guide",
                "res_id": self.guide.id,
            }
        )
        for fields, row in (
            (["id", "maturity_days_max"], ["__import__.guide_1", "3"]),
            (["id", "shelf_life_ids/days"], ["__import__.guide_1", "3"]),
            (["id", "state"], ["__import__.guide_1", "Draft"]),
        ):
            with self.subTest(fields=fields):
                result = self.rpc("farm.guide", "load", fields, [row])
                self.assertFalse(result["ids"])
                self.assertEqual(result["messages"][0]["type"], "error")
        self.assertEqual(self.guide.maturity_days_max, 0)
        self.assertEqual(len(self.guide.shelf_life_ids), 2)

    def test_people_still_talk_about_it(self):
        message = self.guide.with_user(self.officer).message_post(body="Well done")
        self.assertIn("Well done", message.body)
        self.guide.with_user(self.officer).activity_schedule(
            "mail.mail_activity_data_todo", summary="Print it"
        )

    def test_a_draft_changes_freely(self):
        draft = self.make_guide(publish=False)
        self.rpc("farm.guide", "write", draft.ids, {"maturity_days_max": 120})
        self.rpc("farm.guide.shelf.life", "unlink", draft.shelf_life_ids.ids)
        self.rpc("farm.guide", "unlink", draft.ids)
        self.assertFalse(draft.exists())

    # -- versions ----------------------------------------

    def make_next(self, publish=True):
        following = self.guide.copy(
            {"version": self.guide.version + 1, "previous_id": self.guide.id}
        )
        if publish:
            following.action_publish()
        return following

    def test_the_next_version_takes_everything_along(self):
        following = self.make_next(publish=False)
        self.assertEqual(following.name, f"{self.guide.code} v2")
        self.assertEqual(following.state, "draft")
        self.assertEqual(following.fertilizer_ids.name, "Compost")
        self.assertEqual(following.shelf_life_ids.mapped("days"), [21, 7])

    def test_a_version_counts_until_the_next_is_published(self):
        following = self.make_next(publish=False)
        self.assertEqual([self.guide.is_current, following.is_current], [True, False])
        following.action_publish()
        self.assertEqual([self.guide.is_current, following.is_current], [False, True])

    def test_current_versions_are_found(self):
        following = self.make_next()
        draft = self.make_guide(publish=False)
        versions = self.guide + following + draft
        search = self.env["farm.guide"].search
        inside = [("id", "in", versions.ids)]
        for domain, found in (
            ([("is_current", "=", True)], following),
            ([("is_current", "=", False)], self.guide + draft),
            ([("is_current", "!=", False)], following),
        ):
            with self.subTest(domain=domain):
                self.assertEqual(
                    search(domain + inside, order="id"), found.sorted("id")
                )
                self.assertEqual(
                    versions.filtered_domain(domain).sorted("id"), found.sorted("id")
                )

    def test_a_version_exists_once(self):
        self.make_next()
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
            self.make_next()

    # -- what it says ----------------------------------------

    def test_the_shelf_life_is_that_of_the_temperature(self):
        days = {t: self.guide._shelf_life_days(t) for t in (12.9, 13, 20, 20.1, 35, 36)}
        self.assertEqual(days, {12.9: 0, 13: 21, 20: 7, 20.1: 7, 35: 7, 36: 0})

    def test_ranges_begin_with_the_smaller_number(self):
        for vals in (
            {"maturity_days_min": 90, "maturity_days_max": 80},
            {"maturity_days_min": -1},
            {"storage_temperature_min": 15, "storage_temperature_max": 13},
            {
                "shelf_life_ids": [
                    Command.create(
                        {"temperature_min": 9, "temperature_max": 1, "days": 2}
                    )
                ]
            },
            {"shelf_life_ids": [Command.create({"days": 0})]},
        ):
            with (
                self.subTest(vals=vals),
                mute_logger("odoo.sql_db"),
                self.assertRaises(IntegrityError),
            ):
                self.make_guide(publish=False, **vals)
