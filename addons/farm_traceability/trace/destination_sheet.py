from .sheet import Sheet

LEFT_OR_BACK = {"delivered", "returned", "returned_to_supplier", "scrapped", "lost"}


class DestinationSheet(Sheet):
    """Where a lot, and what was made of it, is and went."""

    def __init__(self, env, trace):
        super().__init__(env, trace)
        self.words = self.event_words()

    def sheet(self):
        _ = self.env._
        sections = [
            self._places(),
            self._customers(),
            self._moves(),
            self.genealogy(_("Lots Made of It")),
        ]
        if not any(sections):
            return self.compose([], _("This lot has not been anywhere yet."), [])
        return self.compose(self._facts(), "", sections)

    def _facts(self):
        _ = self.env._
        trace = self.trace
        held = {one.customer_id for one in trace.customers if one.quantity > 0}
        return [
            (_("Lots Made of It"), str(len(trace.nodes) - len(trace.starts))),
            (_("Places"), str(len({place.location_id for place in trace.places}))),
            (_("Customers Who Have It"), str(len(held))),
            (_("Steps"), str(trace.depth[1])),
        ]

    def _places(self):
        if not self.trace.places:
            return None
        _ = self.env._
        columns = [
            (_("Place"), False),
            (_("Lot"), False),
            (_("On Hand"), True),
            (_("Reserved"), True),
        ]
        items = [
            ([("stock.location", one.location_id), ("stock.lot", one.lot_id)], one)
            for one in self.trace.places
        ]
        return self.section("places", _("On Hand"), columns, items, self._place_row)

    def _place_row(self, place):
        package = self.names.cell("stock.package", place.package_id)["text"]
        owner = self.names.cell("res.partner", place.owner_id)["text"]
        reserved = place.reserved and self.quantity(place.reserved, place.lot_id)
        return [
            self.names.cell(
                "stock.location",
                place.location_id,
                note=", ".join(filter(None, [package, owner])),
            ),
            self.lot(place.lot_id),
            {"text": self.quantity(place.quantity, place.lot_id)},
            {"text": reserved or ""},
        ]

    def _customers(self):
        if not self.trace.customers:
            return None
        _ = self.env._
        columns = [
            (_("Customer"), False),
            (_("Lot"), False),
            (_("Delivered"), True),
            (_("Returned"), True),
            (_("Still There"), True),
        ]
        items = [
            ([("res.partner", one.customer_id), ("stock.lot", one.lot_id)], one)
            for one in sorted(
                self.trace.customers,
                key=lambda one: (one.customer_id or 0, one.lot_id),
            )
        ]
        return self.section(
            "customers",
            _("Customers"),
            columns,
            items,
            self._customer_row,
            "res.partner",
        )

    def _customer_row(self, customer):
        lot = customer.lot_id
        nobody = None if customer.customer_id else self.env._("Customer not on record")
        return [
            self.names.cell("res.partner", customer.customer_id, nobody),
            self.lot(lot),
            {"text": self.quantity(customer.delivered, lot)},
            {
                "text": self.quantity(customer.returned, lot)
                if customer.returned
                else ""
            },
            {"text": self.quantity(customer.quantity, lot)},
        ]

    def _moves(self):
        """Everything that left or came back, the latest first."""
        events = [event for event in self.trace.events if event.kind in LEFT_OR_BACK]
        if not events:
            return None
        _ = self.env._
        columns = [
            (_("Date"), False),
            (_("What"), False),
            (_("Who"), False),
            (_("Lot"), False),
            (_("Quantity"), True),
        ]
        items = [
            ([("stock.lot", event.lot_id), ("stock.picking", event.picking_id)], event)
            for event in reversed(events)
        ]
        return self.section(
            "moves", _("Deliveries, Returns and Losses"), columns, items, self._move_row
        )

    def _move_row(self, event):
        picking = self.names("stock.picking", event.picking_id)
        what = {"text": self.words[event.kind]}
        if picking:
            what |= {"note": picking.name, "model": picking._name, "id": picking.id}
        return [
            {"text": self.date(event.date)},
            what,
            self.names.cell("res.partner", event.partner_id),
            self.lot(event.lot_id),
            {"text": self.quantity(event.quantity, event.lot_id)},
        ]
