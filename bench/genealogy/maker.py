"""Genealogies as real moves would have left them."""

from datetime import datetime, timedelta

from odoo import Command

from .copier import Copier
from .shapes import inputs_of, outputs_of, quantities

PICKING_LOTS = 20
LINES_OF_A_MOVE = 10
LINES_OF_A_LOT = 5
BEGINNING = datetime(2025, 1, 1)


class Genealogies:
    """Makes genealogies and other move lines in the database of ``env``."""

    def __init__(self, env):
        self.env = env(context=dict(env.context, tracking_disable=True))
        self.rows = Copier(self.env)
        self.warehouse = self.env["stock.warehouse"].search([], limit=1)
        self.stock = self.warehouse.lot_stock_id
        self.product = self._make_product("Bench fruit")
        self.production = self.product.property_stock_production
        self.suppliers = self.env.ref("stock.stock_location_suppliers")
        self.customers = self.env.ref("stock.stock_location_customers")
        self.shop = self.env["res.partner"].create(
            {"name": "Bench shop", "is_company": True}
        )
        self._make_samples()

    def _make_product(self, name):
        return self.env["product.product"].create(
            {
                "name": name,
                "is_storable": True,
                "tracking": "lot",
                "uom_id": self.env.ref("uom.product_uom_kgm").id,
            }
        )

    def _make_samples(self):
        """One of everything, by the ORM; the rest are copies."""
        self.lot = self.env["stock.lot"].create(
            {"name": "bench", "product_id": self.product.id}
        )
        self.bought = self._make_line(self.suppliers, self.stock)
        self.used = self._make_line(self.stock, self.production)
        self.made = self._make_line(self.production, self.stock)
        delivery = self.env["stock.picking"].create(
            {
                "picking_type_id": self.warehouse.out_type_id.id,
                "partner_id": self.shop.id,
                "location_id": self.stock.id,
                "location_dest_id": self.customers.id,
            }
        )
        self.sent = self._make_line(self.stock, self.customers, picking_id=delivery.id)
        self.delivery = self.sent.picking_id
        self.quant = self.lot.quant_ids.filtered(
            lambda quant: quant.location_id == self.stock
        )
        self._make_operation()

    def _make_line(self, source, target, **values):
        places = {"location_id": source.id, "location_dest_id": target.id}
        line = {"product_id": self.product.id, "lot_id": self.lot.id, "quantity": 9}
        move = self.env["stock.move"].create(
            {
                "product_id": self.product.id,
                "product_uom_qty": 9,
                "picked": True,
                "move_line_ids": [Command.create(places | line | values)],
                **places,
                **values,
            }
        )
        move._action_done()
        return move.move_line_ids

    def _make_operation(self):
        """A draft is enough: its copies say that they are posted."""
        self.operation = self.env["farm.lot.operation"].create(
            {
                "location_id": self.stock.id,
                "input_ids": [Command.create({"lot_id": self.lot.id, "quantity": 9})],
                "output_ids": [
                    Command.create(
                        {
                            "product_id": self.product.id,
                            "input_quantity": 9,
                            "quantity": 9,
                        }
                    )
                ],
            }
        )

    def make(self, name, operations):
        """Write a genealogy; the ids of its lots, in the order of their numbers."""
        product = self._make_product(name)
        weights = quantities(operations)
        lots = self.rows.copy(
            self.lot,
            name=[f"{name}-{number}" for number in weights],
            product_id=[product.id] * len(weights),
        )
        self.product_id = product.id
        begun = weights.keys() - outputs_of(operations)
        left = weights.keys() - inputs_of(operations)
        bought = [(lot, weights[lot]) for lot in begun]
        self._lines(self.bought, lots, bought, {"date": [_moment(0)] * len(bought)})
        self._operate(lots, operations, weights)
        half = {lot: weights[lot] / 2 for lot in sorted(left)}
        self._deliver(lots, half)
        self._store(lots, half)
        return lots

    def _lines(self, sample, lots, items, moves):
        """Lines like a sample, one for each (lot, weight), each in a move of its own.

        :param moves: further columns of the moves; some of them are the lines' too
        """
        weights = [weight for _lot, weight in items]
        products = [self.product_id] * len(items)
        move_ids = self.rows.copy(
            sample.move_id,
            product_id=products,
            product_uom_qty=weights,
            product_qty=weights,
            quantity=weights,
            **moves,
        )
        shared = {key: moves[key] for key in moves.keys() & {"date", "picking_id"}}
        return self.rows.copy(
            sample,
            move_id=move_ids,
            product_id=products,
            lot_id=[lots[lot] for lot, _weight in items],
            quantity=weights,
            quantity_product_uom=weights,
            **shared,
        )

    def _operate(self, lots, operations, weights):
        ids = self.rows.copy(
            self.operation,
            name=[f"bench-{number}" for number in range(len(operations))],
            state=["done"] * len(operations),
        )
        sides = []
        for sample, side in ((self.used, 0), (self.made, 1)):
            items = [
                (number, operation_id, lot)
                for number, operation_id in enumerate(ids)
                for lot in operations[number][side]
            ]
            sides.append(self._operate_side(sample, lots, items, weights))
        self._link(operations, *sides)

    def _operate_side(self, sample, lots, items, weights):
        self._operation_lines(sample, lots, items, weights)
        return self._lines(
            sample,
            lots,
            [(lot, weights[lot]) for _number, _operation_id, lot in items],
            {
                "lot_operation_id": [operation_id for _, operation_id, _ in items],
                "date": [_moment(number + 1) for number, _, _ in items],
            },
        )

    def _operation_lines(self, sample, lots, items, weights):
        """Lines of the lot operations themselves."""
        columns = {
            "operation_id": [operation_id for _number, operation_id, _lot in items],
            "lot_id": [lots[lot] for _number, _operation_id, lot in items],
            "quantity": [weights[lot] for _number, _operation_id, lot in items],
        }
        if sample == self.used:
            self.rows.copy(self.operation.input_ids, **columns)
        else:
            self.rows.copy(
                self.operation.output_ids,
                product_id=[self.product_id] * len(items),
                input_quantity=columns["quantity"],
                **columns,
            )

    def _link(self, operations, used, made):
        """Every consumed line of an operation with every produced one."""
        used, made = iter(used), iter(made)
        pairs = []
        for inputs, outputs in operations:
            sources = [next(used) for _lot in inputs]
            targets = [next(made) for _lot in outputs]
            pairs += [(target, source) for target in targets for source in sources]
        self.rows.link(pairs)

    def _deliver(self, lots, weights):
        count = -(-len(weights) // PICKING_LOTS)
        pickings = self.rows.copy(
            self.delivery,
            name=[f"BENCH/{self.product_id}/{number}" for number in range(count)],
        )
        items = list(weights.items())
        of_items = [pickings[number // PICKING_LOTS] for number in range(len(items))]
        dates = [_moment(len(lots))] * len(items)
        self._lines(self.sent, lots, items, {"picking_id": of_items, "date": dates})

    def _store(self, lots, weights):
        self.rows.copy(
            self.quant,
            product_id=[self.product_id] * len(weights),
            lot_id=[lots[lot] for lot in weights],
            quantity=list(weights.values()),
        )

    def make_others(self, count):
        """Done move lines of other lots, as a busy warehouse has them."""
        products = [
            self._make_product(f"Bench other {number}") for number in range(100)
        ]
        ids = [product.id for product in products]
        lots = self.rows.copy(
            self.lot,
            name=[f"other-{number}" for number in range(count // LINES_OF_A_LOT)],
            product_id=_spread(ids, count // LINES_OF_A_LOT),
        )
        for sample in self.bought, self.sent:
            moves = self.rows.copy(
                sample.move_id, product_id=_spread(ids, count // 2 // LINES_OF_A_MOVE)
            )
            self.rows.copy(
                sample,
                move_id=_spread(moves, count // 2),
                product_id=_spread(ids, count // 2),
                lot_id=_spread(lots, count // 2),
            )


def _spread(values, count):
    """As many as asked for, in turn."""
    return [values[number % len(values)] for number in range(count)]


def _moment(number):
    """Operations follow each other, minute by minute."""
    return (BEGINNING + timedelta(minutes=number)).isoformat()
