from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from .test_access import RegionCase


@tagged("post_install", "-at_install")
class TestPortalFarmer(RegionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.user = cls.make_portal_farmer(cls.farmer)

    def test_the_farmer_sees_own_records_and_no_others(self):
        mine = {"farm.harvest": self.make_harvest()}
        others = {"farm.harvest": self.make_harvest(self.far_cycle)}
        self.assertSees(self.user, self.near | mine, self.far | others)

    def test_the_farmer_changes_nothing(self):
        for mode in ("write", "create", "unlink"):
            self.assertMayNot(mode, self.user, self.near)

    def test_the_farmer_sees_no_lots(self):
        lot = self.receive().lot_ids
        with self.assertRaises(AccessError):
            lot.with_user(self.user).read(["name"])
        with self.assertRaises(AccessError):
            lot.harvest_id.with_user(self.user).lot_ids.read(["name"])

    def test_the_farmer_reads_published_guides_only(self):
        draft = self.make_guide(publish=False)
        guides = self.env["farm.guide"].with_user(self.user)
        inside = [("id", "in", (self.guide + draft).ids)]
        self.assertEqual(guides.search(inside), self.guide)
        self.guide.with_user(self.user).shelf_life_ids.read()
        with self.assertRaises(AccessError):
            draft.shelf_life_ids.with_user(self.user).read(["days"])

    def test_the_farmer_does_not_post_suspend_or_waive(self):
        draft = self.make_harvest(post=False)
        with self.assertRaises(AccessError):
            draft.with_user(self.user).action_post()
        with self.assertRaises(AccessError):
            self.certificate.with_user(self.user).suspend("Because")
        with self.assertRaises(AccessError):
            self.receive(user=self.user)


@tagged("post_install", "-at_install")
class TestInternalUser(RegionCase):
    """Somebody of the company who has nothing to do with farms."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.user = cls.make_user("internal")

    def test_contacts_open_without_errors(self):
        for partner in (self.farmer, self.group, self.authority, self.user.partner_id):
            with self.subTest(partner=partner.name):
                Form(partner.with_user(self.user))
        self.read_all(self.farmer.with_user(self.user))

    def test_contacts_can_be_exported_and_grouped(self):
        self.user.group_ids += self.env.ref("base.group_allow_export")
        partners = self.env["res.partner"].with_user(self.user)
        groups = partners._read_group(
            [("id", "in", self.farmer.ids)], ["farm_region_id"], ["__count"]
        )
        self.assertEqual(groups[0][1], 1)
        partners.browse(self.farmer.ids).export_data(
            ["name", "farm_code", "farm_group_id/name", "farm_role_ids/name"]
        )

    def test_a_contact_manager_keeps_contacts_as_before(self):
        self.user.group_ids += self.env.ref("base.group_partner_manager")
        self.farmer.with_user(self.user).phone = "0812"
        self.env["res.partner"].with_user(self.user).create({"name": "Shop"})

    def test_master_data_is_read_and_records_of_farmers_are_not(self):
        for record in (self.crop, self.guide, self.scheme, self.village):
            record.with_user(self.user).read()
        self.assertHides(self.user, self.without(self.near, "res.partner"))


@tagged("post_install", "-at_install")
class TestCompanies(RegionCase):
    """Two companies, each with a user of every role and records of its own."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls.env["res.company"].create({"name": "Other"})
        theirs = cls.make_farmer(company_id=cls.company.id)
        plot = cls.make_plot(theirs)
        crop = cls.make_crop(company_id=cls.company.id)
        cls.theirs = cls.make_records(
            theirs,
            plot,
            cls.make_certificate(theirs, crop),
            cls.make_cycle(plot, crop),
        ) | {
            "farm.crop": crop,
            "farm.grade": crop.grade_ids,
            "farm.guide": cls.make_guide(crop),
        }
        cls.theirs["farm.guide.shelf.life"] = cls.theirs["farm.guide"].shelf_life_ids
        cls.theirs["farm.harvest"] = cls.make_harvest(
            cls.theirs["farm.cycle"], post=False, company_id=cls.company.id
        )
        cls.theirs["farm.treatment"] = cls.env["farm.treatment"].create(
            {"kind": "washing", "company_id": cls.company.id}
        )

    def test_nobody_sees_another_companys_records(self):
        for role in ("officer", "collector", "stock", "quality", "manager", "internal"):
            user = self.make_user(role, self.regency)
            with self.subTest(role=role):
                self.assertHides(user, self.theirs)

    def test_the_own_companys_records_are_seen(self):
        user = self.make_user("officer", self.village, company_id=self.company.id)
        self.assertSees(
            user, self.without(self.theirs, "farm.harvest", "farm.treatment")
        )
        quality = self.make_user("quality", company_id=self.company.id)
        self.assertSees(quality, self.theirs)

    def test_a_harvest_of_another_company_opens_nothing(self):
        self.make_harvest(self.far_cycle, company_id=self.company.id)
        user = self.make_user("stock")
        self.assertHides(user, self.pick(self.far, "farm.plot", "farm.certificate"))

    def both(self, role):
        """A user of both companies, who works in both at once."""
        companies = self.env.company + self.company
        user = self.make_user(role, self.regency, company_ids=companies.ids)
        return self.env(user=user, context={"allowed_company_ids": companies.ids})

    def test_a_harvest_is_of_the_company_of_its_cycle(self):
        env = self.both("collector")
        vals = {"cycle_id": self.theirs["farm.cycle"].id, "date": self.day}
        with self.assertRaisesRegex(UserError, "company"):
            env["farm.harvest"].create(vals)
        env["farm.harvest"].create(vals | {"company_id": self.company.id})
        env["farm.harvest"].create({"cycle_id": self.cycle.id, "date": self.day})

    def test_a_treatment_uses_agents_of_its_company(self):
        env = self.both("quality")
        agent = self.make_product(farm_crop_id=False, company_id=self.company.id)
        lot = self.env["stock.lot"].create({"product_id": agent.id, "name": "A-1"})
        for vals in (
            {"product_id": agent.id},
            {"input_lot_id": lot.id},
            {"lot_ids": lot.ids},
        ):
            with self.subTest(vals=vals), self.assertRaisesRegex(UserError, "company"):
                env["farm.treatment"].create({"kind": "washing"} | vals)
            env["farm.treatment"].create(
                {"kind": "washing", "company_id": self.company.id} | vals
            )

    def test_a_receipt_stays_in_its_company(self):
        keeper = self.make_user("collector", self.village, company_id=self.company.id)
        harvest = self.receive(user=keeper, company_id=self.company.id).sudo()
        picking = harvest.picking_ids
        self.assertEqual(picking.state, "done")
        self.assertEqual(picking.company_id, self.company)
        for records in (harvest, picking, picking.move_ids, picking.move_line_ids):
            with self.subTest(model=records._name):
                records.with_user(keeper).read(["display_name"])
                self.assertHides(self.make_user("stock"), {records._name: records})
