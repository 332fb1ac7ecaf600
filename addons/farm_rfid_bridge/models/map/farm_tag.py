from babel.dates import format_timedelta
from odoo import api, models
from odoo.tools import babel_locale_parse, format_datetime, formatLang

from ..read.farm_read import ODD
from . import journey

#: of one tag, the last ones
MOST_READS = 300
MOST_SUSPECTS = 30
#: changes that say that a tag was at hand just then
SEEN_BY_DEED = ("registered", "written", "split", "merged", "moved", "treated")


class FarmTag(models.Model):
    """The map of reads: where a tag was and when, and what no thing can do.

    A lane for each place, a row for each stay. Places have a position where their
    warehouse's address is in a region that has one, purchases that of the plot.
    """

    _inherit = "farm.tag"

    @api.model
    def get_suspect_maps(self):
        """Maps of the tags that are suspected, those of late first."""
        suspects = self.search([("state", "=", "suspected")], limit=MOST_SUSPECTS)
        return {
            "maps": [tag.get_read_map() for tag in suspects],
            "empty": self.env._("No tag is suspected to be a copy."),
            "hint": self.env._(
                "A tag is suspected when a chip says another code than before, or a"
                " code is on another chip. The map of any tag is on its form."
            ),
        }

    def get_read_map(self):
        """Where the tag was, for people; every text is in their language.

        :return: dict of ``id``, ``name``, ``thing`` (lot or farmer), ``reason`` of its
            suspicion, ``alarm``, ``empty`` and ``notice`` (sentences or ""), ``lanes``
            (``name``, ``url`` of a street map or ""), ``rows`` (see ``_row``)
            and ``event_ids`` to settle
        """
        self.ensure_one()
        self.check_access("read")
        reads = self._reads_of_map()
        sightings = self._sightings_of_reads(reads) + self._sightings_of_changes()
        stays = journey.stays(sightings)
        lanes = list({stay.place.key: stay.place for stay in stays}.values())
        numbers = {place.key: number for number, place in enumerate(lanes)}
        leaps = journey.leaps(stays)
        return {
            "id": self.id,
            "name": self.display_name,
            "thing": (self.lot_id or self.partner_id).display_name or "",
            "reason": self._reason_of_suspicion(),
            "alarm": self._say_alarm(leaps),
            "empty": "" if stays else self.env._("It was read nowhere yet."),
            "notice": self._say_cut(reads),
            "lanes": [
                {"name": place.name, "url": _street_map(place.point)} for place in lanes
            ],
            "rows": [
                self._row(stay, numbers[stay.place.key], before)
                for stay, before in zip(stays, leaps, strict=True)
            ],
            "event_ids": self._events_to_settle(),
        }

    # -- what is known ----------------------------------------------------------------

    def _reads_of_map(self):
        reads = self.env["farm.read"]
        names = [name for name in (self.lineage_code, self.epc, self.uid) if name]
        if not names or not reads.has_access("read"):
            return reads
        return reads.search([("tag", "in", names)], limit=MOST_READS)

    def _sightings_of_reads(self, reads):
        outcomes = dict(reads._fields["outcome"]._description_selection(self.env))
        # Names only, as a list of reads shows them: the device may be another's.
        return [
            journey.Sighting(
                read.at,
                _place_of(read.location_id),
                outcomes[read.outcome],
                "danger" if read.outcome in ODD else "",
                " · ".join(
                    dict.fromkeys(
                        (read.sudo().point_id.name, read.sudo().device_id.name)
                    )
                ),
            )
            for read in reads
        ]

    def _sightings_of_changes(self):
        changes = self.change_ids.filtered(
            lambda change: change.event_id and change.deed in SEEN_BY_DEED
        )
        deeds = dict(changes._fields["deed"]._description_selection(self.env))
        return [
            journey.Sighting(
                change.at,
                self._place_of_event(change),
                deeds[change.deed],
                by=change.device_name or "",
            )
            for change in changes
        ]

    def _place_of_event(self, change):
        # Whose purchase it was may be hidden from who sees the tag; its plot is told
        # with the lot.
        plot = change.event_id.sudo().harvest_id.cycle_id.plot_id
        if plot:
            point = plot.geometry_kind and (plot.latitude, plot.longitude)
            key = ("plot", plot.id)
            return journey.Place(key, plot.display_name, point=point or None)
        return journey.Place(("device", change.device_name), change.device_name or "")

    def _events_to_settle(self):
        events = self.env["farm.device.event"]
        domain = [("tag_ids", "in", self.ids), ("is_open", "=", True)]
        return events.search(domain).ids

    def _reason_of_suspicion(self):
        if self.state != "suspected":
            return ""
        suspicions = self.change_ids.filtered(lambda one: one.deed == "suspected")
        return suspicions[:1].reason or ""

    # -- what is said -----------------------------------------------------------------

    def _row(self, stay, lane, before):
        """A stay: ``lane``, ``place``, ``when``, ``what``, ``tone``, ``by``, ``leap``,
        which is None for the first."""
        tones = {sighting.tone for sighting in stay.sightings}
        return {
            "lane": lane,
            "place": stay.place.name,
            "when": self._say_when(stay),
            "what": self._say_what(stay),
            "tone": "danger" if "danger" in tones else "",
            "by": ", ".join(dict.fromkeys(one.by for one in stay.sightings if one.by)),
            "leap": before
            and {"text": self._say_leap(before), "impossible": before.is_impossible},
        }

    def _say_when(self, stay):
        first = format_datetime(self.env, stay.first)
        if len(stay.sightings) == 1:
            return first
        return f"{first} – {format_datetime(self.env, stay.last)}"

    def _say_what(self, stay):
        counts = {}
        for sighting in stay.sightings:
            counts[sighting.what] = counts.get(sighting.what, 0) + 1
        return ", ".join(
            what if count == 1 else f"{what} ×{count}" for what, count in counts.items()
        )

    def _say_leap(self, found):
        lang = self.env["res.lang"]._get_data(code=self.env.lang or "en_US")
        locale = babel_locale_parse(lang.code)
        time = format_timedelta(found.time, threshold=1, locale=locale)
        if found.km is None:
            return self.env._("%(time)s later", time=time)
        km = formatLang(self.env, found.km, digits=0 if found.km >= 10 else 1)
        return self.env._("%(time)s later, %(km)s km away", time=time, km=km)

    def _say_alarm(self, leaps):
        if not any(found and found.is_impossible for found in leaps):
            return ""
        return self.env._(
            "It was at two places with too little time between: one of the tags is a"
            " copy, or the clock of a device is wrong."
        )

    def _say_cut(self, reads):
        if len(reads) < MOST_READS:
            return ""
        return self.env._("Only the last %(count)s reads.", count=MOST_READS)


def _place_of(location):
    # Whoever sees a read sees where it was.
    warehouse = location.sudo().warehouse_id
    region = warehouse.partner_id.farm_region_id
    point = (region.latitude, region.longitude)
    return journey.Place(
        ("location", location.id),
        location.display_name,
        ("warehouse", warehouse.id) if warehouse else ("location", location.id),
        point if any(point) else None,
    )


def _street_map(point):
    if not point:
        return ""
    lat, lon = (f"{degrees:.6f}" for degrees in point)
    return f"https://www.openstreetmap.org/?mlat={lat}&mlon={lon}#map=14/{lat}/{lon}"
