from odoo import api, fields, models
from odoo.tools.sql import column_exists, create_column


class StockLot(models.Model):
    """How long the whole life of a lot is."""

    _inherit = "stock.lot"

    shelf_life = fields.Float(
        "Shelf Life (Days)",
        compute="_compute_shelf_life",
        store=True,
        help="Days from harvest, else from when the lot was made, to its expiration.",
    )

    def _auto_init(self):
        # The ORM would read and write every lot of a large stock.
        if not column_exists(self.env.cr, self._table, "shelf_life"):
            create_column(self.env.cr, self._table, "shelf_life", "double precision")
            self._fill_shelf_life()
        return super()._auto_init()

    def _fill_shelf_life(self):
        cr = self.env.cr
        # Add-ons that bring the columns may be installed in the same breath.
        start = "create_date"
        if column_exists(cr, self._table, "harvest_date"):
            start = "coalesce(harvest_date, create_date)"
        if column_exists(cr, self._table, "expiration_date"):
            cr.execute(
                f"""UPDATE stock_lot SET shelf_life = greatest(0,
                        extract(epoch FROM expiration_date - {start}) / 86400)
                     WHERE expiration_date IS NOT NULL"""
            )

    @api.depends("expiration_date", "harvest_date")
    def _compute_shelf_life(self):
        for lot in self:
            start = fields.Datetime.to_datetime(lot.harvest_date) or lot.create_date
            start = start or fields.Datetime.now()
            life = (lot.expiration_date or start) - start
            lot.shelf_life = max(0, life.total_seconds() / 86400)
