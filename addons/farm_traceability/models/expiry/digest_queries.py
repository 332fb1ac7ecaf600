"""The statements of the job that tells people what expires, one for a company."""

# Lots inside that may be due, by warehouse.
STOCK = """
   SELECT quant.lot_id, place.warehouse_id,
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
 GROUP BY quant.lot_id, place.warehouse_id
"""

# Lots at a stage that nobody was told of yet, with whom to tell.
DUE = """
WITH person AS (%(people)s), stock AS (%(stock)s), dated AS (
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
              AND told.stage <= reached.stage))
"""

# Today's digests, made where there is none yet.
DIGESTS = """
wanted AS (SELECT DISTINCT user_id, warehouse_id, today FROM due),
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
)
"""

# Write down what is due in the digests of the day.
LINES = """
%(due)s, %(digests)s
INSERT INTO farm_expiry_digest_line (
            digest_id, lot_id, warehouse_id, company_id, stage, is_alert,
            expiry_day, days_left, quantity, places,
            create_uid, create_date, write_uid, write_date)
     SELECT digest.id, due.lot_id, due.warehouse_id, %(company)s, due.stage,
            due.is_alert, due.expiry_day, due.days_left, due.quantity,
            due.places, %(uid)s, %(now)s, %(uid)s, %(now)s
       FROM due
       JOIN digest ON digest.user_id = due.user_id
        AND digest.date = due.today
        AND digest.warehouse_id IS NOT DISTINCT FROM due.warehouse_id
  RETURNING digest_id
"""
