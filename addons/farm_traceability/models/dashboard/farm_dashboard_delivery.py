from collections import defaultdict

from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL

from .tiles import make_table, make_tile

REGIONS_SHOWN = 10
LINES = "farm_traceability.farm_dashboard_move_line_view_list"
PARTNER = "move_id.partner_id"


class FarmDashboard(models.AbstractModel):
    """Where the goods went.

    A customer is in the regency of his region, else in the state of his address.
    """

    _inherit = "farm.dashboard"

    @api.model
    def _make_delivery_tile(self, filters):
        if not self._may_read("stock.move.line", "stock.move"):
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
        groups = self._read_deliveries(domain)
        regency_of = self._map_to_regencies([region for region, *_rest in groups])
        by_unit = defaultdict(lambda: defaultdict(float))
        for region, state, unit, quantity in groups:
            by_unit[unit][regency_of[region] or state] += quantity
        ranked = sorted(by_unit.items(), key=lambda one: -sum(one[1].values()))
        return [
            self._make_delivery_table(domain, unit, places) for unit, places in ranked
        ]

    @api.model
    def _read_deliveries(self, domain):
        """Quantities by the customer's region and state, and the product's unit."""
        lines = self.env["stock.move.line"]
        query = lines._search(domain)
        if query.is_empty():
            return []
        rows = self.env.execute_query(
            SQL(
                """
                SELECT partner.farm_region_id, partner.state_id, template.uom_id,
                       sum(part.quantity)
                  FROM %(parts)s part
                  JOIN product_product product ON product.id = part.product_id
                  JOIN product_template template
                    ON template.id = product.product_tmpl_id
                  LEFT JOIN %(moves)s move ON move.id = part.move_id
                  LEFT JOIN %(partners)s partner ON partner.id = move.partner_id
                 GROUP BY 1, 2, 3
                """,
                parts=self._sum_moves(lines, query),
                moves=self.env["stock.move"]._search([]).subselect("id", "partner_id"),
                partners=self.env["res.partner"]
                .with_context(active_test=False)
                ._search([])
                .subselect("id", "farm_region_id", "state_id"),
            )
        )
        return self._with_records(rows, "farm.region", "res.country.state", "uom.uom")

    @api.model
    def _sum_moves(self, lines, query):
        """Lines by move, so that far fewer are joined with their customers."""
        move, product = (
            lines._field_to_sql(query.table, name, query)
            for name in ("move_id", "product_id")
        )
        query.groupby = SQL("%s, %s", move, product)
        total = lines._read_group_select("quantity_product_uom:sum", query)
        columns = SQL(
            "%s AS move_id, %s AS product_id, %s AS quantity", move, product, total
        )
        return SQL("(%s)", query.select(columns))

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
        domain &= Domain("product_id.uom_id", "=", unit.id)
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
        """Move lines whose customer is in a region, in a state, or nowhere."""
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
        action = self._open("stock.move.line", domain, name, LINES)
        return self._quantity_figure(quantity, action, "quantity_product_uom:sum")
