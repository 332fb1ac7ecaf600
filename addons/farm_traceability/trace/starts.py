"""Where a trace may begin: anything that leads to lots."""

from functools import partial

from odoo.tools import SQL

from .input_query import CAME_BY, RECEIVED, SENDER, fed
from .reading import array, read


def start_lots(env, kind, ids, since=None, until=None):
    """Find the lots that a trace of something begins with.

    It reads past record rules and companies as the trace does: who calls it checks
    that the user may read what it starts from.

    :param env: environment
    :param kind: one of ``KINDS``: "lot" (serials too), "harvest", "cycle", "farmer",
        "plot", "certificate" (the one a harvest was posted under), "guide" (that very
        version), "input_lot" (a lot of fertiliser, pesticide or agent: itself, lots
        harvested from where it was used before, lots treated with it), "supplier"
        (what came from a partner's company by receipt or dropship, or is owned by it),
        "transfer", "treatment", "location" (what was there or in a place below)
    :param ids: ids of the kind's records
    :param since: earliest moment of interest, a naive UTC datetime; ``None`` for the
        beginning of the records. Only for the kinds in ``TIMED``: the time that lots
        were at the location, or came from the supplier
    :param until: latest moment of interest; ``None`` for no end
    :return: ids of ``stock.lot``, ascending, each once
    :rtype: list[int]
    :raises ValueError: unknown kind, or a time for a kind that has none
    """
    if kind not in KINDS:
        raise ValueError(f"Unknown start of a trace: {kind!r}")
    if kind in TIMED:
        statement = KINDS[kind](array(ids), _within(since, until), since)
    elif since or until:
        raise ValueError(f"A trace from {kind!r} has no time window")
    else:
        statement = KINDS[kind](array(ids))
    return sorted({lot for (lot,) in read(env, statement)})


def _within(since, until):
    """Condition on the date of a move line."""
    parts = [SQL("line.state = 'done'")]
    if since:
        parts.append(SQL("line.date >= %s", since))
    if until:
        parts.append(SQL("line.date <= %s", until))
    return SQL(" AND ").join(parts)


def _lots(ids):
    return SQL("SELECT id FROM stock_lot WHERE id = ANY(%s)", ids)


def _of_harvests(column, ids):
    return SQL(
        """
        SELECT lot.id
          FROM farm_harvest harvest
          JOIN stock_lot lot ON lot.harvest_id = harvest.id
         WHERE harvest.%s = ANY(%s)
        """,
        SQL.identifier(column),
        ids,
    )


def _touched_by_input(ids):
    """The input itself, and what it came upon in the field and after harvest."""
    return SQL("%s UNION %s", _lots(ids), fed(ids))


def _of_suppliers(ids, within, _since):
    """Received by a transfer or a dropship, from any contact of the company."""
    return SQL(
        """
        SELECT line.lot_id
          FROM stock_move_line line
          %s
          JOIN res_partner partner ON partner.id IN (%s, line.owner_id)
         WHERE line.lot_id IS NOT NULL
           AND %s
           AND partner.commercial_partner_id IN (
                SELECT commercial_partner_id FROM res_partner WHERE id = ANY(%s))
           AND %s
        """,
        CAME_BY,
        SENDER,
        RECEIVED,
        ids,
        within,
    )


def _of_transfers(ids):
    return SQL(
        """
        SELECT lot_id FROM stock_move_line
         WHERE picking_id = ANY(%s) AND lot_id IS NOT NULL AND state != 'cancel'
        """,
        ids,
    )


def _of_treatments(ids):
    return SQL(
        """
        SELECT stock_lot_id FROM farm_treatment_stock_lot_rel
         WHERE farm_treatment_id = ANY(%s)
        """,
        ids,
    )


def _of_locations(ids, within, since):
    """Moved in, out or about within the time, or there when it began.

    Quants know today only, so the past is added up from the moves.
    """
    return SQL(
        """
        WITH place AS MATERIALIZED (
            SELECT DISTINCT location.id
              FROM stock_location root
              JOIN stock_location location
                ON location.parent_path LIKE root.parent_path || '%%'
             WHERE root.id = ANY(%(ids)s)
        ), step AS (
            SELECT lot_id, date, state, quantity_product_uom AS change
              FROM stock_move_line WHERE location_dest_id IN (SELECT id FROM place)
             UNION ALL
            SELECT lot_id, date, state, -quantity_product_uom
              FROM stock_move_line WHERE location_id IN (SELECT id FROM place)
        )
        SELECT line.lot_id
          FROM step line
         WHERE line.state = 'done' AND line.lot_id IS NOT NULL
         GROUP BY line.lot_id
        HAVING bool_or(%(within)s)
            OR sum(line.change) FILTER (WHERE line.date < %(since)s) > 0
        """,
        ids=ids,
        within=within,
        since=since or None,
    )


KINDS = {
    "lot": _lots,
    "harvest": partial(_of_harvests, "id"),
    "cycle": partial(_of_harvests, "cycle_id"),
    "farmer": partial(_of_harvests, "farmer_id"),
    "plot": partial(_of_harvests, "plot_id"),
    "certificate": partial(_of_harvests, "certificate_id"),
    "guide": partial(_of_harvests, "guide_id"),
    "input_lot": _touched_by_input,
    "supplier": _of_suppliers,
    "transfer": _of_transfers,
    "treatment": _of_treatments,
    "location": _of_locations,
}
# Kinds that take a time.
TIMED = {"supplier", "location"}
