from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ...reports.stock_aging import Closing, Scope, layers
from ...reports.stock_aging_since import retraced

#: how many closings of nights are kept, and how many ends of months
NIGHTS, MONTHS = 3, 24


class FarmStockAgingClosing(models.Model):
    """What remained at a moment, so that ages need not be told from the beginning.

    1. Each night all that is in stock is written down with its age, going on from the
       closing before.
    2. A report goes on from the last closing before its date.
    3. A closing counts no more when a line that it knows is changed, or when a line of
       before its moment was written after it was made.
    """

    _name = "farm.stock.aging.closing"
    _description = "Closing of Stock Ages"
    _order = "until desc"
    _rec_name = "until"

    until = fields.Datetime(required=True, readonly=True)
    known_until = fields.Datetime(
        required=True,
        readonly=True,
        help="All that was written before was known when the closing was made.",
    )

    is_wrong = fields.Boolean(readonly=True, help="What it knows was changed.")

    _until_unique = models.UniqueIndex(
        "(until) WHERE is_wrong IS NOT TRUE", "This moment is closed already."
    )

    # -- which one to go on from -----------------------------------------------------

    @api.model
    def _get_scope(self, companies, until):
        """What the report's statement is asked for; it goes on from a closing.

        :rtype: Scope
        """
        scope = Scope(companies.ids, until)
        last = self._get_last(until)
        return scope._replace(closing=self._go_on(last, until)) if last else scope

    def _get_last(self, until):
        """The last closing before a moment that is still true, or none.

        Where companies share places, ages depend on whose goods are asked for: then
        there is none.
        """
        self.flush_model()
        self.env["stock.move.line"].flush_model(["date", "state"])
        found = self.env.execute_query(
            SQL(
                """
                SELECT id FROM farm_stock_aging_closing closing
                 WHERE until <= %s AND NOT %s AND NOT EXISTS (
                       SELECT FROM stock_location
                        WHERE usage = 'internal' AND company_id IS NULL)
                 ORDER BY until DESC LIMIT 1
                """,
                until,
                _IS_WRONG,
            )
        )
        return self.sudo().browse(one for (one,) in found)  # figures are for readers

    def _go_on(self, closing, until):
        shelves = self.env.execute_query(retraced(closing.until, until))
        return Closing(closing.id, closing.until, shelves)

    @api.model
    def _forget(self, since=None):
        """Closings are no more true of what happened since a moment; None: ever.

        They are deleted at night: who changes a line need not wait for it.
        """
        domain = [("until", ">", since)] if since else []
        self.sudo().search(domain).is_wrong = True  # derived from what was changed

    # -- making them -----------------------------------------------------------------

    @api.model
    def _cron_close(self):
        """Close at the last moment of which all is known, and tidy up."""
        until = self._get_known_moment()
        # What was open at that moment is seen from the next transaction on.
        self.env["ir.cron"]._commit_progress()
        self.env.cr.execute(
            SQL("DELETE FROM farm_stock_aging_closing closing WHERE %s", _IS_WRONG)
        )
        self.invalidate_model(flush=False)
        if not self.search_count([("until", ">=", until)], limit=1):
            self._close(until, until)
        self._get_outdated().unlink()

    def _get_known_moment(self):
        """When the oldest transaction that is still open began.

        What was dated before is written by now, or it is late. Dates have no fractions
        of seconds, and may be up to one before their transaction.
        """
        [(moment,)] = self.env.execute_query(
            SQL(
                """
                SELECT date_trunc('second',
                           LEAST(min(xact_start), now()) AT TIME ZONE 'UTC')
                  FROM pg_stat_activity WHERE datname = current_database()
                """
            )
        )
        return moment

    def _close(self, until, known_until):
        """Write down what remained at the moment before ``until``."""
        companies = self.env["res.company"].with_context(active_test=False)
        companies = companies.search(Domain.TRUE)
        scope = self._get_scope(companies, until)
        closing = self.create({"until": until, "known_until": known_until})
        self.env["farm.stock.aging"]._plan_for_many_rows()
        self.env.cr.execute(
            SQL(
                """
                %s
                INSERT INTO farm_stock_aging_layer (
                    closing_id, company_id, location_id, product_id, lot_id, owner_id,
                    first_id, date, quantity, position)
                SELECT %s, place.company_id, remaining.*
                  FROM remaining JOIN place ON place.id = remaining.location_id
                """,
                layers(scope),
                closing.id,
            )
        )
        # Rows that the planner has not heard of would be compared one by one.
        self.env.cr.execute("ANALYZE farm_stock_aging_layer")
        return closing

    def _get_outdated(self):
        """All but those of the last nights and of the ends of months."""
        closings = self.search(Domain.TRUE, order="until desc")
        months = closings.grouped(lambda one: one.until.strftime("%Y-%m"))
        ends = [month[:1] for month in list(months.values())[: MONTHS + 1]]
        return closings - closings[:NIGHTS] - self.union(*ends)


# Or a line of before its moment was not known when it was made.
_IS_WRONG = SQL(
    """
    (closing.is_wrong IS TRUE OR EXISTS (
        SELECT FROM stock_move_line line
         WHERE line.state = 'done' AND line.write_date >= closing.known_until
           AND line.date < closing.until))
    """
)


class FarmStockAgingLayer(models.Model):
    """What of one age lay on a shelf at a closing.

    Rows are written and read by the report's statement only, a hundred thousand at a
    time. The numbers of places, products, lots, owners and lines are bare: 0 for none,
    and nothing keeps anybody from deleting what they are of.
    """

    _name = "farm.stock.aging.layer"
    _description = "Stock Age at a Closing"
    _log_access = False

    closing_id = fields.Many2one(
        "farm.stock.aging.closing", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one("res.company", ondelete="cascade")
    location_id = fields.Integer(required=True)
    product_id = fields.Integer(required=True)
    lot_id = fields.Integer(required=True)
    owner_id = fields.Integer(required=True)
    first_id = fields.Integer(required=True)
    date = fields.Datetime()
    quantity = fields.Float(digits=(16, 6), required=True)
    position = fields.Float(digits=(16, 6), required=True)
