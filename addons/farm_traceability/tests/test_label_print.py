import base64
from urllib.parse import quote

import pytz
from odoo.fields import Command
from odoo.tests import Form, tagged

from ..gs1.keys import make_gln
from .label_case import GTIN, PREFIX, LabelCase
from .label_common import pages, scanned


@tagged("post_install", "-at_install")
class TestLabelPrint(LabelCase):
    """Printing as an inventory user: what, how many, and what stays on record."""

    def texts(self, records, kind="lot"):
        return [texts for texts, *_rest in self.contents(records, kind)]

    def elements(self, records, kind="lot"):
        return [elements for _texts, elements, *_rest in self.contents(records, kind)]

    def contents(self, records, kind):
        subjects = records.with_user(self.picker)._get_label_subjects(kind)
        return self.env["farm.label.values"].with_user(self.picker)._contents(subjects)

    # -- what stands on a label --------------------------------------------------------

    def test_a_label_says_where_the_lot_comes_from(self):
        [texts] = self.texts(self.lot)
        expected = {
            "lot": self.lot.name,
            "farmer": self.farmer.name,
            "group": self.group.name,
            "plot": self.plot.name,
            "certificate": self.certificate.name,
            "weight": "12 kg",
            "count": "8",
            "gtin": GTIN,
        }
        self.assertEqual({name: texts[name] for name in expected}, expected)
        self.assertIn(self.village.name, texts["region"])
        self.assertIn("2026", texts["harvest_date"])

    def test_elements_of_a_lot(self):
        self.plot.global_location_number = make_gln(PREFIX, 1)
        self.company.partner_id.global_location_number = make_gln(PREFIX, 2)
        self.company.country_id = self.env.ref("base.id")
        [elements] = self.elements(self.lot)
        expected = {
            "01": f"0{GTIN}",
            "10": self.lot.name,
            "11": "260615",
            "30": "8",
            "3103": "012000",
            "7007": "260615",
            "416": make_gln(PREFIX, 1),
            "417": make_gln(PREFIX, 2),
            "422": "360",
        }
        self.assertEqual({code: elements.get(code) for code in expected}, expected)
        expiry = self.lot.expiration_date
        there = pytz.utc.localize(expiry).astimezone(pytz.timezone(self.picker.tz))
        self.assertEqual(elements["17"], there.strftime("%y%m%d"))

    def test_a_split_lot_has_the_provenance_of_its_origin(self):
        hand = self.make_product(
            name="Hand", uom_id=self.env.ref("uom.product_uom_unit").id
        )
        action = self.env["farm.lot.split"].create({"lot_id": self.lot.id})
        operation = self.env["farm.lot.operation"].browse(
            action.action_split()["res_id"]
        )
        self.assertEqual(operation.output_ids.product_id, hand)
        texts = self.texts(operation)
        self.assertEqual({one["farmer"] for one in texts}, {self.farmer.name})
        self.assertEqual(len(texts), len(operation.output_ids.lot_id))
        job = self.print_labels(operation, self.bunch)
        self.assertEqual(job.line_ids.lot_id, operation.output_ids.lot_id)

    def test_a_merged_lot_names_all_its_farmers_and_days(self):
        other = self.make_farmer()
        self.make_certificate(other)
        cycle = self.make_cycle(self.make_plot(other))
        late = self.receive(5.0, cycle=cycle, date=self.days(-2)).lot_ids
        operation = self.env["farm.lot.operation"].create(
            {
                "kind": "merge",
                "location_id": self.warehouse.lot_stock_id.id,
                "input_ids": [
                    Command.create({"lot_id": lot.id, "quantity": lot.product_qty})
                    for lot in self.lot | late
                ],
                "output_ids": [
                    Command.create(
                        {"product_id": self.product.id, "input_quantity": 17.0}
                    )
                ],
            }
        )
        operation.action_post()
        [texts] = self.texts(operation)
        self.assertEqual(texts["farmer"], f"{self.farmer.name}, {other.name}")
        self.assertIn(" to ", texts["harvest_date"])
        [elements] = self.elements(operation)
        self.assertEqual(elements["7007"], "260613260615")

    def test_without_a_gtin_only_the_text_is_printed_and_it_is_said(self):
        self.product.barcode = False
        wizard = Form(self.wizard(self.lot, template_id=self.bunch.id))
        self.assertRegex(wizard.hint, "has no GTIN: its labels come without")
        self.assertEqual(self.pages(self.print_labels(self.lot, self.bunch)), 1)

    # -- from where, and how many -----------------------------------------------------

    def test_labels_are_printed_from_lots_receipts_stock_and_packages(self):
        package = self.make_package()
        picking = self.lot.harvest_id.picking_ids
        quants = self.lots.quant_ids.filtered("quantity")
        for records, count in (
            (self.lots, 2),
            (picking, 2),
            (picking.move_line_ids, 2),
            (quants.filtered(lambda one: one.location_id.usage == "internal"), 2),
            (package, 1),
        ):
            with self.subTest(model=records._name):
                job = self.print_labels(records, self.bunch)
                self.assertEqual(job.label_count, count)
                self.assertEqual(self.pages(job), count)

    def test_a_package_gets_its_sscc_when_its_label_is_printed(self):
        package = self.make_package()
        job = self.print_labels(package, self.pallet)
        self.assertTrue(package.sscc)
        self.assertEqual(job.line_ids.package_id, package)
        again = self.print_labels(package, self.pallet)
        self.assertTrue(again.line_ids.is_reprint)

    def test_copies_per_lot_per_unit_and_per_hand(self):
        for copies_by, times, count in (
            ("lot", 3, 3),
            ("unit", 1, 12),
            ("hand", 1, 8),
            ("hand", 2, 16),
        ):
            with self.subTest(copies_by=copies_by):
                job = self.print_labels(
                    self.lot, self.hand, copies_by=copies_by, copies=times
                )
                self.assertEqual((job.label_count, self.pages(job)), (count, count))

    def test_24_labels_fill_a_sheet_and_a_begun_one_takes_the_next(self):
        job = self.print_labels(self.lot, self.sheet, copies=24)
        self.assertEqual(self.pages(job), 1)
        job = self.print_labels(self.lot, self.sheet, copies=24, start=2)
        self.assertEqual(self.pages(job), 2)
        with self.refused("cannot lie at place 25; the sheet has places 1 to 24"):
            self.print_labels(self.lot, self.sheet, start=25)

    def test_the_wizard_counts_before_it_prints(self):
        form = Form(self.wizard(self.lots, template_id=self.bunch.id))
        self.assertEqual(form.label_count, 2)
        form.copies_by, form.copies = "hand", 2
        self.assertEqual(form.label_count, 32)
        self.assertEqual(form.reprint_count, 0)

    def test_the_label_printed_last_is_offered(self):
        self.assertEqual(self.wizard(self.lot).template_id, self.bunch)
        self.print_labels(self.lot, self.sheet)
        self.assertEqual(self.wizard(self.lot).template_id, self.sheet)
        self.assertEqual(self.wizard(self.make_package()).template_id, self.pallet)

    # -- on record --------------------------------------------------------------------

    def test_a_job_keeps_what_was_printed_by_whom_and_of_what(self):
        job = self.print_labels(self.lots, self.bunch, copies=2)
        self.assertRecordValues(
            job,
            [
                {
                    "template_name": self.bunch.name,
                    "user_id": self.picker.id,
                    "label_count": 4,
                    "state": "made",
                    "is_reprint": False,
                }
            ],
        )
        self.assertEqual(job.line_ids.lot_id, self.lots)
        self.assertEqual(job.line_ids.mapped("copies"), [2, 2])
        download = job.with_user(self.picker).action_download()
        self.assertIn(f"/{job.id}/content/", download["url"])

    def test_a_reprint_is_recorded_with_its_reason(self):
        self.print_labels(self.lot, self.bunch)
        self.assertFalse(self.print_labels(self.lot, self.sheet).is_reprint)
        wizard = self.wizard(self.lots, template_id=self.bunch.id)
        self.assertEqual(wizard.reprint_count, 1)
        job = self.print_labels(self.lots, self.bunch, reason="The first got wet")
        self.assertTrue(job.is_reprint)
        self.assertEqual(job.reason, "The first got wet")
        self.assertEqual(job.line_ids.mapped("is_reprint"), [True, False])

    def test_print_again_offers_the_same_lots_and_label(self):
        job = self.print_labels(self.lots, self.bunch).with_user(self.picker)
        action = job.action_print_again()
        wizard = self.env["farm.label.print"].with_user(self.picker)
        wizard = wizard.with_context(**action["context"]).create({})
        self.assertEqual(wizard.template_id, self.bunch)
        self.assertEqual((wizard.label_count, wizard.reprint_count), (2, 2))

    def test_print_again_of_packages_offers_their_label(self):
        job = self.print_labels(self.make_package(), self.pallet)
        action = job.with_user(self.picker).action_print_again()
        wizard = self.env["farm.label.print"].with_user(self.picker)
        wizard = wizard.with_context(**action["context"]).create({})
        self.assertEqual((wizard.subject, wizard.template_id), ("package", self.pallet))
        self.assertEqual((wizard.label_count, wizard.reprint_count), (1, 1))

    def test_the_record_outlives_its_label_and_its_file(self):
        template = self.make_label({"content": "{lot}"})
        job = self.print_labels(self.lot, template)
        name = template.name
        template.unlink()
        self.assertEqual(job.template_name, name)
        job.sudo().date = "2026-01-01"
        self.env["farm.label.job"]._gc_contents()
        self.assertFalse(job.content)
        with self.refused("file of .* is no longer kept"):
            job.action_download()

    def test_nobody_types_in_or_deletes_what_was_printed(self):
        self.print_labels(self.lot, self.bunch)
        for name in ("farm.label.job", "farm.label.job.line"):
            for user in (self.picker, self.manager):
                for mode in ("write", "create", "unlink"):
                    model = self.env[name].with_user(user)
                    self.assertFalse(model.has_access(mode))

    def test_another_company_sees_no_job(self):
        job = self.print_labels(self.lot, self.bunch)
        other = self.env["res.company"].create({"name": "Neighbour"})
        picker = self.make_user(
            "stock", company_id=other.id, company_ids=[Command.set(other.ids)]
        )
        jobs = self.env["farm.label.job"].with_user(picker)
        self.assertFalse(jobs.search([("id", "=", job.id)]))
        lines = self.env["farm.label.job.line"].with_user(picker)
        self.assertFalse(lines.search([("job_id", "=", job.id)]))

    # -- nothing half-printed ---------------------------------------------------------

    def test_one_wrong_lot_stops_all(self):
        template = self.make_label(
            {"kind": "gs1_datamatrix", "content": "01 10 11 15", "height": 30}
        )
        dates = {"use_date": "2026-07-10", "expiration_date": "2026-07-20"}
        self.lots.write(dates)
        self.lots[1].use_date = False
        jobs = self.env["farm.label.job"].search_count([])
        with self.refused(rf"{self.lots[1].name}: .* needs \(15\)"):
            self.print_labels(self.lots, template)
        self.lots[1].use_date = "2026-06-01"
        with self.refused(rf"{self.lots[1].name}: .*date in \(1[57]\) is before"):
            self.print_labels(self.lots, template)
        self.assertEqual(self.env["farm.label.job"].search_count([]), jobs)
        self.lots[1].use_date = "2026-07-10"
        self.assertEqual(self.print_labels(self.lots, template).label_count, 2)

    def test_a_gtin_with_a_wrong_check_digit_stops_all(self):
        self.product.barcode = "9501101530004"
        with self.refused(r"\(01\).*check digit is 4 but should be 3"):
            self.print_labels(self.lots, self.bunch)

    def test_what_cannot_be_printed_is_said_in_one_sentence(self):
        draft = self.make_delivery(self.product, 5.0)
        product = self.make_product(name="No Hands")
        lot = self.env["stock.lot"].create({"name": "NH-1", "product_id": product.id})
        for records, vals, sentence in (
            (self.lot, {"copies": 0}, "at least one label"),
            (self.lot, {"copies": 20_001}, "at most 20000"),
            (self.lot, {"output": "printer"}, "Choose the printer"),
            (self.lot, {"subject": "package"}, "no packages in what you chose"),
            (draft, {}, "no lots in what you chose"),
            (lot, {"copies_by": "hand"}, "number of hands .* is not known"),
        ):
            with self.subTest(sentence=sentence), self.refused(sentence):
                self.wizard(records, **vals).action_print()

    def test_a_receipt_that_is_not_validated_has_no_lots_to_print(self):
        picking = self.env["stock.picking"].create(
            {
                "picking_type_id": self.warehouse.in_type_id.id,
                "location_id": self.env.ref("stock.stock_location_suppliers").id,
                "location_dest_id": self.warehouse.lot_stock_id.id,
                "move_line_ids": [
                    Command.create(
                        {
                            "product_id": self.product.id,
                            "lot_name": "NEW-1",
                            "quantity": 1.0,
                        }
                    )
                ],
            }
        )
        with self.refused("Lot NEW-1 is not received yet. Validate"):
            self.wizard(picking, template_id=self.bunch.id).action_print()

    def test_many_labels_have_their_values_read_together(self):
        lots = self.receive(*[1.0] * 30).lot_ids
        template = self.make_label({"content": "{lot} {farmer} {expiry}"})
        few = [(one, 1) for one in lots[:5]._get_label_subjects("lot")]
        many = [(one, 1) for one in lots._get_label_subjects("lot")]
        self.env.invalidate_all()
        with self.assertQueryCount(40):
            template._render(few, None, 1)
        self.env.invalidate_all()
        with self.assertQueryCount(40):
            template._render(many, None, 1)

    # -- read back --------------------------------------------------------------------

    def scans(self, job):
        """What a scanner sends for each page of a job."""
        pdf = base64.b64decode(job.content)
        return [scanned(page) for page in pages(pdf)]

    def test_a_scanner_reads_gtin_lot_and_expiry_of_each_bunch(self):
        self.company.gs1_link_stem = "https://trace.example.com/g"
        for lot, scans in zip(
            self.lots, self.scans(self.print_labels(self.lots, self.bunch)), strict=True
        ):
            [elements] = self.elements(lot)
            self.assertEqual(
                scans,
                [
                    (
                        "]Q1",
                        f"https://trace.example.com/g/01/0{GTIN}/10/{quote(lot.name)}"
                        f"?17={elements['17']}",
                    )
                ],
            )

    def test_a_scanner_reads_the_number_and_content_of_a_pallet(self):
        package = self.make_package()
        [scans] = self.scans(self.print_labels(package, self.pallet))
        [elements] = self.elements(package, "package")
        self.assertEqual(
            scans,
            sorted(
                [
                    ("]C1", f"00{package.sscc}"),
                    ("]C1", f"020{GTIN}378"),
                    ("]C1", f"17{elements['17']}10{self.lot.name}"),
                ]
            ),
        )

    def test_a_scanner_reads_an_ean_and_a_weight_with_all_its_decimals(self):
        template = self.make_label(
            {"kind": "ean13", "content": "", "height": 20},
            {"kind": "gs1_datamatrix", "content": "01 310n", "y": 25, "height": 20},
            {"kind": "box", "x": 2, "y": 2, "width": 94, "height": 44},
        )
        [scans] = self.scans(self.print_labels(self.lots[1], template))
        weighed = f"010{GTIN}3103008500"
        self.assertEqual(scans, [("]E0", GTIN), ("]d2", weighed)])

    def test_a_scanner_reads_all_labels_of_a_sheet(self):
        job = self.print_labels(self.lot, self.sheet, copies=24)
        [scans] = self.scans(job)
        self.assertEqual(len(scans), 24)
        self.assertEqual(job.filename, "A4-24-Labels-of-70-37.pdf")
