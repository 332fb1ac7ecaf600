from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ...reports.cost import unit_cost
from .bands import BANDS, Bands

MANAGERS = "farm_traceability.group_manager,stock.group_stock_manager"


class FarmExpiryBoard(models.Model):
    """What expires when, where, worth how much, for whom reserved.

    One row for each quant inside the warehouses whose lot has a date, or whose product
    should have one; the row has the quant's id. Today and the bands are those of the
    reader's time zone.
    """

    _name = "farm.expiry.board"
    _description = "Expiry Board"
    _auto = False
    _order = "expiration_date, id"
    _depends = {
        "stock.quant": [
            "product_id", "lot_id", "location_id", "package_id", "owner_id",
            "company_id", "quantity", "reserved_quantity", "expiration_date",
            "is_on_hold",
        ],
        "stock.location": ["usage", "warehouse_id"],
        "product.product": ["product_tmpl_id", "standard_price"],
        "product.template": ["categ_id", "uom_id", "use_expiration_date"],
        "stock.lot": ["farmer_id", "grade_id"],
        "res.company": ["currency_id", "partner_id"],
    }  # fmt: skip

    product_id = fields.Many2one("product.product", readonly=True)
    categ_id = fields.Many2one("product.category", "Category", readonly=True)
    lot_id = fields.Many2one("stock.lot", readonly=True)
    expiration_date = fields.Datetime("Expires", readonly=True)
    days_left = fields.Integer(readonly=True, aggregator="min")
    days_text = fields.Char("Left", compute="_compute_days_text")
    band = fields.Selection(BANDS, "Urgency", readonly=True)
    warehouse_id = fields.Many2one("stock.warehouse", readonly=True)
    location_id = fields.Many2one("stock.location", "Place", readonly=True)
    package_id = fields.Many2one("stock.package", readonly=True)
    owner_id = fields.Many2one("res.partner", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    quantity = fields.Float("On Hand", digits="Product Unit", readonly=True)
    reserved_quantity = fields.Float("Reserved", digits="Product Unit", readonly=True)
    free_quantity = fields.Float(
        "Free", digits="Product Unit", readonly=True, help="On hand and not reserved."
    )
    uom_id = fields.Many2one("uom.uom", "Unit", readonly=True)
    value = fields.Monetary(
        readonly=True,
        groups=MANAGERS,
        help="What lies there at its cost; nothing for goods of another owner.",
    )
    currency_id = fields.Many2one("res.currency", readonly=True)
    is_on_hold = fields.Boolean("On Hold", readonly=True)
    farmer_id = fields.Many2one("res.partner", readonly=True)
    grade_id = fields.Many2one("farm.grade", readonly=True)

    @api.depends("lot_id", "product_id")
    def _compute_display_name(self):
        for row in self:
            row.display_name = row.lot_id.name or row.product_id.display_name

    @api.depends("band", "days_left")
    def _compute_days_text(self):
        for row in self:
            row.days_text = row._days_left_text()

    def _days_left_text(self):
        if not self.expiration_date:
            return self.env._("No date")
        if self.band == BANDS[0][0]:
            return self._expired_text(-self.days_left)
        if self.days_left == 0:
            return self.env._("Expires today")
        if self.days_left == 1:
            return self.env._("1 day left")
        return self.env._("%(days)s days left", days=self.days_left)

    def _expired_text(self, days):
        if days == 0:
            return self.env._("Expired today")
        if days == 1:
            return self.env._("Expired yesterday")
        return self.env._("Expired %(days)s days ago", days=days)

    # -- rows ------------------------------------------------------------------------

    @property
    def _table_query(self):
        return SQL("%s %s %s", self._select(), self._from(), self._where())

    def _select(self):
        bands = self._get_bands()
        date = SQL.identifier("quant", "expiration_date")
        return SQL(
            """SELECT quant.id, quant.product_id, template.categ_id, quant.lot_id,
                      quant.expiration_date, %(days)s AS days_left, %(band)s AS band,
                      place.warehouse_id, quant.location_id, quant.package_id,
                      quant.owner_id, quant.company_id, quant.quantity,
                      quant.reserved_quantity,
                      quant.quantity - quant.reserved_quantity AS free_quantity,
                      template.uom_id, %(value)s AS value, company.currency_id,
                      COALESCE(quant.is_on_hold, FALSE) AS is_on_hold, lot.farmer_id,
                      lot.grade_id""",
            days=bands.days_left_to_sql(date),
            band=bands.to_sql(date),
            value=self._value_to_sql(),
        )

    def _from(self):
        return SQL(
            """FROM stock_quant quant
               JOIN stock_location place ON place.id = quant.location_id
               JOIN product_product product ON product.id = quant.product_id
               JOIN product_template template ON template.id = product.product_tmpl_id
               LEFT JOIN stock_lot lot ON lot.id = quant.lot_id
               LEFT JOIN res_company company ON company.id = quant.company_id"""
        )

    def _where(self):
        return SQL(
            """WHERE place.usage = 'internal' AND quant.quantity > 0
                 AND (quant.expiration_date IS NOT NULL
                      OR template.use_expiration_date)"""
        )

    def _get_bands(self):
        return Bands(fields.Datetime.now(), self.env.tz)

    def _value_to_sql(self):
        return SQL(
            """CASE WHEN quant.owner_id IS NULL OR quant.owner_id = company.partner_id
                    THEN quant.quantity * COALESCE(%s, 0) ELSE 0 END""",
            unit_cost(self.env, SQL("quant")),
        )

    # -- filters -----------------------------------------------------------------------

    @api.model
    def _search(self, domain, *args, **kwargs):
        # Bands are worked out for each row; dates are found by an index.
        domain = Domain(domain).map_conditions(self._band_as_dates)
        return super()._search(domain, *args, **kwargs)

    def _band_as_dates(self, condition):
        if condition.field_expr != "band":
            return condition
        condition = condition.optimize(self)
        if condition.field_expr != "band" or condition.operator not in ("in", "not in"):
            return condition
        found = self._get_bands().to_domain("expiration_date", condition.value)
        return found if condition.operator == "in" else ~found

    digest_ids = fields.Many2many(
        "farm.expiry.digest",
        string="Digests",
        compute="_compute_digest_ids",
        search="_search_digest_ids",
    )

    def _compute_digest_ids(self):
        groups = self.env["farm.expiry.digest.line"]._read_group(
            [("lot_id", "in", self.lot_id.ids)],
            ["lot_id", "warehouse_id"],
            ["digest_id:recordset"],
        )
        digests = {(lot, house): found for lot, house, found in groups}
        for row in self:
            row.digest_ids = digests.get((row.lot_id, row.warehouse_id))

    def _search_digest_ids(self, operator, value):
        if operator != "in":
            return NotImplemented
        lines = self.env["farm.expiry.digest.line"]._search(
            [("digest_id", "in", list(value))]
        )
        return Domain("lot_id", "in", lines.subselect("lot_id"))
