"""How the trace reads the database: past record rules, and never a stale row."""

from odoo.tools import SQL

# The tables that the statements read.
MODELS = (
    "farm.activity",
    "farm.certificate",
    "farm.cycle",
    "farm.harvest",
    "farm.lot.operation",
    "farm.lot.operation.output",
    "farm.treatment",
    "product.product",
    "product.template",
    "res.partner",
    "stock.location",
    "stock.lot",
    "stock.move",
    "stock.move.line",
    "stock.picking",
    "stock.picking.type",
    "stock.quant",
    "uom.uom",
)


def read(env, statement):
    """Rows of a statement, with all that is not yet written down in them.

    :param odoo.tools.SQL statement: one of this package's statements
    :rtype: list[tuple]
    """
    for model in MODELS:
        env[model].flush_model()
    # Compiling these statements takes PostgreSQL longer than running them.
    return env.execute_query(SQL("SET LOCAL jit = off; %s", statement))


def array(ids):
    """Ids as one array literal, so that 100,000 of them cost no planning."""
    return SQL("%s::int[]", "{" + ",".join(map(str, ids)) + "}")
