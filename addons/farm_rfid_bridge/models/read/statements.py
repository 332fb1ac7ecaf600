"""The statements of a batch of reads: what they are, their turn, and their storing."""

from datetime import timedelta
from typing import NamedTuple

from odoo.tools import SQL

NAMES = ("uid", "code", "parent", "epc", "gtin", "number", "sscc")
COLUMNS = {
    "event_id": "int",
    "device_id": "int",
    "at": "timestamp",
    "dwell": "float",
    "times": "int",
    "rssi": "int",
    "tag": "varchar",
    "lot_id": "int",
    "product_id": "int",
    "package_id": "int",
    "outcome": "varchar",
    "reason": "varchar",
}
#: the tag in use of a sighting
TAG = SQL(
    """
    SELECT id, coalesce(nullif(lineage_code, ''), nullif(farm_tag.epc, ''),
                        farm_tag.uid) AS name,
           kind, lineage_code, state, lot_id, package_id, company_id
      FROM farm_tag
     WHERE state <> 'retired'
       AND (farm_tag.uid <> '' AND farm_tag.uid = sighting.uid
            OR lineage_code <> '' AND lineage_code = sighting.code
            OR farm_tag.epc <> '' AND farm_tag.epc = sighting.epc)
     ORDER BY state = 'suspected' DESC, id DESC
     LIMIT 1
    """
)


def moved(point):
    """Whether the last move by a tag's read was the one that is done here, and stands.

    Reads are in the order in which they were applied, as the books are.
    """
    return SQL(
        """
        SELECT log.location_id = %s AND log.meaning = %s AND NOT EXISTS (
                    SELECT FROM farm_device_event event
                      JOIN stock_picking picking ON picking.id = event.picking_id
                     WHERE event.id = log.event_id AND picking.state = 'cancel')
          FROM farm_read_log log
         WHERE log.tag = found.tag AND log.outcome = 'counted'
           AND log.meaning IN ('receive', 'put_away', 'pick', 'load')
         -- By the index of tags: that of ids would be read to its end for a new tag.
         ORDER BY log.id + 0 DESC
         LIMIT 1
        """,
        point.location_id.id,
        point.meaning,
    )


class Seen(NamedTuple):
    """A sighting, and what is known of it.

    - ``place``: of the sighting in its batch
    - ``is_piece``: the tag of a piece of the lot, not of all of it
    - ``outcome``: as it is before anything is moved
    """

    place: int
    tag: str
    tag_id: int | None
    is_piece: bool
    lot_id: int | None
    product_id: int | None
    package_id: int | None
    outcome: str


