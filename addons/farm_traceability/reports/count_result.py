"""The statement that tells what moved between a count and the one before it.

Each count stands with its shelf: place, product, lot, owner and package. What was
counted the time before, and all that moved since, must come to what the books said
when the count was applied; ``gap`` is what it does not come to. Moves that were given
an earlier date make gaps: ``later`` were not yet in the books at this count, ``late``
not yet at the one before.

Moves are told apart by the second. One that is done in the very second of a count is
taken as done before it.
"""

from typing import NamedTuple

from odoo.tools import SQL


class Asked(NamedTuple):
    """What rows hang on beside the tables.

    :param datetime now: UTC, naive; what is being entered is compared with this moment
    :param SQL cost: of a unit of ``product``, as ``shelf.company_id`` sees it
    """

    now: object
    cost: SQL


def rows(asked):
    """One row for each count, applied or being entered; columns are the model's."""
    return SQL(
        """
        SELECT shelf.*, warehouse_id, template.categ_id, template.uom_id,
               company.currency_id, %(difference)s AS difference,
               CASE WHEN %(difference)s = 0 THEN 'none'
                    WHEN shelf.reason_id IS NOT NULL THEN 'done'
                    ELSE 'open' END AS investigation,
               %(value)s AS value, last.date AS last_date,
               last.applied_date AS last_applied_date,
               last.counted_quantity AS last_quantity,
               moved.came, moved.went, moved.came_inner, moved.went_inner,
               moved.adjusted, moved.documents, moved.meanwhile,
               %(gap)s AS gap, late.quantity AS late,
               CASE WHEN %(gap)s != 0 THEN moved.later ELSE 0 END AS later,
               pending.came AS pending_in, pending.went AS pending_out
          FROM (%(applied)s UNION ALL %(entered)s) shelf
          JOIN stock_location place ON place.id = shelf.location_id
          JOIN product_product product ON product.id = shelf.product_id
          JOIN product_template template ON template.id = product.product_tmpl_id
          LEFT JOIN stock_lot lot ON lot.id = shelf.lot_id
          LEFT JOIN res_company company ON company.id = shelf.company_id
          LEFT JOIN LATERAL (%(last)s) last ON TRUE
         CROSS JOIN LATERAL (%(moved)s) moved
         CROSS JOIN LATERAL (%(late)s) late
         CROSS JOIN LATERAL (%(pending)s) pending
        """,
        difference=_DIFFERENCE,
        value=SQL(
            """CASE WHEN COALESCE(shelf.owner_id, company.partner_id)
                         = company.partner_id
                    THEN %s * COALESCE(%s, 0) ELSE 0 END""",
            _DIFFERENCE,
            asked.cost,
        ),
        gap=_GAP,
        applied=_APPLIED,
        entered=_entered(asked.now),
        last=_LAST,
        moved=_MOVED,
        late=_LATE,
        pending=_PENDING,
    )


_DIFFERENCE = SQL("round(shelf.counted_quantity - shelf.book_quantity, 6)")

# What the last count and the moves since do not explain.
_GAP = SQL(
    """round(shelf.book_quantity - COALESCE(last.counted_quantity, 0) - moved.came
             + moved.went - moved.came_inner + moved.went_inner - moved.adjusted, 6)"""
)

_APPLIED = SQL(
    """
    SELECT id::bigint * 2 AS id, 'applied' AS state, id AS count_id,
           NULL::int AS quant_id, company_id, location_id, product_id, lot_id, owner_id,
           package_id, date, entry_date, applied_date AS moment, user_id,
           book_quantity, counted_quantity, COALESCE(reserved_quantity, 0)
           AS reserved_quantity, reason_id, note, investigator_id, investigation_date
      FROM farm_count
    """
)


def _entered(now):
    return SQL(
        """
        SELECT quant.id::bigint * 2 + 1, 'entered', NULL::int, quant.id,
               quant.company_id, quant.location_id, quant.product_id, quant.lot_id,
               quant.owner_id, quant.package_id,
               COALESCE(quant.count_entry_date, quant.write_date),
               COALESCE(quant.count_entry_date, quant.write_date), %s::timestamp,
               COALESCE(quant.user_id, quant.count_entry_user_id),
               COALESCE(quant.quantity, 0), COALESCE(quant.inventory_quantity, 0),
               quant.reserved_quantity,
               NULL::int, NULL::text, NULL::int, NULL::timestamp
          FROM stock_quant quant
          JOIN stock_location ON stock_location.id = quant.location_id
         WHERE quant.inventory_quantity_set
           AND stock_location.usage IN ('internal', 'transit')
        """,
        now,
    )


# Lots are compared in the one way that is read off an index, with a lot or without.
_SAME_GOODS = """
    {0}.product_id = shelf.product_id
    AND ({0}.lot_id = shelf.lot_id OR {0}.lot_id IS NULL AND shelf.lot_id IS NULL)
    AND {0}.owner_id IS NOT DISTINCT FROM shelf.owner_id"""

