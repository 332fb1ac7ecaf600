"""Parts of statements that say where something lies."""

from odoo.tools import SQL


def lies(where):
    """Whether some of ``found`` lies at a place.

    :param SQL where: a condition on ``place``, a row of ``stock_location``
    """
    # Each by itself: an index finds one, and not one or the other.
    return SQL(
        """
        (EXISTS (SELECT FROM stock_quant quant
                   JOIN stock_location place ON place.id = quant.location_id
                  WHERE quant.lot_id = found.lot_id AND quant.quantity > 0
                    AND place.usage = 'internal' AND (%(where)s))
         OR found.package_id > 0 AND EXISTS (
                 SELECT FROM stock_package pack
                   JOIN stock_quant quant ON quant.package_id = pack.id
                   JOIN stock_location place ON place.id = quant.location_id
                  WHERE (pack.id = found.package_id
                         OR pack.parent_package_id = found.package_id)
                    AND quant.quantity > 0
                    AND place.usage = 'internal' AND (%(where)s)))
        """,
        where=where,
    )


def below(location):
    """At a place, or within it."""
    return SQL("place.parent_path LIKE %s", f"{location.parent_path}%")


def expected(type_id):
    """Whether an open transfer of a type has a line of ``found``."""
    return SQL(
        """
        EXISTS (SELECT FROM stock_move_line line
                  JOIN stock_picking picking ON picking.id = line.picking_id
                 WHERE picking.picking_type_id = %(kind)s AND %(open)s
                   AND line.lot_id = found.lot_id)
        OR found.package_id > 0 AND EXISTS (
                SELECT FROM stock_picking picking
                  JOIN stock_move_line line ON line.picking_id = picking.id
                 WHERE picking.picking_type_id = %(kind)s AND %(open)s
                   AND picking.state NOT IN ('done', 'cancel')
                   AND found.package_id IN (line.package_id, line.result_package_id))
        """,
        kind=type_id,
        open=SQL("line.state NOT IN ('done', 'cancel', 'draft')"),
    )


def outcome_if(condition, outcome, otherwise=None):
    """An outcome where a condition is true, as SQL."""
    rest = SQL("NULL") if otherwise is None else otherwise
    return SQL("CASE WHEN %s THEN %s ELSE %s END", condition, outcome, rest)
