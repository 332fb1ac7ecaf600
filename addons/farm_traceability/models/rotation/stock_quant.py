from odoo import api, fields, models
from odoo.tools import SQL

from .strategies import STRATEGIES


class StockQuant(models.Model):
    """In which order stock is taken, and from which index it is read so.

    The indexes hold free stock only: what is reserved is not even passed over.
    """

    _inherit = "stock.quant"

    use_date = fields.Datetime(related="lot_id.use_date", store=True)
    harvest_date = fields.Date(related="lot_id.harvest_date", store=True)
    grade_rank = fields.Integer(
        related="lot_id.grade_rank", store=True, precompute=True
    )
    remaining_life = fields.Float(
        related="lot_id.remaining_life", store=True, precompute=True
    )

    _free_by_age = models.Index(
        "(product_id, location_id, in_date, id) WHERE quantity > reserved_quantity"
    )
    _free_by_removal = models.Index(
        "(product_id, location_id, removal_date, in_date, id)"
        " WHERE quantity > reserved_quantity"
    )
    _free_by_expiry = models.Index(
        "(product_id, location_id, expiration_date, in_date, id)"
        " WHERE quantity > reserved_quantity"
    )
    _free_by_best_before = models.Index(
        "(product_id, location_id, use_date, in_date, id)"
        " WHERE quantity > reserved_quantity"
    )
    _free_by_harvest = models.Index(
        "(product_id, location_id, harvest_date, in_date, id)"
        " WHERE quantity > reserved_quantity"
    )
    _free_by_grade = models.Index(
        "(product_id, location_id, grade_rank, expiration_date, in_date, id)"
        " WHERE quantity > reserved_quantity"
    )
    _free_by_life = models.Index(
        "(product_id, location_id, remaining_life, in_date, id)"
        " WHERE quantity > reserved_quantity"
    )
    _overdrawn = models.Index(
        "(product_id, in_date, id) WHERE quantity < reserved_quantity"
    )

    @api.model
    def _get_lot_copies(self):
        return (
            *super()._get_lot_copies(),
            "use_date",
            "harvest_date",
            "grade_rank",
            "remaining_life",
        )

    @api.model
    def _get_removal_strategy(self, product_id, location_id):
        operation = self.env["stock.picking.type"].browse(
            self.env.context.get("removal_picking_type_id")
        )
        # As core does: which strategy holds is no matter of rights.
        product, operation = product_id.sudo(), operation.sudo()
        if not (product.removal_strategy_id or operation.removal_strategy_id):
            return super()._get_removal_strategy(product_id, location_id)
        return product.product_tmpl_id._get_removal_rule(
            location_id.sudo(), operation
        ).method

    @api.model
    def _get_removal_strategy_order(self, removal_strategy):
        strategy = STRATEGIES.get(removal_strategy)
        if strategy:
            return strategy.order
        return super()._get_removal_strategy_order(removal_strategy)

    def _takes_undated_first(self):
        return self.env.company.undated_lots == "first"

    @api.model
    def _get_removal_parts(self, removal_strategy):
        """Conditions of the stock that is taken one part after the other."""
        strategy = STRATEGIES.get(removal_strategy)
        if not strategy:
            return (SQL("TRUE"),)
        date = SQL.identifier(self._table, strategy.date)
        if strategy.date == "remaining_life":
            dated, undated = SQL("%s >= 0", date), SQL("COALESCE(%s, -1) < 0", date)
        else:
            dated, undated = SQL("%s IS NOT NULL", date), SQL("%s IS NULL", date)
        return (undated, dated) if self._takes_undated_first() else (dated, undated)

    def _sorted_by_parts(self, removal_strategy):
        """The same of stock that was read in one order."""
        strategy = STRATEGIES[removal_strategy]
        first = self._takes_undated_first()
        return self.sorted(
            lambda quant: (not quant.lot_id, strategy.is_undated(quant) != first)
        )
