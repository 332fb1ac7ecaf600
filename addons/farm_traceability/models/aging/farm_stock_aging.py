from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL

from ...reports.cost import unit_cost
from ...reports.stock_aging_rows import Asked, rows
from ..expiry.bands import midnight
from ..expiry.farm_expiry_board import MANAGERS
from .buckets import Buckets
from .settings import settings_of


class FarmStockAging(models.Model):
    """How old the stock is that lies, or lay, where.

    One row for each shelf (place, product, lot, owner) and bucket of ages. The date,
    the buckets and what ages are counted from come with the context of the screen.
    """

    _name = "farm.stock.aging"
    _description = "Stock Aging"
    _auto = False
    _order = "days desc, id"
    _depends = {
        "stock.move.line": [
            "product_id", "lot_id", "owner_id", "location_id", "location_dest_id",
            "quantity", "quantity_product_uom", "date", "state", "move_id",
            "consume_line_ids",
        ],
        "stock.move": ["origin_returned_move_id", "lot_operation_id"],
        "stock.location": ["usage", "warehouse_id", "company_id"],
        "product.product": ["product_tmpl_id", "standard_price"],
        "product.template": ["categ_id", "uom_id"],
        "stock.lot": ["farmer_id", "grade_id", "harvest_date"],
        "res.company": ["currency_id", "partner_id"],
    }  # fmt: skip

    product_id = fields.Many2one("product.product", readonly=True)
    categ_id = fields.Many2one("product.category", "Category", readonly=True)
    uom_id = fields.Many2one("uom.uom", "Unit", readonly=True)
    location_id = fields.Many2one("stock.location", "Place", readonly=True)
    warehouse_id = fields.Many2one("stock.warehouse", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    currency_id = fields.Many2one("res.currency", readonly=True)
    lot_id = fields.Many2one("stock.lot", readonly=True)
    owner_id = fields.Many2one("res.partner", readonly=True)
    farmer_id = fields.Many2one("res.partner", readonly=True)
    grade_id = fields.Many2one("farm.grade", readonly=True)
    bucket = fields.Char("Age", readonly=True)
    bucket_number = fields.Integer(readonly=True, aggregator="min")
    since = fields.Date(
        readonly=True, help="The oldest of these goods came in, or were harvested."
    )
    days = fields.Integer("Oldest (days)", readonly=True, aggregator="max")
    average_days = fields.Float(
        "Average Age (days)", digits=(16, 1), readonly=True, aggregator="avg"
    )
    quantity_days = fields.Float(readonly=True, aggregator=None)
    aged_quantity = fields.Float(readonly=True, aggregator=None)
    quantity = fields.Float(digits="Product Unit", readonly=True)
    value = fields.Monetary(
        readonly=True,
        groups=MANAGERS,
        help="What lies there at its cost; nothing for goods of another owner.",
    )
    last_issue = fields.Date(
        readonly=True,
        help="When goods of this product last left the warehouse for a customer or for"
        " production.",
    )
    idle_days = fields.Integer(
        "Days Idle",
        readonly=True,
        aggregator="min",
        help="Days since the last issue of the product from this warehouse, or since"
        " these goods came, if that is later.",
    )
    issued_quantity = fields.Float(
        "Issued Lately",
        digits="Product Unit",
        readonly=True,
        aggregator="sum",
        help="What left the warehouse of the product for customers or for production in"
        " the last days, 30 if nobody says otherwise.",
    )
    is_slow = fields.Boolean("Slow Mover", readonly=True)

    @api.depends("product_id", "lot_id", "bucket")
    def _compute_display_name(self):
        for row in self:
            goods = row.lot_id.name or row.product_id.display_name
            row.display_name = f"{goods} · {row.bucket}"

    # -- rows ------------------------------------------------------------------------

    @property
    def _table_query(self):
        asked = self._get_asked(settings_of(self.env))
        self._plan_for_many_rows()
        return rows(asked)

    def _plan_for_many_rows(self):
        """Compiling a statement of this length takes longer than to run it.

        Room for hash tables is taken at once, as many rows as the planner thinks of:
        it thinks of far too many.
        """
        self.env.cr.execute(
            """SELECT set_config('jit', 'off', TRUE),
                      set_config('hash_mem_multiplier', '1', TRUE),
                      set_config('work_mem', '64MB', TRUE)"""
        )

    def _get_asked(self, settings):
        return Asked(
            self.env["farm.stock.aging.closing"]._get_scope(
                self.env.companies, self._get_end(settings.date)
            ),
            settings.date,
            str(self.env.tz),
            settings.basis,
            Buckets(self.env, settings.limits),
            settings.idle_days,
            midnight(settings.date - timedelta(settings.issue_days - 1), self.env.tz),
            unit_cost(self.env, SQL("place"), self._past_cost_to_sql(settings.date)),
        )

    def _get_end(self, day):
        return midnight(day + timedelta(days=1), self.env.tz)

    def _past_cost_to_sql(self, day):
        costs = self._get_past_costs(day)
        if not costs:
            return SQL("NULL::float8")
        return SQL(
            """(SELECT past.cost
                  FROM unnest(%s::int[], %s::int[], %s::float8[])
                       AS past(product_id, company_id, cost)
                 WHERE past.product_id = product.id
                   AND past.company_id = place.company_id)""",
            *map(list, zip(*costs, strict=True)),
        )

    # -- groups ----------------------------------------------------------------------

    def _read_group_select(self, aggregate_spec, query):
        # The mean of means would let a gram weigh as much as a ton.
        if aggregate_spec == "average_days:avg":
            days, quantity = (
                super(FarmStockAging, self)._read_group_select(spec, query)
                for spec in ("quantity_days:sum", "aged_quantity:sum")
            )
            return SQL("%s / NULLIF(%s, 0)", days, quantity)
        if aggregate_spec == "issued_quantity:sum":
            return self._issued_to_sql(query)
        return super()._read_group_select(aggregate_spec, query)

    def _issued_to_sql(self, query):
        """Issues are of a product and a warehouse, however many rows tell of them."""
        product, warehouse, quantity = (
            self._field_to_sql(self._table, name, query)
            for name in ("product_id", "warehouse_id", "issued_quantity")
        )
        return SQL(
            """(SELECT sum(issued.value::numeric)
                  FROM jsonb_each_text(jsonb_object_agg(
                       concat_ws(' ', %s, %s), %s)) issued)""",
            product,
            warehouse,
            quantity,
        )

    def _read_group_orderby(self, order, groupby_terms, query):
        # Buckets stand in the order of their ages, not of their names.
        if "bucket" in groupby_terms:
            parts = (order or ",".join(groupby_terms)).split(",")
            order = ",".join(self._bucket_order(part.strip()) for part in parts)
        return super()._read_group_orderby(order, groupby_terms, query)

    def _bucket_order(self, part):
        name, _space, direction = part.partition(" ")
        return f"bucket_number:min {direction}" if name == "bucket" else part
