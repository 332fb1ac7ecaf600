from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import Form, tagged

from .common import FarmCase


class RegionCase(FarmCase):
    """The same things once in ``village`` and once in ``other_village``."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.far_group = cls.make_group(cls.other_village)
        cls.far_farmer = cls.make_farmer(cls.other_village, cls.far_group)
        cls.far_plot = cls.make_plot(cls.far_farmer)
        cls.far_certificate = cls.make_certificate(cls.far_farmer)
        cls.far_cycle = cls.make_cycle(cls.far_plot)
        cls.near = cls.make_records(cls.farmer, cls.plot, cls.certificate, cls.cycle)
        cls.far = cls.make_records(
            cls.far_farmer, cls.far_plot, cls.far_certificate, cls.far_cycle
        )

    @classmethod
    def make_records(cls, farmer, plot, certificate, cycle):
        """One record of every model that a region scopes."""
        inspection = cls.env["farm.inspection"].create(
            {"certificate_id": certificate.id}
        )
        activity = cls.env["farm.activity"].create(
            {"cycle_id": cycle.id, "kind": "pruning", "date": cls.days(-30)}
        )
        return {
            "res.partner": farmer,
            "farm.plot": plot,
            "farm.certificate": certificate,
            "farm.certificate.line": certificate.line_ids,
            "farm.certificate.status": certificate.status_ids,
            "farm.inspection": inspection,
            "farm.inspection.line": inspection.line_ids,
            "farm.cycle": cycle,
            "farm.activity": activity,
        }

    def assertSees(self, user, records, *hidden):
        for name, record in records.items():
            with self.subTest(model=name, sees=True):
                mine = record.with_user(user)
                self.assertEqual(mine.search([("id", "in", record.ids)]), mine)
                self.read_all(mine)
        self.assertHides(user, *hidden)

    def read_all(self, records):
        """Read every field of our models, and of core's what our screens show."""
        ours = records._name.startswith("farm.")
        mail = self.env["mail.activity.mixin"]._fields | self.env["mail.thread"]._fields
        records.read(
            ["display_name"]
            + [
                name
                for name, field in records._fields.items()
                if ours or name.startswith(("farm_", "provenance_", "harvest_"))
                if name not in mail
                if not field.groups or records.env.user.has_groups(field.groups)
            ]
        )

    def assertHides(self, user, *worlds):
        for records in worlds:
            for name, record in records.items():
                with self.subTest(model=name, sees=False):
                    with self.assertRaises(AccessError):
                        record.with_user(user).read(["id"])
                    model = self.env[name].with_user(user)
                    if model.has_access("read"):
                        self.assertFalse(model.search([("id", "in", record.ids)]))

    def pick(self, records, *names):
        return {name: records[name] for name in names}

    def without(self, records, *names):
        return {name: records[name] for name in records if name not in names}

    def assertMayNot(self, mode, user, records):
        for name, record in records.items():
            with self.subTest(model=name, mode=mode):
                self.assertFalse(record.with_user(user).has_access(mode))


