"""A trace in words: what the tabs of a lot show, composed for one reader.

A sheet is ``{"facts", "notice", "empty", "sections"}``. A section is a table:
``columns`` (label, whether it is a number), ``rows`` of cells (text, a note under it,
and the record that it links to), ``note`` on what is not shown, and when it is long
the number of rows that show ``folded`` with the text of the button to ``unfold`` it.
"""

from .words import Words

# Rows of a table, and how many of them show before it is unfolded.
ROWS = 80
FOLDED_ROWS = 10


class Sheet(Words):
    def __init__(self, env, trace):
        super().__init__(env, trace)
        self._load()

    def _load(self):
        trace, load = self.trace, self.names.load
        lots = load("stock.lot", trace.nodes)
        load("product.product", lots.product_id.ids)
        harvests = load("farm.harvest", lots.harvest_id.ids)
        load("farm.certificate", harvests.certificate_id.ids)
        load("farm.plot", lots.plot_id.ids)
        partners = {event.partner_id for event in trace.events}
        partners |= {customer.customer_id for customer in trace.customers}
        partners |= {place.owner_id for place in trace.places}
        load("res.partner", partners | set(lots.farmer_id.ids))
        load("stock.location", {place.location_id for place in trace.places})
        load("stock.package", {place.package_id for place in trace.places})
        load("stock.picking", {event.picking_id for event in trace.events})

    def lot(self, lot_id):
        product_id = self.names("stock.lot", lot_id).product_id.id
        product = self.names("product.product", product_id)
        return self.names.cell("stock.lot", lot_id, note=product.display_name)

    # -- tables -------------------------------------------------------------------

    def section(self, key, title, columns, items, row, open_model=None):
        """A table of what the user may read; the rest is counted.

        :param columns: pairs (label, whether numeric)
        :param items: pairs (models and ids that must be readable, item)
        :param row: what makes the cells of an item
        :param open_model: model of the list that the table's button opens
        """
        readable = [
            (needs, item)
            for needs, item in items
            if all(self.names.knows(model, needed) for model, needed in needs)
        ]
        section = {
            "key": key,
            "title": title,
            "columns": [
                {"label": label, "numeric": numeric} for label, numeric in columns
            ],
            "rows": [row(item) for _needs, item in readable[:ROWS]],
            "note": self._note(len(readable), len(items)),
        }
        if len(section["rows"]) > FOLDED_ROWS:
            section["folded"] = FOLDED_ROWS
            section["unfold"] = self.env._(
                "Show %(count)s More", count=len(section["rows"]) - FOLDED_ROWS
            )
        if open_model and len(readable) > 1:
            ids = {dict(needs)[open_model] for needs, _item in readable}
            section["action"] = self._list_action(open_model, title, ids)
        return section

    def _note(self, readable, total):
        notes = []
        if readable > ROWS:
            notes.append(
                self.env._(
                    "%(shown)s of %(total)s are shown.", shown=ROWS, total=readable
                )
            )
        if total > readable:
            notes.append(
                self.env._(
                    "Not shown because they belong to another company: %(count)s.",
                    count=total - readable,
                )
            )
        return " ".join(notes)

    def _list_action(self, model, title, ids):
        return {
            "label": self.env._("Open as a List"),
            "action": {
                "type": "ir.actions.act_window",
                "name": title,
                "res_model": model,
                "views": [[False, "list"], [False, "form"]],
                "domain": [["id", "in", sorted(filter(None, ids))]],
                "context": {"create": False},
            },
        }

    def compose(self, facts, empty, sections):
        return {
            "facts": [{"label": label, "value": value} for label, value in facts],
            "notice": self.notice(),
            "empty": empty,
            "sections": [section for section in sections if section],
        }

    def genealogy(self, title):
        """Which lot became which, with both quantities."""
        edges = sorted(
            self.trace.edges,
            key=lambda edge: (self._steps(edge), edge.child_id, edge.parent_id),
        )
        if not edges:
            return None
        _ = self.env._
        columns = [
            (_("From Lot"), False),
            (_("Used"), True),
            (_("To Lot"), False),
            (_("Made"), True),
            (_("Share of New Lot"), True),
            (_("Date"), False),
        ]
        items = [
            ([("stock.lot", edge.parent_id), ("stock.lot", edge.child_id)], edge)
            for edge in edges
        ]
        return self.section("genealogy", title, columns, items, self._edge_row)

    def _steps(self, edge):
        """Steps from the lot to an edge, so that the nearest comes first."""
        node = self.trace.nodes[edge.child_id]
        return node.down if node.up is None else node.up

    def _edge_row(self, edge):
        return [
            self.lot(edge.parent_id),
            {"text": self.quantity(edge.consumed, edge.parent_id)},
            self.lot(edge.child_id),
            {"text": self.quantity(edge.produced, edge.child_id)},
            {"text": self.share(edge.share_of_child)},
            {"text": self.date(edge.date)},
        ]
