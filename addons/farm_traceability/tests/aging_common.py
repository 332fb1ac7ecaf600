from collections import defaultdict
from datetime import datetime, timedelta
from decimal import Decimal

from odoo.fields import Command
from odoo.tools import SQL

from ..reports.stock_aging import layers
from .aging_queue import Aging, Line
from .common import FarmCase

EPOCH = datetime(2026, 1, 1, 12)


class AgingCase(FarmCase):
    """Goods that come, go and come back on days since the first of January."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls.warehouse.company_id
        cls.stock = cls.warehouse.lot_stock_id
        cls.shelf, cls.cellar = cls.env["stock.location"].create(
            [
                {"name": "Shelf", "location_id": cls.stock.id},
                {"name": "Cellar", "location_id": cls.stock.id},
            ]
        )
        cls.supplier = cls.env.ref("stock.stock_location_suppliers")
        cls.customer = cls.env.ref("stock.stock_location_customers")
        cls.plain = cls.make_product(name="Plain", tracking="none", standard_price=3)
        cls.manager = cls.make_user("manager")
        cls.keeper = cls.make_user("stock")
        cls.closings = cls.env["farm.stock.aging.closing"]

    @classmethod
    def at(cls, day):
        return EPOCH + timedelta(days=day)

    @classmethod
    def move(cls, day, quantity, source, target, product=None, lot=None, **vals):
        """Make a done move that happened on a day."""
        product = product or (lot and lot.product_id) or cls.plain
        owner = vals.pop("owner", None)
        line = {
            "product_id": product.id,
            "product_uom_id": product.uom_id.id,
            "quantity": quantity,
            "lot_id": lot and lot.id,
            "owner_id": owner and owner.id,
            "location_id": source.id,
            "location_dest_id": target.id,
        }
        move = cls.env["stock.move"].create(
            {
                "product_id": product.id,
                "product_uom": product.uom_id.id,
                "product_uom_qty": quantity,
                "location_id": source.id,
                "location_dest_id": target.id,
                "company_id": cls.company.id,
                "picked": True,
                "move_line_ids": [Command.create(line)],
                **vals,
            }
        )
        move._action_done()
        cls.put_on(day, move)
        return move

    @classmethod
    def put_on(cls, day, moves):
        moves.date = cls.at(day)
        moves.move_line_ids.date = cls.at(day)

    @classmethod
    def receive_on(cls, day, quantity, target=None, **vals):
        return cls.move(day, quantity, cls.supplier, target or cls.shelf, **vals)

    @classmethod
    def deliver_on(cls, day, quantity, source=None, **vals):
        return cls.move(day, quantity, source or cls.shelf, cls.customer, **vals)

    @classmethod
    def take_back_on(cls, day, quantity, move, target=None, **vals):
        vals = {"product": move.product_id, "lot": move.lot_ids, **vals}
        vals["origin_returned_move_id"] = move.id
        return cls.move(day, quantity, cls.customer, target or cls.shelf, **vals)

    @classmethod
    def count_on(cls, day, quantity, place=None, product=None):
        """Count what lies at a place, as an inventory adjustment."""
        product = product or cls.plain
        vals = {
            "product_id": product.id,
            "location_id": (place or cls.shelf).id,
            "inventory_quantity": quantity,
        }
        quants = cls.env["stock.quant"].with_context(inventory_mode=True)
        before = cls.env["stock.move"].search([], order="id desc", limit=1)
        quants.create(vals).action_apply_inventory()
        moves = cls.env["stock.move"].search(
            [("id", ">", before.id or 0), ("product_id", "=", product.id)]
        )
        cls.put_on(day, moves)
        return moves

    @classmethod
    def close_on(cls, day):
        """Close as if all that is written by now had been written in time."""
        cls.env.flush_all()
        return cls.closings._close(cls.at(day), cls.env.cr.now() + timedelta(days=1))

    # -- answers ---------------------------------------------------------------------

    def layers(self, day=400, products=None):
        """What the statement says remains: (shelf, day) and quantity."""
        self.env.flush_all()
        scope = self.closings._get_scope(self.company, self.at(day))
        self.env["farm.stock.aging"]._plan_for_many_rows()
        found = defaultdict(Decimal)
        rows = self.env.execute_query(
            SQL(
                """%s SELECT location_id, product_id, lot_id, owner_id, date, quantity
                        FROM remaining WHERE product_id = ANY(%s)""",
                layers(scope),
                (products or self.plain).ids,
            )
        )
        for *shelf, date, quantity in rows:
            found[tuple(shelf), date] += Decimal(str(quantity))
        return dict(found)

    def reference(self, day=400, products=None):
        """What a queue says of the same lines."""
        products = products or self.plain
        lines = self.env["stock.move.line"].search(
            [
                ("product_id", "in", products.ids),
                ("state", "=", "done"),
                ("date", "<", self.at(day)),
            ]
        )
        return Aging().take_in(map(self.plain_line, lines)).layers()

    def plain_line(self, line):
        def shelf(place):
            inside = place.usage in ("internal", "transit") and place.company_id
            return (place.id, *goods) if inside else None

        goods = line.product_id.id, line.lot_id.id or 0, line.owner_id.id or 0
        back = line.move_id.origin_returned_move_id
        made = line.move_id.lot_operation_id and not back
        return Line(
            line.id,
            line.date,
            Decimal(str(line.quantity_product_uom)),
            shelf(line.location_id),
            shelf(line.location_dest_id),
            delivery=(line.move_id.id, *goods),
            back=back and (back.id, *goods),
            made_of=tuple(line.consume_line_ids.ids) if made else (),
        )

    def ages(self, day=400, product=None, place=None):
        """Days since the first of January with quantities, the oldest first."""
        found = defaultdict(float)
        for (shelf, date), quantity in self.layers(day, product).items():
            if not place or shelf[0] == place.id:
                found[date and (date - EPOCH).days] += float(quantity)
        return dict(sorted(found.items(), key=lambda item: item[0] or -1))

    # -- the report ------------------------------------------------------------------

    def ask(self, user=None, **vals):
        """The question of a manager."""
        self.env.flush_all()
        self.env.invalidate_all()
        asks = self.env["farm.stock.aging.ask"].with_user(user or self.manager)
        return asks.create({"date": self.at(100).date(), **vals})

    def report(self, user=None, products=None, **vals):
        """Rows of the report as the question's screen shows them."""
        ask = self.ask(user, **vals)
        action = ask.action_show()
        rows = ask.env[action["res_model"]].with_context(**action["context"])
        mine = [("product_id", "in", (products or self.plain).ids)]
        return rows.search(mine + action["domain"])
