from collections import defaultdict

from odoo import api, models
from odoo.fields import Domain

from .tiles import make_table, make_tile


class FarmDashboard(models.AbstractModel):
    """What the fields were to give in a period, and what they gave."""

    _inherit = "farm.dashboard"

    @api.model
    def _make_harvest_tile(self, filters):
        if not self._may_read("farm.cycle", "farm.harvest"):
            return None
        _ = self.env._
        return make_tile(
            "harvest",
            _("Harvest against Plan"),
            when=self._period_text(filters),
            note=" ".join(
                filter(
                    None,
                    (
                        _("Cycles whose harvest is planned in the period."),
                        self._limits_note(filters, "crop"),
                    ),
                )
            ),
            tables=self._make_harvest_tables(filters),
            empty=_(
                "No cycle has a planned harvest in this period: enter the planned day"
                " and quantity on growing cycles."
            ),
        )

    @api.model
    def _get_plan_domain(self, filters):
        return Domain("planned_quantity", ">", 0) & filters.to_domain(
            shared=True, crop="crop_id", day="planned_date"
        )

    @api.model
    def _get_yield_domain(self, filters):
        return (
            Domain("state", "=", "done")
            & filters.to_domain()
            & Domain("cycle_id", "any", self._get_plan_domain(filters))
        )

    @api.model
    def _make_harvest_tables(self, filters):
        """A table for each unit, the one with most first, a row for each crop."""
        by_unit = defaultdict(dict)
        for number, part in enumerate(self._read_harvests(filters)):
            for crop, unit, quantity in part:
                by_unit[unit].setdefault(crop, [0, 0])[number] = quantity
        ranked = sorted(
            by_unit.items(), key=lambda one: -sum(map(max, one[1].values()))
        )
        return [
            self._make_harvest_table(filters, unit, crops) for unit, crops in ranked
        ]

    @api.model
    def _read_harvests(self, filters):
        """Planned and harvested quantities by crop and unit."""
        planned = self.env["farm.cycle"]._read_group(
            self._get_plan_domain(filters),
            ["crop_id", "planned_uom_id"],
            ["planned_quantity:sum"],
        )
        harvested = self.env["farm.harvest"]._read_group(
            self._get_yield_domain(filters), ["crop_id", "uom_id"], ["quantity:sum"]
        )
        return planned, harvested

    @api.model
    def _make_harvest_table(self, filters, unit, crops):
        _ = self.env._
        rows = [
            (crop.display_name, self._make_harvest_cells(filters, unit, crop, *both))
            for crop, both in crops.items()
        ]
        columns = [_("Planned"), _("Harvested"), _("Of the plan")]
        caption = unit.name or _("No unit")
        return make_table(
            columns, rows, caption, kind="bar", horizontal=True, draws=[0, 1]
        )

    @api.model
    def _make_harvest_cells(self, filters, unit, crop, planned, harvested):
        _ = self.env._
        of_crop = Domain("crop_id", "=", crop.id)
        cycles = self._open(
            "farm.cycle",
            self._get_plan_domain(filters)
            & of_crop
            & Domain("planned_uom_id", "=", unit.id),
            _("Planned Harvests"),
        )
        harvests = self._open(
            "farm.harvest",
            self._get_yield_domain(filters) & of_crop & Domain("uom_id", "=", unit.id),
            _("Harvests"),
        )
        return [
            self._quantity_figure(planned, cycles, "planned_quantity:sum"),
            self._quantity_figure(harvested, harvests, "quantity:sum"),
            self._make_share_figure(planned, harvested, cycles),
        ]

    @api.model
    def _make_share_figure(self, planned, harvested, action):
        if not planned:
            return None
        share = round(100 * harvested / planned)
        figure = self._quantity_figure(share, action, None)
        return figure | {"text": self.env._("%(share)s%%", share=share)}
