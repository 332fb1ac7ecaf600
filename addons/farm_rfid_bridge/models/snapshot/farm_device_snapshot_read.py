from odoo import fields, models
from odoo.tools import SQL
from odoo.tools.misc import hmac

from ...protocol import problems
from ...protocol.clock import in_milliseconds
from ...protocol.resume import Resume, read_token, write_token

PAGE = 500
PURPOSE = "farm_rfid_bridge.snapshot"


class FarmDevice(models.Model):
    """A device asks for what it carries, page by page."""

    _inherit = "farm.device"

    def _snapshot(self, asked):
        """A page of the records that the device works with.

        ``self`` has all rights: what was told is the server's own record. Which
        records, and what of them, is decided with the rights of the device's user.

        :param asked: ``protocol.resume.Asked``
        :return: the answer; ``since`` is where the device begins next time,
            ``state_hash`` what it has then, and ``device`` what it may do now, all on
            the last page
        :raises Problem: ``BadToken``, ``Forbidden``, ``RegionTooLarge`` or ``Busy``
        """
        self.ensure_one()
        self._check_carries()
        if asked.token:
            place = read_token(asked.token, self._sign_place)
            if place.device != self.id:
                raise problems.BadToken()
            region_ids = self._region_ids(self._region_of_scope(place.scope))
        else:
            region = self._region_of_code(asked.region)
            region_ids = self._region_ids(region or self.region_ids)
            self._lock()
            upto = self._compare(region.id or 0, region_ids)
            since = asked.since if asked.since <= upto else 0
            place = Resume(self.id, region.id or 0, since, upto, since)
        return self._page(place, region_ids)

    def _check_carries(self):
        if self.state != "enrolled":  # a revoked one may still send what it did
            raise problems.DeviceRevoked(self.state_reason or "")

    def _sign_place(self, text):
        return hmac(self.env, PURPOSE, text)

    # -- regions ----------------------------------------------------------------------

    def _region_of_code(self, code):
        regions = self.env["farm.region"]
        if not code:
            return regions
        region = regions.search([("code", "=", code)], limit=1)
        if not region or not self._works_in(region):
            raise problems.Forbidden("The device does not work in this region")
        return region

    def _region_of_scope(self, scope):
        if not scope:
            return self.region_ids
        region = self.env["farm.region"].browse(scope).exists()
        if not region or not self._works_in(region):
            raise problems.BadToken()
        return region

    def _region_ids(self, regions):
        return self.env["farm.region"].search([("id", "child_of", regions.ids)]).ids

    # -- a page -----------------------------------------------------------------------

    def _page(self, place, region_ids):
        rows = self._items_after(place)
        is_last = len(rows) <= PAGE
        rows = rows[:PAGE]
        after = rows[-1][-1] if rows else place.upto
        token = write_token(place._replace(after=after), self._sign_place)
        return {
            "is_full": not place.since,
            "items": self._told(rows, region_ids),
            "token": None if is_last else token,
            "since": place.upto if is_last else None,
            "state_hash": self._state_hash(place) if is_last else None,
            # What a person changed since it was enrolled.
            "device": self._describe() if is_last else None,
            "server_key": self.env["farm.sealing.key"]._current()._describe(),
            "server_time": in_milliseconds(fields.Datetime.now()),
        }

    def _items_after(self, place):
        """Rows of kind, record, version, whether gone, and number: one too many."""
        # Who has nothing needs not be told of what is gone.
        self.env.cr.execute(
            SQL(
                """
                SELECT kind, res_id, version, is_gone, seq FROM farm_device_item
                 WHERE device_id = %s AND scope = %s AND seq > %s AND seq <= %s
                   AND NOT (is_gone AND %s)
                 ORDER BY seq LIMIT %s
                """,
                self.id,
                place.scope,
                place.after,
                place.upto,
                not place.since,
                PAGE + 1,
            )
        )
        return self.env.cr.fetchall()

    def _told(self, rows, region_ids):
        """What the device is told of records; ``data`` is None of what is gone."""
        data = self._data_of(rows, region_ids)
        return [
            {
                "kind": kind,
                "id": res_id,
                "version": version,
                "data": None if is_gone else data.get((kind, res_id)),
            }
            for kind, res_id, version, is_gone, _seq in rows
        ]

    def _data_of(self, rows, region_ids):
        """Data by kind and record, one statement for each kind."""
        snapshot, data = self._as_user()["farm.snapshot"], {}
        for part in snapshot._parts():
            ids = [row[1] for row in rows if row[0] == part.kind and not row[3]]
            select = ids and snapshot._rows_of(part, self, region_ids, ids)
            if select:
                self.env.cr.execute(select)
                data |= {
                    (part.kind, res_id): _plain(value)
                    for res_id, value in self.env.cr.fetchall()
                }
        return data

    def _state_hash(self, place):
        """SHA-256 of all that the device has now: a line ``kind:id:version`` for each
        record, in the order of kind and ID."""
        self.env.cr.execute(
            SQL(
                """
                SELECT sha256(convert_to(coalesce(string_agg(
                           kind || ':' || res_id || ':' || version, E'\\n'
                           ORDER BY kind COLLATE "C", res_id), ''), 'UTF8'))
                  FROM farm_device_item
                 WHERE device_id = %s AND scope = %s AND NOT is_gone AND seq <= %s
                """,
                self.id,
                place.scope,
                place.upto,
            )
        )
        return bytes(self.env.cr.fetchone()[0])


def _plain(data):
    """Without what is not known."""
    return {name: value for name, value in data.items() if value is not None}
