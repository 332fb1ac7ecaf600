"""Units by which quantities are told apart."""

KILO = "uom.product_uom_kgm"
PIECE = "uom.product_uom_unit"


def unit_of(env, name):
    """A unit that Odoo brings along; that it is there is not asked each time.

    :param name: ``KILO`` or ``PIECE``
    """
    return env["uom.uom"].browse(env["ir.model.data"]._xmlid_to_res_id(name))
