import re

from odoo.exceptions import ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger
from psycopg2 import IntegrityError

from .common import FarmCase


@tagged("post_install", "-at_install")
class TestParty(FarmCase):
    def test_farmer_group_and_unions_form_a_tree(self):
        union = self.group.farm_group_id
        top = union.farm_group_id
        self.assertEqual(
            [
                party.farm_role_ids.code
                for party in (self.farmer, self.group, union, top)
            ],
            ["farmer", "farmer_group", "village_union", "subdistrict_union"],
        )
        self.assertIn(self.farmer, self.group.farm_member_ids)
        self.assertEqual(self.group.farm_member_count, 1)

    def test_a_member_belongs_one_level_below_its_group(self):
        union = self.group.farm_group_id
        for member, group in (
            (self.farmer, union),
            (self.farmer, self.farmer.copy()),
            (self.group, self.group.copy()),
            (self.farmer, self.authority),
            (self.make_party("collector"), self.group),
        ):
            with (
                self.subTest(member=member.name, group=group.name),
                self.assertRaisesRegex(
                    ValidationError,
                    re.escape(f"{member.name} cannot be a member of {group.name}: a f"),
                ),
            ):
                member.farm_group_id = group

    def test_a_group_cannot_be_a_member_of_itself(self):
        both = self.env["farm.role"].search([])
        first = self.make_party("farmer_group", farm_role_ids=both.ids)
        second = self.make_party("farmer_group", farm_role_ids=both.ids)
        second.farm_group_id = first
        with self.assertRaisesRegex(ValidationError, "cannot be a member of itself"):
            first.farm_group_id = second

    def test_a_role_that_members_rely_on_cannot_be_taken_away(self):
        with self.assertRaises(ValidationError):
            self.group.farm_role_ids = self.env["farm.role"]

    def test_farmers_are_found_by_their_role(self):
        parties = self.farmer + self.group + self.authority
        inside = [("id", "in", parties.ids)]
        search = self.env["res.partner"].search
        for domain, found in (
            ([("is_farmer", "=", True)], self.farmer),
            ([("is_farmer", "!=", False)], self.farmer),
            ([("is_farmer", "=", False)], self.group + self.authority),
            ([("is_farmer", "!=", True)], self.group + self.authority),
        ):
            with self.subTest(domain=domain):
                self.assertEqual(
                    search(domain + inside, order="id"), found.sorted("id")
                )
        self.assertEqual([party.is_farmer for party in parties], [True, False, False])

    def test_chain_numbers_are_unique_and_may_be_missing(self):
        self.make_farmer(farm_code="F-1")
        (self.make_farmer() + self.make_farmer()).farm_code = ""
        self.env.flush_all()
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
            self.make_farmer(farm_code="F-1")

    def test_a_copy_has_no_chain_number(self):
        farmer = self.make_farmer(farm_code="F-1")
        self.assertFalse(farmer.copy().farm_code)

    def test_counts_of_plots_certificates_cycles_and_harvests(self):
        self.make_harvest()
        self.make_plot()
        self.assertRecordValues(
            self.farmer + self.group,
            [
                {
                    "farm_plot_count": 2,
                    "farm_certificate_count": 1,
                    "farm_cycle_count": 1,
                    "farm_harvest_count": 1,
                },
                {
                    "farm_plot_count": 0,
                    "farm_certificate_count": 0,
                    "farm_cycle_count": 0,
                    "farm_harvest_count": 0,
                },
            ],
        )

    def test_a_farmer_with_plots_is_not_deleted(self):
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
            self.farmer.unlink()
