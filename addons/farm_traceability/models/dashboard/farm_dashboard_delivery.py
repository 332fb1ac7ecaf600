from collections import defaultdict

from odoo import api, models
from odoo.fields import Domain

from .tiles import make_table, make_tile

REGIONS_SHOWN = 10
MOVES = "farm_traceability.farm_dashboard_move_view_list"
PARTNER = "partner_id"


class FarmDashboard(models.AbstractModel):
    """Where the goods went.

    A customer is in the regency of his region, else in the state of his address.
    """

    _inherit = "farm.dashboard"

    @api.model
    def _make_delivery_tile(self, filters):
        if not self._may_read("stock.move"):
            return None
        return make_tile(
            "deliveries",
            self.env._("Deliveries by Region"),
            when=self._period_text(filters),
            note=self.env._("To customers; what they brought back is not taken off."),
            tables=self._make_delivery_tables(filters),
            empty=self.env._("Nothing was delivered in this period."),
        )

    @api.model
    def _get_delivery_domain(self, filters):
        return Domain(
            [
                ("state", "=", "done"),
                ("location_dest_id.usage", "=", "customer"),
                ("location_id.usage", "!=", "customer"),
            ]
        ) & filters.to_domain(
            warehouse="location_id.warehouse_id",
            crop="product_id.farm_crop_id",
            moment="date",
        )

    @api.model
    def _make_delivery_tables(self, filters):
        """A table for each unit, the one with most first."""
        domain = self._get_delivery_domain(filters)
        groups = self.env["stock.move"]._read_group(
            domain,
            [f"{PARTNER}.farm_region_id", f"{PARTNER}.state_id", "product_uom"],
            ["quantity:sum"],
        )
        regency_of = self._map_to_regencies([region for region, *_rest in groups])
        by_unit = defaultdict(lambda: defaultdict(float))
        for region, state, unit, quantity in groups:
            by_unit[unit][regency_of[region] or state] += quantity
        ranked = sorted(by_unit.items(), key=lambda one: -sum(one[1].values()))
        return [
            self._make_delivery_table(domain, unit, places) for unit, places in ranked
        ]

    @api.model
    def _map_to_regencies(self, regions):
        """Regions as dict to the regency that they are part of, or to themselves."""
        ids = {
            int(part)
            for region in regions
            for part in (region.parent_path or "").split("/")
            if part
        }
        regencies = self.env["farm.region"].browse(ids).filtered(
            lambda region: region.level == "regency"
        )  # fmt: skip
        by_id = {str(regency.id): regency for regency in regencies}
        return {
            region: next(
                (
                    by_id[part]
                    for part in (region.parent_path or "").split("/")
                    if part in by_id
                ),
                region,
            )
            for region in regions
        }

    @api.model
    def _make_delivery_table(self, domain, unit, places):
        domain &= Domain("product_uom", "=", unit.id)
        ranked = sorted(places.items(), key=lambda one: -one[1])
        shown, rest = ranked[:REGIONS_SHOWN], ranked[REGIONS_SHOWN:]
        rows = [
            (
                place.display_name or self.env._("No region"),
                [self._make_delivery_cell(domain & self._to_place(place), quantity)],
            )
            for place, quantity in shown
        ]
        if rest:
            others = domain & ~Domain.OR(self._to_place(place) for place, _q in shown)
            total = sum(quantity for _place, quantity in rest)
            cells = [self._make_delivery_cell(others, total)]
            rows.append((self.env._("Other regions"), cells))
        columns = [self.env._("Delivered (%(unit)s)", unit=unit.name)]
        return make_table(columns, rows, kind="bar", horizontal=True, draws=[0])

    @api.model
    def _to_place(self, place):
        """Moves whose customer is in a region, in a state, or nowhere."""
        region = f"{PARTNER}.farm_region_id"
        if place._name == "farm.region" and place:
            deeper = "child_of" if place.level == "regency" else "="
            return Domain(region, deeper, place.id)
        nowhere = Domain(PARTNER, "=", False) | Domain(region, "=", False)
        if place:
            return nowhere & Domain(f"{PARTNER}.state_id", "=", place.id)
        no_state = Domain(f"{PARTNER}.state_id", "=", False)
        return Domain(PARTNER, "=", False) | (nowhere & no_state)

    @api.model
    def _make_delivery_cell(self, domain, quantity):
        name = self.env._("Deliveries")
        action = self._open("stock.move", domain, name, MOVES)
        return self._quantity_figure(quantity, action, "quantity:sum")
