"""Ten million reads, and what people look at."""

from odoo.addons.farm_rfid_bridge.models.read import months
from odoo.fields import Date
from odoo.tools import SQL
from odoo.tools.date_utils import add, subtract

MONTHS = 12
COLUMNS = {
    name: {"fields": {"display_name": {}}}
    for name in ("point_id", "lot_id", "location_id")
} | {"at": {}, "tag": {}, "outcome": {}, "reason": {}}
WEEK = [("at", ">=", "today -6d")]
FILL = """
    INSERT INTO farm_read_log (
           at, dwell, event_id, device_id, point_id, location_id, company_id, lot_id,
           product_id, times, meaning, outcome, tag)
    SELECT now() AT TIME ZONE 'UTC' - %(span)s * (one / %(count)s::float),
           2.5, one / 100, 1, (%(points)s)[1 + one %% %(of_points)s], %(place)s,
           %(company)s, (%(lots)s)[1 + one %% %(of_lots)s], %(product)s, 3, 'put_away',
           CASE WHEN one %% 100 = 0 THEN 'unknown' WHEN one %% 5 = 0 THEN 'repeated'
                ELSE 'counted' END,
           'FILL-' || one %% 1000000
      FROM generate_series(0, %(count)s - 1) AS one
"""


def fill(world, gates, lots, count):
    """Reads of a year, the newest now."""
    _make_months(world.env["farm.read"])
    world.env.cr.execute(
        SQL(
            FILL,
            span=SQL("interval '12 months'"),
            count=count,
            points=[gate.point.id for gate in gates],
            of_points=len(gates),
            place=world.stock.id,
            company=world.env.company.id,
            lots=[lot.id for lot, _code in lots],
            of_lots=len(lots),
            product=world.product.id,
        )
    )
    world.env.cr.commit()
    world.env.cr.execute("ANALYZE farm_read_log")
    world.env.cr.commit()


def _make_months(reads):
    this = months.month_of(Date.today())
    month = subtract(this, months=MONTHS)
    known = set(reads._months())
    while month <= this:
        if month not in known:
            reads.env.cr.execute(months.add_month(month))
        month = add(month, months=1)


def screens(world, gates, lots):
    """What people look at: name and how it is asked, as a plain user."""
    reads = world.env["farm.read"].with_user(world.picker)
    lot = lots[0][0]

    def page(domain):
        return reads.web_search_read(domain, COLUMNS, limit=80, count_limit=1_001)

    def table(groupby):
        return reads.formatted_read_group(WEEK, groupby, ["__count"])

    return {
        "list of the week": lambda: page(WEEK),
        "list without any filter": lambda: page([]),
        "to look at, of all times": lambda: page([("is_odd", "=", True)]),
        "reads of a lot": lambda: page([("lot_id", "=", lot.id)]),
        "reads of a tag": lambda: page([("tag", "=", "FILL-77")]),
        "pivot of the week": lambda: table(["point_id", "outcome"]),
        "graph of the week": lambda: table(["at:day", "outcome"]),
    }