@tagged("post_install", "-at_install")
class TestOfficer(RegionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.officer = cls.make_user("officer", cls.village)

    def test_the_officer_sees_the_working_regions_and_no_others(self):
        self.assertSees(self.officer, self.near, self.far)

    def test_a_working_region_holds_its_parts(self):
        officer = self.make_user("officer", self.subdistrict)
        self.assertSees(officer, self.near | {})
        self.assertSees(officer, self.far)

    def test_an_officer_without_working_regions_sees_none(self):
        officer = self.make_user("officer")
        self.assertHides(officer, self.near, self.far)

    def test_a_change_of_the_working_regions_counts_at_once(self):
        self.assertSees(self.officer, self.near, self.far)
        self.officer.farm_region_ids = self.other_village
        self.assertSees(self.officer, self.far, self.near)

    def test_the_officer_does_not_give_himself_a_region(self):
        with self.assertRaises(AccessError):
            self.officer.with_user(self.officer).farm_region_ids = self.regency

    def test_the_officer_does_not_move_another_region_under_the_own(self):
        with self.assertRaises(AccessError):
            self.other_village.with_user(self.officer).parent_id = self.village
        self.village.with_user(self.officer).name = "Renamed"
        part = self.env["farm.region"].with_user(self.officer)
        part.create({"name": "New", "code": "T.N", "level": "village"})

    def test_harvests_of_the_region_are_read_only(self):
        near, far = self.make_harvest(), self.make_harvest(self.far_cycle)
        self.assertSees(self.officer, {"farm.harvest": near}, {"farm.harvest": far})
        self.assertMayNot("write", self.officer, {"farm.harvest": near})

    def test_unions_and_authorities_above_and_other_parties_are_seen(self):
        seen = self.group + self.group.farm_group_id
        seen += self.group.farm_group_id.farm_group_id + self.authority
        seen += self.env["res.partner"].create({"name": "Shop"})
        self.read_all(seen.with_user(self.officer))
        with self.assertRaises(AccessError):
            self.far_group.with_user(self.officer).read(["name"])

    def test_a_farmer_with_land_in_the_region_is_seen_but_not_changed(self):
        commuter = self.make_farmer(self.other_village, self.far_group)
        self.make_plot(commuter, region_id=self.village.id)
        mine = commuter.with_user(self.officer)
        self.read_all(mine)
        with self.assertRaises(AccessError):
            mine.phone = "1"

    def test_the_officer_keeps_the_records_of_the_region(self):
        as_officer = self.env(user=self.officer)
        farmer = as_officer["res.partner"].create(
            {
                "name": "New Farmer",
                "farm_role_ids": [Command.set(self.farmer.farm_role_ids.ids)],
                "farm_region_id": self.village.id,
                "farm_group_id": self.group.id,
            }
        )
        farmer.phone = "0812"
        plot = as_officer["farm.plot"].create({"name": "P", "farmer_id": farmer.id})
        certificate = as_officer["farm.certificate"].create(
            {
                "name": "N-1",
                "scheme_id": self.scheme.id,
                "authority_id": self.authority.id,
                "farmer_id": farmer.id,
                "valid_from": self.day,
                "valid_to": self.days(365),
                "line_ids": [Command.create({"crop_id": self.crop.id})],
            }
        )
        certificate.action_issue()
        cycle = as_officer["farm.cycle"].create(
            {"plot_id": plot.id, "crop_id": self.crop.id}
        )
        as_officer["farm.activity"].create({"cycle_id": cycle.id, "kind": "pruning"})
        inspection = as_officer["farm.inspection"].create(
            {"certificate_id": certificate.id}
        )
        inspection.line_ids.result = "pass"
        inspection.action_done()
        self.assertEqual(inspection.outcome, "pass")

    def test_the_officer_makes_nothing_for_another_region(self):
        as_officer = self.env(user=self.officer)
        for model, vals in (
            (
                "res.partner",
                {
                    "name": "Far",
                    "farm_role_ids": [Command.set(self.farmer.farm_role_ids.ids)],
                    "farm_region_id": self.other_village.id,
                },
            ),
            ("farm.plot", {"name": "Far", "farmer_id": self.far_farmer.id}),
            ("farm.cycle", {"plot_id": self.far_plot.id, "crop_id": self.crop.id}),
            ("farm.activity", {"cycle_id": self.far_cycle.id, "kind": "pruning"}),
            ("farm.inspection", {"certificate_id": self.far_certificate.id}),
        ):
            with self.subTest(model=model), self.assertRaises(AccessError):
                as_officer[model].create(vals)
                as_officer.flush_all()

    def test_the_officer_keeps_no_stock(self):
        lot = self.receive().lot_ids
        for record in (lot, lot.harvest_id.picking_ids):
            self.assertFalse(record.with_user(self.officer).has_access("read"))
        self.assertMayNot(
            "create", self.officer, {"farm.treatment": self.env["farm.treatment"]}
        )
        with self.assertRaises(AccessError):
            self.receive(user=self.officer)

    def test_forms_open_and_save_as_officer(self):
        for name in ("farm.plot", "farm.certificate", "farm.cycle", "res.partner"):
            with self.subTest(model=name):
                form = Form(self.near[name].with_user(self.officer))
                form.save()


@tagged("post_install", "-at_install")
class TestCollector(RegionCase):
    HIDDEN = ("farm.inspection", "farm.inspection.line")

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.collector = cls.make_user("collector", cls.village)
        cls.near = {k: v for k, v in cls.near.items() if k not in cls.HIDDEN}
        cls.far = {k: v for k, v in cls.far.items() if k not in cls.HIDDEN}

    def test_the_collector_sees_the_working_regions_and_no_others(self):
        self.assertSees(self.collector, self.near, self.far)

    def test_a_collector_without_working_regions_sees_none(self):
        self.assertHides(self.make_user("collector"), self.near, self.far)

    def test_what_the_own_company_bought_stays_visible(self):
        self.make_harvest(self.far_cycle)
        self.assertSees(self.collector, self.without(self.far))

    def test_a_draft_harvest_opens_no_other_region(self):
        self.make_harvest(self.far_cycle, post=False)
        self.assertHides(self.collector, self.far)

    def test_the_collector_harvests_in_the_working_regions_only(self):
        self.receive(user=self.collector)
        with self.assertRaises(AccessError):
            self.receive(user=self.collector, cycle=self.far_cycle)

    def test_farmers_plots_and_certificates_are_read_only(self):
        names = ("res.partner", "farm.plot", "farm.certificate")
        self.assertMayNot("write", self.collector, self.pick(self.near, *names))
        self.assertMayNot(
            "write",
            self.collector,
            {name: self.env[name] for name in ("farm.crop", "farm.guide")},
        )

    def test_a_missing_cycle_is_made_at_the_gate(self):
        cycles = self.env["farm.cycle"].with_user(self.collector)
        cycle = cycles.create({"plot_id": self.plot.id, "crop_id": self.crop.id})
        self.assertEqual(self.receive(user=self.collector, cycle=cycle).state, "done")
        with self.assertRaises(AccessError):
            cycles.create({"plot_id": self.far_plot.id, "crop_id": self.crop.id})


@tagged("post_install", "-at_install")
class TestStockUser(RegionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.user = cls.make_user("stock")
        cls.bought = cls.without(cls, cls.near, *TestCollector.HIDDEN)
        cls.others = cls.without(cls, cls.far, *TestCollector.HIDDEN, "res.partner")

    def test_the_stock_user_sees_what_lies_behind_the_own_stock_only(self):
        self.assertHides(self.user, self.without(self.bought, "res.partner"))
        harvest = self.receive()
        self.assertSees(self.user, self.bought | {"farm.harvest": harvest}, self.others)
        self.read_all(harvest.lot_ids.with_user(self.user))

    def test_the_stock_user_changes_none_of_it(self):
        harvest = self.receive()
        for mode in ("write", "unlink"):
            self.assertMayNot(mode, self.user, self.bought | {"farm.harvest": harvest})

    def test_lot_harvest_and_partner_forms_open(self):
        harvest = self.receive()
        for record in (harvest.lot_ids, harvest, harvest.picking_ids, self.farmer):
            with self.subTest(model=record._name):
                Form(record.with_user(self.user))


@tagged("post_install", "-at_install")
class TestManagers(RegionCase):
    def test_a_manager_reads_all_of_the_company_and_changes_nothing(self):
        user = self.make_user("manager")
        harvest = self.receive()
        records = self.near | {"farm.harvest": harvest}
        self.assertSees(user, records)
        self.assertSees(user, self.far)
        stock = {
            "stock.lot": harvest.lot_ids,
            "stock.picking": harvest.picking_ids,
        }
        self.assertSees(user, stock)
        for mode in ("write", "create", "unlink"):
            self.assertMayNot(mode, user, records)

    def test_a_quality_manager_receives_everywhere_and_treats(self):
        user = self.make_user("quality")
        lots = self.receive(user=user, cycle=self.far_cycle).lot_ids
        treatment = (
            self.env["farm.treatment"]
            .with_user(user)
            .create({"kind": "washing", "lot_ids": [Command.set(lots.ids)]})
        )
        treatment.action_post()
        self.assertEqual(treatment.state, "done")
        self.assertSees(user, self.near)
        self.assertMayNot("write", user, self.without(self.near))
