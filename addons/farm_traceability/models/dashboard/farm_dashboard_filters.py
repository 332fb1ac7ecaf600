from datetime import date, timedelta

from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Date, Domain
from odoo.tools import format_date

from .filters import Filters

#: days of the named periods, today included
PERIODS = {"week": 7, "month": 30, "quarter": 90, "year": 365}
DEFAULT_PERIOD = "month"


class FarmDashboard(models.AbstractModel):
    """The filters: read, checked and said in words."""

    _inherit = "farm.dashboard"

    # -- reading ------------------------------------------------------------------

    @api.model
    def _read_filters(self, values):
        """:rtype: Filters"""
        today = Date.context_today(self)
        company = self._read_company(values.get("company_id"))
        companies = company or self.env.companies
        begin, end, period = self._read_period(values, today)
        return Filters(
            companies=companies,
            company=company,
            warehouse=self._read_warehouse(values.get("warehouse_id"), companies),
            crop=self._read_crop(values.get("crop_id")),
            begin=begin,
            end=end,
            today=today,
            tz=self.env.tz,
            period=period,
        )

    @api.model
    def _read_company(self, company_id):
        companies = self.env.companies
        chosen = companies.filtered(lambda company: company.id == company_id)
        if company_id and not chosen:
            raise UserError(
                self.env._(
                    "Choose a company of those that you work in now: %(companies)s.",
                    companies=", ".join(companies.mapped("name")),
                )
            )
        return chosen

    @api.model
    def _read_warehouse(self, warehouse_id, companies):
        warehouses = self._get_warehouses(companies)
        chosen = warehouses.filtered(lambda warehouse: warehouse.id == warehouse_id)
        if warehouse_id and not chosen:
            raise UserError(
                self.env._(
                    "Choose a warehouse of %(companies)s.",
                    companies=", ".join(companies.mapped("name")),
                )
            )
        return chosen

    @api.model
    def _read_crop(self, crop_id):
        crops = self._get_crops()
        chosen = crops.filtered(lambda crop: crop.id == crop_id)
        if crop_id and not chosen:
            raise UserError(self.env._("Choose one of the crops that you can see."))
        return chosen

    @api.model
    def _read_period(self, values, today):
        begin, end = values.get("begin"), values.get("end")
        if not (begin or end):
            period = values.get("period") or DEFAULT_PERIOD
            return self._days_of(period, today), today, period
        end = self._read_day(end) if end else today
        begin = self._read_day(begin) if begin else self._days_of(DEFAULT_PERIOD, end)
        if begin > end:
            raise UserError(
                self.env._(
                    "The period ends on %(end)s, before it begins on %(begin)s: choose"
                    " a later end.",
                    begin=format_date(self.env, begin),
                    end=format_date(self.env, end),
                )
            )
        return begin, end, ""

    @api.model
    def _days_of(self, period, end):
        if period not in PERIODS:
            raise UserError(self.env._("Choose one of the periods, or its days."))
        return end - timedelta(days=PERIODS[period] - 1)

    @api.model
    def _read_day(self, text):
        try:
            return date.fromisoformat(text)
        except (TypeError, ValueError) as error:
            raise UserError(
                self.env._("“%(text)s” is not a day: choose one.", text=text)
            ) from error

    # -- what there is to choose ---------------------------------------------------

    @api.model
    def _get_warehouses(self, companies):
        return self.env["stock.warehouse"].search(
            [("company_id", "in", companies.ids)], order="company_id, sequence, id"
        )

    @api.model
    def _get_crops(self):
        return self.env["farm.crop"].search(Domain.TRUE)

    @api.model
    def _get_options(self, filters):
        """What the filters can be: lists of ids and names; named periods."""
        return {
            "companies": self._to_options(self.env.companies),
            "warehouses": self._to_options(self._get_warehouses(filters.companies)),
            "crops": self._to_options(self._get_crops()),
            "periods": [
                {"id": key, "name": name} for key, name in self._name_periods().items()
            ],
        }

    @api.model
    def _to_options(self, records):
        return [{"id": record.id, "name": record.display_name} for record in records]

    @api.model
    def _name_periods(self):
        return {
            "week": self.env._("7 days"),
            "month": self.env._("30 days"),
            "quarter": self.env._("90 days"),
            "year": self.env._("A year"),
        }

    @api.model
    def _filters_to_values(self, filters):
        """The filters as :meth:`get_dashboard` takes them."""
        return {
            "company_id": filters.company.id,
            "warehouse_id": filters.warehouse.id,
            "crop_id": filters.crop.id,
            "period": filters.period,
            "begin": filters.begin.isoformat(),
            "end": filters.end.isoformat(),
        }

    # -- in words ------------------------------------------------------------------

    @api.model
    def _get_summary(self, filters):
        """The filters as they stand on paper: pairs of what and which."""
        _ = self.env._
        return [
            [_("Company"), ", ".join(filters.companies.mapped("name"))],
            [_("Warehouse"), filters.warehouse.display_name or _("All")],
            [_("Crop"), filters.crop.display_name or _("All")],
            [_("Period"), self._period_text(filters)],
        ]

    @api.model
    def _period_text(self, filters):
        return self.env._(
            "%(begin)s to %(end)s",
            begin=format_date(self.env, filters.begin),
            end=format_date(self.env, filters.end),
        )

    @api.model
    def _today_text(self, filters):
        return self.env._("Today, %(day)s", day=format_date(self.env, filters.today))

    @api.model
    def _limits_note(self, filters, *follows):
        """Say which chosen filters a tile cannot follow, ``""`` when none.

        :param follows: those of ``warehouse`` and ``crop`` that it follows
        """
        strange = {
            "warehouse": filters.warehouse and self.env._("All warehouses."),
            "crop": filters.crop and self.env._("All crops."),
        }
        return " ".join(
            text for name, text in strange.items() if text and name not in follows
        )
