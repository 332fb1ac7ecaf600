from odoo.exceptions import AccessError
from odoo.tests import tagged

from ..gs1.keys import make_gln, make_sscc, verify
from .label_case import PREFIX, LabelCase


@tagged("post_install", "-at_install")
class TestLabelNumbers(LabelCase):
    """Company prefix, GLN, GTIN and SSCC."""

    def give(self, *packages):
        packages = self.env["stock.package"].concat(*packages)
        packages.with_user(self.picker).action_give_sscc()
        return packages.mapped("sscc")

    def test_an_inventory_user_gives_packages_their_sscc(self):
        first, second = self.give(self.make_package(), self.make_package())
        self.assertEqual(first, verify("SSCC", first))
        self.assertEqual(first[:7], f"3{PREFIX}")
        self.assertEqual(int(second[7:-1]), int(first[7:-1]) + 1)

    def test_a_package_keeps_its_sscc(self):
        package = self.make_package()
        self.assertEqual(self.give(package), self.give(package))

    def test_a_package_named_by_an_sscc_needs_no_other(self):
        name = make_sscc(PREFIX, 4711)
        package = self.make_package(name=name)
        self.assertEqual(self.give(package), [False])
        self.assertEqual(package._get_sscc(), name)

    def test_numbers_that_packages_have_for_names_are_left_out(self):
        [first] = self.give(self.make_package())
        coming = make_sscc(PREFIX, int(first[7:-1]) + 1, "3")
        self.make_package(name=coming)
        [second] = self.give(self.make_package())
        self.assertEqual(int(second[7:-1]), int(first[7:-1]) + 2)

    def test_a_number_is_not_given_again_when_its_package_is_gone(self):
        package = self.env["stock.package"].create({"name": "Gone"})
        [first] = self.give(package)
        package.unlink()
        self.assertTrue(self.env["farm.sscc"].search([("name", "=", first)]))
        self.env.cr.execute(
            "SELECT setval(%s, %s, FALSE)", [f"farm_sscc_{PREFIX}_3", int(first[7:-1])]
        )
        [second] = self.give(self.make_package())
        self.assertGreater(second, first)

    def test_numbering_begins_where_another_program_stopped(self):
        self.company.sscc_first_serial = "5000"
        given = self.give(self.make_package(), self.make_package())
        self.assertEqual([int(one[7:-1]) for one in given], [5000, 5001])
        self.company.sscc_first_serial = "17"
        self.assertEqual(int(self.give(self.make_package())[0][7:-1]), 5002)

    def test_all_numbers_given_is_said_in_one_sentence(self):
        self.company.write({"gs1_prefix": "950110153000", "sscc_first_serial": "9999"})
        self.give(self.make_package())
        with self.refused("All SSCC .* are given. Set the next extension digit"):
            self.give(self.make_package())
        self.company.write({"sscc_extension_digit": "4", "sscc_first_serial": False})
        self.assertTrue(self.give(self.make_package())[0].startswith("4950110153000"))

    def test_without_a_prefix_no_number_is_given(self):
        self.company.gs1_prefix = False
        with self.refused("has no GS1 company prefix. Set it in the settings"):
            self.give(self.make_package())

    def test_wrong_numbers_are_refused_with_a_sentence(self):
        plot, partner = self.plot, self.farmer
        gln = make_gln(PREFIX, 7)
        wrong = gln[:-1] + str((int(gln[-1]) + 1) % 10)
        plot.global_location_number = gln
        for record in (plot, partner, self.warehouse.lot_stock_id):
            with self.subTest(record=record), self.refused("check digit is"):
                record.global_location_number = wrong
        with self.refused("GLN has 13 digits"):
            partner.global_location_number = "96385074"
        with self.refused("company prefix has 4 to 12 digits"):
            self.company.gs1_prefix = "95 0110"
        with self.refused("extension digit"):
            self.company.sscc_extension_digit = "X"
        with self.refused("check digit"):
            self.make_package().sscc = "395011000000000170"
        with self.refused("web address|web server|starts with https"):
            self.company.gs1_link_stem = "ftp://example.com"

    def test_a_barcode_with_a_wrong_check_digit_is_told_at_the_product(self):
        self.assertFalse(self.product.gtin_problem)
        self.product.barcode = "9501101530004"
        self.assertRegex(self.product.gtin_problem, "check digit is 4 but should be 3")
        self.assertTrue(self.product.product_tmpl_id.gtin_problem)
        self.product.barcode = "CRATE-7"
        self.assertFalse(self.product.gtin_problem)

    def test_the_settings_keep_the_numbers(self):
        settings = self.env["res.config.settings"].create({"gs1_prefix": "8991234"})
        settings.execute()
        self.assertEqual(self.company.gs1_prefix, "8991234")

    def test_nobody_types_in_which_numbers_were_given(self):
        for user in (self.picker, self.manager):
            for mode in ("write", "create", "unlink"):
                numbers = self.env["farm.sscc"].with_user(user)
                self.assertFalse(numbers.has_access(mode))
        with self.assertRaises(AccessError):
            self.env["farm.sscc"].with_user(self.manager).create({"name": "1"})
