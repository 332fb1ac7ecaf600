from datetime import date, datetime

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL, formatLang

from ...wording import number_text
from .tiles import COUNT, make_figure


class FarmDashboard(models.AbstractModel):
    """Numbers: many in one statement, each with the action that opens its records."""

    _inherit = "farm.dashboard"

    @api.model
    def _measure(self, model, domain, asked):
        """Measure parts of records in one statement, by the reader's rules.

        :param str model: whose records
        :param domain: what all parts have in common
        :param asked: ``{key: (domain, measure)}``, the measure ``__count`` or
            ``field:sum``
        :return: ``{key: number}``
        """
        records = self.env[model]
        query = records._search(domain)
        if query.is_empty() or not asked:
            return dict.fromkeys(asked, 0)
        columns = [self._part_to_sql(records, query, *part) for part in asked.values()]
        [numbers] = self.env.execute_query(query.select(*columns))
        return dict(zip(asked, (number or 0 for number in numbers), strict=True))

    @api.model
    def _part_to_sql(self, records, query, domain, measure):
        domain = Domain(domain).optimize_full(records)
        return SQL(
            "%s FILTER (WHERE %s)",
            records._read_group_select(measure, query),
            domain._to_sql(records, query.table, query),
        )

    @api.model
    def _count_figures(self, model, domain, parts, name, tone=""):
        """Counts of parts of records.

        :param domain: what all parts have in common
        :param parts: ``{label: domain}``
        :param str name: title of what opens
        :param tone: of those above zero
        :return: figures in the order of the parts
        """
        asked = {label: (part, COUNT) for label, part in parts.items()}
        counts = self._measure(model, domain, asked)
        return [
            make_figure(
                count,
                number_text(self.env, count),
                self._open(model, domain & Domain(parts[label]), name),
                label=label,
                tone=tone if count else "",
            )
            for label, count in counts.items()
        ]

    @api.model
    def _quantity_figure(self, value, action, measure, **more):
        return make_figure(
            value, number_text(self.env, value, 2), action, measure, **more
        )

    @api.model
    def _money_figure(self, value, currency, action, measure, **more):
        text = formatLang(self.env, value, currency_obj=currency)
        return make_figure(value, text, action, measure, **more)

    # -- opening -------------------------------------------------------------------

    @api.model
    def _open(self, model, domain, name, view="", kinds=("list", "form"), **context):
        """The action that opens the records behind a number.

        :param str view: XML id of the list, the model's own by default
        :param kinds: of views, the first is opened
        """
        list_id = self.env["ir.model.data"]._xmlid_to_res_id(view) if view else False
        return {
            "type": "ir.actions.act_window",
            "name": name,
            "res_model": model,
            "domain": self._plain(list(Domain(domain))),
            "views": [[kind == "list" and list_id, kind] for kind in kinds],
            "context": {"create": False} | context,
        }

    @api.model
    def _open_one(self, record):
        return {
            "type": "ir.actions.act_window",
            "name": record.display_name,
            "res_model": record._name,
            "res_id": record.id,
            "views": [[False, "form"]],
        }

    @api.model
    def _plain(self, part):
        """A part of a domain as JSON has it."""
        if isinstance(part, Domain):
            return self._plain(list(part))
        if isinstance(part, datetime):
            return fields.Datetime.to_string(part)
        if isinstance(part, date):
            return fields.Date.to_string(part)
        if isinstance(part, str) or not hasattr(part, "__iter__"):
            return part
        return [self._plain(one) for one in part]
