from dateutil.relativedelta import relativedelta
from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL

from ...wording import number_text
from ..operation.farm_lot_operation import KINDS
from .tiles import make_figure, make_table, make_tile

#: an operation stands out when it loses more than so many times the median
TIMES = 2
#: and at least so many percent of its inputs more
PERCENT = 1.0
WORST = 5


class FarmDashboard(models.AbstractModel):
    """Lot operations that lost much more than others of their kind."""

    _inherit = "farm.dashboard"

    @api.model
    def _make_loss_tile(self, filters):
        if not self._may_read("farm.lot.operation"):
            return None
        limits = self._read_loss_limits(filters)
        posted = self._get_loss_domain(filters)
        outlying = posted & self._get_outlier_domain(limits)
        figures = self._count_outliers(posted, outlying)
        return make_tile(
            "losses",
            self.env._("Mass Balance Outliers"),
            when=self._period_text(filters),
            note=self.env._(
                "Lost over twice the median of their kind in a year, and at least 1%"
                " of the inputs more; or gave more than they took."
            ),
            figures=figures,
            tables=self._make_loss_tables(outlying) if figures[0]["value"] else [],
        )

    @api.model
    def _get_loss_domain(self, filters, **period):
        return Domain("state", "=", "done") & filters.to_domain(
            warehouse="location_id.warehouse_id",
            crop="input_ids.lot_id.product_id.farm_crop_id",
            **(period or {"moment": "date"}),
        )

    @api.model
    def _read_loss_limits(self, filters):
        """Percent of the inputs from which a loss stands out, by kind."""
        begin = filters.midnight(filters.end + relativedelta(years=-1))
        operations = self.env["farm.lot.operation"]
        query = operations._search(
            Domain("state", "=", "done")
            & filters.to_domain()
            & Domain("date", ">=", begin)
            & Domain("date", "<", filters.midnight(filters.end, 1))
        )
        if query.is_empty():
            return {}
        kind, share = (
            operations._field_to_sql(query.table, name, query)
            for name in ("kind", "loss_share")
        )
        query.groupby = kind
        median = SQL("percentile_cont(0.5) WITHIN GROUP (ORDER BY %s)", share)
        return {
            kind: max(TIMES * median, median + PERCENT)
            for kind, median in self.env.execute_query(query.select(kind, median))
        }

    @api.model
    def _get_outlier_domain(self, limits):
        gains = Domain("loss_share", "<", -PERCENT)
        return gains | Domain.OR(
            Domain("kind", "=", kind)
            & Domain("loss_share", ">", limits.get(kind, PERCENT))
            for kind, _label in KINDS
        )

    @api.model
    def _count_outliers(self, posted, outlying):
        _ = self.env._
        name = _("Lot Operations")
        [out, every] = self._count_figures(
            "farm.lot.operation",
            posted,
            {_("Outliers"): outlying, _("Posted operations"): []},
            name,
        )
        if out["value"]:
            out |= {"tone": "warning", "hint": _("Look into them")}
        return [out, every]

    @api.model
    def _make_loss_tables(self, outlying):
        """The operations that lost most."""
        worst = self.env["farm.lot.operation"].search_fetch(
            outlying,
            ["name", "kind", "loss_share"],
            order="loss_share desc, id desc",
            limit=WORST,
        )
        kinds = dict(worst._fields["kind"]._description_selection(self.env))
        rows = [
            (f"{operation.name} · {kinds[operation.kind]}",
             [self._make_loss_cell(operation)])
            for operation in worst
        ]  # fmt: skip
        return [make_table([self.env._("Lost (%)")], rows)]

    @api.model
    def _make_loss_cell(self, operation):
        share = operation.loss_share
        text = number_text(self.env, share, 1)
        return make_figure(share, text, self._open_one(operation), None)
