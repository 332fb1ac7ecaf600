"""Whether Odoo works: CONFIG DATABASE. Opens views and moves stock, keeps nothing."""

import sys

from dev.inside import environment

VIEWED = (
    "stock.lot",
    "stock.picking",
    "stock.quant",
    "res.partner",
    "product.template",
)


def main(config, database):
    """Open the forms and lists that the suite extends, receive and deliver a lot.

    :raises Exception: whatever is broken
    """
    with environment(config, database) as env:
        for model in VIEWED:
            env[model].get_views([(False, "list"), (False, "form"), (False, "search")])
            records = env[model].search([], limit=5)
            records.read(list(records._fields))
        _move(env)
        env.cr.rollback()


def _move(env):
    product = env["product.product"].create(
        {"name": "Alive", "is_storable": True, "tracking": "lot"}
    )
    lot = env["stock.lot"].create({"name": "alive", "product_id": product.id})
    warehouse = env["stock.warehouse"].search([], limit=1)
    stock, customers = warehouse.lot_stock_id, env.ref("stock.stock_location_customers")
    env["stock.quant"]._update_available_quantity(product, stock, 2.0, lot_id=lot)
    move = env["stock.move"].create(
        {
            "product_id": product.id,
            "product_uom_qty": 2.0,
            "product_uom": product.uom_id.id,
            "location_id": stock.id,
            "location_dest_id": customers.id,
        }
    )
    move._action_confirm()
    move._action_assign()
    move.picked = True
    move._action_done()
    assert (move.state, lot.product_qty) == ("done", 0.0)


main(*sys.argv[1:])
