"""A trace as a drawing for one reader: lots, customers, and what passed between."""

from .collapse import Member, collapse
from .fates import Fates
from .words import Words, step_of

# Most nodes that a browser draws and a person follows.
LIMIT = 2000
# Most lots that stay by themselves because the reader asked for them.
APART = 1000
# More starting lots than this may be drawn as one.
STARTS = 50


class Graph(Words):
    """Composes what the widget ``farm_lot_graph`` draws.

    Lots that the reader may not read are drawn without name and number.
    """

    def __init__(self, env, trace, limit=LIMIT):
        super().__init__(env, trace)
        self.limit = limit
        self.fates = Fates(trace)
        lots = self.names.load("stock.lot", trace.nodes)
        self.names.load("product.product", lots.product_id.ids)
        self.names.load("res.partner", {one.customer_id for one in trace.customers})
        self.held = set(lots.filtered("is_on_hold").ids) if self._has_holds() else set()

    def data(self, apart=()):
        """
        :param apart: ids of lots that are drawn by themselves whatever the size
        :return: ``{"nodes", "edges", "legend", "facts", "notice"}``. A node has ``id``
            (of this drawing), ``kind`` (lot, customer, group, hidden), ``label``,
            ``sub``, ``text`` (its quantity), ``state``, ``step`` (negative upstream),
            ``start``, ``facts`` (pairs of label and text), ``model`` and ``res_ids``
            of the records to open. An edge has ``source``, ``target`` and ``text``. A
            legend has ``state`` and ``label``.
        :rtype: dict
        """
        groups = self._groups(set(list(apart)[:APART]))
        nodes = [self._node(number, group) for number, group in enumerate(groups)]
        where = {key: number for number, group in enumerate(groups) for key in group}
        return {
            "nodes": nodes,
            "edges": self._edges(groups, nodes, where),
            "legend": self._legend({node["state"] for node in nodes}),
            "facts": self._facts(),
            "notice": " ".join(filter(None, [self.notice(), self._crowd(groups)])),
        }

    def _has_holds(self):
        return "is_on_hold" in self.env["stock.lot"]._fields

    # -- what is drawn as one --------------------------------------------------------

    def _groups(self, apart):
        if len(self.trace.starts) <= STARTS:
            apart |= set(self.trace.starts)
        members = self._lots() | self._customers()
        alone = {key for key in members if key[0] == "lot" and key[1] in apart}
        return collapse(members, self.limit, alone)

    def _lots(self):
        steps = {lot: step_of(node) for lot, node in self.trace.nodes.items()}
        near = {lot: set() for lot in steps}
        for edge in self.trace.edges:
            parent, child = edge.parent_id, edge.child_id
            if 0 <= steps[parent] < steps[child]:
                near[child].add(("lot", parent))
            elif steps[parent] < steps[child] <= 0:
                near[parent].add(("lot", child))
        return {
            ("lot", lot): Member(self._kind(lot), step, frozenset(near[lot]))
            for lot, step in steps.items()
        }

    def _kind(self, lot_id):
        if not self.names("stock.lot", lot_id):
            return ("hidden",)
        return ("lot", self.trace.nodes[lot_id].product_id, self._state(lot_id))

    def _state(self, lot_id):
        return "held" if lot_id in self.held else self.fates.state(lot_id)

    def _customers(self):
        lots = {}
        for one in self._seen_customers():
            lots.setdefault(one.customer_id, set()).add(("lot", one.lot_id))
        steps = (node.down or 0 for node in self.trace.nodes.values())
        last = max(steps, default=0) + 1
        return {
            ("customer", customer): Member(("customer",), last, frozenset(near))
            for customer, near in lots.items()
        }

    def _seen_customers(self):
        """Who got lots that the reader may read."""
        for one in self.trace.customers:
            if self.names("stock.lot", one.lot_id):
                yield one

    # -- nodes -----------------------------------------------------------------------

    def _node(self, number, group):
        kind, ids = group[0][0], [key[1] for key in group]
        if kind == "customer":
            node = self._customer_node(ids)
        elif not self.names("stock.lot", ids[0]):
            node = self._hidden_node(ids)
        else:
            node = self._lot_node(ids)
        return {"id": f"n{number}", "sub": "", "text": "", "facts": [], **node}

    def _lot_node(self, ids):
        lot = self.names("stock.lot", ids[0])
        products = {self.trace.nodes[one].product_id for one in ids}
        product = self.names("product.product", lot.product_id.id)
        alike = len(products) == 1
        sums = self.fates.found(*ids) if alike else []
        texts = [(what, self.quantity(value, lot.id)) for what, value in sums]
        words = self.fate_words()
        return {
            "kind": "lot" if len(ids) == 1 else "group",
            "label": lot.name if len(ids) == 1 else self._lots_text(len(ids)),
            "sub": (product.display_name or "") if alike else "",
            "text": dict(texts).get("total", ""),
            "facts": [(words[what], text) for what, text in texts],
            "state": self._state(lot.id) if alike else "mixed",
            "step": step_of(self.trace.nodes[lot.id]),
            "start": not set(self.trace.starts).isdisjoint(ids),
            "model": "stock.lot",
            "res_ids": ids,
        }

    def _hidden_node(self, ids):
        _ = self.env._
        several = _("%(count)s lots of another company", count=len(ids))
        return {
            "kind": "hidden",
            "label": _("Another company") if len(ids) == 1 else several,
            "state": "hidden",
            "step": step_of(self.trace.nodes[ids[0]]),
            "start": False,
            "model": "",
            "res_ids": [],
        }

    def _customer_node(self, ids):
        _ = self.env._
        known = [one for one in ids if self.names("res.partner", one)]
        several = _("%(count)s customers", count=len(ids))
        nobody = None if ids[0] else _("Customer not on record")
        one = self.names.cell("res.partner", ids[0], nobody)["text"]
        return {
            "kind": "customer" if len(ids) == 1 else "group",
            "label": one if len(ids) == 1 else several,
            "state": "customer",
            "step": self.trace.depth[1] + 1,
            "start": False,
            "model": "res.partner",
            "res_ids": known,
        }

    def _lots_text(self, count):
        return self.env._("%(count)s lots", count=count)

    # -- edges -----------------------------------------------------------------------

    def _edges(self, groups, nodes, where):
        sums = {}
        for edge in self.trace.edges:
            ends = where["lot", edge.parent_id], where["lot", edge.child_id]
            if ends[0] == ends[1] and len(groups[ends[0]]) > 1:
                continue
            sums.setdefault(ends, []).append(edge)
        edges = [
            self._edge(nodes, *ends, self._passed(groups, nodes, ends, parts))
            for ends, parts in sums.items()
        ]
        return edges + self._deliveries(nodes, where)

    def _edge(self, nodes, source, target, text):
        return {
            "source": nodes[source]["id"],
            "target": nodes[target]["id"],
            "text": text,
        }

    def _passed(self, groups, nodes, ends, parts):
        """Used of one, made as the other, and how much of that it is."""
        if not all(nodes[end]["sub"] for end in ends):
            return ""
        used = self.quantity(sum(part.consumed for part in parts), parts[0].parent_id)
        made = self.quantity(sum(part.produced for part in parts), parts[0].child_id)
        text = f"{used} → {made}"
        if all(len(groups[end]) == 1 for end in ends):
            text += f"\n{self.share(parts[0].share_of_child)}"
        return text

    def _deliveries(self, nodes, where):
        sums = {}
        for one in self._seen_customers():
            ends = where["lot", one.lot_id], where["customer", one.customer_id]
            value, _lot = sums.get(ends, (0.0, None))
            sums[ends] = value + one.quantity, one.lot_id
        texts = {
            ends: self.quantity(*passed) if nodes[ends[0]]["sub"] else ""
            for ends, passed in sums.items()
        }
        return [self._edge(nodes, *ends, text) for ends, text in texts.items()]

    # -- words -----------------------------------------------------------------------

    def _legend(self, states):
        _ = self.env._
        labels = {
            "held": _("On hold"),
            "stock": _("On hand"),
            "delivered": _("Delivered"),
            "scrapped": _("Scrapped or lost"),
            "consumed": _("Used up"),
            "mixed": _("In several of these"),
            "customer": _("Customer"),
            "hidden": _("Another company"),
        }
        return [
            {"state": state, "label": label}
            for state, label in labels.items()
            if state in states
        ]

    def _facts(self):
        _ = self.env._
        lots = len(self.trace.nodes)
        customers = {one.customer_id for one in self.trace.customers}
        up, down = self.trace.depth
        return [
            (_("Lots"), str(lots)),
            (_("Customers"), str(len(customers))),
            (_("Steps Back"), str(up)),
            (_("Steps Forward"), str(down)),
        ]

    def _crowd(self, groups):
        if all(len(group) == 1 for group in groups):
            return ""
        return self.env._(
            "%(count)s lots are too many to be drawn one by one: those alike are drawn"
            " as one. Select one to see its lots.",
            count=len(self.trace.nodes),
        )
