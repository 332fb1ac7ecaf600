from datetime import timedelta
from typing import NamedTuple

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from . import rows

#: for how long a device keeps certificates that are over
ENDED_FOR = timedelta(days=60)


class Part(NamedTuple):
    """A kind of records that devices carry.

    - ``kind``: as devices know it
    - ``model``: whose records; left out where the server has no such model
    - ``rows``: the SELECT of what is told, see ``rows``
    - ``domain``: the method that says which; of device and regions
    - ``is_public``: read whatever the device's user may open
    """

    kind: str
    model: str
    rows: callable
    domain: str
    is_public: bool = False


PARTS = (
    Part("crop", "farm.crop", rows.crops, "_all_of_company"),
    Part("grade", "farm.grade", rows.grades, "_all"),
    Part("guide", "farm.guide", rows.guides, "_published"),
    # Public halves and revocations are no secret: tags of any company are read.
    Part("device_key", "farm.device.key", rows.device_keys, "_all", True),
    Part("authority_key", "farm.signing.key", rows.authority_keys, "_in_use", True),
    Part("revocation", "farm.tag", rows.revocations, "_revoked", True),
    Part("farmer", "res.partner", rows.farmers, "_farmers"),
    Part("certificate", "farm.certificate", rows.certificates, "_certificates"),
    Part("card", "farm.tag", rows.cards, "_cards"),
    Part("bunch", "stock.lot", rows.bunches, "_bunches"),
)


class FarmSnapshot(models.AbstractModel):
    """Which records a device carries, as its user sees them; add-ons add parts."""

    _name = "farm.snapshot"
    _description = "Snapshot for Devices"

    @api.model
    def _parts(self):
        return PARTS

    @api.model
    def _rows_of(self, part, device, region_ids, ids=None):
        """The SELECT of a part as ``id`` and ``data``, or None where it has none.

        :param region_ids: all regions asked for, with their parts
        :param ids: those records only
        """
        model = self.env.get(part.model)
        if model is None or not (part.is_public or model.has_access("read")):
            return None
        domain = getattr(self, part.domain)(device, region_ids)
        if ids is not None:
            domain &= Domain("id", "in", ids)
        model = model.sudo() if part.is_public else model
        query = model._search(domain)
        lang = self.env.lang
        return part.rows(query.select(), lang)

    @api.model
    def _current(self, device, region_ids):
        """The SELECT of ``rank``, ``kind``, ``id`` and ``version`` of all parts."""
        selects = [
            SQL(
                "SELECT %s AS rank, %s AS kind, id, md5(data::text) AS version"
                " FROM (%s) part",
                rank,
                part.kind,
                select,
            )
            for rank, part in enumerate(self._parts())
            if (select := self._rows_of(part, device, region_ids)) is not None
        ]
        return SQL(" UNION ALL ").join(selects)

    # -- domains ----------------------------------------------------------------------

    def _all(self, device, region_ids):
        return Domain.TRUE

    def _all_of_company(self, device, region_ids):
        return Domain("company_id", "in", [False, device.company_id.id])

    def _published(self, device, region_ids):
        return Domain("state", "=", "published")

    def _in_use(self, device, region_ids):
        return Domain("state", "in", ("active", "retired", "revoked"))

    def _farmers(self, device, region_ids):
        return (
            Domain("farm_role_ids.code", "=", "farmer")
            & Domain("farm_code", "!=", False)
            & Domain("farm_region_id", "in", region_ids)
            & self._all_of_company(device, region_ids)
        )

    def _certificates(self, device, region_ids):
        since = fields.Date.context_today(self) - ENDED_FOR
        return (
            Domain("region_id", "in", region_ids)
            & Domain("state", "!=", "draft")
            & Domain("valid_to", ">=", since)
            & self._all_of_company(device, region_ids)
        )

    def _cards(self, device, region_ids):
        return (
            Domain("kind", "=", "card")
            & Domain("state", "in", ("issued", "active"))
            & Domain("partner_id.farm_region_id", "in", region_ids)
        )

    def _revoked(self, device, region_ids):
        return Domain("is_revoked", "=", True)

    def _bunches(self, device, region_ids):
        """Lots with a tag that lie where the device works."""
        here = Domain("location_id", "child_of", self._places(device).ids)
        there_is = here & Domain("quantity", ">", 0)
        of_region = Domain("farmer_id.farm_region_id", "in", region_ids)
        return (
            Domain("lineage_code", "!=", False)
            & Domain("quant_ids", "any", there_is)
            & (of_region | Domain("farmer_id", "=", False))
        )

    def _places(self, device):
        return device.location_ids or device._own_warehouses().view_location_id
