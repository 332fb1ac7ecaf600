import math

from odoo.exceptions import AccessError, UserError
from odoo.service.model import call_kw
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from .common import FarmCase


@tagged("post_install", "-at_install")
class TestReceipt(FarmCase):
    """``farm.harvest.receive_at_farm_gate``, as the collector."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.collector = cls.make_user("collector", cls.village)

    def bunch(self, quantity=12.5, **vals):
        return {"product_id": self.product.id, "quantity": quantity} | vals

    def gate(self, bunches, user=None, reason="", picking_type=None, **vals):
        return (
            self.env["farm.harvest"]
            .with_user(user or self.collector)
            .receive_at_farm_gate(
                {"cycle_id": self.cycle.id, "date": self.day} | vals,
                bunches,
                picking_type and picking_type.id,
                reason,
            )
        )

    # -- what it makes ----------------------------------------

    def test_it_makes_harvest_lots_and_a_validated_receipt(self):
        harvest = self.gate(
            [
                self.bunch(12.5, piece_count=9, grade_id=self.grade_a.id),
                self.bunch(14.0, piece_count=8),
            ],
            harvested_by="collector",
            grade_id=self.grade_super.id,
        )
        self.assertRecordValues(
            harvest,
            [
                {
                    "state": "done",
                    "quantity": 26.5,
                    "uom_id": self.product.uom_id.id,
                    "bunch_count": 2,
                    "lot_count": 2,
                    "picking_count": 1,
                    "harvested_by": "collector",
                }
            ],
        )
        self.assertRecordValues(
            harvest.lot_ids.sorted("id"),
            [
                {
                    "piece_count": 9,
                    "remaining_count": 9,
                    "grade_id": self.grade_a.id,
                    "product_qty": 12.5,
                },
                {
                    "piece_count": 8,
                    "remaining_count": 8,
                    "grade_id": self.grade_super.id,
                    "product_qty": 14.0,
                },
            ],
        )
        self.assertRecordValues(
            harvest.picking_ids,
            [
                {
                    "state": "done",
                    "partner_id": self.farmer.id,
                    "origin": harvest.name,
                    "picking_type_id": self.warehouse.in_type_id.id,
                    "location_dest_id": self.warehouse.lot_stock_id.id,
                }
            ],
        )

    def test_the_lot_carries_what_was_true_on_the_day(self):
        self.cycle.is_organic = True
        lot = self.gate([self.bunch()]).lot_ids
        self.assertRecordValues(
            lot,
            [
                {
                    "harvest_date": self.day,
                    "fruit_age": 90,
                    "is_organic": True,
                    "farmer_id": self.farmer.id,
                    "plot_id": self.plot.id,
                    "farm_crop_id": self.crop.id,
                    "provenance_farmer": self.farmer.name,
                    "provenance_group": self.group.name,
                    "provenance_plot": self.plot.name,
                    "provenance_region": self.village.complete_name,
                    "provenance_certificate": self.certificate.name,
                    "provenance_guide": self.guide.name,
                }
            ],
        )

    def test_what_changes_later_does_not_change_the_lot(self):
        lot = self.gate([self.bunch()]).lot_ids
        evidence = sorted(lot._provenance_fields())
        before = lot.read(evidence, load=None)
        self.farmer.name = "Heir"
        self.farmer.farm_group_id = self.make_group(self.other_village)
        self.plot.write({"name": "Sold", "farmer_id": self.make_farmer().id})
        self.certificate.revoke("Sold other fruit")
        self.village.name = "Renamed"
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertEqual(lot.read(evidence, load=None), before)

    def test_lot_names_fit_a_barcode(self):
        self.crop.code = "ABCDEF"
        lots = self.gate([self.bunch() for _ in range(3)]).lot_ids
        self.assertEqual(len(set(lots.mapped("name"))), 3)
        for lot in lots:
            self.assertRegex(lot.name, r"^ABCDEF-260615-\d{5}$")
            self.assertLessEqual(len(lot.name), 20)

    def test_a_receipt_is_left_to_validate_where_the_operation_type_says_so(self):
        waiting = self.warehouse.in_type_id.copy({"validate_farm_receipts": False})
        harvest = self.gate([self.bunch(3), self.bunch(4)], picking_type=waiting)
        self.assertEqual(harvest.picking_ids.state, "assigned")
        self.assertEqual(set(harvest.lot_ids.mapped("product_qty")), {0})
        picking = harvest.picking_ids.with_user(self.make_user("stock"))
        picking.button_validate()
        self.assertEqual(picking.state, "done")
        self.assertEqual(sorted(harvest.lot_ids.mapped("product_qty")), [3, 4])
        self.assertEqual(picking.move_line_ids.lot_id, harvest.lot_ids)

    # -- expiry ----------------------------------------

    def expiry_at(self, temperature, user=None):
        self.warehouse.lot_stock_id.write(
            {
                "has_storage_temperature": temperature is not None,
                "storage_temperature": temperature or 0,
            }
        )
        lot = self.gate([self.bunch()], user).lot_ids
        return str(lot.expiration_date)

    def test_expiry_follows_the_guide_at_the_temperature_of_the_place(self):
        # The end of the last day in Jakarta, seven hours ahead.
        self.assertEqual(self.expiry_at(14), "2026-07-06 16:59:59")
        self.assertEqual(self.expiry_at(27), "2026-06-22 16:59:59")

    def test_expiry_at_an_unknown_temperature_takes_what_the_guide_asks_for(self):
        self.assertEqual(self.expiry_at(None), "2026-07-06 16:59:59")

    def test_expiry_takes_the_temperature_of_the_place_around(self):
        self.warehouse.view_location_id.write(
            {"has_storage_temperature": True, "storage_temperature": 27}
        )
        self.assertEqual(self.expiry_at(None), "2026-06-22 16:59:59")

    def test_expiry_is_the_end_of_the_day_where_the_user_is(self):
        for zone, expiry in (
            ("Asia/Jayapura", "2026-07-06 14:59:59"),
            ("UTC", "2026-07-06 23:59:59"),
            (False, "2026-07-06 23:59:59"),
        ):
            user = self.make_user("collector", self.village, tz=zone)
            with self.subTest(zone=zone):
                self.assertEqual(self.expiry_at(14, user), expiry)

    def test_where_the_guide_says_nothing_the_products_own_rule_holds(self):
        self.assertEqual(self.expiry_at(50)[:10], str(self.days(10)))

    def test_products_without_expiry_get_none(self):
        self.product.use_expiration_date = False
        self.assertFalse(self.gate([self.bunch()]).lot_ids.expiration_date)

    # -- what it refuses ----------------------------------------

    def assertRefused(self, sentence, bunches, **kwargs):
        models = ("farm.harvest", "stock.lot", "stock.picking", "stock.move.line")
        count = {model: self.env[model].search_count([]) for model in models}
        with self.assertRaisesRegex(UserError, sentence):
            call_kw(
                self.env["farm.harvest"].with_user(self.collector),
                "receive_at_farm_gate",
                [
                    {"cycle_id": self.cycle.id, "date": self.day}
                    | kwargs.pop("vals", {}),
                    bunches,
                ],
                kwargs,
            )
        self.env.invalidate_all()
        for model in models:
            self.assertEqual(self.env[model].search_count([]), count[model], model)

    def test_bad_lines_are_refused_and_leave_nothing_behind(self):
        loose = self.make_product(tracking="none", use_expiration_date=False)
        other = self.make_product(self.make_crop(name="Ambon"))
        strange_grade = other.farm_crop_id.grade_ids[0].id
        nine = self.bunch()
        for sentence, bunches in (
            ("nothing to receive: add a bunch", []),
            ("Line 2 has no quantity", [nine, self.bunch(0)]),
            ("Line 1 has no quantity", [self.bunch(-4), nine]),
            ("Line 1 has no quantity", [self.bunch(None)]),
            ("Line 1 has no quantity", [self.bunch(math.nan)]),
            ("Line 1 has no product", [{"quantity": 3}]),
            ("Line 2: the number of hands", [nine, self.bunch(piece_count=-1)]),
            ("Line 1: the number of hands", [self.bunch(bunch_count=0)]),
            ("not tracked by lots", [self.bunch(product_id=loose.id)]),
            ("is not a product of", [nine, self.bunch(product_id=other.id)]),
            ("is not a grade of", [self.bunch(grade_id=strange_grade)]),
        ):
            with self.subTest(sentence=sentence):
                self.assertRefused(sentence, bunches)

    def test_a_farmer_whose_certificate_is_suspended_is_refused(self):
        self.certificate.suspend("Residue found")
        self.assertRefused("suspended since .*: Residue found", [self.bunch()])

    def test_a_quality_manager_receives_all_the_same_and_it_stays_on_record(self):
        self.certificate.suspend("Residue found")
        harvest = self.gate(
            [self.bunch()], self.make_user("quality"), "Sample was clean"
        )
        self.assertEqual(harvest.waiver_reason, "Sample was clean")
        self.assertFalse(harvest.lot_ids.provenance_certificate)

    def test_a_stock_user_without_the_role_does_not_receive_at_the_farm_gate(self):
        with self.assertRaises(AccessError):
            self.gate([self.bunch()], self.make_user("stock"))

    def test_an_operation_type_that_is_no_receipt_is_refused(self):
        self.assertRefused(
            "is not an operation type for receipts",
            [self.bunch()],
            picking_type_id=self.warehouse.out_type_id.id,
        )

    def test_the_same_lineage_code_twice_is_refused(self):
        self.gate([self.bunch(lineage_code="L1")])
        with mute_logger("odoo.sql_db"), self.assertRaises(Exception) as caught:
            self.gate([self.bunch(lineage_code="L1")])
        self.assertIn("lineage_code_unique", str(caught.exception))

    # -- the wizard ----------------------------------------

    def open_wizard(self, bunches=(12.5,)):
        form = Form(self.env["farm.receipt"].with_user(self.collector))
        form.farmer_id = self.farmer
        self.assertEqual(form.cycle_id, self.cycle)
        self.assertEqual(form.product_id, self.product)
        for quantity in bunches:
            with form.line_ids.new() as line:
                line.quantity = quantity
                line.piece_count = 8
        return form.save()

    def test_the_wizard_fills_in_crop_cycle_and_product_and_receives(self):
        wizard = self.open_wizard([12.5, 10])
        self.assertEqual((wizard.bunch_count, wizard.piece_count), (2, 16))
        self.assertFalse(wizard.objections)
        action = wizard.action_receive()
        harvest = self.env["farm.harvest"].browse(action["res_id"])
        self.assertEqual(harvest.lot_count, 2)

    def test_the_wizard_shows_the_objection_at_once(self):
        self.certificate.suspend("Residue found")
        wizard = self.open_wizard()
        self.assertIn("Residue found", wizard.objections)
        self.assertFalse(wizard.can_waive)
        with self.assertRaisesRegex(UserError, "Residue found"):
            wizard.action_receive()

    def test_a_wizard_receives_once(self):
        wizard = self.open_wizard()
        wizard.action_receive()
        with self.assertRaisesRegex(UserError, "was received already: HRV/"):
            wizard.action_receive()

    def test_a_wizard_is_its_authors_own(self):
        wizard = self.open_wizard()
        other = self.make_user("collector", self.village)
        with self.assertRaises(AccessError):
            wizard.with_user(other).action_receive()
