from odoo.tests import tagged

from .tag_common import TagCase


@tagged("post_install", "-at_install")
class TestMerge(TagCase):
    """Bunches are put into one crate."""

    def merge(self, *counters, code=None, **vals):
        body = {
            "parents": [self.code(counter) for counter in counters],
            "code": code or self.code(100),
            "uid": self.uid(100),
        }
        return self.tell("merge", body | vals)

    def setUp(self):
        super().setUp()
        self.bought = self.tell_purchase(self.bunch(1, uid=1), self.bunch(2, uid=2))

    def test_bunches_become_one_lot_with_a_new_code(self):
        event = self.merge(1, 2)
        self.assertEvent(event, "applied")
        made = self.lots(self.code(100))
        self.assertEqual(made.product_qty, 24)
        self.assertEqual(event.operation_id.input_ids.lot_id, self.bought.lot_ids)
        self.assertEqual(self.bought.tag_ids.mapped("state"), ["split"] * 2)
        crate = self.tags(self.code(100))
        self.assertRecordValues(
            crate,
            [{"kind": "crate", "state": "active", "uid": self.uid(100).hex()}],
        )
        self.assertEqual(self.merge(1, 2, code=self.code(101)).state, "conflict")

    def test_what_is_no_merge_is_refused(self):
        for vals in (
            {"parents": []},
            {"parents": [self.code(1)]},
            {"parents": [self.code(1), self.code(1)]},
            {"parents": [self.code(1), 7]},
            {"kind": "heap"},
            {"code": self.code(1)},
        ):
            with self.subTest(vals=vals):
                self.assertEvent(self.merge(1, 2, **vals), "refused", "bad-body")

    def test_a_merge_waits_for_its_last_bunch(self):
        event = self.merge(1, 2, 3)
        self.assertEqual((event.state, event.wait_code), ("parked", self.code(3)))
        self.tell_purchase(self.bunch(3))
        self.assertEvent(event, "applied")
        self.assertEqual(self.lots(self.code(100)).product_qty, 36)

    def test_what_was_used_before_is_a_conflict(self):
        self.merge(1, 2)
        self.tell_purchase(self.bunch(3))
        event = self.merge(1, 3, code=self.code(101), uid=self.uid(101))
        self.assertEvent(event, "conflict", "nothing-left")
        event = self.merge(3, 100, code=self.code(2))
        self.assertEvent(event, "conflict", "code-taken")

    def test_nonsense_about_a_chip_is_refused_also_where_nothing_is_left(self):
        self.merge(1, 2)
        for code in (self.code(100), self.code(101)):
            for vals in ({"uid": "04"}, {"chip": "GOLD"}, {"payload": 7}):
                with self.subTest(code=code, vals=vals):
                    event = self.merge(1, 2, code=code, **vals)
                    self.assertEvent(event, "refused", "bad-body")

    def test_what_is_promised_is_not_merged(self):
        self.make_delivery(self.product, 5).action_assign()
        self.assertEvent(self.merge(1, 2), "refused", "refused")


@tagged("post_install", "-at_install")
class TestTreatment(TagCase):
    def setUp(self):
        super().setUp()
        self.bought = self.tell_purchase(self.bunch(1), self.bunch(2))

    def treat(self, **vals):
        codes = [self.code(1), self.code(2)]
        return self.tell("treatment", {"codes": codes, "kind": "washing"} | vals)

    def test_a_treatment_is_on_record_with_its_lots(self):
        event = self.treat(hours=0.5, temperature=18, dose=2, unit="g/l")
        self.assertEvent(event, "applied", "deviation")
        treatment = self.bought.lot_ids.treatment_ids
        self.assertRecordValues(
            treatment,
            [
                {
                    "kind": "washing",
                    "state": "done",
                    "date": event.at,
                    "hours": 0.5,
                    "temperature": 18,
                    "has_temperature": True,
                    "dose": 2,
                    "dose_unit": "g/l",
                    "operator_id": self.collector.id,
                }
            ],
        )
        self.assertEqual(treatment.lot_ids, self.bought.lot_ids)
        self.assertEqual(event.message, treatment.deviations)
        self.assertEqual(event.tag_ids.change_ids.mapped("deed").count("treated"), 2)

    def test_what_is_no_treatment_is_refused(self):
        for vals in (
            {"kind": "singing"},
            {"codes": []},
            {"codes": "A-1"},
            {"hours": -1},
            {"hours": True},
            {"temperature": 500},
        ):
            with self.subTest(vals=vals):
                self.assertEvent(self.treat(**vals), "refused", "bad-body")
        self.assertEvent(self.treat(product="NONE-SUCH"), "refused", "refused")
        self.assertFalse(self.bought.lot_ids.treatment_ids)

    def test_who_may_record_no_treatment_is_refused(self):
        user = self.make_user("stock")
        device, journal = self.make_device(user_id=user.id)
        body = {"codes": [self.code(1)], "kind": "washing"}
        event = self.tell("treatment", body, device, journal)
        self.assertEvent(event, "refused", "no-right")

    def test_a_treatment_waits_for_its_lot(self):
        event = self.treat(codes=[self.code(3)])
        self.assertEqual(event.state, "parked")
        self.tell_purchase(self.bunch(3))
        self.assertEqual(event.state, "applied")


