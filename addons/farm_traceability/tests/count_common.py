from odoo.tests import freeze_time

from .stock_card_common import StockCardCase


class CountCase(StockCardCase):
    """Shelves whose stock moves and is counted, day after day."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.head = cls.make_user("manager", name="Head of the store")
        cls.head.group_ids += cls.env.ref("stock.group_stock_manager")

    @classmethod
    def enter(cls, quantity, place, product=None, day=0, user=None, **keys):
        """Enter a count without applying it; the quant."""
        quants = cls.env["stock.quant"].with_user(user or cls.keeper)
        values = {
            "product_id": (product or cls.boxes).id,
            "location_id": place.id,
            "inventory_quantity": quantity,
        }
        with cls.at(day):
            return quants.with_context(inventory_mode=True).create(values | keys)

    @classmethod
    def at(cls, day):
        """At noon of a day."""
        return freeze_time(cls.noon(day))

    @classmethod
    def apply(cls, quants, day=0, date=None):
        with cls.at(day):
            quants.action_apply_inventory(date)

    def results(self, *domain, user=None):
        """Rows as a user sees them; of the boxes and the lots of this case."""
        self.env.flush_all()
        self.env.invalidate_all()
        goods = ("product_id", "in", (self.boxes | self.product).ids)
        results = self.env["farm.count.result"].with_user(user or self.keeper)
        return results.search([goods, *domain], order="date, id")

    def result(self, *domain, user=None):
        """The row of the latest count."""
        return self.results(*domain, user=user)[-1:]
