import logging
from datetime import timedelta

import pytz
from markupsafe import Markup
from odoo import api, fields, models
from odoo.tools import SQL
from psycopg2.errors import SerializationFailure, UniqueViolation

from .bands import local_day
from .digest_queries import DIGESTS, DUE, LINES, STOCK

_logger = logging.getLogger(__name__)

# Names of places in a line; more are cut off.
PLACES_LENGTH = 250


class FarmExpiryDigest(models.Model):
    """The job that tells people: one statement for each company."""

    _inherit = "farm.expiry.digest"

    @api.model
    def _make_all(self):
        """Make or complete today's digests of all companies.

        Two at once: whoever comes second leaves it to the first.

        :return: the digests that got lots
        :rtype: farm.expiry.digest
        """
        # Stock of all companies is looked at, for whoever is responsible there.
        digests = self.sudo()
        [[alone]] = self.env.execute_query(
            SQL("SELECT pg_try_advisory_xact_lock(hashtext('farm.expiry.digest'))")
        )
        if not alone:
            return digests.browse()
        try:
            with self.env.cr.savepoint():
                return digests._make_for(digests._get_companies_with_stock())
        except (SerializationFailure, UniqueViolation):
            # They were made while this one began.
            _logger.info("Expiry digests are made by another job")
            return digests.browse()

    def _get_companies_with_stock(self):
        houses = self.env["stock.warehouse"].with_context(active_test=False)
        return [company for (company,) in houses._read_group([], ["company_id"])]

    def _make_for(self, companies):
        digests = self.browse()
        for company in companies:
            digests |= self.with_company(company)._make_for_company()
        for digest in digests:
            digest._tell()
        return digests

    def _make_for_company(self):
        self.env.flush_all()
        # That another job was first is no error.
        self.env.cr.execute(self._lines_to_sql(), log_exceptions=False)
        rows = self.env.cr.fetchall()
        self.env.invalidate_all(flush=False)
        return self.browse({digest_id for (digest_id,) in rows})

    def _lines_to_sql(self):
        return SQL(
            LINES,
            due=self._due_to_sql(),
            digests=self._digests_to_sql(),
            company=self.env.company.id,
            uid=self.env.uid,
            now=fields.Datetime.now(),
        )

    # -- what is due -------------------------------------------------------------------

    def _due_to_sql(self):
        """Lots in stock at a stage that nobody was told of yet, with whom to tell.

        The stage is the nearest one that is reached, of those of the product, of the
        lot's alert date, and of the day of expiry.
        """
        return SQL(
            DUE,
            people=self._people_to_sql(),
            stock=self._stock_to_sql(),
            company=self.env.company.id,
        )

    def _people_to_sql(self):
        """Who can be told, with their time zone and which day it is there."""
        company = self.env.company
        people = company._get_expiry_people()
        people |= company._get_expiry_fallback(people)
        zones = [user.tz or company.partner_id.tz or "UTC" for user in people]
        now = fields.Datetime.now()
        return SQL(
            """SELECT * FROM unnest(%s::int[], %s::text[], %s::date[])
                          AS person (user_id, tz, today)""",
            people.ids,
            zones,
            [local_day(now, pytz.timezone(zone)) for zone in zones],
        )

    def _stock_to_sql(self):
        """Lots of products that use dates, by warehouse, with whom to tell."""
        company = self.env.company
        people = company._get_expiry_people()
        responsible = self.env["product.template"]._field_to_sql(
            "template", "responsible_id"
        )
        return SQL(
            STOCK,
            stages=company.expiry_alert_stages or "0",
            fallback=company._get_expiry_fallback(people).id,
            length=PLACES_LENGTH,
            responsible=responsible,
            company=company.id,
            # The first stage is the longest; two days cover all time zones.
            soon=fields.Datetime.now() + timedelta(days=2),
        )

    def _digests_to_sql(self):
        """Today's digests of who is to be told, made where there is none yet."""
        return SQL(
            DIGESTS,
            company=self.env.company.id,
            uid=self.env.uid,
            now=fields.Datetime.now(),
        )

    # -- telling -----------------------------------------------------------------------

    def _tell(self):
        """The person's activity; that of the same day is brought up to date."""
        reader = self.with_context(lang=self.user_id.lang or self.env.lang)
        vals = {"summary": reader._activity_summary(), "note": reader._activity_note()}
        activity = self.activity_ids.filtered(lambda one: one.user_id == self.user_id)
        if activity:
            activity[0].write(vals)
        else:
            self.activity_schedule(
                "mail.mail_activity_data_todo",
                date_deadline=self.date,
                user_id=self.user_id.id,
                **vals,
            )

    def _activity_summary(self):
        place = self.warehouse_id.name or self.company_id.name
        if self.lot_count == 1:
            return self.env._("1 lot expires: %(place)s", place=place)
        return self.env._(
            "%(count)s lots expire: %(place)s", count=self.lot_count, place=place
        )

    def _activity_note(self):
        return Markup("<br/>").join(
            f"{stage}: {count}" for stage, count in self._count_by_stage().items()
        )
