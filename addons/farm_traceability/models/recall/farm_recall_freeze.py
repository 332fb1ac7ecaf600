from collections import defaultdict

from odoo import models

# Kind of a trace's event → kind of the line.
GONE = {
    "scrapped": "scrapped",
    "returned_to_supplier": "returned",
    "consumed": "consumed",
    "lost": "missing",
}


class FarmRecall(models.Model):
    """The lines of a scope: what a trace found, of one company, as it was then."""

    _inherit = "farm.recall"

    def _freeze_lines(self, answer, amendment=None):
        """Write down what a trace found of this recall's company.

        :param answer: ``Trace`` downstream
        :param amendment: ``farm.recall.amendment`` whose lots these are
        """
        places = [place for place in answer.places if self._is_mine(place)]
        events = [event for event in answer.events if self._is_mine(event)]
        customers = self._add_customers(
            event.customer_id for event in events if event.kind == "delivered"
        )
        vals_list = [
            *self._place_lines(places),
            *self._delivery_lines(events, customers),
            *self._gone_lines(events),
        ]
        lines = self._create_lines(vals_list, amendment)
        lines._warn_of_nameless()

    def _is_mine(self, fact):
        main = self.parent_id or self
        return (fact.company_id or main.company_id.id) == self.company_id.id

    def _create_lines(self, vals_list, amendment=None):
        lots = self.env["stock.lot"].browse({vals["lot_id"] for vals in vals_list})
        products = {lot.id: lot.product_id for lot in lots}
        for vals in vals_list:
            product = products[vals["lot_id"]]
            vals |= {
                "recall_id": self.id,
                "company_id": self.company_id.id,
                "product_id": product.id,
                "uom_id": product.uom_id.id,
                "amendment_id": amendment and amendment.id,
            }
        return self.env["farm.recall.line"].create(vals_list)

    def _place_lines(self, places):
        sums = defaultdict(lambda: [0.0, 0.0])
        for place in places:
            kind = "on_hand" if place.usage == "internal" else "in_transit"
            total = sums[kind, place.lot_id, place.location_id]
            total[0] += place.quantity
            total[1] += place.reserved
        return [
            {
                "kind": kind,
                "lot_id": lot,
                "location_id": location,
                "quantity": quantity,
                "reserved": reserved,
            }
            for (kind, lot, location), (quantity, reserved) in sums.items()
        ]

    def _delivery_lines(self, events, customers):
        sums = {}
        for event in events:
            if event.kind in ("delivered", "returned"):
                key = event.customer_id, event.lot_id
                line = sums.setdefault(key, self._empty_delivery(event, customers))
                self._add_delivery(line, event)
        return list(sums.values())

    def _empty_delivery(self, event, customers):
        return {
            "kind": "delivered",
            "lot_id": event.lot_id,
            "partner_id": event.customer_id,
            "customer_id": customers.get(event.customer_id),
            "quantity": 0.0,
            "delivered": 0.0,
            "brought_back": 0.0,
            "first_date": False,
            "last_date": False,
        }

    def _add_delivery(self, line, event):
        if event.kind == "returned":
            line["brought_back"] += event.quantity
            line["quantity"] -= event.quantity
            return
        line["delivered"] += event.quantity
        line["quantity"] += event.quantity
        line["first_date"] = line["first_date"] or event.date
        line["last_date"] = event.date

    def _gone_lines(self, events):
        sums = defaultdict(float)
        for event in events:
            if event.kind in GONE:
                sums[GONE[event.kind], event.lot_id] += event.quantity
        return [
            {"kind": kind, "lot_id": lot, "quantity": quantity}
            for (kind, lot), quantity in sums.items()
        ]

    # -- who got it ------------------------------------------------------------

    def _add_customers(self, partner_ids):
        """Customers of the list, those that are new added to it.

        :return: ids of ``farm.recall.customer`` by partner
        :rtype: dict[int, int]
        """
        wanted = set(filter(None, partner_ids))
        known = {one.partner_id.id for one in self.customer_ids}
        self.env["farm.recall.customer"].create(
            [
                {"recall_id": self.id, "partner_id": partner, "kind": "customer"}
                for partner in sorted(wanted - known)
            ]
        )
        return {one.partner_id.id: one.id for one in self.customer_ids}
