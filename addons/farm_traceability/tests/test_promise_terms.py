from datetime import datetime

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger
from psycopg2 import IntegrityError

from .promise_common import PromiseCase


@tagged("post_install", "-at_install")
class TestWhichTermCounts(PromiseCase):
    """The most specific term: the pair, then the customer, then the product."""

    def term_of(self, customer, product=None):
        terms = self.env["farm.shelf.life.term"]
        product = product or self.product
        found = terms._find(customer, product, self.env.company)
        return found._most_specific(customer, product).minimum or None

    def test_without_terms_nothing_is_asked(self):
        now = datetime.now()
        self.assertFalse(self.product._get_promise(self.shop, now, self.env.company))

    def test_the_most_specific_wins(self):
        template, category = self.product.product_tmpl_id, self.product.categ_id
        # From the least specific to the most: each new one takes over.
        for minimum, vals in enumerate(
            (
                {"categ_id": category},
                {"product_tmpl_id": template},
                {"partner_id": self.shop},
                {"partner_id": self.branch},
                {"partner_id": self.shop, "categ_id": category},
                {"partner_id": self.shop, "product_tmpl_id": template},
                {"partner_id": self.branch, "categ_id": category},
                {"partner_id": self.branch, "product_tmpl_id": template},
            ),
            start=1,
        ):
            with self.subTest(vals=vals):
                self.make_term(minimum, **vals)
                self.assertEqual(self.term_of(self.branch), minimum)
        self.assertEqual(self.term_of(self.shop), 6)
        self.assertEqual(self.term_of(self.other), 2)

    def test_the_companys_own_comes_before_that_of_all(self):
        self.make_term(5, partner_id=self.shop)
        self.make_term(3, partner_id=self.shop, company_id=self.env.company)
        self.assertEqual(self.term_of(self.shop), 3)
        elsewhere = self.env["res.company"].create({"name": "Elsewhere"})
        terms = self.env["farm.shelf.life.term"]
        found = terms._find(self.shop, self.product, elsewhere)
        self.assertEqual(found._most_specific(self.shop, self.product).minimum, 5)

    def test_an_archived_term_does_not_count(self):
        self.make_term(5, partner_id=self.shop).active = False
        self.assertIsNone(self.term_of(self.shop))

    def test_a_category_above_holds_for_those_below(self):
        fruit = self.product.categ_id
        fruit.parent_id = self.env["product.category"].create({"name": "Food"})
        self.make_term(7, categ_id=fruit.parent_id)
        self.assertEqual(self.term_of(self.shop), 7)
        self.make_term(6, categ_id=fruit)
        self.assertEqual(self.term_of(self.shop), 6)

    def test_other_products_are_not_asked_for(self):
        self.make_term(5, product_tmpl_id=self.product.product_tmpl_id)
        self.assertIsNone(self.term_of(self.shop, self.make_product(name="Crate")))


@tagged("post_install", "-at_install")
class TestTermEntry(PromiseCase):
    """What a term may say, and who may say it."""

    def test_wrong_figures_are_refused(self):
        shop = {"partner_id": self.shop}
        for minimum, basis in ((-1, "days"), (101, "percent")):
            with (
                self.subTest(minimum=minimum),
                self.assertRaises(IntegrityError),
                mute_logger("odoo.sql_db"),
            ):
                self.make_term(minimum, basis, **shop)
        with self.assertRaisesRegex(ValidationError, "whole days"):
            self.make_term(2.5, **shop)

    @mute_logger("odoo.sql_db")
    def test_a_term_names_a_customer_or_goods(self):
        with self.assertRaises(IntegrityError):
            self.make_term(5)
        with self.assertRaises(IntegrityError):
            self.make_term(
                5,
                product_tmpl_id=self.product.product_tmpl_id,
                categ_id=self.product.categ_id,
            )

    @mute_logger("odoo.sql_db")
    def test_there_are_no_two_of_the_same(self):
        first = self.make_term(5, partner_id=self.shop)
        with self.assertRaises(IntegrityError):
            self.make_term(6, partner_id=self.shop)
        first.active = False
        first.flush_recordset()
        self.make_term(6, partner_id=self.shop)

    def test_managers_keep_terms_and_pickers_read_them(self):
        keeper = self.make_user("internal")
        keeper.group_ids += self.env.ref("stock.group_stock_manager")
        for user in (self.quality, keeper):
            terms = self.env["farm.shelf.life.term"].with_user(user)
            term = terms.create({"partner_id": self.shop.id, "minimum": 5})
            term.minimum = 6
            term.unlink()
        term = self.make_term(5, partner_id=self.shop).with_user(self.picker)
        self.assertEqual(term.display_name, "Toko Segar · 5 days")
        for vals in ({"minimum": 1}, {"active": False}):
            with self.assertRaises(AccessError):
                term.write(vals)
        with self.assertRaises(AccessError):
            term.unlink()
        with self.assertRaises(AccessError):
            term.with_user(self.make_user("internal")).read(["minimum"])

    def test_a_term_of_another_company_is_not_seen(self):
        elsewhere = self.env["res.company"].create({"name": "Elsewhere"})
        term = self.make_term(5, partner_id=self.shop, company_id=elsewhere)
        with self.assertRaises(AccessError):
            term.with_user(self.picker).read(["minimum"])

    def test_days_on_the_way_are_few_and_not_negative(self):
        for days in (-1, 366):
            with self.assertRaisesRegex(ValidationError, "0 to 365"):
                self.shop.delivery_lead_days = days

    def test_a_manager_enters_terms_at_the_customer_and_the_product(self):
        self.quality.group_ids += self.env.ref("base.group_partner_manager")
        self.quality.group_ids += self.env.ref("product.group_product_manager")
        with Form(self.shop.with_user(self.quality)) as form:
            form.delivery_lead_days = 2
            with form.shelf_life_term_ids.new() as line:
                line.minimum = 10
        self.assertEqual(self.shop.shelf_life_term_ids.minimum, 10)
        template = self.product.product_tmpl_id
        with (
            Form(template.with_user(self.quality)) as form,
            form.shelf_life_term_ids.new() as line,
        ):
            line.minimum, line.basis = 30, "percent"
        self.assertEqual(template.shelf_life_term_ids.basis, "percent")
