from datetime import timedelta

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger
from psycopg2.errors import RaiseException

from .bridge_common import NOW
from .read_common import ReadCase

SECOND = 1_000


@tagged("post_install", "-at_install")
class TestRead(ReadCase):
    """What a gate sees: stored once, whatever it is, and counted when it should be."""

    def test_what_is_seen_is_stored_and_moved(self):
        lots = self.make_lots(3)
        point = self.make_point()
        self.assertEqual(self.pass_by(point, *lots), "applied")
        self.assertEqual(self.outcomes(), ["counted"] * 3)
        self.assertEqual(self.reads().lot_id, lots)
        self.assertEqual(self.reads().product_id, self.product)
        for lot in lots:
            self.assertEqual(self.lies(lot, self.cold), 12)
        picking = self.event().picking_id
        self.assertEqual(picking.state, "done")
        self.assertEqual(len(picking.move_ids), 1)
        self.assertEqual(picking.move_ids.quantity, 36)
        self.assertEqual(picking.user_id, self.picker)
        self.assertEqual(self.event().refs["transfers"], [picking.name])

    def test_the_same_push_again_changes_nothing(self):
        [lot] = self.make_lots()
        point = self.make_point()
        self.pass_by(point, lot)
        answer = self.push(device=self.gate)
        self.assertEqual(answer["results"][0]["state"], "applied")
        self.assertEqual(len(self.reads()), 1)
        self.assertEqual(self.lies(lot, self.cold), 12)

    def test_what_means_nothing_is_kept_and_listed(self):
        point = self.make_point()
        other = self.env["res.company"].create({"name": "Others"})
        [strange] = self.make_lots()
        self.env["stock.lot"].browse(strange.id).sudo().company_id = False
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE stock_lot SET company_id = %s WHERE id = %s", [other.id, strange.id]
        )
        elsewhere = self.make_lots()
        self.env["stock.quant"]._update_available_quantity(
            self.product, self.stock, -12, lot_id=elsewhere
        )
        self.assertEqual(
            self.pass_by(point, "NOBODY", strange, elsewhere, {"uid": b"\x04\xaa"}),
            "applied",
        )
        self.assertEqual(
            self.outcomes(), ["unknown", "foreign", "wrong_place", "unknown"]
        )
        self.assertEqual(self.reads()[-1].tag, "04aa")
        self.assertEqual(self.event().reason_code, "odd")
        odd = (
            self.env["farm.read"].with_user(self.picker).search([("is_odd", "=", True)])
        )
        self.assertEqual(odd & self.reads(), self.reads())

    def test_a_tag_that_passes_too_fast_does_not_count(self):
        lots = self.make_lots(2)
        point = self.make_point(dwell_seconds=2)
        self.pass_by(
            point,
            self.tag(lots[0]) | {"first": NOW - 2_500, "last": NOW},
            self.tag(lots[1]) | {"first": NOW - 500, "last": NOW, "n": 3, "rssi": -61},
        )
        self.assertEqual(self.outcomes(), ["counted", "too_short"])
        self.assertEqual(self.lies(lots[1], self.cold), 0)
        self.assertRecordValues(
            self.reads()[1], [{"dwell": 0.5, "times": 3, "rssi": -61}]
        )

    def test_a_tag_counts_again_after_a_quiet_time(self):
        [lot] = self.make_lots()
        point = self.make_point("observe", self.stock, window_seconds=60)
        hour = NOW - 3_600 * SECOND
        for seconds in (0, 50, 100, 161, 500):
            at = hour + seconds * SECOND
            self.see(point, self.tag(lot) | {"first": at, "last": at})
        self.send()
        wanted = ["counted", "repeated", "repeated", "counted", "counted"]
        self.assertEqual(self.outcomes(), wanted)
        # What was seen before by another, and comes later.
        late = hour + 480 * SECOND
        self.pass_by(point, self.tag(lot) | {"first": late, "last": late})
        self.assertEqual(self.outcomes()[-1], "repeated")

    def test_the_same_tag_at_another_point_counts(self):
        [lot] = self.make_lots()
        self.pass_by(self.make_point(), lot)
        room = self.make_place("Next room")
        self.pass_by(self.make_point(place=room), lot)
        self.assertEqual(self.outcomes(), ["counted"] * 2)
        self.assertEqual(self.lies(lot, room), 12)

    def test_a_push_of_many_events_is_one_transfer(self):
        lots = self.make_lots(4)
        point = self.make_point()
        for lot in lots:
            self.see(point, lot, "NOBODY")
        self.see(point, lots[0])
        self.assertEqual(self.send(), ["applied"] * 5)
        self.assertEqual(len(self.events(self.gate).picking_id), 1)
        self.assertEqual(self.outcomes().count("counted"), 4)
        self.assertEqual(self.outcomes()[-1], "repeated")

    def test_reads_that_are_nonsense_are_refused_and_block_nothing(self):
        [lot] = self.make_lots()
        point = self.make_point()
        self.see(point, {"n": 1})
        self.see(point, {"code": "A", "first": NOW, "last": NOW - 1})
        self.see(point)
        self.journal.add("read", {"at": NOW, "point": "NONE", "tags": [{"code": "A"}]})
        self.see(point, lot)
        self.assertEqual(self.send(), ["refused"] * 4 + ["applied"])
        self.assertEqual(self.lies(lot, self.cold), 12)
        reasons = self.events(self.gate).mapped("reason_code")
        self.assertEqual(reasons, ["bad-body"] * 3 + ["refused", ""])

    def test_another_device_s_point_is_not_read_at(self):
        other, _journal = self.make_device()
        point = self.make_point(device_id=other.id)
        self.assertEqual(self.pass_by(point, "A"), "refused")

    def test_a_shared_point_elsewhere_is_not_read_at(self):
        [lot] = self.make_lots()
        self.gate.with_user(self.keeper).location_ids = self.stock
        place = {"name": "Away", "location_id": self.warehouse.view_location_id.id}
        away = self.env["stock.location"].create(place)
        self.assertEqual(self.pass_by(self.make_point(place=away), lot), "refused")
        self.assertIn("does not work at", self.event().message)
        own = self.make_point(place=away, device_id=self.gate.id)
        self.assertEqual(self.pass_by(own, lot), "applied")

    def test_an_antenna_is_a_point(self):
        [lot] = self.make_lots()
        self.make_point(device_id=self.gate.id, antenna=2)
        body = {"at": NOW, "antenna": 2, "tags": [self.tag(lot)]}
        self.journal.add("read", body)
        self.assertEqual(self.send(), ["applied"])
        self.assertEqual(self.lies(lot, self.cold), 12)

    # -- other names ------------------------------------------------------------------

    def test_a_package_is_read_by_its_sscc(self):
        lots = self.make_lots(2)
        package = self.make_package(lots, "006141411234567890")
        point = self.make_point()
        urn = "urn:epc:id:sscc:0614141.0123456789"
        self.assertEqual(self.pass_by(point, {"epc": urn}), "applied")
        self.assertEqual(self.reads().package_id, package)
        self.assertEqual(package.location_id, self.cold)
        self.assertEqual(package.quant_ids.lot_id, lots)

    def test_a_lot_is_read_by_gtin_and_number(self):
        [lot] = self.make_lots()
        self.product.barcode = "80614141123458"
        lot.name = "6789"
        point = self.make_point()
        bits = bytes.fromhex("3074257BF7194E4000001A85")  # sgtin 0614141.812345.6789
        self.assertEqual(self.pass_by(point, {"epc": bits}), "applied")
        self.assertEqual(self.reads().lot_id, lot)

    def test_bits_that_are_no_epc_are_kept(self):
        self.pass_by(self.make_point(), {"epc": b"\xe2\x00\x00\x01"})
        self.assertRecordValues(
            self.reads(), [{"tag": "e2000001", "outcome": "unknown"}]
        )

    def test_a_hand_of_a_bunch_counts_as_a_piece_of_it(self):
        [lot] = self.make_lots()  # 12 kg, 8 hands
        lot.sudo().lineage_code = "1G7400N6-HW"
        point = self.make_point()
        hands = [self.code("1G7400N6-HW", number) for number in (1, 2, 2)]
        self.assertEqual(self.pass_by(point, *hands), "applied")
        self.assertEqual(self.lies(lot, self.cold), 3)
        self.assertEqual(self.outcomes(), ["counted", "counted", "repeated"])

    def code(self, parent, number):
        from farmtag import lineage

        return str(lineage.parse(parent).child(number))

    # -- never changed ----------------------------------------------------------------

    def test_nobody_adds_changes_or_deletes_reads(self):
        [lot] = self.make_lots()
        self.pass_by(self.make_point(), lot)
        for user in (self.picker, self.keeper, self.env.ref("base.user_admin")):
            read = self.reads().with_user(user)
            for change in (
                lambda read=read: read.write({"outcome": "unknown"}),
                read.unlink,
                lambda read=read: read.create({"tag": "A"}),
            ):
                with self.assertRaises(UserError):
                    change()
        for statement in (
            "UPDATE farm_read_log SET tag = 'A'",
            "DELETE FROM farm_read_log",
        ):
            with (
                self.assertRaises(RaiseException),
                mute_logger("odoo.sql_db"),
                self.env.cr.savepoint(),
            ):
                self.env.cr.execute(statement)

    def test_what_was_read_and_where_stays(self):
        [lot] = self.make_lots()
        point = self.make_point()
        self.pass_by(point, lot)
        with self.assertRaisesRegex(UserError, "stays on record"):
            point.with_user(self.keeper).unlink()
        with self.assertRaisesRegex(UserError, "another read point"):
            point.location_id = self.stock
        with self.assertRaises(UserError):
            lot.unlink()
        point.with_user(self.keeper).write({"active": False, "window_seconds": 5})

    # -- who sees them ----------------------------------------------------------------

    def test_a_company_sees_its_own_reads(self):
        [lot] = self.make_lots()
        self.pass_by(self.make_point(), lot)
        other = self.env["res.company"].create({"name": "Others"})
        user = self.make_user(
            "stock", company_id=other.id, company_ids=[(6, 0, other.ids)]
        )
        self.assertFalse(self.reads().with_user(user).search([]))
        self.assertFalse(self.env["farm.read.point"].with_user(user).search([]))
        with self.assertRaises(AccessError):
            self.reads().with_user(self.make_user("internal")).read(["tag"])
        with self.assertRaises(AccessError):
            self.make_point().with_user(self.picker).name = "Mine"

    def test_who_may_not_move_goods_is_refused_and_the_reads_are_kept(self):
        [lot] = self.make_lots()
        user = self.make_user("stock")
        self.gate.sudo().user_id = user
        user.group_ids = self.env.ref("base.group_user")
        self.assertEqual(self.pass_by(self.make_point(), lot), "refused")
        self.assertEqual(self.event().reason_code, "no-right")
        self.assertEqual(self.outcomes(), ["refused"])
        self.assertIn(user.name, self.reads().reason)

    def test_when_it_was_seen_is_before_its_event(self):
        point = self.make_point("observe")
        earlier = NOW - 90 * SECOND
        self.pass_by(point, {"code": "A", "first": earlier, "last": earlier}, "B")
        late, now = self.reads()
        self.assertEqual(now.at - late.at, timedelta(seconds=90))
