from odoo import fields, models
from odoo.tools import SQL

from ...protocol import problems

#: more than this no device carries
MOST_ITEMS = 200_000


class FarmDevice(models.Model):
    """What a device carries is compared with what there is.

    1. one statement compares the records that the device's user may see, in the
       device's regions, with what the device was told of before
    2. what is new, other or gone takes the next numbers
    """

    _inherit = "farm.device"

    def _compare(self, scope, region_ids):
        """Number what has changed since the device asked last.

        :param int scope: ID of the region that is asked for, 0 for all
        :return: the last number
        :raises Problem: ``RegionTooLarge``
        """
        self.env.flush_all()
        snapshot = self._as_user()["farm.snapshot"]
        current = snapshot._current(self, region_ids)
        last, _count = self._items_of(scope)
        self.env.cr.execute(
            SQL(
                COMPARE,
                current=current,
                device=self.id,
                scope=scope,
                last=last,
                now=fields.Datetime.now(),
            )
        )
        last, count = self._items_of(scope)
        if count > MOST_ITEMS:
            raise problems.RegionTooLarge(f"{count} records, and at most {MOST_ITEMS}")
        return last

    def _items_of(self, scope):
        """The last number, and how many records the device carries."""
        self.env.cr.execute(
            SQL(
                """
                SELECT coalesce(max(seq), 0), count(*) FILTER (WHERE NOT is_gone)
                  FROM farm_device_item WHERE device_id = %s AND scope = %s
                """,
                self.id,
                scope,
            )
        )
        return self.env.cr.fetchone()

    def _as_user(self):
        """The environment of the device's user, with no more than his rights."""
        user = self.user_id
        context = {
            "lang": user.lang,
            "tz": user.tz,
            "allowed_company_ids": self.company_id.ids,
        }
        return self.env(user=user.id, su=False, context=context)


COMPARE = """
    WITH here AS MATERIALIZED (%(current)s),
    known AS MATERIALIZED (
        SELECT kind, res_id, version, is_gone FROM farm_device_item
         WHERE device_id = %(device)s AND scope = %(scope)s
    ),
    changed AS (
        SELECT here.rank, here.kind, here.id, here.version, FALSE AS is_gone
          FROM here
          LEFT JOIN known ON known.kind = here.kind AND known.res_id = here.id
         WHERE known.kind IS NULL OR known.is_gone OR known.version <> here.version
        UNION ALL
        SELECT -1, known.kind, known.res_id, known.version, TRUE
          FROM known
          LEFT JOIN here ON here.kind = known.kind AND here.id = known.res_id
         WHERE NOT known.is_gone AND here.kind IS NULL
    )
    INSERT INTO farm_device_item
           (device_id, scope, kind, res_id, version, is_gone, gone_at, seq)
    SELECT %(device)s, %(scope)s, kind, id, version, is_gone,
           CASE WHEN is_gone THEN %(now)s END,
           %(last)s + row_number() OVER (ORDER BY rank, kind, id)
      FROM changed
        ON CONFLICT (device_id, scope, kind, res_id) DO UPDATE
       SET version = excluded.version, is_gone = excluded.is_gone,
           gone_at = excluded.gone_at, seq = excluded.seq
"""
