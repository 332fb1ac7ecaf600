from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain
from odoo.tools import date_utils, format_date

from ..models.expiry.bands import local_day, midnight
from ..reports.count_result_paper import CountResultPaper
from ..reports.count_result_table import CountResultTable, count_result_sheet
from ..reports.file import download, keep_file


class FarmCountAsk(models.TransientModel):
    """Which counts a manager wants to see, as a screen or as a file."""

    _name = "farm.count.ask"
    _description = "Question about Count Results"

    kind = fields.Selection(
        [("applied", "Applied in a period"), ("entered", "Being entered now")],
        "Counts",
        default="applied",
        required=True,
    )
    date_from = fields.Date(
        "From",
        default=lambda self: date_utils.start_of(
            fields.Date.context_today(self), "month"
        ),
    )
    date_to = fields.Date("To", help="Without it: up to now.")
    warehouse_ids = fields.Many2many("stock.warehouse", string="Warehouses")
    location_ids = fields.Many2many(
        "stock.location",
        string="Places",
        domain=[("usage", "in", ("view", "internal", "transit"))],
        help="With all places below them.",
    )
    only_differences = fields.Boolean()

    @api.constrains("date_from", "date_to")
    def _check_dates(self):
        for ask in self:
            if ask.date_from and ask.date_to and ask.date_from > ask.date_to:
                raise ValidationError(
                    self.env._(
                        "The period cannot end on %(end)s, before it begins on"
                        " %(start)s. Choose a later end or an earlier beginning.",
                        start=format_date(self.env, ask.date_from),
                        end=format_date(self.env, ask.date_to),
                    )
                )

    # -- what is asked ---------------------------------------------------------------

    def _get_domain(self):
        self.ensure_one()
        domain = Domain("state", "=", self.kind)
        if self.kind == "applied":
            domain &= self._get_period_domain()
        if self.warehouse_ids:
            domain &= Domain("warehouse_id", "in", self.warehouse_ids.ids)
        if self.location_ids:
            domain &= Domain("location_id", "child_of", self.location_ids.ids)
        if self.only_differences:
            domain &= Domain("difference", "!=", 0)
        return domain

    def _get_period_domain(self):
        domain = Domain.TRUE
        if self.date_from:
            start = midnight(self.date_from, self.env.tz)
            domain &= Domain("date", ">=", start)
        if self.date_to:
            end = midnight(self.date_to + timedelta(days=1), self.env.tz)
            domain &= Domain("date", "<", end)
        return domain

    def _get_facts(self):
        """What was asked, as pairs of label and text."""
        _ = self.env._
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        period = self._get_period_text() if self.kind == "applied" else ""
        facts = [
            (_("Counts"), kinds[self.kind]),
            (_("Period"), period),
            (_("Warehouses"), ", ".join(self.warehouse_ids.mapped("name"))),
            (_("Places"), ", ".join(self.location_ids.mapped("complete_name"))),
        ]
        if self.only_differences:
            facts.append((_("Shown"), _("Only with a difference")))
        return [fact for fact in facts if fact[1]]

    def _get_period_text(self):
        start, end = (
            date and format_date(self.env, date)
            for date in (self.date_from, self.date_to)
        )
        start = start or self.env._("beginning")
        return f"{start} – {end or self.env._('now')}"

    # -- answers ---------------------------------------------------------------------

    def action_show(self):
        self._check_results()
        action = self.env["farm.count.result"]._open_results(self._get_domain())
        period = self._get_period_text() if self.kind == "applied" else ""
        title = " ".join(filter(None, [action["name"], period]))
        return action | {"display_name": title}

    def action_paper(self):
        return self._paper(self._find_results(), self._get_facts())

    def action_sheet(self):
        return self._sheet(self._find_results(), self._get_facts())

    def _find_results(self):
        self._check_results()
        return self.env["farm.count.result"].search(self._get_domain())

    def _check_results(self):
        found = self.env["farm.count.result"].search_count(self._get_domain(), limit=1)
        if found:
            return
        raise UserError(
            self.env._(
                "There is no such count (%(asked)s). Choose another period or other"
                " places.",
                asked="; ".join(text for _label, text in self._get_facts()),
            )
        )

    def _paper(self, results, facts=()):
        paper = CountResultPaper(CountResultTable(results, facts))
        return self._download("pdf", paper.render())

    def _sheet(self, results, facts=()):
        sheet = count_result_sheet(CountResultTable(results, facts))
        return self._download("xlsx", sheet)

    def _download(self, extension, content):
        title = self.env._("Stock Count Results")
        today = local_day(fields.Datetime.now(), self.env.tz)
        return download(keep_file(self, f"{title} {today}.{extension}", content))
