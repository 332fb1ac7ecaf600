from odoo import api, fields, models
from odoo.exceptions import UserError


class StockMove(models.Model):
    _inherit = "stock.move"

    lot_operation_id = fields.Many2one(
        "farm.lot.operation", index="btree_not_null", readonly=True, copy=False
    )

    @api.model_create_multi
    def create(self, vals_list):
        if self.env.su:
            return super().create(vals_list)
        for vals in vals_list:
            self._check_no_operation(vals)
        context = dict(self.env.context)
        context.pop("default_lot_operation_id", None)
        plain = self.with_env(self.env(context=context))
        return super(StockMove, plain).create(vals_list).with_env(self.env)

    def write(self, vals):
        self._check_no_operation(vals)
        return super().write(vals)

    def _check_no_operation(self, vals):
        if "lot_operation_id" in vals and not self.env.su:
            raise UserError(
                self.env._(
                    "The moves of a lot operation are made when it is posted. Leave"
                    " the lot operation out, or post one."
                )
            )

    # -- stock is looked for -------------------------------------------------------

    def _get_look_up_context(self, location, lot):
        """What a search for stock has to know of this move: the terms it goes by.

        :param location: place that is searched
        :param lot: the lot that is asked for, if any
        :rtype: dict
        """
        return {}

    def _is_kept_from(self, location, lot):
        """Whether this move may not take a lot that is named beforehand."""
        return False

    def _look_up(self, location, lot=None):
        return self.with_context(**self._get_look_up_context(location, lot))

    def _update_reserved_quantity_vals(
        self,
        need,
        location_id,
        lot_id=None,
        package_id=None,
        owner_id=None,
        strict=True,
    ):
        if self._is_kept_from(location_id, lot_id):
            return [], 0
        move = self._look_up(location_id, lot_id)
        return super(StockMove, move)._update_reserved_quantity_vals(
            need, location_id, lot_id, package_id, owner_id, strict
        )

    def _get_available_quantity(
        self,
        location_id,
        lot_id=None,
        package_id=None,
        owner_id=None,
        strict=False,
        allow_negative=False,
    ):
        if self._is_kept_from(location_id, lot_id):
            return 0
        move = self._look_up(location_id, lot_id)
        return super(StockMove, move)._get_available_quantity(
            location_id, lot_id, package_id, owner_id, strict, allow_negative
        )

    def _set_quantity_done_prepare_vals(self, qty):
        """Who types a quantity gets lots that the move may take."""
        move = self._look_up(self.location_id)
        return super(StockMove, move)._set_quantity_done_prepare_vals(qty)