_LAST = SQL(
    """
    SELECT count.date, count.applied_date, count.counted_quantity
      FROM farm_count count
     WHERE count.location_id = shelf.location_id AND %s
       AND count.package_id IS NOT DISTINCT FROM shelf.package_id
       AND (count.applied_date, count.id)
           < (shelf.moment, COALESCE(shelf.count_id, 2147483647))
     ORDER BY count.applied_date DESC, count.id DESC
     LIMIT 1
    """,
    SQL(_SAME_GOODS.format("count")),
)


def _lines(condition):
    """Lines that change what lies on the shelf, with the place they come from or go to.

    A count's own line is none of them: the count says what is there behind it.
    """
    return SQL(
        """
        SELECT line.*, other.usage AS other_usage
          FROM (SELECT move_id, picking_id, date, create_date, state,
                       quantity_product_uom AS change, location_id AS other_id
                  FROM stock_move_line line
                 WHERE location_dest_id = shelf.location_id
                   AND result_package_id IS NOT DISTINCT FROM shelf.package_id
                   AND (location_id != shelf.location_id
                        OR package_id IS DISTINCT FROM shelf.package_id)
                   AND %(goods)s AND %(condition)s
                 UNION ALL
                SELECT move_id, picking_id, date, create_date, state,
                       -quantity_product_uom, location_dest_id
                  FROM stock_move_line line
                 WHERE location_id = shelf.location_id
                   AND package_id IS NOT DISTINCT FROM shelf.package_id
                   AND (location_dest_id != shelf.location_id
                        OR result_package_id IS DISTINCT FROM shelf.package_id)
                   AND %(goods)s AND %(condition)s) line
          JOIN stock_location other ON other.id = line.other_id
          LEFT JOIN stock_move move ON move.id = line.move_id
         WHERE move.count_id IS NULL
        """,
        goods=SQL(_SAME_GOODS.format("line")),
        condition=condition,
    )


_INNER = SQL("other_usage IN ('internal', 'transit')")
_ADJUSTED = SQL(
    """(other_usage = 'inventory' AND EXISTS (
           SELECT FROM stock_move
            WHERE id = line.move_id AND is_inventory))"""
)
_KINDS = SQL(
    """CASE WHEN %s THEN 'inner' WHEN %s THEN 'adjusted' ELSE 'outer' END AS kind""",
    _INNER,
    _ADJUSTED,
)

_MOVED = SQL(
    """
    SELECT COALESCE(sum(change) FILTER (
               WHERE kind = 'outer' AND change > 0), 0) AS came,
           COALESCE(-sum(change) FILTER (
               WHERE kind = 'outer' AND change < 0), 0) AS went,
           COALESCE(sum(change) FILTER (
               WHERE kind = 'inner' AND change > 0), 0) AS came_inner,
           COALESCE(-sum(change) FILTER (
               WHERE kind = 'inner' AND change < 0), 0) AS went_inner,
           COALESCE(sum(change) FILTER (WHERE kind = 'adjusted'), 0) AS adjusted,
           count(DISTINCT COALESCE(picking_id, -move_id)) AS documents,
           COALESCE(sum(change) FILTER (
               WHERE date > LEAST(shelf.date, shelf.entry_date)), 0) AS meanwhile,
           COALESCE(sum(change) FILTER (
               WHERE create_date > shelf.moment), 0) AS later
      FROM (SELECT line.*, %s FROM (%s) line) line
    """,
    _KINDS,
    _lines(
        SQL(
            """line.state = 'done' AND line.date <= shelf.moment
               AND line.date > COALESCE(last.applied_date, '-infinity')"""
        )
    ),
)

# Dated before the last count but entered after it: asked where something is amiss.
_LATE = SQL(
    """
    SELECT COALESCE(sum(change), 0) AS quantity
      FROM (%s) line
     WHERE %s != 0
    """,
    _lines(
        SQL(
            """line.state = 'done' AND line.date <= last.applied_date
               AND line.create_date > last.applied_date"""
        )
    ),
    _GAP,
)

# What was on its way at the moment of the count.
_PENDING = SQL(
    """
    SELECT COALESCE(sum(change) FILTER (WHERE change > 0), 0) AS came,
           COALESCE(-sum(change) FILTER (WHERE change < 0), 0) AS went
      FROM (%(open)s UNION ALL %(done_later)s) line
     WHERE %(difference)s != 0
    """,
    open=_lines(
        SQL(
            """line.state NOT IN ('done', 'cancel')
               AND line.create_date <= shelf.moment"""
        )
    ),
    done_later=_lines(
        SQL(
            """line.state = 'done' AND line.date > shelf.moment
               AND line.create_date <= shelf.moment"""
        )
    ),
    difference=_DIFFERENCE,
)
