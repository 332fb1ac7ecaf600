from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL
from odoo.tools.sql import column_exists, create_column

from .strategies import UNGRADED, UNKNOWN_LIFE

LOTS_PER_STEP = 1000
#: less than that, in percent of the shelf life, is not worth a write
NOTABLE = 0.01


class StockLot(models.Model):
    """What a lot tells those who decide which one leaves first."""

    _inherit = "stock.lot"

    grade_rank = fields.Integer(compute="_compute_grade_rank", store=True)
    remaining_life = fields.Float(
        "Remaining Life (%)",
        compute="_compute_remaining_life",
        store=True,
        digits=(9, 2),
        help="Percent of the shelf life that is left: by the dates, anew each night; or"
        " as somebody measured it, such as a cold chain. Below zero: nobody knows.",
    )
    is_life_measured = fields.Boolean(
        "Life Measured",
        readonly=True,
        copy=False,
        help="The remaining life was measured and does not follow from the dates.",
    )

    def _auto_init(self):
        # The ORM would read and write every lot of a large stock.
        cr = self.env.cr
        if not column_exists(cr, self._table, "grade_rank"):
            create_column(cr, self._table, "grade_rank", "integer")
            if column_exists(cr, self._table, "grade_id"):
                self._fill_grade_rank()
            else:
                cr.execute(SQL("UPDATE stock_lot SET grade_rank = %s", UNGRADED))
        if not column_exists(cr, self._table, "remaining_life"):
            create_column(cr, self._table, "remaining_life", "numeric")
            self._fill_remaining_life()
        return super()._auto_init()

    def _fill_grade_rank(self):
        self.env.cr.execute(
            SQL(
                """UPDATE stock_lot SET grade_rank = COALESCE(
                       (SELECT sequence FROM farm_grade WHERE id = grade_id), %s)""",
                UNGRADED,
            )
        )

    def _fill_remaining_life(self):
        cr = self.env.cr
        life = SQL("%s", UNKNOWN_LIFE)
        if column_exists(cr, self._table, "shelf_life"):
            life = self._life_by_dates_sql(SQL("stock_lot"))
        cr.execute(SQL("UPDATE stock_lot SET remaining_life = %s", life))

    @api.depends("grade_id.sequence")
    def _compute_grade_rank(self):
        for lot in self:
            lot.grade_rank = lot.grade_id.sequence if lot.grade_id else UNGRADED

    @api.depends("expiration_date", "shelf_life", "is_life_measured")
    def _compute_remaining_life(self):
        now = fields.Datetime.now()
        for lot in self:
            if lot.is_life_measured:
                lot.remaining_life = lot.remaining_life
            else:
                lot.remaining_life = lot._get_life_by_dates(now)

    def _get_life_by_dates(self, now):
        """Percent of the shelf life from a moment to the expiration."""
        if not self.expiration_date or self.shelf_life <= 0:
            return UNKNOWN_LIFE
        left = (self.expiration_date - now).total_seconds() / 86400
        return max(0.0, 100 * left / self.shelf_life)

    def _set_remaining_life(self, percent):
        """Take over what was measured; from then on the dates do not tell it.

        For other add-ons, such as one that follows the temperature.

        :param percent: of the shelf life, 0 to 100; None lets the dates tell it again
        :raises UserError: another number
        """
        if percent is not None and not 0 <= percent <= 100:
            raise UserError(
                self.env._(
                    "%(percent)s is no remaining life: it is a percentage from 0 to"
                    " 100.",
                    percent=percent,
                )
            )
        # It is never typed in; whoever measured it has called this.
        lots = self.sudo()
        if percent is None:
            lots.is_life_measured = False
        else:
            lots.write({"is_life_measured": True, "remaining_life": percent})

    def _tag_fields(self):
        return super()._tag_fields() | {
            "grade_rank",
            "remaining_life",
            "is_life_measured",
        }

    # -- each night -----------------------------------------------------------------

    @api.model
    def _cron_refresh_remaining_life(self):
        """Tell the remaining life of the lots in stock anew, in steps that others
        hardly notice; a step that meets somebody else's work is done tomorrow.
        """
        cron = self.env["ir.cron"]
        last_id, left = 0, self._count_aging()
        cron._commit_progress(remaining=left)
        while ids := self._aging_ids(last_id):
            last_id = ids[-1]
            self.browse(ids)._refresh_remaining_life()
            left = max(0, left - len(ids))
            if not cron._commit_progress(len(ids), remaining=left):
                break

    def _aging(self):
        return SQL(
            """FROM stock_lot lot
              WHERE lot.expiration_date IS NOT NULL
                AND lot.is_life_measured IS NOT TRUE
                AND EXISTS (SELECT FROM stock_quant quant
                             WHERE quant.lot_id = lot.id AND quant.quantity > 0)"""
        )

    def _count_aging(self):
        return self.env.execute_query(SQL("SELECT count(*) %s", self._aging()))[0][0]

    def _aging_ids(self, last_id):
        rows = self.env.execute_query(
            SQL(
                "SELECT lot.id %s AND lot.id > %s ORDER BY lot.id LIMIT %s",
                self._aging(),
                last_id,
                LOTS_PER_STEP,
            )
        )
        return [lot_id for (lot_id,) in rows]

    def _refresh_remaining_life(self):
        """Write it on the lots and on their stock, where it has changed at all."""
        self.flush_recordset()
        quants = self.env["stock.quant"]
        quants.flush_model(["remaining_life"])
        for table, key in (("stock_quant", "lot_id"), ("stock_lot", "id")):
            self.env.cr.execute(self._refresh_query(table, key))
        self.invalidate_recordset(["remaining_life"])
        quants.invalidate_model(["remaining_life"])

    def _refresh_query(self, table, key):
        return SQL(
            """
            WITH aged AS (
                SELECT one.id, %(life)s AS life
                  FROM stock_lot lot JOIN %(table)s one ON one.%(key)s = lot.id
                 WHERE lot.id = ANY(%(ids)s)
                 ORDER BY one.id FOR NO KEY UPDATE OF one SKIP LOCKED
            )
            UPDATE %(table)s one SET remaining_life = aged.life FROM aged
             WHERE aged.id = one.id
               AND abs(COALESCE(one.remaining_life, -99) - aged.life) >= %(notable)s
            """,
            life=self._life_by_dates_sql(SQL("lot")),
            table=SQL.identifier(table),
            key=SQL.identifier(key),
            ids=list(self.ids),
            notable=NOTABLE,
        )

    def _life_by_dates_sql(self, lot):
        """As :meth:`_get_life_by_dates`, of rows of a table of lots."""
        return SQL(
            """CASE WHEN %(lot)s.expiration_date IS NOT NULL AND %(lot)s.shelf_life > 0
                    THEN round(greatest(0, 100 * extract(
                               epoch FROM %(lot)s.expiration_date - %(now)s)::numeric
                               / 86400 / %(lot)s.shelf_life::numeric), 2)
                    ELSE %(unknown)s END""",
            lot=lot,
            now=fields.Datetime.now(),
            unknown=UNKNOWN_LIFE,
        )
