from odoo.tests import Form, tagged

from .tag_common import CardCase


@tagged("post_install", "-at_install")
class TestTagScreens(CardCase):
    """Each role opens what its menus and buttons show."""

    def setUp(self):
        super().setUp()
        self.bought = self.tell_purchase(self.bunch(1, uid=10))
        self.tell_split(1, 1, 2, grams=1_000)
        self.conflict = self.tell_purchase(self.bunch(2, uid=10))
        self.card = self.make_card(1)
        self.roles = {
            "officer": self.officer,
            "collector": self.collector,
            "stock": self.make_user("stock"),
            "quality": self.quality,
            "manager": self.make_user("manager"),
            "keeper": self.keeper,
        }

    def shown(self, action, user):
        """Records that the action shows to a user, opened as a form."""
        model = self.env[action["res_model"]].with_user(user)
        domain = action.get("domain") or []
        records = model.search(domain if isinstance(domain, list) else [])
        for record in records[:3]:
            Form(record)
        for kind in ("list", "kanban"):
            names = model.get_view(view_type=kind)["models"][model._name]
            readable = model.fields_get(names, ["type"])
            model.web_search_read([], {name: {} for name in readable}, limit=3)
        return records

    def test_buttons_of_lot_farmer_and_certificate(self):
        lot = self.bought.lot_ids
        for role in ("collector", "stock", "quality", "manager", "keeper"):
            with self.subTest(role=role):
                mine = lot.with_user(self.roles[role])
                self.assertEqual(mine.tag_count, 1)
                tags = self.shown(mine.action_open_tags(), mine.env.user)
                self.assertEqual(tags.sudo(), self.bought.tag_ids)
        for role, cards in (("officer", 1), ("collector", 1), ("stock", 0)):
            with self.subTest(role=role):
                farmer = self.farmer.with_user(self.roles[role])
                tags = self.shown(farmer.action_open_farm_tags(), farmer.env.user)
                self.assertEqual(len(tags), farmer.farm_tag_count)
                self.assertEqual(len(tags & self.card), cards)
        certificate = self.certificate.with_user(self.officer)
        self.assertEqual(certificate.tag_count, 1)
        shown = self.shown(certificate.action_open_tags(), self.officer)
        self.assertEqual(shown.sudo(), self.card)

    def test_the_inbox_shows_tags_and_remedies(self):
        with Form(self.conflict.with_user(self.quality)) as form:
            self.assertTrue(form.is_suspicion)
            self.assertEqual(form.tag_ids.ids, self.conflict.tag_ids.ids)

    def test_an_officer_sees_orders_and_keys(self):
        for xml_id in ("farm_card_order_action", "farm_tag_action"):
            action = self.env.ref(f"farm_rfid_bridge.{xml_id}").read()[0]
            self.assertTrue(self.shown(action | {"domain": []}, self.officer))
        key = self.key.with_user(self.officer)
        self.assertEqual(Form(key).key_id, self.key.key_id)

    def test_an_officer_reaches_his_menus(self):
        menus = self.env["ir.ui.menu"].with_user(self.officer)._visible_menu_ids()
        for xml_id in ("menu_farm_rfid", "menu_farm_tag", "menu_farm_card_order"):
            with self.subTest(menu=xml_id):
                self.assertIn(self.env.ref(f"farm_rfid_bridge.{xml_id}").id, menus)
        self.assertNotIn(
            self.env.ref("farm_rfid_bridge.menu_farm_signing_key").id, menus
        )

    def test_wizards_do_what_they_say(self):
        tag = self.tags(self.code(1, 1)).with_user(self.roles["stock"])
        form = Form(
            tag.env["farm.tag.ending"].with_context(
                default_tag_ids=tag.ids, default_remedy="lose"
            )
        )
        form.reason = "Fell off"
        form.save().action_end()
        self.assertEqual(tag.state, "lost")
        suspected = self.bought.tag_ids.with_user(self.keeper)
        ending = suspected.env["farm.tag.ending"]
        vals = {"tag_ids": suspected.ids, "reason": "Seen"}
        ending.create(vals | {"remedy": "trust"}).action_end()
        self.assertEqual(suspected.state, "active")
        ending.create(vals | {"remedy": "retire"}).action_end()
        self.assertEqual(suspected.state, "retired")
        admin = self.env.ref("base.user_admin")
        revocation = self.env["farm.signing.key.revocation"].with_user(admin)
        vals = {"key_id": self.key.id, "reason": "Stolen"}
        revocation.create(vals).action_revoke()
        self.assertEqual((self.key.state, self.card.is_revoked), ("revoked", True))

    def test_a_card_is_issued_on_the_certificate(self):
        context = {"default_certificate_id": self.certificate.id}
        wizard = self.env["farm.card.issue"].with_user(self.officer)
        form = Form(wizard.with_context(**context))
        self.assertEqual(form.device_id.id, self.writer.id)
        self.assertEqual(form.card_ids.ids, self.card.ids)
        action = form.save().action_issue()
        self.assertEqual(action["res_model"], "farm.tag")
