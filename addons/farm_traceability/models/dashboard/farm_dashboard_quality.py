from datetime import timedelta

from odoo import api, models
from odoo.fields import Domain
from odoo.tools import format_date

from ..hold.farm_hold import HOLD_KINDS
from ..recall.farm_recall_overview import SILENT, UNREACHED
from .tiles import make_figure, make_table, make_tile

CERTIFICATE_DAYS = (30, 60, 90)


class FarmDashboard(models.AbstractModel):
    """Holds, recalls, drills and certificates: what is open, and what runs out."""

    _inherit = "farm.dashboard"

    # -- holds -----------------------------------------------------------------------

    @api.model
    def _make_hold_tile(self, filters):
        if not self._may_read("farm.hold", "stock.lot"):
            return None
        figures = self._count_open_holds(filters) + self._count_held_lots(filters)
        return make_tile(
            "holds",
            self.env._("Holds"),
            when=self._today_text(filters),
            figures=figures,
            tables=self._make_hold_tables(filters) if figures[0]["value"] else [],
        )

    @api.model
    def _get_hold_domain(self, filters):
        lines = filters.to_domain(
            company="",
            warehouse="lot_id.quant_ids.location_id.warehouse_id",
            crop="lot_id.product_id.farm_crop_id",
        )
        domain = filters.to_domain() & Domain("state", "=", "open")
        return domain if lines.is_true() else domain & Domain("line_ids", "any", lines)

    @api.model
    def _count_open_holds(self, filters):
        return self._count_figures(
            "farm.hold",
            self._get_hold_domain(filters),
            {self.env._("Open holds"): []},
            self.env._("Holds"),
        )

    @api.model
    def _count_held_lots(self, filters):
        domain = Domain("is_on_hold", "=", True) & filters.to_domain(
            shared=True,
            warehouse="quant_ids.location_id.warehouse_id",
            crop="product_id.farm_crop_id",
        )
        parts = {self.env._("Lots on hold"): []}
        name = self.env._("Lots on Hold")
        return self._count_figures("stock.lot", domain, parts, name)

    @api.model
    def _make_hold_tables(self, filters):
        labels = dict(self.env["farm.hold"]._fields["kind"]._description_selection(
            self.env
        ))  # fmt: skip
        parts = {labels[kind]: [("kind", "=", kind)] for kind, _label in HOLD_KINDS}
        name = self.env._("Holds")
        domain = self._get_hold_domain(filters)
        figures = self._count_figures("farm.hold", domain, parts, name)
        rows = [(one["label"], [one]) for one in figures if one["value"]]
        return [make_table([self.env._("Open holds")], rows)]

    # -- recalls ---------------------------------------------------------------------

    @api.model
    def _make_recall_tile(self, filters):
        if not self._may_read("farm.recall", "farm.recall.customer"):
            return None
        return make_tile(
            "recalls",
            self.env._("Recalls"),
            when=self._today_text(filters),
            figures=self._count_recalls(filters) + self._count_unreached(filters),
        )

    @api.model
    def _count_recalls(self, filters):
        domain = filters.to_domain(
            warehouse="line_ids.location_id.warehouse_id",
            crop="lot_ids.product_id.farm_crop_id",
        )
        running = Domain("state", "=", "running")
        _ = self.env._
        [real, drills, drafts] = self._count_figures(
            "farm.recall",
            domain,
            {
                _("Recalls running"): running & Domain("is_mock", "=", False),
                _("Mock recalls running"): running & Domain("is_mock", "=", True),
                _("Drafts and complaints"): Domain("state", "=", "draft"),
            },
            _("Recalls"),
        )
        if real["value"]:
            real |= {"tone": "danger", "hint": _("Urgent")}
        return [real, drills, drafts]

    @api.model
    def _count_unreached(self, filters):
        domain = filters.to_domain(
            "recall_id.company_id",
            warehouse="recall_id.line_ids.location_id.warehouse_id",
            crop="recall_id.lot_ids.product_id.farm_crop_id",
        ) & Domain(
            [("recall_id.state", "=", "running"), ("recall_id.is_mock", "=", False)]
        )
        _ = self.env._
        parts = {
            _("Customers not reached"): Domain("state", "in", UNREACHED),
            _("Customers without an answer"): Domain("state", "in", SILENT),
        }
        return self._count_figures(
            "farm.recall.customer", domain, parts, _("Customers to Reach")
        )

    # -- drills ----------------------------------------------------------------------

    @api.model
    def _make_drill_tile(self, filters):
        if not self._may_read("farm.recall"):
            return None
        dates = filters.companies._get_next_drill_dates()
        rows = [
            (company.name, [self._make_drill_figure(filters, company, day)])
            for company, day in dates.items()
        ]
        return make_tile(
            "drills",
            self.env._("Mock Recall Due"),
            when=self._today_text(filters),
            note=self._limits_note(filters),
            tables=[make_table([self.env._("Due")], rows)],
        )

    @api.model
    def _make_drill_figure(self, filters, company, day):
        action = self._open(
            "farm.recall",
            Domain("company_id", "=", company.id) & Domain("is_mock", "=", True),
            self.env._("Mock Recalls"),
        )
        if not day:
            return make_figure(False, self.env._("Never"), action, None)
        late = day <= filters.today
        text = format_date(self.env, day)
        tone = {"tone": "danger", "hint": self.env._("Overdue")} if late else {}
        return make_figure(day.isoformat(), text, action, None, **tone)

    # -- certificates ----------------------------------------------------------------

    @api.model
    def _make_certificate_tile(self, filters):
        if not self._may_read("farm.certificate"):
            return None
        domain = filters.to_domain(shared=True, crop="line_ids.crop_id")
        figures = self._count_figures(
            "farm.certificate",
            domain,
            self._get_certificate_parts(filters),
            self.env._("Certificates"),
        )
        if figures[0]["value"]:
            figures[0] |= {"tone": "warning", "hint": self.env._("Soon")}
        rows = [(one["label"], [one]) for one in figures]
        return make_tile(
            "certificates",
            self.env._("Certificates Expiring"),
            when=self._today_text(filters),
            note=self._limits_note(filters, "crop"),
            tables=[make_table([self.env._("Certificates")], rows)],
        )

    @api.model
    def _get_certificate_parts(self, filters):
        valid = Domain("state", "=", "valid") & Domain("valid_to", ">=", filters.today)
        ends = {
            self.env._("Within %(days)s days", days=days): valid
            & Domain("valid_to", "<=", filters.today + timedelta(days))
            for days in CERTIFICATE_DAYS
        }
        return ends | {self.env._("Suspended"): Domain("state", "=", "suspended")}
