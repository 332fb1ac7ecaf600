from odoo.fields import Command
from odoo.tests import TransactionCase


class TraceMakers:
    """Lots with a past: real done moves, linked as operations link them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.warehouse = cls.env["stock.warehouse"].search(
            [("company_id", "=", cls.env.company.id)], limit=1
        )
        cls.stock = cls.warehouse.lot_stock_id
        cls.shelf = cls.env["stock.location"].create(
            {"name": "Cold room", "location_id": cls.stock.id}
        )
        cls.customers = cls.env.ref("stock.stock_location_customers")
        cls.suppliers = cls.env.ref("stock.stock_location_suppliers")
        usages = cls.env["stock.location"].search(
            [
                ("usage", "in", ("production", "inventory")),
                ("company_id", "=", cls.env.company.id),
            ]
        )
        cls.production = usages.filtered(lambda place: place.usage == "production")[:1]
        cls.loss = usages.filtered(lambda place: place.usage == "inventory")[:1]
        cls.kilogram = cls.env.ref("uom.product_uom_kgm")
        cls.gram = cls.env.ref("uom.product_uom_gram")
        cls.unit = cls.env.ref("uom.product_uom_unit")
        cls.bunch = cls.make_good("Banana bunch", cls.kilogram)
        cls.chips = cls.make_good("Banana chips", cls.gram)
        cls.hand = cls.make_good("Banana hand", cls.unit)
        cls.shop = cls.env["res.partner"].create(
            {"name": "Tawangmangu Fruit Shop", "is_company": True}
        )
        cls.market = cls.env["res.partner"].create(
            {"name": "Pasar Legi Market", "is_company": True}
        )

    @classmethod
    def make_good(cls, name, uom, tracking="lot"):
        return cls.env["product.product"].create(
            {
                "name": name,
                "is_storable": True,
                "tracking": tracking,
                "uom_id": uom.id,
                "company_id": False,
            }
        )

    @classmethod
    def make_lot(cls, name, product=None):
        return cls.env["stock.lot"].create(
            {"name": name, "product_id": (product or cls.bunch).id}
        )

    def make_move(self, lot, quantity, source, target, **values):
        """A done move of a lot; its move line is returned.

        :param values: of the move; ``line`` holds those of its line
        """
        product = values.pop("product", lot.product_id)
        line = values.pop("line", {}) | {
            "product_id": product.id,
            "lot_id": lot.id,
            "quantity": quantity,
            "location_id": source.id,
            "location_dest_id": target.id,
            "picking_id": values.get("picking_id"),
        }
        move = self.env["stock.move"].create(
            {
                "product_id": product.id,
                "product_uom": product.uom_id.id,
                "product_uom_qty": quantity,
                "location_id": source.id,
                "location_dest_id": target.id,
                "picked": True,
                "move_line_ids": [Command.create(line)],
                **values,
            }
        )
        move._action_done()
        self.assertEqual(move.state, "done")
        return move.move_line_ids

    def buy(self, lot, quantity, **values):
        return self.make_move(lot, quantity, self.suppliers, self.stock, **values)

    def deliver(self, lot, quantity, partner, source=None):
        return self._pick(
            lot, quantity, partner, self.warehouse.out_type_id, source, self.customers
        )

    def bring_back(self, lot, quantity, partner):
        return self._pick(
            lot, quantity, partner, self.warehouse.in_type_id, self.customers, None
        )

    def _pick(self, lot, quantity, partner, picking_type, source, target, **values):
        source, target = source or self.stock, target or self.stock
        picking = self.env["stock.picking"].create(
            {
                "picking_type_id": picking_type.id,
                "partner_id": partner.id,
                "location_id": source.id,
                "location_dest_id": target.id,
            }
        )
        return self.make_move(
            lot, quantity, source, target, picking_id=picking.id, **values
        )

    def operate(self, inputs, outputs, links=None):
        """Lots and quantities through production; all is linked to all by default.

        :param links: pairs (input, output) of positions
        """
        used = [
            self.make_move(lot, quantity, self.stock, self.production)
            for lot, quantity in inputs
        ]
        made = [
            self.make_move(lot, quantity, self.production, self.stock)
            for lot, quantity in outputs
        ]
        for position, line in enumerate(made):
            sources = self.env["stock.move.line"].union(
                *(
                    input_line
                    for number, input_line in enumerate(used)
                    if links is None or (number, position) in links
                )
            )
            line.consume_line_ids = [Command.set(sources.ids)]
        return used, made

    def count_statements(self, function):
        """Run with all flushed before; return the statements that it took."""
        self.env.flush_all()
        before = self.env.cr.sql_log_count
        function()
        return self.env.cr.sql_log_count - before


class OrderMakers:
    """Done manufacturing orders, where that app is installed."""

    def order(self, finished, parts):
        """A done manufacturing order.

        :param finished: lot and quantity
        :param parts: lots and quantities
        """
        lot, quantity = finished
        order = self.env["mrp.production"].create(
            {
                "product_id": lot.product_id.id,
                "product_qty": quantity,
                "bom_id": False,
                "lot_producing_ids": [Command.set(lot.ids)],
                "move_raw_ids": [
                    Command.create(self.part_values(*part)) for part in parts
                ],
            }
        )
        order.action_confirm()
        order.qty_producing = quantity
        for move, (part, used) in zip(order.move_raw_ids, parts, strict=True):
            move.move_line_ids.unlink()
            move.move_line_ids = [
                Command.create(
                    {
                        "product_id": part.product_id.id,
                        "lot_id": part.id,
                        "quantity": used,
                    }
                )
            ]
            move.picked = True
        order.button_mark_done()
        self.assertEqual(order.state, "done")
        return order

    def part_values(self, lot, quantity):
        return {
            "product_id": lot.product_id.id,
            "product_uom_qty": quantity,
            "product_uom": lot.product_id.uom_id.id,
        }


class TraceCase(TraceMakers, TransactionCase):
    pass
