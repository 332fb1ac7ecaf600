import hashlib
import time
from collections import defaultdict
from itertools import chain
from typing import NamedTuple

from odoo import api, fields, models
from odoo.exceptions import UserError

from ...trace import DOWN, UP, Trace, start_lots, trace

REACHES = [
    ("down", "What was made of them"),
    ("origins", "Up to the lots they came from, then down to everything"),
    ("harvests", "Up to their harvests, then down to every sister lot"),
    ("plots", "Up to their plots, then down to every harvest there"),
]
SAME_SCOPE = 5  # recalls with the same lots that are named


class Scope(NamedTuple):
    """What a recall is about: the trace down, and how it was found."""

    starts: list
    origins: list
    trace: Trace
    seconds: float

    @property
    def lot_ids(self):
        return self.trace.ids


class FarmRecall(models.Model):
    _inherit = "farm.recall"

    reach = fields.Selection(
        REACHES,
        default="harvests",
        required=True,
        help="A complaint about one hand concerns the bunch that it was cut from, and"
        " perhaps all that was harvested with it.",
    )
    numbers = fields.Json(readonly=True, copy=False)

    # -- the scope is shown ----------------------------------------------------------

    def action_scope(self):
        """Trace, and show the numbers. Nothing else happens."""
        self.ensure_one()
        self._check_manager()
        self._check_state("draft", "scoped")
        begin = self.started_at or fields.Datetime.now()
        scope = self._find_scope()
        self.sudo().write(
            {"state": "scoped", "started_at": begin, "numbers": self._count(scope)}
        )
        self._log(
            "scoped",
            self.env._(
                "%(lots)s lots, traced in %(seconds)s s.",
                lots=len(scope.lot_ids),
                seconds=f"{scope.seconds:.2f}",
            ),
        )
        return True

    def _forget_preview(self):
        scoped = self.filtered(lambda recall: recall.state == "scoped")
        # Numbers that were shown of other starting points are none of these.
        scoped.sudo().write({"state": "draft", "numbers": False})

    def _find_scope(self):
        """Trace from the starting points, up as far as asked, then all the way down.

        :rtype: Scope
        :raises UserError: when there is nothing to begin with
        """
        begin = time.perf_counter()
        starts = self._start_lots()
        origins = self._reached_up(starts)
        answer = trace(self.env, origins, DOWN)
        # What the answer reads when it is asked is part of the time that is measured.
        _read = answer.nodes, answer.places, answer.events
        return Scope(starts, origins, answer, time.perf_counter() - begin)

    def _start_lots(self):
        if not self.start_ids:
            raise UserError(
                self.env._(
                    "%(recall)s begins with nothing yet. Add what the trace begins"
                    " with: a lot, a harvest, a certificate, a transfer …",
                    recall=self.name,
                )
            )
        self._check_starts_exist()
        lots = []
        for start in self.start_ids:
            start.record.check_access("read")
            lots += start_lots(
                self.env, start.kind, start.record.ids, start.since, start.until
            )
        if not lots:
            raise UserError(
                self.env._(
                    "No lot ever came of %(starts)s. Choose other starting points.",
                    starts=", ".join(self.start_ids.mapped("display_name")),
                )
            )
        return list(dict.fromkeys(lots))

    def _check_starts_exist(self):
        gone = self.start_ids.filtered(lambda start: not start.record.exists())
        if gone:
            raise UserError(
                self.env._(
                    "%(count)s of what %(recall)s begins with was deleted meanwhile."
                    " Remove its row, and choose what to begin with instead.",
                    count=len(gone),
                    recall=self.name,
                )
            )

    def _reached_up(self, lot_ids):
        if self.reach == "down":
            return lot_ids
        answer = trace(self.env, lot_ids, UP)
        # An affected origin counts whoever owns it; it is counted and held, not shown.
        lots = self.env["stock.lot"].sudo().browse(answer.up_ids)
        roots = self._roots(lots, answer.edges)
        if self.reach == "harvests":
            roots += start_lots(self.env, "harvest", lots.harvest_id.ids)
        elif self.reach == "plots":
            roots += start_lots(self.env, "plot", lots.plot_id.ids)
        return list(dict.fromkeys([*lot_ids, *roots]))

    @api.model
    def _roots(self, lots, edges):
        """Lots where others began, and those that a loop hides from all of these."""
        made = defaultdict(list)
        for edge in edges:
            made[edge.parent_id].append(edge.child_id)
        children = set(chain.from_iterable(made.values()))
        roots = [lot.id for lot in lots if lot.harvest_id or lot.id not in children]
        seen, fresh = set(roots), roots
        while fresh:
            below = chain.from_iterable(made[lot] for lot in fresh)
            fresh = list(set(below) - seen)
            seen.update(fresh)
        return roots + [lot.id for lot in lots if lot.id not in seen]

    def _count(self, scope):
        """Numbers of a scope, to be shown before anything happens.

        :return: what :attr:`numbers` keeps
        """
        answer = scope.trace
        partners = (one.customer_id for one in answer.customers)
        return {
            "lots": len(answer.ids),
            "origins": len(scope.origins),
            "places": len({place.location_id for place in answer.places}),
            "customers": len(set(filter(None, partners))),
            "pickings": len(self._open_quantities(scope.lot_ids)),
            "companies": len(self._companies_of(answer)),
            "cut": answer.cut,
            "seconds": scope.seconds,
            "units": self._count_units(answer),
        }

    def _companies_of(self, answer):
        places = {place.company_id for place in answer.places if place.company_id}
        return places | {event.company_id for event in answer.events}

    def _count_units(self, answer):
        units = self._units(answer.ids)
        counts = defaultdict(lambda: defaultdict(float))
        for place in answer.places:
            count = counts[units[place.lot_id].id]
            inside = "on_hand" if place.usage == "internal" else "in_transit"
            count[inside] += place.quantity
            count["reserved"] += place.reserved
        for one in answer.customers:
            count = counts[units[one.lot_id].id]
            count["delivered"] += one.delivered
            count["returned"] += one.returned
        names = {unit.id: unit.name for unit in units.values()}
        return [{"unit": names[unit], **count} for unit, count in counts.items()]

    def _units(self, lot_ids):
        """Units of lots; a lot of another company has one as well."""
        lots = self.env["stock.lot"].sudo().browse(lot_ids)
        return {lot.id: lot.product_id.uom_id for lot in lots}

    def _open_quantities(self, lot_ids, company=None):
        """What transfers have reserved or picked of lots but not moved yet.

        :rtype: dict[stock.picking, float]
        """
        domain = [
            ("lot_id", "in", list(lot_ids)),
            ("state", "not in", ("done", "cancel")),
            ("picking_id", "!=", False),
        ]
        if company:
            domain.append(("company_id", "=", company.id))
        # Counted for all companies; shown to those who may open the transfer.
        groups = (
            self.env["stock.move.line"]
            .sudo()
            ._read_group(domain, ["picking_id"], ["quantity_product_uom:sum"])
        )
        return dict(groups)

    # -- the scope is frozen ---------------------------------------------------------

    def action_start(self):
        """Freeze the scope, hold the stock, list the customers: all or nothing."""
        self.ensure_one()
        self._check_manager()
        self._lock()
        self._check_state("scoped")
        scope = self._find_scope()
        self._check_no_twin(scope.lot_ids)
        self._freeze(scope)
        # Lots of other companies are held too, whatever rules hide of them.
        self._hold(self.env["stock.lot"].browse(scope.lot_ids), self.reason)
        # Those who are told may be of a company that the user is not in.
        self.sudo().part_ids._tell_company()
        return True

    def _check_no_twin(self, lot_ids):
        """Two people who start the same recall are told of each other."""
        if self.is_mock:
            return
        twin = self.search(
            [
                ("scope_key", "=", self._key(lot_ids)),
                ("state", "=", "running"),
                ("is_mock", "=", False),
                ("company_id", "=", self.company_id.id),
            ],
            limit=1,
        )
        if twin:
            raise UserError(
                self.env._(
                    "%(twin)s of %(user)s recalls exactly these lots already. Open that"
                    " one and go on there; cancel %(recall)s.",
                    twin=twin.name,
                    user=twin.user_id.name,
                    recall=self.name,
                )
            )

    @api.model
    def _key(self, lot_ids):
        text = ",".join(map(str, sorted(lot_ids)))
        return hashlib.sha256(text.encode()).hexdigest()

    def _freeze(self, scope):
        now = fields.Datetime.now()
        companies = self._companies_of(scope.trace) | {self.company_id.id}
        # Frozen figures are nobody's to write; they follow from the trace.
        frozen = self.sudo()
        frozen.write(
            {
                "state": "running",
                "frozen_at": now,
                "trace_seconds": scope.seconds,
                "scope_key": self._key(scope.lot_ids),
                "numbers": self._count(scope),
                "lot_ids": [fields.Command.set(scope.lot_ids)],
            }
        )
        for company in self.env["res.company"].sudo().browse(sorted(companies)):
            part = frozen if company == self.company_id else frozen._make_part(company)
            part._freeze_lines(scope.trace)
        self._log("frozen", self._frozen_text(scope))

    def _frozen_text(self, scope):
        return self.env._(
            "%(lots)s lots from %(origins)s lots of origin, traced in %(seconds)s s.",
            lots=len(scope.lot_ids),
            origins=len(scope.origins),
            seconds=f"{scope.seconds:.2f}",
        )
