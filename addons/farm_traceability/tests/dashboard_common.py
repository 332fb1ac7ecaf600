from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import new_test_user

from .common import ROLES
from .recall_common import RecallCase

WHOLE_YEAR = {"period": "year"}


class DashboardCase(RecallCase):
    """The world of a recall, a keeper who sees least and a manager who sees all."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.keeper = cls.make_user("stock")
        cls.manager = cls.make_user("manager")
        cls.product.standard_price = 1000

    def ask(self, user=None, companies=None, **values):
        """The dashboard of somebody for filters, read anew."""
        self.env.flush_all()
        self.env.invalidate_all()
        dashboard = self.env["farm.dashboard"].with_user(user or self.keeper)
        if companies:
            dashboard = dashboard.with_context(allowed_company_ids=companies.ids)
        return dashboard.get_dashboard(values)

    def tile(self, key, user=None, **values):
        """The tile of the test's own crop, unless asked otherwise."""
        tiles = self.ask(user, **({"crop_id": self.crop.id} | values))["tiles"]
        return next((tile for tile in tiles if tile["key"] == key), None)

    def figures_of(self, dashboard):
        for tile in dashboard["tiles"]:
            for figure in tile["figures"]:
                yield tile["key"], figure
            for table in tile["tables"]:
                for row in table["rows"]:
                    yield from (
                        (f"{tile['key']}, {row['label']}", cell)
                        for cell in row["cells"]
                        if cell
                    )

    def values_of(self, tile):
        """Values of a tile's figures by label."""
        return {figure["label"]: figure["value"] for figure in tile["figures"]}

    def cells(self, tile, caption=None):
        """Values of a tile's table by row and column, without what is not there."""
        [table] = [
            table
            for table in tile["tables"]
            if caption is None or table["caption"] == caption
        ] or [{"rows": [], "columns": []}]
        return {
            (row["label"], column): cell["value"]
            for row in table["rows"]
            for column, cell in zip(table["columns"], row["cells"], strict=True)
            if cell
        }

    def behind(self, figure, user=None):
        """The records that a figure opens, as somebody sees them."""
        action = figure["action"]
        model = self.env[action["res_model"]].with_user(user or self.keeper)
        if "res_id" in action:
            return model.browse(action["res_id"])
        return model.with_context(**action["context"]).search(action["domain"])

    def assertRefused(self, text, user=None, **values):
        with self.assertRaises(UserError) as caught:
            self.ask(user, **values)
        self.assertRegex(str(caught.exception), text)

    # -- another company ---------------------------------------------------------------

    @classmethod
    def make_company(cls):
        company = cls.env["res.company"].create({"name": "Other Fruit"})
        cls.foreign = cls.env["stock.warehouse"].search(
            [("company_id", "=", company.id)], limit=1
        )
        return company

    @classmethod
    def make_user_of(cls, companies, role="stock"):
        return new_test_user(
            cls.env,
            f"both{next(cls.numbers)}",
            groups=ROLES[role],
            tz="Asia/Jakarta",
            company_id=companies[0].id,
            company_ids=[Command.set(companies.ids)],
        )

    @classmethod
    def put(cls, quantity, place=None, product=None, days=None, **vals):
        """A lot in stock that expires so many days from now."""
        product = product or cls.product
        lot = cls.env["stock.lot"].create(
            {"name": f"DASH-{next(cls.numbers)}", "product_id": product.id} | vals
        )
        lot.expiration_date = days is not None and cls.days(days)
        cls.env["stock.quant"]._update_available_quantity(
            product, place or cls.shelf, quantity, lot_id=lot
        )
        return lot
