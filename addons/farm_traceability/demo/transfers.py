"""Transfers of lots, as people do them: reserve or name the lots, pick, validate."""

from odoo.fields import Command

from ..models.promise.terms import Happened


def at(records, moment):
    """The same records; what is done with them counts as done at that moment."""
    return records.with_context(happened=Happened(moment))


def validate(pickings, moment):
    """Pick what is there, validate, and give the transfers their true date.

    :raises AssertionError: when a transfer is not done then
    """
    pickings.move_ids.picked = True
    at(pickings, moment).button_validate()
    assert set(pickings.mapped("state")) == {"done"}, pickings.mapped("state")
    pickings.date_done = moment


def transfer(env, vals, rows, moment):
    """Move these very lots.

    :param dict vals: values of the picking, with both places
    :param rows: ``(lot, quantity, place that the lot is taken from)``
    :return: the picking, validated
    """
    picking = at(env["stock.picking"], moment).create(
        vals
        | {
            "scheduled_date": moment,
            "move_ids": [
                Command.create(_move_vals(vals, product, part, moment))
                for product, part in _by_product(rows).items()
            ],
        }
    )
    picking.move_ids.move_line_ids.picking_id = picking
    picking.action_confirm()
    validate(picking, moment)
    return picking


def quant_rows(quants):
    """Rows that move all of these quants."""
    return [(quant.lot_id, quant.quantity, quant.location_id) for quant in quants]


def _by_product(rows):
    parts = {}
    for row in rows:
        parts.setdefault(row[0].product_id, []).append(row)
    return parts


def _move_vals(vals, product, rows, moment):
    shared = {
        "product_id": product.id,
        "location_id": vals["location_id"],
        "location_dest_id": vals["location_dest_id"],
    }
    return shared | {
        "product_uom": product.uom_id.id,
        "product_uom_qty": sum(quantity for _lot, quantity, _place in rows),
        "company_id": vals["company_id"],
        "date": moment,
        "move_line_ids": [
            Command.create(
                shared
                | {
                    "product_uom_id": product.uom_id.id,
                    "lot_id": lot.id,
                    "quantity": quantity,
                    "location_id": place.id,
                }
            )
            for lot, quantity, place in rows
        ],
    }
