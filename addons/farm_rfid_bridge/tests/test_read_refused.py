from unittest.mock import patch

from odoo.tests import tagged

from ..models.meaning import farm_read_tries
from .bridge_common import NOW
from .read_common import ReadCase

LOTS = 100


@tagged("post_install", "-at_install")
class TestReadRefused(ReadCase):
    """What a rule refuses among much else: the rest is done, a person decides."""

    def hold(self, lots):
        return (
            self.env["farm.hold"]
            .with_user(self.quality)
            ._place(lots, "quality", "Soft")
        )

    def transfers(self):
        return self.env["stock.picking"].search([("user_id", "=", self.picker.id)])

    def test_only_what_is_bad_is_refused_however_much_is_bad(self):
        lots = self.make_lots(LOTS)
        bad = lots[::5]
        self.hold(bad)
        self.assertEqual(self.pass_by(self.make_point(), *lots), "applied")
        refused = self.reads().filtered(lambda read: read.outcome == "refused")
        self.assertEqual(refused.lot_id, bad)
        self.assertEqual(self.outcomes().count("counted"), LOTS - len(bad))
        self.assertEqual(len(self.transfers()), 1)
        for lot in lots - bad:
            self.assertEqual(self.lies(lot, self.cold), 12)

    def test_what_there_was_no_time_for_goes_when_it_is_tried_again(self):
        lots = self.make_lots(4)
        self.hold(lots[1])
        with patch.object(farm_read_tries, "PATIENCE", -1.0):
            self.assertEqual(self.pass_by(self.make_point(), *lots), "refused")
        self.assertIn("Try again", self.reads()[0].reason)
        self.event().with_user(self.keeper).action_try_again()
        wanted = ["counted", "refused", "counted", "counted"]
        self.assertEqual(self.outcomes()[4:], wanted)
        self.assertTrue(self.event().is_open)

    def test_what_does_not_go_together_goes_as_far_as_it_goes(self):
        lots = self.make_lots(3)
        picking = self.deliver(12)
        others = lots - picking.move_line_ids.lot_id
        point = self.make_point("pick", self.stock)
        self.assertEqual(self.pass_by(point, *others), "applied")
        self.assertEqual(sorted(self.outcomes()), ["counted", "refused"])
        self.assertEqual(picking.state, "done")

    # -- a person ---------------------------------------------------------------------

    def test_what_was_refused_waits_for_a_person_and_goes_once(self):
        lots = self.make_lots(3)
        hold = self.hold(lots[0])
        self.pass_by(self.make_point(window_seconds=0), *lots, "NOBODY")
        event = self.event().with_user(self.keeper)
        inbox = event.search([("is_open", "=", True)])
        self.assertIn(event, inbox)
        self.assertTrue(event.is_open)
        first = event.picking_id
        hold.with_user(self.quality)._release("Fine again")
        # Somebody has taken one of those away since.
        self.pass_by(self.make_point(place=self.make_place("Room")), lots[1])
        event.action_try_again()
        self.assertEqual(event.state, "applied")
        self.assertFalse(event.is_open)
        self.assertEqual(self.lies(lots[0], self.cold), 12)
        self.assertEqual(self.lies(lots[1], self.cold), 0)
        reads = self.reads().filtered(lambda read: read.event_id == event)
        wanted = ["refused", "counted", "counted", "unknown", "counted"]
        self.assertEqual(reads.mapped("outcome"), wanted)
        self.assertEqual(event.refs["counted"], 3)
        self.assertNotIn("refused", event.refs)
        self.assertEqual(event.refs["transfers"][0], first.name)
        with self.assertRaisesRegex(Exception, "done already"):
            event.action_try_again()

    def test_what_is_refused_again_stays_in_the_inbox(self):
        lots = self.make_lots(2)
        self.hold(lots[0])
        self.pass_by(self.make_point(), *lots)
        event = self.event().with_user(self.keeper)
        event.action_try_again()
        self.assertEqual(event.state, "applied")
        self.assertTrue(event.is_open)
        self.assertEqual(event.refs["refused"], 1)
        event._put_aside("It was thrown away")
        self.assertFalse(event.is_open)

    def test_a_tag_that_was_seen_twice_is_tried_again(self):
        [lot] = self.make_lots()
        hold = self.hold(lot)
        point = self.make_point()
        first = self.tag(lot) | {"first": NOW - 9_000, "last": NOW - 9_000}
        self.pass_by(point, first, lot)
        self.assertEqual(self.outcomes(), ["refused"] * 2)
        hold.with_user(self.quality)._release("Fine again")
        self.event().with_user(self.keeper).action_try_again()
        self.assertEqual(self.outcomes()[2:], ["counted", "repeated"])
        self.assertEqual(self.lies(lot, self.cold), 12)

    # -- seen before ------------------------------------------------------------------

    def test_what_waits_on_a_transfer_is_not_done_twice(self):
        lots = self.make_lots(3)
        gates = {
            "put_away": self.make_point(finish="open", window_seconds=0),
            "pick": self.make_point(
                "pick", self.stock, finish="complete", window_seconds=0
            ),
        }
        self.pass_by(gates["put_away"], lots[2])
        first, second = self.deliver(24), None
        second = self.deliver(12)
        mine = first.move_line_ids.lot_id[:1]
        for name, lot in (("put_away", lots[2]), ("pick", mine)):
            with self.subTest(name):
                self.pass_by(gates[name], lot)
                count = len(self.transfers())
                self.assertEqual(self.pass_by(gates[name], lot), "applied")
                self.assertEqual(self.outcomes(gates[name])[-1], "repeated")
                self.assertEqual(len(self.transfers()), count)
        self.assertEqual(first.state, "assigned")
        self.assertFalse(second.move_line_ids.filtered("picked"))

    def test_what_is_on_the_truck_is_not_taken_off_again(self):
        lots = self.make_lots(2)
        picking = self.deliver(24)
        point = self.make_point("load", self.stock, finish="complete", window_seconds=0)
        self.pass_by(point, lots[0])
        self.assertEqual(self.pass_by(point, lots[0]), "applied")
        self.assertEqual(self.outcomes(), ["counted", "repeated"])
        self.pass_by(point, lots[1])
        self.assertEqual(picking.state, "done")

    def test_what_is_left_of_a_lot_is_not_picked_for_another_order(self):
        [lot] = self.make_lots()
        point = self.make_point("pick", self.stock, finish="open", window_seconds=0)
        first = self.deliver(5)
        other = self.make_lots()
        second = self.deliver(12)
        self.assertIn(other, second.move_line_ids.lot_id)
        second.move_line_ids.filtered(lambda line: line.lot_id == lot).unlink()
        self.pass_by(point, lot)
        self.pass_by(point, lot)
        self.assertEqual(self.outcomes(), ["counted", "repeated"])
        self.assertTrue(first.move_line_ids.picked)
        self.assertFalse(second.move_line_ids.filtered("picked"))

    # -- others' ----------------------------------------------------------------------

    def test_what_another_company_has_is_not_told(self):
        [lot] = self.make_lots()
        other = self.env["res.company"].create({"name": "Others"})
        tag = self.env["farm.tag"].sudo()
        tag.create(
            {
                "kind": "bunch",
                "state": "active",
                "uid": "04aa",
                "lineage_code": "SECRET",
                "company_id": other.id,
            }
        )
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE stock_lot SET company_id = %s WHERE id = %s", [other.id, lot.id]
        )
        self.pass_by(self.make_point(), lot, {"uid": b"\x04\xaa"})
        self.assertEqual(self.outcomes(), ["foreign"] * 2)
        reads = self.reads().with_user(self.picker)
        self.assertEqual(reads.mapped("tag"), [lot.lineage_code, "04aa"])
        for name in ("lot_id", "product_id", "package_id"):
            self.assertFalse(reads.sudo()[name])
        self.assertIsNone(self.env["farm.read"]._first_of("lot_id", lot.ids))
        columns = {"lot_id": {"fields": {"display_name": {}}}, "tag": {}}
        rows = reads.web_read(columns)
        self.assertEqual([row["lot_id"] for row in rows], [False, False])
        self.assertNotIn(lot.name, str(rows))
