from dataclasses import dataclass

from markupsafe import Markup
from odoo import api, fields, models


@dataclass(frozen=True)
class RemovalRule:
    """A strategy, and the record on which somebody chose it (empty: nobody did)."""

    method: str
    source: models.BaseModel


class ProductTemplate(models.Model):
    """Which stock of a product leaves first, and who says so."""

    _inherit = "product.template"

    removal_strategy_id = fields.Many2one(
        "product.removal",
        help="Which stock of this product is taken first. It comes before the"
        " strategies of operation types, categories and locations.",
    )
    removal_rules = fields.Html(
        "Taken First", compute="_compute_removal_rules", sanitize=False
    )

    def _get_removal_rule(self, location, picking_type):
        """The most specific choice: product, operation, category, then the location.

        :rtype: RemovalRule
        """
        places = self.env["stock.location"].browse(
            int(part)
            for part in reversed((location.parent_path or "").split("/"))
            if part
        )
        for source in (self, picking_type, self.categ_id, *places):
            if source.removal_strategy_id:
                strategy = source.removal_strategy_id.with_context(lang=None)
                return RemovalRule(strategy.method, source)
        return RemovalRule("fifo", self.browse())

    @api.depends("removal_strategy_id", "categ_id.removal_strategy_id")
    def _compute_removal_rules(self):
        operations = self.env["stock.picking.type"].search(
            [
                ("code", "!=", "incoming"),
                ("default_location_src_id.usage", "=", "internal"),
                ("company_id", "in", self.env.companies.ids),
            ]
        )
        for product in self:
            product.removal_rules = product._removal_rules_table(operations)

    def _removal_rules_table(self, operations):
        rows = self._get_removal_rows(operations)
        if len(rows) > 1 and len({rule for _operation, rule in rows}) == 1:
            rows = [(self.env._("All operations"), rows[0][1])]
        names = {
            strategy.with_context(lang=None).method: strategy.name
            for strategy in self.env["product.removal"].search([])
        }
        row = Markup("<tr><td>%s</td><td><b>%s</b></td><td>%s</td></tr>")
        table = Markup('<table class="table table-sm mb-0"><tbody>%s</tbody></table>')
        return table % Markup().join(
            row
            % (
                operation,
                names.get(rule.method, rule.method),
                self._removal_reason(rule.source),
            )
            for operation, rule in rows
        )

    def _get_removal_rows(self, operations):
        """Name and :class:`RemovalRule` of each operation type."""
        # Who sells may ask which rule holds without access to its settings.
        product, operations = self.sudo(), operations.sudo()
        return [
            (
                operation.display_name,
                product._get_removal_rule(operation.default_location_src_id, operation),
            )
            for operation in operations
        ]

    def _removal_reason(self, source):
        if not source:
            return self.env._("Nothing else is set")
        sentences = {
            "product.template": self.env._("Set on this product"),
            "stock.picking.type": self.env._("Set on the operation type"),
            "product.category": self.env._(
                "Set on the category %(name)s", name=source.display_name
            ),
            "stock.location": self.env._(
                "Set on the location %(name)s", name=source.display_name
            ),
        }
        return sentences[source._name]
