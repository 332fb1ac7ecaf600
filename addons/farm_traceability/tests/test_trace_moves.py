from odoo.tests import tagged

from ..trace import DOWN, UP, Customer, Supplier, deliveries, trace
from .trace_common import TraceCase


@tagged("post_install", "-at_install")
class TestTraceMoves(TraceCase):
    """What plain moves do to a trace: the lot stays the lot, whatever its ways."""

    def trace(self, lots, *args, **kwargs):
        return trace(self.env, lots.ids, *args, **kwargs)

    def kinds(self, answer):
        return [(event.kind, event.quantity) for event in answer.events]

    def where(self, answer):
        return {(place.location_id, place.quantity) for place in answer.places}

    def make_bought(self, name, quantity=10, product=None, **values):
        lot = self.make_lot(name, product)
        self.buy(lot, quantity, **values)
        return lot

    # -- loops --------------------------------------------------------------------

    def test_repacked_into_itself_and_sent_on(self):
        lot, box = self.make_bought("Repacked"), self.make_lot("Box")
        self.operate([(lot, 10)], [(lot, 6), (box, 4)])
        self.operate([(lot, 6)], [(lot, 6)])
        self.deliver(box, 4, self.shop)
        answer = self.trace(lot)
        self.assertEqual(set(answer.down_ids), {lot.id, box.id})
        self.assertEqual((answer.depth, answer.cut), ((0, 1), False))
        [origin] = self.trace(box, UP).origins(box.id)
        self.assertEqual((origin.lot_id, round(origin.quantity, 6)), (lot.id, 4))

    def test_loop_over_three_lots_is_entered_once(self):
        ring = [self.make_lot(f"Ring {number}") for number in range(3)]
        self.buy(ring[0], 9)
        for number in range(6):
            self.operate([(ring[number % 3], 9)], [(ring[(number + 1) % 3], 9)])
        for lot in ring:
            answer = self.trace(lot)
            self.assertEqual(set(answer.up_ids), {one.id for one in ring})
            self.assertEqual(set(answer.down_ids), {one.id for one in ring})
            [origin] = answer.origins(lot.id)
            self.assertEqual(origin.lot_id, ring[0].id)
            self.assertAlmostEqual(origin.share, 1)

    # -- coming back --------------------------------------------------------------

    def test_return_is_used_again(self):
        """What came back went out again in another lot: both customers are named."""
        lot, box = self.make_bought("Returned"), self.make_lot("Second box")
        self.deliver(lot, 10, self.shop)
        self.bring_back(lot, 6, self.shop)
        self.operate([(lot, 6)], [(box, 6)])
        self.deliver(box, 5, self.market)
        answer = self.trace(lot, DOWN)
        self.assertEqual(answer.totals, {lot.id: 10, box.id: 6})
        self.assertEqual(
            set(answer.customers),
            {
                Customer(self.shop.id, lot.id, 10, 6),
                Customer(self.market.id, box.id, 5, 0),
            },
        )
        self.assertEqual(self.where(answer), {(self.stock.id, 1)})

    def test_re_entry_of_a_lot_that_was_sold(self):
        """Bought back from a trader: the same lot came in twice, and from both."""
        lot = self.make_lot("Bought back")
        receive = self.warehouse.in_type_id, self.suppliers, self.stock
        self._pick(lot, 10, self.market, *receive)
        self.deliver(lot, 10, self.shop)
        self._pick(lot, 4, self.shop, *receive)
        answer = self.trace(lot)
        self.assertEqual(answer.totals, {lot.id: 14})
        self.assertEqual(self.where(answer), {(self.stock.id, 4)})
        self.assertEqual(
            {(one.partner_id, one.quantity) for one in answer.suppliers},
            {(self.market.id, 10), (self.shop.id, 4)},
        )

    def test_return_to_the_supplier(self):
        lot = self.make_bought("Sent back")
        self.make_move(lot, 10, self.stock, self.suppliers, partner_id=self.market.id)
        answer = self.trace(lot)
        self.assertEqual(
            self.kinds(answer), [("received", 10), ("returned_to_supplier", 10)]
        )
        self.assertEqual((answer.customers, answer.places), ((), ()))

    # -- losing and finding -------------------------------------------------------

    def test_scrap_of_a_child(self):
        lot, child = self.make_bought("Bunch"), self.make_lot("Hand")
        self.operate([(lot, 10)], [(child, 8)])
        scrap = self.env["stock.scrap"].create(
            {"product_id": child.product_id.id, "lot_id": child.id, "scrap_qty": 3}
        )
        scrap.do_scrap()
        answer = self.trace(lot, DOWN)
        self.assertIn(("scrapped", 3), self.kinds(answer))
        self.assertEqual(self.where(answer), {(self.stock.id, 5)})
        self.assertEqual(answer.totals[child.id], 8)

    def test_loss_at_a_count_and_finding_again(self):
        lot = self.make_bought("Counted")
        for counted in 7, 9:
            quant = lot.quant_ids.filtered(lambda one: one.location_id == self.stock)
            quant.inventory_quantity = counted
            quant.action_apply_inventory()
        answer = self.trace(lot)
        self.assertEqual(
            self.kinds(answer), [("received", 10), ("lost", 3), ("found", 2)]
        )
        self.assertEqual(self.where(answer), {(self.stock.id, 9)})

    # -- companies and warehouses -------------------------------------------------

    def make_company(self):
        company = self.env["res.company"].create({"name": "Sister company"})
        warehouse = self.env["stock.warehouse"].search(
            [("company_id", "=", company.id)], limit=1
        )
        return company, warehouse.lot_stock_id

    def test_through_transit_to_another_company_and_its_customer(self):
        company, theirs = self.make_company()
        lot, box = self.make_bought("Crossing"), self.make_lot("Their box")
        between = self.env.ref("stock.stock_location_inter_company")
        between.active = True
        production = self.bunch.with_company(company).property_stock_production
        self.make_move(lot, 8, self.stock, between)
        self.make_move(lot, 6, between, theirs, company_id=company.id)
        used = self.make_move(lot, 5, theirs, production, company_id=company.id)
        made = self.make_move(box, 5, production, theirs, company_id=company.id)
        made.consume_line_ids = used
        self.make_move(
            box,
            2,
            theirs,
            self.customers,
            company_id=company.id,
            partner_id=self.shop.id,
        )
        reader = self.env.ref("base.user_admin")
        reader.company_ids = self.env.company
        answer = trace(self.env(user=reader, su=False), lot.ids, DOWN)
        self.assertEqual(set(answer.down_ids), {lot.id, box.id})
        self.assertEqual(
            self.where(answer),
            {(self.stock.id, 2), (between.id, 2), (theirs.id, 1), (theirs.id, 3)},
        )
        self.assertEqual(answer.customers, (Customer(self.shop.id, box.id, 2, 0),))
        self.assertEqual(answer.events[-1].company_id, company.id)
        self.assertEqual(answer.totals[lot.id], 10)

    def test_between_warehouses_through_transit(self):
        second = self.env["stock.warehouse"].create(
            {"name": "Solo", "code": "SOLO", "company_id": self.env.company.id}
        )
        lot = self.make_bought("On the road")
        road = self.env.company.internal_transit_location_id
        self.make_move(lot, 7, self.stock, road)
        self.make_move(lot, 4, road, second.lot_stock_id)
        answer = self.trace(lot)
        self.assertEqual(self.kinds(answer), [("received", 10)])
        self.assertEqual(
            {
                (place.location_id, place.usage, place.quantity)
                for place in answer.places
            },
            {
                (self.stock.id, "internal", 3),
                (road.id, "transit", 3),
                (second.lot_stock_id.id, "internal", 4),
            },
        )

    # -- packages, owners, dropships, serials ---------------------------------------

    def test_packages_are_told_apart(self):
        lot = self.make_lot("Boxed")
        boxes = self.env["stock.package"].create([{"name": "Box 1"}, {"name": "Box 2"}])
        for box, quantity in zip(boxes, (6, 4), strict=True):
            self.buy(lot, quantity, line={"result_package_id": box.id})
        line = {"package_id": boxes[0].id}
        self.make_move(lot, 1, self.stock, self.customers, line=line)
        answer = self.trace(lot)
        self.assertEqual(
            {(place.package_id, place.quantity) for place in answer.places},
            {(boxes[0].id, 5), (boxes[1].id, 4)},
        )
        self.assertEqual(self.kinds(answer)[-1], ("delivered", 1))

    def test_goods_of_another_owner(self):
        lot = self.make_lot("On consignment")
        self.buy(lot, 6, line={"owner_id": self.market.id})
        self.buy(lot, 4)
        answer = self.trace(lot)
        self.assertEqual(
            {(place.owner_id, place.quantity) for place in answer.places},
            {(self.market.id, 6), (None, 4)},
        )
        self.assertEqual(
            [one[:3] for one in answer.suppliers], [(self.market.id, lot.id, 6)]
        )

    def test_dropship_names_supplier_and_customer(self):
        """The transfer names who sends, its moves who gets it, as Odoo makes them."""
        lot = self.make_lot("Straight")
        places = self.warehouse.out_type_id, self.suppliers, self.customers
        line = self._pick(lot, 3, self.market, *places, partner_id=self.shop.id)
        answer = self.trace(lot)
        self.assertEqual(answer.customers, (Customer(self.shop.id, lot.id, 3, 0),))
        self.assertEqual(answer.delivery_ids, line.picking_id.ids)
        self.assertEqual(
            answer.suppliers, (Supplier(self.market.id, lot.id, 3, line.date),)
        )
        self.assertEqual((answer.totals, answer.places), ({lot.id: 3}, ()))

    def test_serial_number_in_a_serial_number(self):
        device = self.make_good("Scanner", self.unit, tracking="serial")
        serials = [self.make_lot(f"SN{number}", device) for number in range(3)]
        for serial in serials[:2]:
            self.buy(serial, 1)
        self.operate([(serials[0], 1), (serials[1], 1)], [(serials[2], 1)])
        self.deliver(serials[2], 1, self.shop)
        answer = self.trace(serials[0], DOWN)
        self.assertEqual(answer.down_ids, [serials[0].id, serials[2].id])
        self.assertEqual(
            answer.customers, (Customer(self.shop.id, serials[2].id, 1, 0),)
        )
        shares = [one.share for one in self.trace(serials[2]).origins(serials[2].id)]
        self.assertEqual(shares, [0.5, 0.5])

    def test_transfers_that_odoo_calls_deliveries(self):
        """Also what went out to another company or back to its supplier."""
        lot = self.make_bought("Leaving")
        out = self.warehouse.out_type_id
        between = self.env.company.internal_transit_location_id
        pickings = [
            self._pick(lot, 1, self.shop, out, self.stock, target).picking_id.id
            for target in (self.customers, between, self.suppliers)
        ]
        found = lot._find_delivery_ids_by_lot_iterative()[lot.id]
        self.assertEqual(sorted(found), pickings)
        self.assertEqual(self.trace(lot, DOWN).delivery_ids, pickings)
        self.assertEqual(deliveries(self.env, lot.ids), pickings)
        self.assertEqual(deliveries(self.env, []), [])
