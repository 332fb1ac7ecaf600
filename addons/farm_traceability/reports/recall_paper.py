"""The report of a recall on paper: scope, customers, balance, timeline, signatures."""

from functools import cache

from odoo.fields import Datetime
from odoo.tools import format_datetime

from ..wording import number_text
from .paper import Paper

PARTS = (
    "found",
    "held",
    "loose",
    "released",
    "recovered",
    "disposed",
    "consumed",
    "waiting",
    "sold",
    "destroyed",
    "unaccounted",
)


class RecallPaper:
    """Draws one recall as its reader may see it.

    :param recall: ``farm.recall``; its environment gives language and rights
    """

    def __init__(self, recall):
        self.recall = recall
        self.env = recall.env
        # 10,000 lines have few different quantities, and each takes its time.
        self.number = cache(self._number)

    def render(self):
        """:return: the PDF as bytes"""
        _ = self.env._
        title = _("Mock Recall Report") if self.recall.is_mock else _("Recall Report")
        self.paper = Paper(self.env, title, self.recall.name)
        self._head()
        self._balance()
        self._customers()
        self._scope()
        self._timeline()
        self.paper.signatures(
            [_("Responsible"), _("Quality Manager"), _("Authority or Witness")]
        )
        return self.paper.render()

    # -- words -------------------------------------------------------------------------

    def _number(self, value):
        return number_text(self.env, value or 0.0)

    def moment(self, value):
        if not value:
            return "–"
        return format_datetime(self.env, value, dt_format="d MMM y HH:mm")

    def word(self, record, name):
        field = record._fields[name]
        return dict(field._description_selection(self.env)).get(record[name], "")

    # -- parts -------------------------------------------------------------------------

    def _head(self):
        _, recall = self.env._, self.recall
        self.paper.facts(
            [
                (_("Class"), self.word(recall, "recall_class")),
                (_("Trigger"), self.word(recall, "trigger")),
                (_("Status"), self.word(recall, "state")),
                (_("Responsible"), recall.user_id.name),
                (_("Clock Started"), self.moment(recall.started_at)),
                (_("Scope Frozen"), self.moment(recall.frozen_at)),
                (_("Trace Took"), f"{recall.trace_seconds:.2f} s"),
                (_("Hold Took"), f"{recall.hold_seconds:.2f} s"),
                (_("Lots in Scope"), str(recall.lot_count)),
            ]
        )
        self.paper.paragraph(recall.reason)
        if recall.complaint_text:
            who = recall.complaint_partner_id.name or _("Complaint")
            self.paper.paragraph(f"{who}: {recall.complaint_text}")
        if recall.closing_reason:
            self.paper.paragraph(
                _("Closed with this reason: %(why)s", why=recall.closing_reason)
            )

    def _balance(self):
        rows = self.recall._balance_rows()
        if not rows:
            return
        _ = self.env._
        labels = [
            _("Found"), _("Held"), _("Not Held"), _("Released"), _("Recovered"),
            _("Disposed of"),
            _("Consumed"), _("With Customers"), _("Sold On"), _("Destroyed There"),
            _("Unaccounted"),
        ]  # fmt: skip
        self.paper.heading(_("Balance"))
        columns = [(_("What"), 3, "left"), *((row["unit"], 2, "right") for row in rows)]
        self.paper.table(
            columns,
            [
                [label, *(self.number(row[part]) for row in rows)]
                for label, part in zip(labels, PARTS, strict=True)
            ],
        )

    def _customers(self):
        _ = self.env._
        self.paper.heading(_("Customers and Authorities"))
        self.paper.table(
            [
                (_("Who"), 4, "left"),
                (_("Got"), 3, "left"),
                (_("First"), 2.5, "left"),
                (_("Last"), 2.5, "left"),
                (_("Status"), 2, "left"),
                (_("Still There"), 3, "left"),
            ],
            (
                [
                    one.partner_id.display_name,
                    one.quantity_text or "–",
                    self.moment(one.first_date),
                    self.moment(one.last_date),
                    self.word(one, "state"),
                    one.rest_text or "–",
                ]
                for one in self.recall.customer_ids
            ),
        )

    def _scope(self):
        _ = self.env._
        self.paper.heading(_("Scope"))
        self.paper.table(
            [
                (_("Lot"), 3, "left"),
                (_("Product"), 4, "left"),
                (_("What"), 2, "left"),
                (_("Where or Who"), 4, "left"),
                (_("Found"), 2, "right"),
                (_("Now"), 2, "right"),
            ],
            self._scope_rows(),
        )

    def _scope_rows(self):
        names = Names(self.env)
        kinds = dict(
            self.env["farm.recall.line"]
            ._fields["kind"]
            ._description_selection(self.env)
        )
        for line in self.recall.line_ids:
            where = names(line.location_id) or names(line.partner_id)
            unit = names(line.uom_id)
            yield [
                names(line.lot_id),
                names(line.product_id),
                kinds[line.kind],
                where or "–",
                f"{self.number(line.quantity)} {unit}",
                f"{self.number(line.now)} {unit}",
            ]

    def _timeline(self):
        _ = self.env._
        self.paper.heading(_("Timeline"))
        self.paper.table(
            [
                (_("When"), 2.5, "left"),
                (_("By"), 2.5, "left"),
                (_("What"), 2, "left"),
                (_("How"), 7, "left"),
            ],
            (
                [
                    self.moment(event.date),
                    event.user_id.name,
                    self.word(event, "kind"),
                    event.text or "",
                ]
                for event in self.recall.event_ids.sorted(
                    lambda one: (one.date, one.id)
                )
            ),
        )


class Names:
    """Display names, each made once: 10,000 lines have a handful of products."""

    def __init__(self, env):
        self.env = env
        self._known = {}

    def __call__(self, record):
        if not record:
            return ""
        key = record._name, record.id
        if key not in self._known:
            # A line's lot or place may be another company's; its name is on the line.
            self._known[key] = record.sudo().display_name
        return self._known[key]


def local(env, moment):
    """A time for a sheet, in the reader's time zone."""
    if not moment:
        return None
    return Datetime.context_timestamp(env.user, moment).replace(tzinfo=None)