@tagged("post_install", "-at_install")
class TestTransfer(TagCase):
    def setUp(self):
        super().setUp()
        self.shelf = self.env["stock.location"].create(
            {
                "name": "Shelf",
                "barcode": "SHELF-1",
                "location_id": self.warehouse.lot_stock_id.id,
            }
        )
        self.bought = self.tell_purchase(self.bunch(1), self.bunch(2))

    def bring(self, *counters, to="SHELF-1", **vals):
        codes = [self.code(counter) for counter in counters]
        return self.tell("transfer", {"codes": codes, "to": to} | vals)

    def places(self):
        quants = self.bought.lot_ids.quant_ids
        inside = quants.filtered(lambda one: one.location_id.usage == "internal")
        return inside.filtered("quantity").location_id

    def test_lots_are_brought_to_another_place(self):
        event = self.bring(1, 2)
        self.assertEvent(event, "applied")
        self.assertEqual(self.places(), self.shelf)
        self.assertEqual(event.picking_id.state, "done")
        self.assertEqual(event.picking_id.picking_type_id, self.warehouse.int_type_id)
        self.assertEqual(event.picking_id.create_uid, self.collector)
        self.assertEqual(event.tag_ids.last_location_id, self.shelf)

    def pack(self):
        """Both bunches in one package."""
        package = self.env["stock.package"].create({})
        quants = self.bought.lot_ids.quant_ids
        inside = quants.filtered(lambda one: one.location_id.usage == "internal")
        self.env.cr.execute(
            "UPDATE stock_quant SET package_id = %s WHERE id = ANY(%s)",
            [package.id, inside.ids],
        )
        self.env.invalidate_all()
        return package

    def test_what_is_brought_as_a_whole_stays_packed(self):
        package = self.pack()
        self.assertEvent(self.bring(1, 2), "applied")
        self.assertEqual(package.quant_ids.location_id, self.shelf)
        self.assertEqual(sum(package.quant_ids.mapped("quantity")), 24)

    def test_what_is_brought_alone_is_unpacked(self):
        package = self.pack()
        self.assertEvent(self.bring(1), "applied")
        self.assertEqual(package.quant_ids.lot_id, self.lots(self.code(2)))

    def test_what_lies_there_already_stays(self):
        self.bring(1, 2)
        event = self.bring(1, 2)
        self.assertEvent(event, "applied")
        self.assertFalse(event.picking_id)

    def test_a_place_that_is_not_known_is_refused(self):
        self.assertEvent(self.bring(1, to="MOON"), "refused", "refused")

    def test_what_is_promised_stays(self):
        self.make_delivery(self.product, 24).action_assign()
        self.assertEvent(self.bring(1), "refused", "refused")

    def test_a_transfer_waits_for_its_lot(self):
        event = self.bring(3)
        self.assertEqual(event.state, "parked")
        self.tell_purchase(self.bunch(3))
        self.assertEqual(event.state, "applied")


@tagged("post_install", "-at_install")
class TestRetire(TagCase):
    def test_a_tag_is_retired_and_its_chip_used_again(self):
        self.tell_purchase(self.bunch(1, uid=1))
        body = {"uid": self.uid(1), "reason": "Sold"}
        self.assertEvent(self.tell("retire", body), "applied")
        tag = self.tags(self.code(1))
        self.assertEqual(tag.state, "retired")
        self.assertEqual(tag.change_ids.sorted()[0].reason, "Sold")
        self.assertEvent(self.tell_purchase(self.bunch(2, uid=1)), "applied")

    def test_what_is_not_known_is_refused_or_waits(self):
        event = self.tell("retire", {"uid": self.uid(9), "reason": "Torn"})
        self.assertEvent(event, "refused", "refused")
        event = self.tell("retire", {"code": self.code(1), "reason": "Torn"})
        self.assertEvent(event, "parked", "waits")
        self.tell_purchase(self.bunch(1))
        self.assertEvent(event, "applied")
        for body in ({}, {"reason": "Torn"}, {"code": self.code(1)}):
            event = self.tell("retire", body)
            self.assertEvent(event, "refused", "bad-body")

    def test_what_is_over_already_is_done(self):
        self.tell_purchase(self.bunch(1, uid=1))
        tag = self.tags(self.code(1))
        tag.with_user(self.keeper)._retire("Torn off")
        for body in ({"code": self.code(1)}, {"uid": self.uid(1)}):
            with self.subTest(body=body):
                event = self.tell("retire", body | {"reason": "Sold"})
                self.assertEvent(event, "applied", "already-over")
                self.assertEqual(event.tag_ids, tag)
        self.assertEqual(tag.change_ids.mapped("reason").count("Sold"), 0)
