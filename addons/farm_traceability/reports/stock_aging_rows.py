"""The rows of the aging report: what lies on a shelf in a bucket of ages."""

from datetime import date, datetime
from typing import NamedTuple

from odoo.tools import SQL

from ..models.aging.buckets import GAP, UNDATED, Buckets
from .stock_aging import Scope, layers


class Asked(NamedTuple):
    """What the report is asked for.

    :param day: the last day that counts, in the time zone ``tz``
    :param basis: ``"arrival"`` or ``"harvest"``
    :param issued_since: UTC, naive; what was issued since then is added up
    :param cost: SQL, the cost of one unit in ``product``, ``lot`` and ``place``
    """

    scope: Scope
    day: date
    tz: str
    basis: str
    buckets: Buckets
    idle_days: int
    issued_since: datetime
    cost: SQL


def rows(asked):
    """The statement of the report, one row for each shelf and bucket."""
    return SQL(
        """
        %(layers)s, %(harvested)s
             aged AS (%(aged)s),
             heap AS (%(heaps)s)
        %(select)s
        """,
        layers=layers(asked.scope),
        harvested=_HARVESTED if asked.basis == "harvest" else SQL(),
        aged=_aged(asked),
        heaps=_heaps(asked),
        select=_select(asked),
    )


# A lot that was made of others was harvested when the first of them was.
_HARVESTED = SQL(
    """
    ancestor AS (
        SELECT DISTINCT lot_id AS root_id, lot_id FROM remaining WHERE lot_id > 0
         UNION
        SELECT ancestor.root_id, used.lot_id
          FROM ancestor
          JOIN stock_lot lot ON lot.id = ancestor.lot_id AND lot.harvest_date IS NULL
          JOIN stock_move_line made ON made.lot_id = lot.id AND made.state = 'done'
          JOIN stock_move move
            ON move.id = made.move_id AND move.lot_operation_id IS NOT NULL
          JOIN stock_move_line_consume_rel rel ON rel.consume_line_id = made.id
          JOIN stock_move_line used ON used.id = rel.produce_line_id
         WHERE used.lot_id IS NOT NULL
    ),
    harvested AS (
        SELECT root_id AS lot_id, min(lot.harvest_date) AS day
          FROM ancestor JOIN stock_lot lot ON lot.id = ancestor.lot_id
         GROUP BY root_id
    ),
    """
)


def _aged(asked):
    """Layers with the day that their age is counted from; null for gaps.

    The day is found once (``OFFSET 0``), not for each bucket it is compared with.
    """
    if asked.basis == "harvest":
        return SQL(
            """
            SELECT remaining.*,
                   CASE WHEN quantity > 0 THEN harvested.day END AS day
              FROM remaining LEFT JOIN harvested USING (lot_id)
            """
        )
    return SQL(
        """
        SELECT *, (date AT TIME ZONE 'UTC' AT TIME ZONE %s)::date AS day
          FROM remaining
        OFFSET 0
        """,
        asked.tz,
    )


def _heaps(asked):
    days = SQL("%s::date - day", asked.day)
    return SQL(
        """
        SELECT location_id, product_id, lot_id, owner_id,
               CASE WHEN quantity < 0 THEN %(gap)s WHEN day IS NULL THEN %(undated)s
                    ELSE %(number)s END AS bucket,
               min(first_id) AS first_id, min(day) AS since, sum(quantity) AS quantity,
               sum(quantity * (%(days)s)) AS quantity_days,
               sum(quantity) FILTER (WHERE day IS NOT NULL) AS aged_quantity
          FROM aged
         GROUP BY location_id, product_id, lot_id, owner_id, bucket
        """,
        gap=GAP,
        undated=UNDATED,
        number=asked.buckets.number_to_sql(days),
        days=days,
    )


def _issue(asked):
    """When a product was last issued from a warehouse, and how much of it lately.

    The lines of the product are looked at from the last one on. Who asks for neither
    does not wait for it: a row of totals joins once, or not at all.
    """
    issued = SQL(
        """
        SELECT line.date, line.quantity_product_uom AS quantity
          FROM stock_move_line line
         WHERE line.product_id = heap.product_id AND line.state = 'done'
           AND line.date < %s
           AND line.location_id IN (
               SELECT id FROM place other
                WHERE other.warehouse_id = place.warehouse_id)
           AND line.location_dest_id IN (
               SELECT id FROM stock_location
                WHERE usage IN ('customer', 'production'))
        """,
        asked.scope.until,
    )
    return SQL(
        """
        SELECT max(last.date) AS date, max(late.quantity) AS quantity
          FROM (%(issued)s ORDER BY line.date DESC LIMIT 1) last
    CROSS JOIN (SELECT sum(quantity) AS quantity
                  FROM (%(issued)s AND line.date >= %(since)s) line) late
        """,
        issued=issued,
        since=asked.issued_since,
    )


def _select(asked):
    issued = SQL(
        "(issue.date AT TIME ZONE 'UTC' AT TIME ZONE %s)::date",
        asked.tz,
    )
    idle = SQL("%s::date - GREATEST(heap.since, %s)", asked.day, issued)
    return SQL(
        """
        SELECT heap.first_id::bigint * 16 + heap.bucket AS id, heap.product_id,
               template.categ_id, template.uom_id, heap.location_id,
               place.warehouse_id, place.company_id, company.currency_id,
               NULLIF(heap.lot_id, 0) AS lot_id, NULLIF(heap.owner_id, 0) AS owner_id,
               lot.farmer_id, lot.grade_id, heap.bucket AS bucket_number,
               %(label)s AS bucket, heap.since, %(day)s::date - heap.since AS days,
               heap.quantity, heap.quantity_days,
               heap.aged_quantity,
               heap.quantity_days / heap.aged_quantity AS average_days,
               %(value)s AS value, %(issued)s AS last_issue, %(idle)s AS idle_days,
               COALESCE(%(idle)s >= %(idle_days)s, FALSE) AS is_slow,
               COALESCE(issue.quantity, 0) AS issued_quantity
          FROM heap
          JOIN stock_location place ON place.id = heap.location_id
          JOIN product_product product ON product.id = heap.product_id
          JOIN product_template template ON template.id = product.product_tmpl_id
          LEFT JOIN stock_lot lot ON lot.id = heap.lot_id
          LEFT JOIN res_company company ON company.id = place.company_id
          LEFT JOIN LATERAL (%(issue)s) issue ON TRUE
        """,
        issue=_issue(asked),
        label=asked.buckets.label_to_sql(SQL("heap.bucket")),
        day=asked.day,
        value=_value(asked),
        issued=issued,
        idle=idle,
        idle_days=asked.idle_days,
    )


def _value(asked):
    return SQL(
        """CASE WHEN heap.owner_id IN (0, company.partner_id)
                THEN heap.quantity::float8 * COALESCE(%s, 0) ELSE 0 END""",
        asked.cost,
    )
