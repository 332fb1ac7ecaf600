"""Deliveries by first expired, first out, and what arrives at the own companies."""

import math
from dataclasses import dataclass
from typing import Any

from odoo.fields import Command

from .transfers import at, transfer, validate

TURNS = 3


@dataclass
class Customer:
    """Who is served, in which chain form, with which part of the fruit."""

    partner: Any
    form: str
    part: float
    is_regular: bool = False


def take_turns(customers, number):
    """Customers of a market day: the regular ones and every third of the others."""
    others = [customer for customer in customers if not customer.is_regular]
    turns = others[number % TURNS :: TURNS]
    return [customer for customer in customers if customer.is_regular] + turns


def turned(queues, number):
    """The same queues, beginning with another product on each market day."""
    products = sorted(queues, key=lambda product: product.id)
    first = number % max(len(products), 1)
    return {product: queues[product] for product in products[first:] + products[:first]}


def sell(world, shop, number, day, demand):
    """Deliver a part of a shop's fresh stock, the lots that expire first.

    :return: the deliveries, validated
    """
    env = world.as_user(shop.login)
    moment = world.moment(day, 13, 16)
    queues = turned(fresh_lots(env, shop, moment, demand), number)
    orders = share_out(take_turns(shop.customers, number), queues)
    pickings = create_deliveries(world, env, shop, orders, moment)
    if pickings:
        at(pickings, moment).action_assign()
        assert set(pickings.mapped("state")) == {"assigned"}, pickings.mapped("state")
        validate(pickings, moment)
    return pickings


def fresh_lots(env, shop, moment, demand=1.0):
    """Quantities of whole lots by product, in the order in which they are picked."""
    quants = env["stock.quant"].search(
        [
            ("location_id", "child_of", shop.stock.id),
            ("product_id.farm_crop_id", "!=", False),
            ("removal_date", ">=", moment),
            ("reserved_quantity", "=", 0),
            ("quantity", ">", 0),
        ],
        order="removal_date, in_date, id",
    )
    return {
        product: part.mapped("quantity")[: round(len(part) * demand)]
        for product, part in quants.grouped("product_id").items()
    }


def share_out(customers, queues):
    """Share lots by the customers' parts, in few lines: each takes what is missing.

    :return: ``(customer, quantity by product)`` of those who get something
    """
    lots = sum(map(len, queues.values()))
    whole = sum(customer.part for customer in customers)
    missing = [customer.part / whole * lots for customer in customers]
    orders = [{} for _customer in customers]
    for product, quantities in queues.items():
        while quantities:
            chosen = missing.index(max(missing))
            count = max(math.ceil(missing[chosen]), 1)
            part, quantities = quantities[:count], quantities[count:]
            missing[chosen] -= len(part)
            orders[chosen][product] = orders[chosen].get(product, 0) + sum(part)
    return [(c, order) for c, order in zip(customers, orders, strict=True) if order]


def create_deliveries(world, env, shop, orders, moment):
    """Deliveries of quantities by product; stock chooses the lots."""
    return env["stock.picking"].create(
        [
            delivery_vals(world, shop, customer, moment)
            | {
                "move_ids": [
                    Command.create(
                        _move_vals(shop, customer, product, quantity, moment)
                    )
                    for product, quantity in order.items()
                ]
            }
            for customer, order in orders
        ]
    )


def delivery_vals(world, shop, customer, moment):
    world.numbers[customer.form] += 1
    return {
        "picking_type_id": shop.deliveries.id,
        "company_id": shop.company.id,
        "partner_id": customer.partner.id,
        "origin": f"{customer.form}-{world.numbers[customer.form]:04d}",
        "location_id": shop.stock.id,
        "location_dest_id": destination(shop, customer).id,
        "scheduled_date": moment,
    }


def destination(shop, customer):
    """The customers' place; for the own companies, the transit between them."""
    return customer.partner.with_company(shop.company).property_stock_customer


def _move_vals(shop, customer, product, quantity, moment):
    return {
        "product_id": product.id,
        "product_uom": product.uom_id.id,
        "product_uom_qty": round(quantity, 2),
        "date": moment,
        "location_id": shop.stock.id,
        "location_dest_id": destination(shop, customer).id,
        "company_id": shop.company.id,
    }


# -- between the companies --------------------------------------------


def arrive(world, deliveries, day):
    """Receive at the own companies what the collector sent them.

    :return: the stall's receipts
    """
    receipts = world.env["stock.picking"]
    for shop in (world.market, world.stall):
        sent = deliveries.filtered(
            lambda one, partner=shop.partner: one.partner_id == partner
        )
        if sent:
            receipts += _receive(world, shop, sent, world.moment(day, 17, 18))
    return receipts.filtered(lambda one: one.company_id == world.stall.company)


def _receive(world, shop, sent, moment):
    transit = sent.location_dest_id
    return transfer(
        world.as_user(shop.login),
        {
            "picking_type_id": shop.receipts.id,
            "partner_id": world.collector.partner.id,
            "company_id": shop.company.id,
            "origin": ", ".join(sent.mapped("name")),
            "location_id": transit.id,
            "location_dest_id": shop.stock.id,
        },
        [(line.lot_id, line.quantity, transit) for line in sent.move_ids.move_line_ids],
        moment,
    )
