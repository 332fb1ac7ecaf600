from odoo.tools import format_date

from .sheet import Sheet


class OriginSheet(Sheet):
    """Where a lot came from."""

    def __init__(self, env, trace, lot):
        self.start = lot.id
        super().__init__(env, trace)
        self.origins = trace.origins(lot.id)
        self.first_events = self._first_events()

    def _first_events(self):
        """How each lot first came in."""
        first = {}
        for event in self.trace.events:
            if event.kind in ("received", "found", "produced", "returned"):
                first.setdefault(event.lot_id, event)
        return first

    def sheet(self):
        _ = self.env._
        if len(self.trace.nodes) < 2 and self.start not in self.first_events:
            lot = self.names("stock.lot", self.start)
            if not lot.harvest_id:
                return self.compose([], _("Nothing has come in as this lot yet."), [])
        sections = [self._origins(), self.genealogy(_("How It Was Made"))]
        return self.compose(self._facts(), "", sections)

    def _facts(self):
        _ = self.env._
        ids = [origin.lot_id for origin in self.origins]
        # Counted, not named: also those of lots that the user may not open.
        lots = self.env["stock.lot"].sudo().browse(ids)
        return [
            (_("Lots of Origin"), str(len(self.origins))),
            (_("Farmers"), str(len(lots.farmer_id))),
            (_("Plots"), str(len(lots.plot_id))),
            (_("Steps"), str(self.trace.depth[0])),
        ]

    def _origins(self):
        _ = self.env._
        columns = [
            (_("Lot"), False),
            (_("Share"), True),
            (_("Quantity"), True),
            (_("Came In"), False),
            (_("Farmer"), False),
            (_("Plot"), False),
            (_("Certificate"), False),
        ]
        items = [([("stock.lot", origin.lot_id)], origin) for origin in self.origins]
        section = self.section(
            "origins", _("Origins"), columns, items, self._origin_row, "stock.lot"
        )
        # A hair over one is rounding.
        if sum(origin.share for origin in self.origins) > 1.0001:
            apart = _(
                "Some of these lots are measured in units that do not convert into each"
                " other: each kind of unit has shares of its own."
            )
            section["note"] = " ".join(filter(None, [apart, section["note"]]))
        return section

    def _origin_row(self, origin):
        lot = self.names("stock.lot", origin.lot_id)
        harvest = self.names("farm.harvest", lot.harvest_id.id)
        cell = self.names.cell
        return [
            self.lot(lot.id),
            {"text": self.share(origin.share)},
            {"text": self.quantity(origin.quantity, self.start)},
            self._came_in(lot),
            cell(
                "res.partner",
                lot.farmer_id.id,
                lot.provenance_farmer,
                lot.provenance_group,
            ),
            cell(
                "farm.plot", lot.plot_id.id, lot.provenance_plot, lot.provenance_region
            ),
            cell(
                "farm.certificate",
                harvest.certificate_id.id,
                lot.provenance_certificate,
            ),
        ]

    def _came_in(self, lot):
        if lot.harvest_id:
            note = format_date(self.env, lot.harvest_date)
            return self.names.cell("farm.harvest", lot.harvest_id.id, note=note)
        event = self.first_events.get(lot.id)
        if not event:
            return {"text": self.env._("No receipt on record")}
        partner = self.names.cell("res.partner", event.partner_id)["text"]
        text = {
            "received": self.env._("Received"),
            "found": self.env._("Found at a count"),
            "produced": self.env._("Made of products without lots"),
            "returned": self.env._("Returned by a customer"),
        }[event.kind]
        note = ", ".join(filter(None, [partner, self.date(event.date)]))
        if event.picking_id:
            return self.names.cell("stock.picking", event.picking_id, text, note)
        return {"text": text, "note": note}
