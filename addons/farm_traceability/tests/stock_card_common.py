from datetime import timedelta

from odoo.fields import Command
from odoo.tests import freeze_time

from .common import FarmCase


class StockCardCase(FarmCase):
    """Two warehouses, two shelves, two products; goods move, day after day."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.stock = cls.warehouse.lot_stock_id
        cls.branch = cls.env["stock.warehouse"].create({"name": "Branch", "code": "BR"})
        cls.shelf, cls.other_shelf = cls.env["stock.location"].create(
            [
                {"name": "Shelf A", "location_id": cls.stock.id},
                {"name": "Shelf B", "location_id": cls.stock.id},
            ]
        )
        cls.suppliers = cls.env.ref("stock.stock_location_suppliers")
        cls.customers = cls.env.ref("stock.stock_location_customers")
        cls.scrapped = cls.env["stock.location"].search(
            [("usage", "=", "inventory"), ("company_id", "=", cls.env.company.id)],
            limit=1,
        )
        cls.product.standard_price = 1000
        cls.boxes = cls.env["product.product"].create(
            {"name": "Boxes", "is_storable": True, "standard_price": 50}
        )
        cls.owner = cls.env["res.partner"].create({"name": "Farmers' union"})
        cls.package = cls.env["stock.package"].create({"name": "CRATE-1"})
        cls.lot, cls.other_lot = cls.env["stock.lot"].create(
            [
                {"name": "CARD-1", "product_id": cls.product.id},
                {"name": "CARD-2", "product_id": cls.product.id},
            ]
        )
        cls.keeper = cls.make_user("stock")
        cls.manager = cls.make_user("manager")

    @classmethod
    def move(cls, quantity, source, target, product=None, day=0, **line):
        """Really move goods, at noon of a day so many days from today."""
        product = product or (cls.product if line.get("lot_id") else cls.boxes)
        values = {
            "product_id": product.id,
            "location_id": source.id,
            "location_dest_id": target.id,
        }
        unit = line.pop("product_uom_id", product.uom_id.id)
        with freeze_time(cls.noon(day)):
            move = cls.env["stock.move"].create(
                {
                    **values,
                    "product_uom_qty": quantity,
                    "product_uom": unit,
                    "picked": True,
                    "move_line_ids": [
                        Command.create(
                            values
                            | {"quantity": quantity, "product_uom_id": unit}
                            | line
                        )
                    ],
                }
            )
            move._action_done()
        return move.move_line_ids

    @classmethod
    def noon(cls, day):
        return f"{cls.days(day)} 05:00:00"

    @classmethod
    def count(cls, quantity, place, product=None, day=0, lot=None, **keys):
        """Count what lies at a place, and enter it."""
        with freeze_time(cls.noon(day)):
            quant = (
                cls.env["stock.quant"]
                .with_context(inventory_mode=True)
                .create(
                    {
                        "product_id": (product or cls.boxes).id,
                        "location_id": place.id,
                        "lot_id": lot and lot.id,
                        "inventory_quantity": quantity,
                        **keys,
                    }
                )
            )
            quant.action_apply_inventory()

    def cards(self, user=None, **values):
        """What a card says now: sections of all pages."""
        self.env.flush_all()
        cards = self.env["farm.stock.card"].with_user(user or self.keeper)
        values = {"date_from": False, "product_ids": self.boxes.ids} | values
        return cards.get_card(values)

    def one(self, user=None, **values):
        [section] = self.cards(user, **values)["sections"]
        return section

    def figures(self, section):
        return {one["name"]: one["text"] for one in section["figures"]}

    def rows(self, user=None, offset=0, **values):
        """Rows of the only section, as dictionaries of texts."""
        return self.page(user, offset, **values)["rows"]

    def page(self, user=None, offset=0, **values):
        values = {"date_from": False, "product_ids": self.boxes.ids} | values
        card = self.cards(user, **values)
        [section] = card["sections"]
        cards = self.env["farm.stock.card"].with_user(user or self.keeper)
        page = cards.get_rows(values, section["key"], offset)
        names = [column["name"] for column in card["columns"]]
        page["rows"] = [
            dict(zip(names, (cell["text"] for cell in row["cells"]), strict=True))
            | {"id": row["id"]}
            for row in page["rows"]
        ]
        return page

    @classmethod
    def day_of(cls, day):
        return str(cls.day + timedelta(days=day))
