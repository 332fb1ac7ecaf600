"""A trace as tables: what its exports write, as one reader may see it."""

from collections.abc import Iterable
from typing import NamedTuple

from odoo import fields

from .fates import Fates
from .sheet import Sheet
from .words import step_of


class Column(NamedTuple):
    """A column: its width in letters, and as a share on paper (0: not on paper).

    ``kind`` says what its cells are: text, count, number (left out on paper when it is
    zero), share (a part of one), date or moment.
    """

    label: str
    kind: str
    width: int
    paper: float


class Table(NamedTuple):
    """``rows`` are made as they are read, once."""

    title: str
    columns: list[Column]
    rows: Iterable[list]


class Export(Sheet):
    """The tables of a trace. Lots that the reader may not read are only counted."""

    def __init__(self, env, trace, title):
        super().__init__(env, trace)
        self.title = title
        self.fates = Fates(trace)
        self.lots = self.env["stock.lot"].browse(
            lot for lot in trace.nodes if self.names("stock.lot", lot)
        )
        self.shares = self._shares()

    def _shares(self):
        """Of a single lot: what part of it began as each of its origins."""
        if len(self.trace.starts) != 1:
            return {}
        origins = self.trace.origins(self.trace.starts[0])
        return {origin.lot_id: origin.share for origin in origins}

    def facts(self):
        """Pairs of label and value that say what this is a trace of."""
        _ = self.env._
        lots, hidden = len(self.trace.nodes), len(self.trace.nodes) - len(self.lots)
        customers = {one.customer_id for one in self.trace.customers}
        facts = [
            (_("Trace of"), self.title),
            (_("Direction"), self._direction()),
            (_("Made on"), self.moment(fields.Datetime.now()).isoformat(" ")),
            (_("Made by"), self.env.user.name),
            (_("Lots"), str(lots)),
            (_("Customers"), str(len(customers))),
            (_("Steps Back"), str(self.trace.depth[0])),
            (_("Steps Forward"), str(self.trace.depth[1])),
        ]
        if hidden:
            facts.append((_("Lots of another company, not listed"), str(hidden)))
        return facts

    def _direction(self):
        _ = self.env._
        return {
            "up": _("Back to where it came from"),
            "down": _("Forward to where it went"),
            "both": _("Back to where it came from and forward to where it went"),
        }[self.trace.direction]

    def tables(self):
        """
        :rtype: list[Table]
        """
        _ = self.env._
        return [
            Table(_("Lots"), self._lot_columns(), self._lot_rows()),
            Table(_("How They Were Made"), self._edge_columns(), self._edge_rows()),
            Table(_("On Hand"), self._place_columns(), self._place_rows()),
            Table(_("Customers"), self._customer_columns(), self._customer_rows()),
            Table(_("Events"), self._event_columns(), self._event_rows()),
        ]

    # -- columns ---------------------------------------------------------------------

    def _lot_column(self, label=None):
        return Column(label or self.env._("Lot"), "text", 22, 2.6)

    def _product_column(self):
        return Column(self.env._("Product"), "text", 28, 2.6)

    def _unit_column(self):
        return Column(self.env._("Unit"), "text", 8, 1)

    def _number_column(self, label):
        return Column(label, "number", 12, 1.4)

    def _lot_columns(self):
        _ = self.env._
        return [
            Column(_("Steps"), "count", 8, 1.2),
            self._lot_column(),
            self._product_column(),
            Column(_("Share of Traced Lot"), "share", 12, 1.5),
            *map(self._number_column, self.fate_words().values()),
            self._unit_column(),
            Column(_("Harvest"), "text", 16, 0),
            Column(_("Harvested"), "date", 12, 1.6),
            Column(_("Farmer"), "text", 22, 2),
            Column(_("Group"), "text", 22, 0),
            Column(_("Plot"), "text", 16, 1.6),
            Column(_("Certificate"), "text", 18, 1.6),
        ]

    def _edge_columns(self):
        _ = self.env._
        return [
            self._lot_column(_("From Lot")),
            self._product_column(),
            self._number_column(_("Used")),
            self._unit_column(),
            self._lot_column(_("To Lot")),
            self._product_column(),
            self._number_column(_("Made")),
            self._unit_column(),
            Column(_("Share of New Lot"), "share", 12, 1.4),
            Column(_("Date"), "moment", 17, 1.8),
        ]

    def _place_columns(self):
        _ = self.env._
        return [
            Column(_("Place"), "text", 30, 3.5),
            self._lot_column(),
            self._product_column(),
            self._number_column(_("On hand")),
            self._number_column(_("Reserved")),
            self._unit_column(),
            Column(_("Package"), "text", 16, 1.6),
            Column(_("Owner"), "text", 22, 2),
        ]

    def _customer_columns(self):
        _ = self.env._
        return [
            Column(_("Customer"), "text", 30, 3.5),
            self._lot_column(),
            self._product_column(),
            self._number_column(_("Delivered")),
            self._number_column(_("Returned")),
            self._number_column(_("Still There")),
            self._unit_column(),
        ]

    def _event_columns(self):
        _ = self.env._
        return [
            Column(_("Date"), "moment", 17, 1.8),
            Column(_("What"), "text", 20, 2),
            Column(_("Who"), "text", 26, 2.6),
            self._lot_column(),
            self._product_column(),
            self._number_column(_("Quantity")),
            self._unit_column(),
            Column(_("Transfer"), "text", 18, 1.8),
        ]

    # -- rows ------------------------------------------------------------------------

    def _name(self, model, record_id):
        return self.names.cell(model, record_id)["text"]

    def _good(self, lot_id):
        """Name and product of a lot."""
        lot = self.names("stock.lot", lot_id)
        return [lot.name, self._once("good", lot.product_id.id, self._product_name)]

    def _product_name(self, product_id):
        return self._name("product.product", product_id)

    def _readable(self, items):
        return (item for item in items if self.names("stock.lot", item.lot_id))

    def _lot_rows(self):
        nodes = self.trace.nodes
        for lot in self.lots.sorted(lambda one: step_of(nodes[one.id])):
            harvest = self.names("farm.harvest", lot.harvest_id.id)
            yield [
                step_of(nodes[lot.id]),
                *self._good(lot.id),
                self.shares.get(lot.id),
                *self.fates.quantities(lot.id),
                self.unit(lot.id),
                harvest.name or "",
                lot.harvest_date or None,
                lot.provenance_farmer or "",
                lot.provenance_group or "",
                lot.provenance_plot or "",
                lot.provenance_certificate or "",
            ]

    def _edge_rows(self):
        names = self.names
        for edge in sorted(self.trace.edges, key=lambda edge: edge.date):
            parent, child = edge.parent_id, edge.child_id
            if names("stock.lot", parent) and names("stock.lot", child):
                yield [
                    *self._good(parent),
                    edge.consumed,
                    self.unit(parent),
                    *self._good(child),
                    edge.produced,
                    self.unit(child),
                    edge.share_of_child,
                    self.moment(edge.date),
                ]

    def _place_rows(self):
        for place in self._readable(self.trace.places):
            yield [
                self._name("stock.location", place.location_id),
                *self._good(place.lot_id),
                place.quantity,
                place.reserved,
                self.unit(place.lot_id),
                self._name("stock.package", place.package_id),
                self._name("res.partner", place.owner_id),
            ]

    def _customer_rows(self):
        unknown = self.env._("Customer not on record")
        for one in self._readable(self.trace.customers):
            yield [
                self._name("res.partner", one.customer_id) or unknown,
                *self._good(one.lot_id),
                one.delivered,
                one.returned,
                one.quantity,
                self.unit(one.lot_id),
            ]

    def _event_rows(self):
        words = self.event_words()
        for event in self._readable(self.trace.events):
            yield [
                self.moment(event.date),
                words[event.kind],
                self._name("res.partner", event.partner_id),
                *self._good(event.lot_id),
                event.quantity,
                self.unit(event.lot_id),
                self._name("stock.picking", event.picking_id),
            ]
