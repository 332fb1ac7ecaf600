from odoo.tests import Form, tagged

from .common import FarmCase


@tagged("post_install", "-at_install")
class TestScreens(FarmCase):
    """Whoever sees a menu can open what is behind it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["farm.inspection"].create({"certificate_id": cls.certificate.id})
        cls.harvest = cls.env["farm.harvest"].receive_at_farm_gate(
            {"cycle_id": cls.cycle.id},
            [{"product_id": cls.product.id, "quantity": 12, "piece_count": 8}],
        )
        cls.env["farm.treatment"].create(
            {"kind": "washing", "lot_ids": cls.harvest.lot_ids.ids}
        )

    def actions_of(self, user):
        root = self.env.ref("farm_traceability.menu_farm_root")
        visible = self.env["ir.ui.menu"].with_user(user)._visible_menu_ids()
        if root.id not in visible:
            return []
        below = self.env["ir.ui.menu"].search(
            [("id", "child_of", root.id), ("id", "in", list(visible))]
        )
        # Client actions have no views; they are tested by their tours.
        return [
            menu.action
            for menu in below
            if menu.action and menu.action._name == "ir.actions.act_window"
        ]

    def open_all(self, role):
        user = self.make_user(role, self.regency)
        actions = self.actions_of(user)
        self.assertTrue(actions)
        for action in actions:
            with self.subTest(role=role, action=action.name):
                self.open_views(action, user)

    def open_views(self, action, user):
        model = self.env[action.res_model].with_user(user)
        for _view, kind in action.views:
            if kind == "form":
                for record in model.search([], limit=3):
                    Form(record)
                if model.has_access("create"):
                    Form(model)
            elif kind in ("list", "kanban"):
                fields = model.get_view(view_type=kind)["models"][model._name]
                # As the web client: what the user may not read is not asked for.
                shown = model.fields_get(fields, ["type"])
                specification = {name: {} for name in shown}
                model.web_search_read([], specification, limit=3)

    def test_an_officer_opens_every_screen_of_his_menu(self):
        self.open_all("officer")

    def test_a_collector_opens_every_screen_of_his_menu(self):
        self.open_all("collector")

    def test_an_inventory_user_opens_every_screen_of_his_menu(self):
        self.open_all("stock")

    def test_a_manager_opens_every_screen_of_his_menu(self):
        self.open_all("manager")

    def test_a_quality_manager_opens_every_screen_of_his_menu(self):
        self.open_all("quality")

    def test_a_plain_internal_user_has_no_menu(self):
        self.assertFalse(self.actions_of(self.make_user("internal")))

    def test_a_plain_internal_user_still_opens_contacts_and_crops(self):
        user = self.make_user("internal")
        for record in (self.farmer, self.group, self.crop, self.product):
            Form(record.with_user(user))

    def test_a_manager_opens_lots_and_receipts(self):
        user = self.make_user("manager")
        Form(self.harvest.lot_ids.with_user(user))
        Form(self.harvest.picking_ids.with_user(user))

    def test_smart_buttons_of_a_harvest_lead_to_its_lots_and_receipt(self):
        harvest = self.harvest.with_user(self.make_user("stock"))
        lots = harvest.action_open_lots()
        self.assertEqual(
            self.env[lots["res_model"]].search(lots["domain"]), self.harvest.lot_ids
        )
        receipt = harvest.action_open_receipts()
        self.assertEqual(receipt["res_id"], self.harvest.picking_ids.id)

    def test_the_members_button_of_a_group_lists_its_farmers(self):
        group = self.group.with_user(self.make_user("officer", self.regency))
        action = group.action_open_farm_members()
        members = self.env["res.partner"].search(action["domain"])
        self.assertIn(self.farmer, members)
        self.assertEqual(len(members), group.farm_member_count)
