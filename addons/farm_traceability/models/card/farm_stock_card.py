from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import date_utils

from ...reports.stock_card_parts import Scope
from ..expiry.bands import midnight

MANAGERS = ("farm_traceability.group_manager", "stock.group_stock_manager")
PARTS = [
    ("product", "Product"),
    ("lot", "Product and lot"),
    ("warehouse", "Product and warehouse"),
    ("place", "Product and place"),
    ("package", "Product and package"),
    ("owner", "Product and owner"),
]
ASKED = (
    "product_ids", "lot_ids", "owner_id", "package_ids", "warehouse_ids",
    "location_ids", "date_from", "date_to", "shows_inner", "part",
)  # fmt: skip
# What lies there is stock of its company.
KEPT = ("internal", "transit")


class FarmStockCard(models.TransientModel):
    """What is asked of a stock card: which goods, where, when.

    The screen asks with what stands in its fields, stored or not; so does a file.
    """

    _name = "farm.stock.card"
    _description = "Stock Card"

    product_ids = fields.Many2many(
        "product.product", string="Products", domain=[("is_storable", "=", True)]
    )
    lot_ids = fields.Many2many("stock.lot", string="Lots / Serial Numbers")
    owner_id = fields.Many2one("res.partner")
    package_ids = fields.Many2many("stock.package", string="Packages")
    warehouse_ids = fields.Many2many("stock.warehouse", string="Warehouses")
    location_ids = fields.Many2many(
        "stock.location",
        string="Places",
        domain=[("usage", "!=", "view")],
        help="With all places below them. Without any: all stock of the company.",
    )
    date_from = fields.Date(
        "From", default=lambda self: date_utils.start_of(self._today(), "month")
    )
    date_to = fields.Date("To", help="Without it: up to now.")
    shows_inner = fields.Boolean(
        "Show Inner Moves",
        help="Moves from one chosen place to another: they change no balance.",
    )
    part = fields.Selection(
        PARTS, "One Card for Each", default="product", required=True
    )

    @api.depends("product_ids")
    def _compute_display_name(self):
        for card in self:
            card.display_name = self.env._("Stock Card")

    @api.model
    def _today(self):
        return fields.Date.context_today(self)

    # -- what is asked -----------------------------------------------------------------

    @api.model
    def _asked(self, values):
        """The card that a screen asks for.

        :param dict values: fields of this model; records as ids
        """
        self.check_access("read")
        card = self.new({name: values[name] for name in ASKED if name in values})
        card._check_asked()
        return card

    def _check_asked(self):
        self.ensure_one()
        if self.date_from and self.date_to and self.date_from > self.date_to:
            raise UserError(
                self.env._(
                    "The card cannot end on %(end)s, before it begins on %(start)s."
                    " Choose a later end or an earlier beginning.",
                    start=self._day(self.date_from),
                    end=self._day(self.date_to),
                )
            )
        for product in self.product_ids:
            if not product.is_storable:
                raise UserError(
                    self.env._(
                        "%(product)s has no stock card, because its stock is not"
                        " tracked. Take it out, or set Track Inventory on the product.",
                        product=product.display_name,
                    )
                )
        self._check_lots()

    def _check_lots(self):
        strange = self.lot_ids.filtered(lambda lot: lot.product_id not in self.products)
        if strange:
            raise UserError(
                self.env._(
                    "%(lot)s is a lot of %(product)s, which is not among the chosen"
                    " products. Take the lot out, or add the product.",
                    lot=strange[0].name,
                    product=strange[0].product_id.display_name,
                )
            )

    @property
    def products(self):
        return self.product_ids or self.lot_ids.product_id

    def _day(self, date):
        return self.env["ir.qweb.field.date"].value_to_html(date, {})

    # -- where and when ----------------------------------------------------------------

    def _get_places(self):
        """All places whose stock counts together on this card."""
        places = self.env["stock.location"].with_context(active_test=False)
        if not self.location_ids and not self.warehouse_ids:
            return places.search(self._get_own_places_domain())
        domain = Domain.TRUE
        if self.location_ids:
            domain &= Domain("id", "child_of", self.location_ids.ids)
        if self.warehouse_ids:
            views = self.warehouse_ids.view_location_id
            domain &= Domain("id", "child_of", views.ids)
        found = places.search(domain)
        if not found:
            raise UserError(
                self.env._(
                    "%(place)s does not lie in %(warehouse)s. Choose a place of the"
                    " warehouse, or leave one of both out.",
                    place=", ".join(self.location_ids.mapped("display_name")),
                    warehouse=", ".join(self.warehouse_ids.mapped("name")),
                )
            )
        return found

    def _get_own_places_domain(self):
        own = Domain("company_id", "in", self.env.companies.ids)
        # On the way between companies goods are nobody's.
        shared = Domain("company_id", "=", False) & Domain("usage", "=", "internal")
        return (own & Domain("usage", "in", KEPT)) | shared

    def _start(self):
        return self._moment(self.date_from) if self.date_from else None

    def _end(self):
        """The first moment behind the period."""
        return self._moment(self.date_to + timedelta(days=1)) if self.date_to else None

    def _moment(self, date):
        """When a day begins for the reader, in UTC."""
        return midnight(date, self.env.tz)

    # -- whose and what ----------------------------------------------------------------

    def _get_goods_domain(self, key=None):
        """Lines or quants of what is asked, wherever they lie.

        :param dict key: a section, as ``get_card`` gives it
        """
        domain = Domain.TRUE
        if self.product_ids:
            domain &= Domain("product_id", "in", self.product_ids.ids)
        if self.lot_ids:
            domain &= Domain("lot_id", "in", self.lot_ids.ids)
        if self.owner_id:
            domain &= Domain("owner_id", "=", self.owner_id.id)
        if key:
            domain &= Domain("product_id", "=", key["product"])
            if self.part in ("lot", "owner"):
                domain &= Domain(f"{self.part}_id", "=", key["part"])
        return domain

    def _get_lines_domain(self, key=None):
        done = Domain("state", "=", "done") & Domain("quantity_product_uom", "!=", 0)
        return self._get_goods_domain(key) & done

    def _get_packages(self, key=None):
        """Ids of packages, ``None`` when the card does not ask for packages."""
        if key and self.part == "package":
            return [key["part"] or None]
        if not self.package_ids:
            return None
        domain = Domain("id", "child_of", self.package_ids.ids)
        return self.env["stock.package"].search(domain).ids

    def _get_section_places(self, key=None):
        places = self._get_places()
        if key and self.part == "place":
            return places.filtered(lambda place: place.id == key["part"])
        if key and self.part == "warehouse":
            return places.filtered(
                lambda place: place.warehouse_id.id == (key["part"] or False)
            )
        return places

    def _scope(self, key=None):
        """What the statements ask, of lines and quants that the reader may see."""
        self.ensure_one()
        lines = self.env["stock.move.line"]
        quants = self.env["stock.quant"]
        return Scope(
            lines._search(self._get_lines_domain(key)),
            quants._search(self._get_goods_domain(key)),
            self._get_section_places(key).ids,
            self._get_packages(key),
            self._start(),
            self._end(),
            self.shows_inner,
            self._shows_values(),
            "lot_valuated" in self.env["product.template"]._fields,
            key and key["product"],
        )

    def _shows_values(self):
        """Costs are for managers; sums of several currencies are nobody's."""
        may = any(map(self.env.user.has_group, MANAGERS))
        return may and len(self.env.companies.currency_id) == 1
