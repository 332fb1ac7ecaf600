import logging
from datetime import timedelta

import pytz
from markupsafe import Markup
from odoo import api, fields, models
from odoo.tools import SQL
from psycopg2.errors import SerializationFailure, UniqueViolation

from .bands import local_day

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
        rows = self.env.execute_query(
            SQL(
                """%(due)s, %(digests)s
                INSERT INTO farm_expiry_digest_line (
                            digest_id, lot_id, warehouse_id, company_id, stage,
                            is_alert, expiry_day, days_left, quantity, places,
                            create_uid, create_date, write_uid, write_date)
                     SELECT digest.id, due.lot_id, due.warehouse_id, %(company)s,
                            due.stage, due.is_alert, due.expiry_day, due.days_left,
                            due.quantity, due.places, %(uid)s, %(now)s, %(uid)s, %(now)s
                       FROM due
                       JOIN digest ON digest.user_id = due.user_id
                        AND digest.date = due.today
                        AND digest.warehouse_id IS NOT DISTINCT FROM due.warehouse_id
                  RETURNING digest_id""",
                due=self._due_to_sql(),
                digests=self._digests_to_sql(),
                company=self.env.company.id,
                uid=self.env.uid,
                now=fields.Datetime.now(),
            )
        )
        self.env.invalidate_all(flush=False)
        return self.browse({digest_id for (digest_id,) in rows})

    # -- what is due -------------------------------------------------------------------

    def _due_to_sql(self):
        """Lots in stock at a stage that nobody was told of yet, with whom to tell.

        The stage is the nearest one that is reached, of those of the product, of the
        lot's alert date, and of the day of expiry.
        """
        return SQL(
            """WITH person AS (%(people)s), stock AS (%(stock)s), dated AS (
                SELECT stock.*, person.today, person.expiry_day,
                       person.expiry_day - person.today AS days_left,
                       person.expiry_day - person.alert_day AS alert_stage
                  FROM stock
                  JOIN LATERAL (
                       SELECT person.today,
                              (COALESCE(stock.expiration_date, stock.alert_date)
                                 AT TIME ZONE 'UTC' AT TIME ZONE person.tz
                              )::date AS expiry_day,
                              (stock.alert_date
                                 AT TIME ZONE 'UTC' AT TIME ZONE person.tz
                              )::date AS alert_day
                         FROM person
                        WHERE person.user_id = stock.user_id
                  ) person ON TRUE
            ), due AS (
                SELECT dated.*, reached.stage
                  FROM dated
                  JOIN LATERAL (
                       SELECT min(stage) AS stage
                         FROM unnest(string_to_array(CASE WHEN dated.is_alert THEN '0'
                                                     ELSE dated.stages END, ',')::int[]
                                     || GREATEST(dated.alert_stage, 0) || 0) AS stage
                        WHERE stage >= dated.days_left
                  ) reached ON reached.stage IS NOT NULL
                 WHERE NOT EXISTS (
                       SELECT FROM farm_expiry_digest_line told
                        WHERE told.lot_id = dated.lot_id
                          AND told.company_id = %(company)s
                          AND COALESCE(told.warehouse_id, 0)
                              = COALESCE(dated.warehouse_id, 0)
                          AND told.expiry_day = dated.expiry_day
                          AND told.stage <= reached.stage))""",
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
            """SELECT quant.lot_id, place.warehouse_id,
                      min(lot.expiration_date) AS expiration_date,
                      min(lot.alert_date) AS alert_date,
                      bool_or(lot.expiration_date IS NULL) AS is_alert,
                      min(COALESCE(NULLIF(template.expiry_alert_stages, ''),
                                   %(stages)s)) AS stages,
                      min(COALESCE(product_person.user_id, house_person.user_id,
                                   %(fallback)s)) AS user_id,
                      sum(quant.quantity) AS quantity,
                      left(string_agg(DISTINCT place.complete_name, ', '),
                           %(length)s) AS places
                 FROM stock_quant quant
                 JOIN stock_location place ON place.id = quant.location_id
                 JOIN stock_lot lot ON lot.id = quant.lot_id
                 JOIN product_product product ON product.id = quant.product_id
                 JOIN product_template template
                   ON template.id = product.product_tmpl_id
            LEFT JOIN stock_warehouse house ON house.id = place.warehouse_id
            LEFT JOIN person product_person ON product_person.user_id = %(responsible)s
            LEFT JOIN person house_person
                   ON house_person.user_id = house.expiry_user_id
                WHERE place.usage = 'internal' AND quant.quantity > 0
                  AND quant.company_id = %(company)s
                  AND template.use_expiration_date
                  AND (lot.alert_date < %(soon)s
                       OR lot.expiration_date < %(soon)s + interval '1 day'
                          * split_part(COALESCE(NULLIF(template.expiry_alert_stages,
                                       ''), %(stages)s), ',', 1)::int)
             GROUP BY quant.lot_id, place.warehouse_id""",
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
            """wanted AS (SELECT DISTINCT user_id, warehouse_id, today FROM due),
            made AS (
                INSERT INTO farm_expiry_digest (
                            user_id, warehouse_id, company_id, date,
                            create_uid, create_date, write_uid, write_date)
                     SELECT user_id, warehouse_id, %(company)s, today,
                            %(uid)s, %(now)s, %(uid)s, %(now)s
                       FROM wanted
                ON CONFLICT DO NOTHING
                  RETURNING id, user_id, warehouse_id, date
            ), digest AS (
                SELECT * FROM made
                UNION ALL
                SELECT old.id, old.user_id, old.warehouse_id, old.date
                  FROM farm_expiry_digest old
                  JOIN wanted ON wanted.user_id = old.user_id
                   AND wanted.today = old.date
                   AND wanted.warehouse_id IS NOT DISTINCT FROM old.warehouse_id
                 WHERE old.company_id = %(company)s
            )""",
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
