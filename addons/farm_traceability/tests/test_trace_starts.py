from datetime import datetime

from odoo.fields import Command
from odoo.tests import freeze_time, tagged

from ..trace import start_lots
from .common import FarmCase
from .trace_common import TraceMakers


@tagged("post_install", "-at_install")
class TestTraceStarts(TraceMakers, FarmCase):
    def starts(self, kind, records, **window):
        found = start_lots(self.env, kind, records.ids, **window)
        return self.env["stock.lot"].browse(found)

    def at(self, day, hour=8):
        """Stop the time on a day of June."""
        return freeze_time(datetime(2026, 6, day, hour))

    # -- origins -----------------------------------------------------------------

    def test_lots_themselves(self):
        lots = self.make_lot("Second") | self.make_lot("First")
        self.assertEqual(self.starts("lot", lots + lots), lots.sorted("id"))
        gone = lots[0].ids
        lots[0].unlink()
        self.assertEqual(start_lots(self.env, "lot", gone), [])
        self.assertEqual(start_lots(self.env, "lot", []), [])

    def test_everything_a_harvest_hangs_on(self):
        harvest = self.receive(5.0, 6.0)
        other_plot = self.make_plot()
        other = self.receive(7.0, cycle=self.make_cycle(other_plot))
        both = harvest.lot_ids | other.lot_ids
        expected = {
            "harvest": (harvest, harvest.lot_ids),
            "cycle": (self.cycle, harvest.lot_ids),
            "plot": (other_plot, other.lot_ids),
            "farmer": (self.farmer, both),
            "certificate": (self.certificate, both),
            "guide": (self.guide, both),
        }
        for kind, (records, lots) in expected.items():
            with self.subTest(kind):
                self.assertEqual(self.starts(kind, records), lots.sorted("id"))

    def test_other_records_of_a_kind_lead_nowhere(self):
        self.receive(5.0)
        stranger = self.make_farmer()
        self.assertFalse(self.starts("farmer", stranger))
        self.assertFalse(self.starts("certificate", self.make_certificate(stranger)))
        self.assertFalse(self.starts("guide", self.make_guide()))

    def test_records_of_another_company_are_found(self):
        """A recall does not stop at a company's border."""
        harvest = self.receive(5.0)
        company = self.env["res.company"].create({"name": "Elsewhere"})
        env = self.env(
            user=self.make_user(
                "stock", company_id=company.id, company_ids=[Command.set(company.ids)]
            )
        )
        self.assertEqual(
            start_lots(env, "farmer", self.farmer.ids), harvest.lot_ids.ids
        )

    def test_what_is_not_written_yet_is_found(self):
        lot = self.receive(5.0).lot_ids
        move = self.make_move(lot, 5, self.warehouse.lot_stock_id, self.shelf)
        move.picking_id = picking = self.make_delivery(self.product, 1)
        self.assertEqual(self.starts("transfer", picking), lot)

    # -- inputs ------------------------------------------------------------------

    def make_activity(self, lot, cycle, days, kind="spraying"):
        return self.env["farm.activity"].create(
            {
                "kind": kind,
                "cycle_id": cycle.id,
                "date": self.days(days),
                "product_id": lot.product_id.id,
                "lot_id": lot.id,
            }
        )

    def make_treatment(self, agent, lots):
        return self.env["farm.treatment"].create(
            {
                "kind": "waxing",
                "product_id": agent.product_id.id,
                "input_lot_id": agent.id,
                "lot_ids": [Command.set(lots.ids)],
            }
        )

    def test_input_lot_leads_to_harvests_after_its_use(self):
        agent = self.make_lot("Pesticide batch 7")
        self.make_activity(agent, self.cycle, -20)
        before = self.receive(5.0, date=self.days(-21))
        same_day = self.receive(5.0, date=self.days(-20))
        after = self.receive(5.0)
        self.receive(5.0, cycle=self.make_cycle())
        self.assertEqual(
            self.starts("input_lot", agent), agent | same_day.lot_ids | after.lot_ids
        )
        self.assertNotIn(before.lot_ids, self.starts("input_lot", agent))

    def test_input_lot_leads_to_lots_treated_with_it(self):
        agent, other = self.make_lot("Wax 1"), self.make_lot("Wax 2")
        waxed, planned = self.receive(5.0).lot_ids, self.receive(6.0).lot_ids
        treatment = self.make_treatment(agent, waxed)
        treatment.action_post()
        self.make_treatment(agent, planned)
        self.assertEqual(self.starts("input_lot", agent), agent | waxed)
        self.assertEqual(self.starts("input_lot", other), other)
        self.assertEqual(self.starts("treatment", treatment), waxed)

    # -- moves -------------------------------------------------------------------

    def test_supplier_by_receipt_dropship_contact_and_ownership(self):
        contact = self.env["res.partner"].create(
            {"name": "Sales desk", "parent_id": self.market.id}
        )
        received, dropped, owned, other = (
            self.make_lot(name) for name in ("Received", "Dropped", "Owned", "Other")
        )
        self._pick(
            received, 3, contact, self.warehouse.in_type_id, self.suppliers, self.stock
        )
        self._pick(
            dropped,
            2,
            self.market,
            self.warehouse.out_type_id,
            self.suppliers,
            self.customers,
            partner_id=self.shop.id,
        )
        line = self.buy(owned, 4)
        line.owner_id = self.market
        self.buy(other, 4, partner_id=self.shop.id)
        self.deliver(other, 1, self.market)
        self.bring_back(other, 1, self.market)
        for partner in self.market, contact:
            self.assertEqual(
                self.starts("supplier", partner), received | dropped | owned
            )
        self.assertEqual(self.starts("supplier", self.shop), other)

    def test_supplier_within_a_time(self):
        early, late = self.make_lot("Early"), self.make_lot("Late")
        with self.at(1):
            self.buy(early, 4, partner_id=self.market.id)
        with self.at(5):
            self.buy(late, 4, partner_id=self.market.id)
        moment = datetime(2026, 6, 3)
        found = self.starts("supplier", self.market, since=moment)
        self.assertEqual(found, late)
        found = self.starts("supplier", self.market, until=moment)
        self.assertEqual(found, early)

    def test_transfer(self):
        lot = self.make_lot("Sent")
        self.buy(lot, 4)
        line = self.deliver(lot, 2, self.shop)
        self.assertEqual(self.starts("transfer", line.picking_id), lot)

    def test_location_and_time(self):
        """In the cold room: from the 2nd to the 4th, and from the 6th on."""
        left, stayed = self.make_lot("Left"), self.make_lot("Stayed")
        with self.at(1):
            self.buy(left, 4)
            self.buy(stayed, 4)
        with self.at(2):
            self.make_move(left, 4, self.stock, self.shelf)
        with self.at(4):
            self.make_move(left, 4, self.shelf, self.stock)
        with self.at(6):
            self.make_move(stayed, 4, self.stock, self.shelf)
        for since, until, lots in (
            (None, None, left | stayed),
            (None, 1, left.browse()),
            (None, 3, left),
            (3, None, left | stayed),
            (3, 3, left),
            (5, 5, left.browse()),
            (5, None, stayed),
            (7, 8, stayed),
        ):
            with self.subTest(since=since, until=until):
                window = {
                    "since": since and datetime(2026, 6, since),
                    "until": until and datetime(2026, 6, until, 23),
                }
                self.assertEqual(self.starts("location", self.shelf, **window), lots)

    def test_location_with_what_is_below_it(self):
        lot, part = self.make_lot("Inside"), self.make_lot("Part left")
        with self.at(1):
            self.buy(lot, 4)
            self.buy(part, 4)
            self.make_move(lot, 4, self.stock, self.shelf)
            self.deliver(part, 3, self.shop)
        since = datetime(2026, 6, 3)
        warehouse = self.warehouse.view_location_id
        self.assertLessEqual(
            lot | part, self.starts("location", warehouse, since=since)
        )
        self.assertEqual(self.starts("location", self.shelf, since=since), lot)

    # -- mistakes ----------------------------------------------------------------

    def test_unknown_kind(self):
        with self.assertRaisesRegex(ValueError, "weather"):
            start_lots(self.env, "weather", [1])

    def test_time_for_a_kind_that_has_none(self):
        with self.assertRaisesRegex(ValueError, "no time window"):
            start_lots(self.env, "lot", [1], since=datetime(2026, 6, 1))
