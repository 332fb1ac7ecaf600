from lxml import etree
from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools.safe_eval import safe_eval

from .common import FarmCase


@tagged("post_install", "-at_install")
class TestCertificateIssuedAhead(FarmCase):
    """A certificate that begins on a later day, in the hands of an officer."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.officer = cls.make_user("officer", cls.village)
        cls.ahead = cls.make_certificate(
            issue=False, valid_from=cls.days(30), valid_to=cls.days(60)
        ).with_user(cls.officer)
        cls.ahead.action_issue()

    def answers(self):
        days = (0, 29, 30, 45, 60, 61)
        return [
            day for day in days if self.ahead.is_valid_for(self.crop, self.days(day))
        ]

    def test_it_is_valid_from_its_first_day_only(self):
        self.assertEqual(self.answers(), [30, 45, 60])

    def test_revoked_before_it_begins_it_is_never_valid(self):
        self.ahead.revoke("Sold other fruit")
        self.assertEqual(self.ahead.state, "revoked")
        self.assertEqual(self.answers(), [])
        self.assertEqual(
            self.ahead.is_valid_for(self.crop, self.days(45)).reason,
            f"Certificate {self.ahead.name} was revoked on 06/15/2026:"
            " Sold other fruit",
        )

    def test_suspended_before_it_begins_it_is_valid_once_reinstated(self):
        self.ahead.suspend("Residue found", self.days(-2))
        self.assertEqual((self.ahead.state, self.answers()), ("suspended", []))
        with self.assertRaisesRegex(UserError, "is of 06/13/2026; choose that day"):
            self.ahead.reinstate("Clean", self.days(-3))
        self.ahead.reinstate("Clean")
        self.assertEqual((self.ahead.state, self.answers()), ("valid", [30, 45, 60]))
        self.assertEqual(
            self.ahead.status_ids.mapped("state"), ["valid", "suspended", "valid"]
        )

    def test_a_suspension_from_before_the_begin_lasts_into_it(self):
        self.ahead.suspend("Residue found")
        self.assertEqual(self.answers(), [])
        self.ahead.revoke("Confirmed")
        self.assertEqual((self.ahead.state, self.answers()), ("revoked", []))


@tagged("post_install", "-at_install")
class TestValidTodayFilters(FarmCase):
    """What the filters of the lists find, for an officer."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.officer = cls.make_user("officer", cls.village)
        cls.ahead, cls.over, cls.stopped, cls.bare = (
            cls.make_farmer() for _ in range(4)
        )
        cls.farmers = cls.farmer | cls.ahead | cls.over | cls.stopped | cls.bare
        cls.make_certificate(cls.ahead, valid_from=cls.days(1))
        ended = cls.make_certificate(cls.over)
        cls.make_certificate(cls.stopped).suspend("Residue found")
        # Over since yesterday, and the nightly job has not run yet.
        cls.env.cr.execute(
            "UPDATE farm_certificate SET valid_to = %s WHERE id = %s",
            [cls.days(-1), ended.id],
        )
        cls.env.invalidate_all()

    def find(self, model, name, field):
        records = self.env[model].with_user(self.officer)
        arch = etree.fromstring(records.get_view(view_type="search")["arch"])
        [node] = arch.xpath(f"//filter[@name='{name}']")
        domain = safe_eval(node.get("domain"))
        return records.search([*domain, (field, "in", self.farmers.ids)])

    def test_certificates_valid_today(self):
        found = self.find("farm.certificate", "valid", "farmer_id")
        self.assertEqual(found, self.certificate)

    def test_what_is_over_does_not_end_soon(self):
        soon = self.make_certificate(valid_to=self.days(60))
        found = self.find("farm.certificate", "ending", "farmer_id")
        self.assertEqual(found, soon)

    def test_farmers_with_and_without_a_certificate_valid_today(self):
        found = self.find("res.partner", "farm_certified", "id")
        self.assertEqual(found, self.farmer)
        found = self.find("res.partner", "farm_uncertified", "id")
        self.assertEqual(found, self.farmers - self.farmer)
