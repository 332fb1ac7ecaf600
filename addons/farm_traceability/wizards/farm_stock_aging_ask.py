from odoo import api, fields, models
from odoo.tools import format_date

from ..models.aging import settings
from ..reports.file import download, keep_file
from ..reports.stock_aging_paper import AgingPaper
from ..reports.stock_aging_table import AgingTable, aging_sheet


class FarmStockAgingAsk(models.TransientModel):
    """Which ages a manager wants to see, as a screen or as a file."""

    _name = "farm.stock.aging.ask"
    _description = "Question about Stock Aging"

    date = fields.Date(
        "At the End of", default=fields.Date.context_today, required=True
    )
    basis = fields.Selection(
        [(settings.ARRIVAL, "Arrival"), (settings.HARVEST, "Harvest")],
        "Age since",
        default=settings.ARRIVAL,
        required=True,
        help="Arrival: when the goods came in from outside. Transfers and lot"
        " operations keep the age, what comes back of a delivery has the age that it"
        " left with.\nHarvest: the lot's day of harvest, or the first one of the lots"
        " it was made of.",
    )
    limits = fields.Char(
        "Buckets (days)",
        default=lambda self: self.env.company.aging_limits,
        required=True,
    )
    idle_days = fields.Integer(
        "Slow after Days",
        default=lambda self: self.env.company.aging_idle_days,
        required=True,
        help="A slow mover has been there for so many days, and none of the product was"
        " issued from the warehouse in that time.",
    )
    issue_days = fields.Integer(
        "Issues of Days",
        default=lambda self: self.env.company.aging_issue_days,
        required=True,
        help="What was issued of a product in so many days up to the date stands beside"
        " its stock.",
    )
    group_by = fields.Selection(
        [
            ("product_id", "Product"),
            ("categ_id", "Category"),
            ("warehouse_id", "Warehouse"),
            ("location_id", "Place"),
            ("lot_id", "Lot"),
            ("farmer_id", "Farmer"),
            ("grade_id", "Grade"),
            ("owner_id", "Owner"),
        ],
        default="product_id",
        required=True,
    )
    warehouse_ids = fields.Many2many("stock.warehouse", string="Warehouses")
    categ_ids = fields.Many2many("product.category", string="Categories")
    only_slow = fields.Boolean("Only Slow Movers")

    @api.constrains("date", "limits", "idle_days", "issue_days")
    def _check_settings(self):
        for ask in self:
            settings.check_date(self.env, ask.date)
            settings.check_limits(self.env, ask.limits)
            settings.check_idle_days(self.env, ask.idle_days)
            settings.check_issue_days(self.env, ask.issue_days)

    # -- what is asked ---------------------------------------------------------------

    def _get_context(self):
        """The settings as the screens of the report carry them."""
        self.ensure_one()
        values = (
            str(self.date),
            self.basis,
            self.limits,
            self.idle_days,
            self.issue_days,
        )
        return dict(zip(settings.KEYS, values, strict=True))

    def _get_domain(self):
        domain = []
        if self.warehouse_ids:
            domain.append(("warehouse_id", "in", self.warehouse_ids.ids))
        if self.categ_ids:
            domain.append(("categ_id", "child_of", self.categ_ids.ids))
        if self.only_slow:
            domain.append(("is_slow", "=", True))
        return domain

    def _get_group_label(self):
        return dict(self._fields["group_by"]._description_selection(self.env))[
            self.group_by
        ]

    # -- answers ---------------------------------------------------------------------

    def action_show(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "farm_traceability.farm_stock_aging_action"
        )
        rows = [self.group_by]
        return action | {
            "display_name": self._get_title(),
            "domain": self._get_domain(),
            "context": self._get_context()
            | {
                "group_by": rows,
                "pivot_row_groupby": rows,
                "pivot_column_groupby": ["bucket"],
                "graph_groupbys": [*rows, "bucket"],
            },
        }

    def _get_title(self):
        return self.env._(
            "Stock Aging at %(date)s", date=format_date(self.env, self.date)
        )

    def action_paper(self):
        table = AgingTable(self)
        return self._download("pdf", AgingPaper(table).render())

    def action_sheet(self):
        return self._download("xlsx", aging_sheet(AgingTable(self)))

    def _download(self, extension, content):
        name = self.env._("Stock Aging") + f" {self.date}.{extension}"
        return download(keep_file(self, name, content))
