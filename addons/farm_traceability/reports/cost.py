from odoo.tools import SQL


def unit_cost(env, place, past=None):
    """The cost of a unit as SQL: the lot's, where the product is valued by lots.

    :param env: any environment; it tells whether Odoo's valuation is installed
    :param SQL place: alias of a row with ``company_id``; aliases ``product``,
        ``template`` and ``lot`` are those of the statement
    :param SQL past: the product's cost at an earlier day, where it had another one
    :return: SQL of a float8, NULL where there is no cost
    """
    company = SQL("%s.company_id::text", place)
    cost = SQL("(product.standard_price->>%s)::float8", company)
    if "lot_valuated" not in env["product.template"]._fields:
        return cost
    return SQL(
        """CASE WHEN template.lot_valuated
                THEN (lot.standard_price->>%s)::float8
                ELSE COALESCE(%s, %s) END""",
        company,
        past or SQL("NULL::float8"),
        cost,
    )
