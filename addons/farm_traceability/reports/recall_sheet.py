"""Sheets of a recall: one row per lot and place, and what a customer gets to see."""

from .recall_paper import Names, local
from .workbook import workbook


def recall_sheets(recall):
    """The whole recall as an XLSX file.

    :param recall: ``farm.recall``; its environment gives language and rights
    :rtype: bytes
    """
    _ = recall.env._
    return workbook(
        [
            (_("Scope"), _line_columns(_), _line_rows(recall)),
            (_("Customers"), _customer_columns(_), _customer_rows(recall)),
            (_("Timeline"), _event_columns(_), _event_rows(recall)),
        ]
    )


def customer_sheet(customer):
    """The lots that one customer got.

    :param customer: ``farm.recall.customer`` in the customer's language
    :rtype: bytes
    """
    _ = customer.env._
    names = Names(customer.env)
    columns = [
        (_("Lot"), 22),
        (_("Product"), 34),
        (_("Quantity"), 12),
        (_("Unit"), 10),
        (_("First Delivery"), 18),
        (_("Last Delivery"), 18),
        (_("Harvested"), 12),
        (_("Best Before"), 18),
    ]
    return workbook(
        [
            (
                customer.recall_id.name.replace("/", " "),
                columns,
                _got_rows(customer, names),
            )
        ]
    )


def _got_rows(customer, names):
    env = customer.env
    # An authority is told of every lot; a customer of the own ones.
    lines = customer.line_ids
    if customer.kind == "authority":
        lines = customer.recall_id.line_ids
    # The lots are on the customer's own papers, whoever owns them.
    for line in lines.sudo():
        lot = line.lot_id
        yield [
            names(lot),
            names(line.product_id),
            line.delivered + line.later if line.kind == "delivered" else line.quantity,
            names(line.uom_id),
            local(env, line.first_date),
            local(env, line.last_date),
            lot.harvest_date or None,
            local(env, lot.expiration_date),
        ]


def _line_columns(_):
    return [
        (_("Lot"), 22), (_("Product"), 34), (_("What"), 16), (_("Place"), 30),
        (_("Customer"), 30), (_("Found"), 12), (_("Reserved"), 12), (_("Now"), 12),
        (_("Got Later"), 12), (_("Recovered"), 12), (_("Disposed of"), 12),
        (_("Unit"), 10), (_("First on"), 18), (_("Last on"), 18),
        (_("Found Later"), 12),
    ]  # fmt: skip


def _line_rows(recall):
    env, names = recall.env, Names(recall.env)
    kinds = dict(env["farm.recall.line"]._fields["kind"]._description_selection(env))
    for line in recall.line_ids:
        yield [
            names(line.lot_id),
            names(line.product_id),
            kinds[line.kind],
            names(line.location_id),
            names(line.partner_id),
            line.quantity,
            line.reserved,
            line.now,
            line.later,
            line.recovered,
            line.disposed,
            names(line.uom_id),
            local(env, line.first_date),
            local(env, line.last_date),
            env._("Yes") if line.is_later else "",
        ]


def _customer_columns(_):
    return [
        (_("Who"), 34), (_("What"), 14), (_("E-mail"), 30), (_("Phone"), 18),
        (_("Lots"), 8), (_("Got"), 20), (_("First"), 18), (_("Last"), 18),
        (_("Status"), 16), (_("Reminders"), 10), (_("Still There"), 20),
    ]  # fmt: skip


def _customer_rows(recall):
    env = recall.env
    model = env["farm.recall.customer"]
    kinds = dict(model._fields["kind"]._description_selection(env))
    states = dict(model._fields["state"]._description_selection(env))
    for one in recall.customer_ids:
        yield [
            one.partner_id.name,
            kinds[one.kind],
            one.email,
            one.phone,
            one.lot_count,
            one.quantity_text,
            local(env, one.first_date),
            local(env, one.last_date),
            states.get(one.state),
            one.reminder_count,
            one.rest_text,
        ]


def _event_columns(_):
    return [(_("When"), 18), (_("By"), 24), (_("What"), 18), (_("How"), 80)]


def _event_rows(recall):
    env = recall.env
    kinds = dict(env["farm.recall.event"]._fields["kind"]._description_selection(env))
    for event in recall.event_ids.sorted(lambda one: (one.date, one.id)):
        yield [
            local(env, event.date),
            event.user_id.name,
            kinds[event.kind],
            event.text,
        ]