def judged(point, sightings, times, misplaced, stays):
    """What each of the sightings is, and whether it counts.

    :param point: ``farm.read.point``
    :param sightings: ``protocol.sightings.Sighting``
    :param times: for each the moment when it was last seen
    :param SQL misplaced: outcome, or NULL, of ``found.lot_id`` and
        ``found.package_id`` at this point
    :param SQL stays: whether a piece of ``found.lot_id`` that was moved here before may
        still be so
    :return: rows as ``Seen`` has them, in the sightings' order
    """
    names = SQL(", ").join(
        SQL("%s::varchar[]", [getattr(one, name) for one in sightings])
        for name in NAMES
    )
    return SQL(
        """
        WITH sighting AS (
            SELECT *, last_at - dwell * interval '1 second' AS first_at
              FROM unnest(%(names)s, %(times)s::timestamp[], %(dwells)s::float[])
                   WITH ORDINALITY AS given(
                   uid, code, parent, epc, gtin, item, sscc, last_at, dwell, place)
        ), found AS MATERIALIZED (
            SELECT place, first_at, last_at, dwell, tag.id AS tag_id,
                   coalesce(tag.name, nullif(sighting.code, ''), nullif(epc, ''),
                            sighting.uid) AS tag,
                   pack.id IS NULL AND CASE WHEN tag.kind IS NULL
                       THEN lot.lineage_code = sighting.parent AND own.id IS NULL
                       ELSE tag.kind = 'unit'
                            AND lot.lineage_code IS DISTINCT FROM tag.lineage_code
                   END AS is_piece,
                   lot.id AS lot_id, lot.product_id, pack.id AS package_id,
                   coalesce(lot.company_id, pack.company_id, tag.company_id)
                       AS owner_id, tag.state
              FROM sighting
              LEFT JOIN LATERAL (%(tag)s) tag ON TRUE
              LEFT JOIN stock_package pack ON pack.id = coalesce(
                        tag.package_id, CASE WHEN sighting.sscc <> '' THEN (
                        SELECT id FROM stock_package
                         WHERE stock_package.sscc = sighting.sscc
                         UNION ALL
                        SELECT id FROM stock_package WHERE name = sighting.sscc
                         LIMIT 1) END)
              LEFT JOIN stock_lot own ON own.lineage_code = sighting.code
              LEFT JOIN stock_lot bunch ON bunch.lineage_code = sighting.parent
              LEFT JOIN stock_lot lot ON pack.id IS NULL AND lot.id = coalesce(
                        tag.lot_id, own.id, bunch.id,
                        CASE WHEN gtin <> '' THEN (
                        SELECT min(named.id) FROM stock_lot named
                          JOIN product_product product
                            ON product.id = named.product_id
                         WHERE named.name = sighting.item
                           AND product.barcode IN (gtin, ltrim(gtin, '0'))) END)
        ), thing AS MATERIALIZED (
            -- Many tags are of few things.
            SELECT *, (%(misplaced)s) AS misplaced, (%(stays)s) AS stays
              FROM (SELECT DISTINCT lot_id, package_id FROM found
                     WHERE lot_id > 0 OR package_id > 0) found
        ), judged AS (
            SELECT found.*, misplaced, stays, dwell < %(dwell)s AS is_short,
                   lag(last_at) OVER (PARTITION BY tag, dwell < %(dwell)s
                                          ORDER BY last_at, place) AS before
              FROM found
              LEFT JOIN thing
                ON coalesce(thing.lot_id, 0) = coalesce(found.lot_id, 0)
               AND coalesce(thing.package_id, 0) = coalesce(found.package_id, 0)
        )
        SELECT place - 1, tag, tag_id, is_piece, lot_id, product_id, package_id, CASE
               WHEN owner_id <> %(company)s THEN 'foreign'
               WHEN tag_id IS NULL AND lot_id IS NULL AND package_id IS NULL
               THEN 'unknown'
               WHEN is_short THEN 'too_short'
               WHEN before >= first_at - %(window)s AND %(window)s > interval '0'
                 OR EXISTS (SELECT FROM farm_read_log log
                             WHERE log.tag = found.tag AND log.point_id = %(point)s
                               AND log.at > %(from)s AND log.at < %(to)s
                               AND log.at > first_at - %(window)s
                               AND log.at < last_at + %(window)s
                               AND outcome IN ('counted', 'repeated')) THEN 'repeated'
               WHEN lot_id IS NULL AND package_id IS NULL THEN 'wrong_place'
               WHEN state = 'suspected' THEN 'refused'
               WHEN is_piece AND stays AND (before IS NOT NULL OR (%(moved)s))
               THEN 'repeated'
               ELSE coalesce(misplaced, 'counted') END
          FROM judged found
         ORDER BY place
        """,
        names=names,
        times=times,
        dwells=[one.dwell for one in sightings],
        tag=TAG,
        dwell=point.dwell_seconds,
        window=SQL("%s * interval '1 second'", point.window_seconds),
        company=point.company_id.id,
        point=point.id,
        misplaced=misplaced,
        stays=stays,
        moved=moved(point),
        # As constants they tell in which months to look.
        **_span(point, sightings, times),
    )


def _span(point, sightings, times):
    window = timedelta(seconds=point.window_seconds)
    longest = timedelta(seconds=max(one.dwell for one in sightings))
    return {"from": min(times) - longest - window, "to": max(times) + window}


def took_turn(point, tags, now):
    """Take the turn of tags at a point: of two at the same moment, one starts again."""
    return SQL(
        """
        INSERT INTO farm_read_turn (point_id, tag, at)
             SELECT %s, tag, %s FROM unnest(%s::varchar[]) AS tag
        ON CONFLICT (point_id, tag) DO UPDATE SET at = excluded.at
        """,
        point.id,
        now,
        sorted(tags),
    )


def last_seen(point, device_id, tag_ids, at):
    """Note where tags were seen last, unless they were seen since then."""
    return SQL(
        """
        UPDATE farm_tag SET last_seen = %(at)s, last_location_id = %(place)s,
               last_device_id = %(device)s
         WHERE id = ANY(%(ids)s) AND (last_seen IS NULL OR last_seen <= %(at)s)
        """,
        at=at,
        place=point.location_id.id,
        device=device_id,
        ids=sorted(tag_ids),
    )


def stored(point, rows):
    """Store reads.

    :param rows: dicts of ``COLUMNS``
    """
    arrays = SQL(", ").join(
        SQL("%s::%s[]", [row[name] for row in rows], SQL(kind))
        for name, kind in COLUMNS.items()
    )
    return SQL(
        """
        INSERT INTO farm_read_log (
               point_id, location_id, company_id, meaning, %(columns)s)
        SELECT %(point)s, %(location)s, %(company)s, %(meaning)s, given.*
          FROM unnest(%(arrays)s) AS given
        """,
        columns=SQL(", ").join(map(SQL.identifier, COLUMNS)),
        point=point.id,
        location=point.location_id.id,
        company=point.company_id.id,
        meaning=point.meaning,
        arrays=arrays,
    )
