from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL
from odoo.tools.sql import column_exists, create_column

from .farm_promise_waiver import ALLOWED_TO
from .terms import now_in


class StockLot(models.Model):
    """How long the whole life of a lot is."""

    _inherit = "stock.lot"

    expiration_date = fields.Datetime(tracking=True)
    removal_date = fields.Datetime(tracking=True)
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
        cr, start = self.env.cr, SQL("create_date")
        # Add-ons that bring the columns may be installed in the same breath.
        if column_exists(cr, self._table, "harvest_date"):
            start = SQL("coalesce(harvest_date, create_date)")
        if column_exists(cr, self._table, "expiration_date"):
            cr.execute(
                SQL(
                    """UPDATE stock_lot SET shelf_life = greatest(0,
                           extract(epoch FROM expiration_date - %s) / 86400)
                        WHERE expiration_date IS NOT NULL""",
                    start,
                )
            )

    @api.depends("expiration_date", "harvest_date")
    def _compute_shelf_life(self):
        for lot in self:
            start = fields.Datetime.to_datetime(lot.harvest_date) or lot.create_date
            start = start or fields.Datetime.now()
            life = (lot.expiration_date or start) - start
            lot.shelf_life = max(0, life.total_seconds() / 86400)

    # -- dates are put right in sight of all ------------------------------------------

    def write(self, vals):
        if self.env.su or not {"expiration_date", "removal_date"} & vals.keys():
            return super().write(vals)
        if "expiration_date" in vals:
            date = fields.Datetime.to_datetime(vals["expiration_date"])
            self._check_stays_expired(date)
        # A request does not turn the record of it off.
        lots = self.with_context(tracking_disable=False, mail_notrack=False)
        return super(StockLot, lots).write(vals)

    # -- what has expired stays expired -----------------------------------------------

    def _check_stays_expired(self, date):
        """A later date, or none, would let an expired lot go to customers."""
        if self.env.user.has_group(ALLOWED_TO):
            return
        expired = self.filtered(
            lambda lot: (
                lot._has_expired_here() and not (date and date <= now_in(lot.env))
            )
        )
        if expired:
            raise UserError(
                self.env._(
                    "Lot %(lot)s of %(product)s has expired: only a quality manager"
                    " gives it a later date. Ask one, or scrap the lot.",
                    lot=expired[0].name,
                    product=expired[0].product_id.display_name,
                )
            )

    def _has_expired_here(self):
        """Whether it expired while it lies in stock; before, a date is put right."""
        date = self.expiration_date
        # Where it lies does not depend on what the user may open.
        quants = self.sudo().quant_ids
        return (
            bool(date)
            and date <= now_in(self.env)
            and any(
                quant.quantity > 0
                and quant.location_id.usage in ("internal", "transit")
                for quant in quants
            )
        )
