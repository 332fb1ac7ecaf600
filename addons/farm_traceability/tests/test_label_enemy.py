from odoo.exceptions import AccessError
from odoo.fields import Command

from .label_case import LabelCase


class TestLabelEnemy(LabelCase):
    """What somebody in a hurry, or with a program of his own, must not get."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.printer = cls.env["farm.label.printer"].create(
            {"name": "Packing Hall", "host": "192.168.1.50"}
        )
        cls.neighbour = cls.env["res.company"].create({"name": "Neighbour"})
        cls.stranger = cls.make_user(
            "stock",
            company_id=cls.neighbour.id,
            company_ids=[Command.set(cls.neighbour.ids)],
        )

    def jobs(self):
        return self.env["farm.label.job"].search([])

    def test_a_second_click_prints_nothing_and_takes_no_number(self):
        package = self.make_package()
        wizard = self.wizard(
            package, template_id=self.pallet.id, subject="package", output="download"
        )
        before = self.jobs()
        first = wizard.action_print()
        number = package.sscc
        self.assertEqual(wizard.action_print(), first)
        job = self.jobs() - before
        self.assertEqual(len(job), 1)
        self.assertFalse(job.is_reprint)
        self.assertEqual(package.sscc, number)
        again = self.print_labels(package, self.pallet)
        self.assertTrue(again.is_reprint)
        self.assertEqual(package.sscc, number)

    def test_an_inventory_user_changes_no_label_and_no_printer(self):
        records = self.bunch, self.bunch.block_ids[0], self.printer
        for record in records:
            mine = record.with_user(self.picker)
            with self.subTest(model=record._name):
                for change in (
                    lambda one=mine: one.write({"sequence": 1, "name": "Mine"}),
                    lambda one=mine: one.copy(),
                    lambda one=mine: one.unlink(),
                ):
                    with self.assertRaises(AccessError):
                        change()

    def test_lots_of_another_company_are_not_printed(self):
        jobs = self.jobs()
        wizard = self.wizard(self.lot, user=self.stranger)
        with self.assertRaises(AccessError):
            wizard.template_id = self.bunch
            wizard.action_print()
        self.assertEqual(self.jobs(), jobs)

    def test_ids_that_somebody_sends_are_read_as_he_may(self):
        wizard = self.env["farm.label.print"].with_user(self.stranger)
        for records in (self.lot, self.lot.quant_ids):
            with self.subTest(model=records._name), self.assertRaises(AccessError):
                wizard.create(
                    {
                        "source_model": records._name,
                        "source_ids": records.ids,
                        "template_id": self.bunch.id,
                        "subject": "lot",
                    }
                ).action_print()

    def test_a_printer_of_another_company_prints_nothing(self):
        printer = self.printer.copy({"company_id": self.neighbour.id})
        jobs = self.jobs()
        wizard = self.wizard(self.lot, template_id=self.bunch.id, output="printer")
        # As a program may write it, whatever the screen offers.
        wizard.sudo().printer_id = printer
        with self.assertRaises(AccessError):
            wizard.action_print()
        self.assertEqual(self.jobs(), jobs)
