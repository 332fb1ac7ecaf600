from odoo import models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ..expiry.bands import local_day


class FarmCountResult(models.Model):
    """What is behind a row, and rows as files."""

    _inherit = "farm.count.result"

    def _find_some(self, domain, limit=None):
        found = self.search(domain, limit=limit)
        if not found:
            raise UserError(
                self.env._(
                    "Nothing was counted here yet. Enter counts in Physical Inventory"
                    " first."
                )
            )
        return found

    def _open_results(self, domain):
        self._find_some(domain, limit=1)
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "farm_traceability.farm_count_result_action"
        )
        return action | {"domain": list(domain)}

    def action_open_stock_card(self):
        """The card of the shelf, from the count before to this one."""
        self.ensure_one()
        start, end = (
            moment and local_day(moment, self.env.tz)
            for moment in (self.last_applied_date, self.moment)
        )
        return self.env["farm.stock.card"]._open_for(
            product_ids=self.product_id.ids,
            lot_ids=self.lot_id.ids,
            location_ids=self.location_id.ids,
            owner_id=self.owner_id.id,
            package_ids=self.package_id.ids,
            date_from=start and str(start),
            date_to=str(end),
            part="lot" if self.lot_id else "product",
        )

    def action_open_moves(self):
        """What moved on these shelves since the counts before, with the adjustments."""
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Moves since the Last Count"),
            "res_model": "stock.move.line",
            "view_mode": "list,form",
            "domain": list(Domain.OR(row._get_lines_domain() for row in self)),
            "context": {"create": False},
        }

    def action_open_remark(self):
        self.ensure_one()
        if not self.count_id:
            raise UserError(
                self.env._("Apply this count first; then give the reason here.")
            )
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Reason of the Difference"),
            "res_model": "farm.count",
            "res_id": self.count_id.id,
            "views": [(False, "form")],
            "target": "new",
        }

    def action_paper(self):
        return self.env["farm.count.ask"].create({})._paper(self)

    def action_sheet(self):
        return self.env["farm.count.ask"].create({})._sheet(self)

    def _get_lines_domain(self):
        goods = Domain.AND(
            Domain(name, "=", self[name].id)
            for name in ("product_id", "lot_id", "owner_id")
        )
        came = Domain("location_dest_id", "=", self.location_id.id)
        came &= Domain("result_package_id", "=", self.package_id.id)
        went = Domain("location_id", "=", self.location_id.id)
        went &= Domain("package_id", "=", self.package_id.id)
        return goods & (came | went) & self._get_period_domain()

    def _get_period_domain(self):
        done = Domain("state", "=", "done") & Domain("date", "<=", self.moment)
        if self.last_applied_date:
            done &= Domain("date", ">", self.last_applied_date)
        if not self.count_id:
            return done
        return done | Domain("move_id.count_id", "=", self.count_id.id)
