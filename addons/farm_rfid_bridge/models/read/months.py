"""The table of reads: statements that make it, and its months."""

from datetime import date

from odoo.tools import SQL
from odoo.tools.date_utils import add

TABLE = "farm_read_log"
REST = f"{TABLE}_rest"

MAKE = """
    CREATE TABLE IF NOT EXISTS farm_read_log (
        id bigserial NOT NULL,
        at timestamp NOT NULL,
        dwell double precision NOT NULL,
        event_id integer NOT NULL,
        device_id integer NOT NULL,
        point_id integer NOT NULL,
        location_id integer NOT NULL,
        company_id integer NOT NULL,
        lot_id integer,
        product_id integer,
        package_id integer,
        times integer NOT NULL,
        rssi integer,
        meaning varchar NOT NULL,
        outcome varchar NOT NULL,
        tag varchar NOT NULL,
        reason varchar,
        PRIMARY KEY (id, at)
    ) PARTITION BY RANGE (at);

    CREATE INDEX IF NOT EXISTS farm_read_log_at ON farm_read_log (at, id);
    CREATE INDEX IF NOT EXISTS farm_read_log_tag ON farm_read_log (tag, point_id, at);
    CREATE INDEX IF NOT EXISTS farm_read_log_odd ON farm_read_log (at, id)
     WHERE outcome IN ('unknown', 'foreign', 'wrong_place', 'refused');
    CREATE INDEX IF NOT EXISTS farm_read_log_lot ON farm_read_log (lot_id, at)
     WHERE lot_id IS NOT NULL;
    CREATE INDEX IF NOT EXISTS farm_read_log_package ON farm_read_log (package_id, at)
     WHERE package_id IS NOT NULL;
    CREATE INDEX IF NOT EXISTS farm_read_log_event
        ON farm_read_log USING brin (event_id);
    CREATE INDEX IF NOT EXISTS farm_read_log_point
        ON farm_read_log USING brin (point_id);

    CREATE TABLE IF NOT EXISTS farm_read_log_rest PARTITION OF farm_read_log DEFAULT;

    -- Who counts a tag at a point takes its row: of two at the same moment, the second
    -- starts again and sees the first. Nothing is lost with it.
    CREATE UNLOGGED TABLE IF NOT EXISTS farm_read_turn (
        point_id integer NOT NULL,
        tag varchar NOT NULL,
        at timestamp NOT NULL,
        PRIMARY KEY (point_id, tag)
    );

    CREATE OR REPLACE FUNCTION farm_read_log_keep() RETURNS trigger AS $$
    BEGIN
        IF current_setting('farm_read_log.sorting', TRUE) = 'on' THEN
            RETURN OLD;
        END IF;
        RAISE EXCEPTION 'reads are never changed';
    END $$ LANGUAGE plpgsql;
    CREATE OR REPLACE TRIGGER farm_read_log_keep
        BEFORE UPDATE OR DELETE ON farm_read_log
        FOR EACH ROW EXECUTE FUNCTION farm_read_log_keep();

    CREATE OR REPLACE VIEW farm_read AS SELECT * FROM farm_read_log;
"""

DROP = """
    DROP VIEW IF EXISTS farm_read;
    DROP TABLE IF EXISTS farm_read_log, farm_read_turn CASCADE;
    DROP FUNCTION IF EXISTS farm_read_log_keep;
"""

PARTITIONS = """
    SELECT child.relname
      FROM pg_inherits
      JOIN pg_class child ON child.oid = inhrelid
     WHERE inhparent = 'farm_read_log'::regclass
       AND child.relname <> 'farm_read_log_rest'
     ORDER BY 1
"""

#: months of rows that came when their partition was missing
STRAYS = "SELECT DISTINCT date_trunc('month', at)::date FROM farm_read_log_rest"


def month_of(day):
    return date(day.year, day.month, 1)


def name_of(month):
    return f"{TABLE}_{month:%Y_%m}"


def month_named(name):
    year, month = name.removeprefix(f"{TABLE}_").split("_")
    return date(int(year), int(month), 1)


def add_month(month):
    """Statements that make the partition of a month, with what came before it."""
    table = SQL.identifier(name_of(month))
    span = SQL("at >= %s AND at < %s", month, add(month, months=1))
    return SQL(
        """
        CREATE TABLE %(table)s (LIKE farm_read_log INCLUDING DEFAULTS);
        SELECT set_config('farm_read_log.sorting', 'on', TRUE);
        WITH stray AS (DELETE FROM farm_read_log_rest WHERE %(span)s RETURNING *)
        INSERT INTO %(table)s SELECT * FROM stray;
        SELECT set_config('farm_read_log.sorting', 'off', TRUE);
        ALTER TABLE farm_read_log ATTACH PARTITION %(table)s
              FOR VALUES FROM (%(first)s) TO (%(last)s);
        """,
        table=table,
        span=span,
        first=month,
        last=add(month, months=1),
    )


def newest_receipt(month):
    """When the server got the newest of what a month has; NULL for an empty one."""
    return SQL(
        """
        SELECT max(received_at) FROM farm_device_event
         WHERE id = (SELECT max(event_id) FROM %s)
        """,
        SQL.identifier(name_of(month)),
    )


def drop_month(month):
    return SQL("DROP TABLE %s", SQL.identifier(name_of(month)))
