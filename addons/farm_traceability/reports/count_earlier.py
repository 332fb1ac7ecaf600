"""The statement that makes counts of the adjustments from before this add-on."""

from odoo.tools import SQL


def earlier_counts():
    """Insert a count for each adjustment, and tell the move of it.

    What was counted is what the lines of the shelf come to behind the adjustment.
    Goods that were only moved to another place have adjustments without a loss: these
    are no counts.
    """
    return SQL(
        """
        WITH adjusted AS MATERIALIZED (%s), made AS (
            INSERT INTO farm_count (
                   id, company_id, location_id, product_id, lot_id, owner_id,
                   package_id, date, applied_date, user_id, book_quantity,
                   counted_quantity, create_uid, create_date, write_uid, write_date)
            SELECT id, company_id, location_id, product_id, lot_id, owner_id,
                   package_id, date, date, create_uid, counted - change, counted,
                   create_uid, create_date, create_uid, create_date
              FROM adjusted)
        UPDATE stock_move SET count_id = adjusted.id
          FROM adjusted WHERE adjusted.move_id = stock_move.id
        """,
        _ADJUSTED,
    )


_LINES = SQL(
    """
    SELECT DISTINCT ON (move.id)
           move.id AS move_id, line.company_id, line.product_id, line.lot_id,
           line.owner_id, line.date, line.id AS line_id, line.create_uid,
           line.create_date,
           CASE WHEN target.usage = 'inventory' THEN line.location_id
                ELSE line.location_dest_id END AS location_id,
           CASE WHEN target.usage = 'inventory' THEN line.package_id
                ELSE line.result_package_id END AS package_id,
           CASE WHEN target.usage = 'inventory' THEN -line.quantity_product_uom
                ELSE line.quantity_product_uom END AS change
      FROM stock_move move
      JOIN stock_move_line line ON line.move_id = move.id
      JOIN stock_location source ON source.id = line.location_id
      JOIN stock_location target ON target.id = line.location_dest_id
     WHERE move.is_inventory AND move.state = 'done'
       AND (source.usage = 'inventory') != (target.usage = 'inventory')
     ORDER BY move.id, line.id
    """
)

_ADJUSTED = SQL(
    """
    SELECT nextval('farm_count_id_seq') AS id, counted.*
      FROM (SELECT adjustment.*, COALESCE(came.quantity, 0) - COALESCE(
                       gone.quantity, 0) AS counted
              FROM (%(lines)s) adjustment
             CROSS JOIN LATERAL (
                   SELECT sum(quantity_product_uom) AS quantity
                     FROM stock_move_line line
                    WHERE line.location_dest_id = adjustment.location_id
                      AND line.result_package_id IS NOT DISTINCT FROM
                          adjustment.package_id AND %(same)s) came
             CROSS JOIN LATERAL (
                   SELECT sum(quantity_product_uom) AS quantity
                     FROM stock_move_line line
                    WHERE line.location_id = adjustment.location_id
                      AND line.package_id IS NOT DISTINCT FROM
                          adjustment.package_id AND %(same)s) gone
           ) counted
    """,
    lines=_LINES,
    same=SQL(
        """line.state = 'done' AND line.product_id = adjustment.product_id
           AND line.lot_id IS NOT DISTINCT FROM adjustment.lot_id
           AND line.owner_id IS NOT DISTINCT FROM adjustment.owner_id
           AND (line.date, line.id) <= (adjustment.date, adjustment.line_id)"""
    ),
)
