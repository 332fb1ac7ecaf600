"""Statements about inputs: what fruit was grown and treated with, and who sent it."""

from odoo.tools import SQL

from .queries import lines
from .reading import array


def feeding(lots):
    """Pairs of an input lot and a lot that was harvested or treated with it.

    :param lots: array of ids, or a statement that selects them
    """
    return SQL(
        """
        SELECT activity.lot_id, lot.id
          FROM farm_activity activity
          JOIN farm_harvest harvest
            ON harvest.cycle_id = activity.cycle_id AND harvest.date >= activity.date
          JOIN stock_lot lot ON lot.harvest_id = harvest.id
         WHERE activity.lot_id = ANY(%(lots)s)
         UNION
        SELECT treatment.input_lot_id, treated.stock_lot_id
          FROM farm_treatment treatment
          JOIN farm_treatment_stock_lot_rel treated
            ON treated.farm_treatment_id = treatment.id
         WHERE treatment.input_lot_id = ANY(%(lots)s) AND treatment.state = 'done'
        """,
        lots=lots,
    )


def fed(lots):
    """Lots harvested after an input lot was used on their cycle, or treated with it."""
    return SQL("SELECT DISTINCT fed.id FROM (%s) AS fed(agent, id)", feeding(lots))


def inputs(lot_ids):
    """The other way: which inputs lots were grown and treated with."""
    return SQL(
        """
        SELECT activity.lot_id, 'farm.activity', activity.id, harvest.id,
               NULL::int, activity.date
          FROM (SELECT DISTINCT lot.harvest_id
                  FROM unnest(%(lots)s) AS node(id)
                  JOIN stock_lot lot ON lot.id = node.id) origin
          JOIN farm_harvest harvest ON harvest.id = origin.harvest_id
          JOIN farm_activity activity
            ON activity.cycle_id = harvest.cycle_id AND activity.date <= harvest.date
         WHERE activity.lot_id IS NOT NULL
         UNION ALL
        SELECT treatment.input_lot_id, 'farm.treatment', treatment.id, NULL,
               treated.stock_lot_id, treatment.date::date
          FROM unnest(%(lots)s) AS node(id)
          JOIN farm_treatment_stock_lot_rel treated ON treated.stock_lot_id = node.id
          JOIN farm_treatment treatment ON treatment.id = treated.farm_treatment_id
         WHERE treatment.input_lot_id IS NOT NULL AND treatment.state = 'done'
         ORDER BY 1, 2, 3, 4, 5
        """,
        lots=array(lot_ids),
    )


def suppliers(lot_ids):
    """Companies that lots came from: the transfer's partner, else the owner."""
    return SQL(
        """
        SELECT partner.commercial_partner_id, line.lot_id,
               sum(line.quantity_product_uom)::float8, max(line.date)
          FROM %s
          %s
          JOIN res_partner partner ON partner.id = COALESCE(%s, line.owner_id)
         WHERE %s
         GROUP BY partner.commercial_partner_id, line.lot_id
         ORDER BY partner.commercial_partner_id, line.lot_id
        """,
        lines(lot_ids),
        CAME_BY,
        SENDER,
        RECEIVED,
    )


# What a ``line`` came by.
CAME_BY = SQL(
    """
          JOIN stock_location source ON source.id = line.location_id
          JOIN stock_location target ON target.id = line.location_dest_id
          LEFT JOIN stock_move move ON move.id = line.move_id
          LEFT JOIN stock_picking picking ON picking.id = line.picking_id
          LEFT JOIN stock_picking_type kind ON kind.id = picking.picking_type_id
    """
)
# A receipt or a dropship; what another company of ours sends comes through transit.
RECEIVED = SQL(
    "(source.usage = 'supplier'"
    " OR kind.code = 'incoming' AND source.usage != 'customer')"
)
# On the moves of a dropship stands the customer.
SENDER = SQL(
    "COALESCE(picking.partner_id,"
    " CASE WHEN target.usage != 'customer' THEN move.partner_id END)"
)
