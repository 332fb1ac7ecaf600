"""Parts of statements that say where something lies."""

from odoo.tools import SQL


def lies(where):
    """Whether some of ``found`` lies at a place.

    :param SQL where: a condition on ``place``, a row of ``stock_location``
    """
    return SQL(
        """
        EXISTS (SELECT FROM stock_quant quant
                  JOIN stock_location place ON place.id = quant.location_id
                 WHERE quant.quantity > 0 AND place.usage = 'internal' AND (%s)
                   AND (quant.lot_id = found.lot_id OR quant.package_id IN (
                        SELECT id FROM stock_package
                         WHERE id = found.package_id
                            OR parent_package_id = found.package_id)))
        """,
        where,
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
                 WHERE line.state NOT IN ('done', 'cancel', 'draft')
                   AND picking.picking_type_id = %s
                   AND (line.lot_id = found.lot_id
                        OR line.package_id = found.package_id
                        OR line.result_package_id = found.package_id))
        """,
        type_id,
    )


def outcome_if(condition, outcome, otherwise=None):
    """An outcome where a condition is true, as SQL."""
    rest = SQL("NULL") if otherwise is None else otherwise
    return SQL("CASE WHEN %s THEN %s ELSE %s END", condition, outcome, rest)
