from collections import Counter, defaultdict
from datetime import timedelta

from odoo import fields, models
from odoo.exceptions import AccessError, UserError

from ...protocol.problems import Damaged
from ...protocol.sightings import Sighting, read_sightings
from ..meaning.item import Item
from ..read.farm_read import ODD, OUTCOMES
from ..read.statements import (
    COLUMNS,
    Seen,
    judged,
    last_seen,
    stored,
    took_turn,
)
from .results import Applied

NAMED = 3
#: what the statement reads, which may not be written yet
FLUSHED = (
    "farm.tag",
    "product.product",
    "stock.lot",
    "stock.move.line",
    "stock.package",
    "stock.picking",
    "stock.quant",
)


class FarmRfidRead(models.AbstractModel):
    """Tags that were seen at a read point, and the moves that this means.

    Body: ``at`` (ms), ``point`` (code) or ``antenna``, ``tags``: each ``uid``, ``epc``
    (bits, or URN) or ``code`` (lineage), and if known ``first`` and ``last`` (ms) when
    it was seen, ``n`` how often, ``rssi``.

    1. one statement says of all what they are, and whether they count
    2. what counts is moved as the read point says, by lots and packages
    3. one statement stores all, those that mean nothing or are refused as well
    4. what was refused is tried again, once a person has put it right; the rest of the
       event stays as it is
    """

    _name = "farm.rfid.read"
    _inherit = ["farm.rfid.event"]
    _description = "Tags Seen at a Read Point"

    def _apply(self, event, body):
        """A refusal is a result here: what was seen is stored all the same."""
        return self._apply_all(event, [body])[0]

    def _apply_all(self, events, bodies):
        results, batches = {}, defaultdict(list)
        settled = events._settled_tags()
        for event, body in zip(events, bodies, strict=True):
            try:
                point, sightings = self._point(event, body), read_sightings(body)
            except (Damaged, UserError) as error:
                results[event] = error
            else:
                batches[point] += [(event, sighting) for sighting in sightings]
        for point, batch in batches.items():
            results |= self._apply_at(point, batch, settled)
        return [results[event] for event in events]

    def _point(self, event, body):
        code = body.optional("text", "point", longest=64)
        antenna = body.optional("number", "antenna", most=10_000)
        point = self.env["farm.read.point"]._of_device(event.device_id, code, antenna)
        if not point.device_id:
            self._check_works_at(event, point.location_id)
        return point

    def _apply_at(self, point, batch, settled):
        """Apply the sightings of events at one read point.

        :param batch: pairs of event and ``Sighting``
        :param settled: pairs of event and tag that an earlier try has settled
        :return: dict of event → result
        """
        handler = self.env[f"farm.read.{point.meaning}"]
        self._suspect_copies(batch)
        seen = self._judge(point, batch, handler, settled)
        self._note_last_seen(point, batch, seen)
        items = self._items(seen)
        made = handler._make(point, list(dict.fromkeys(items.values())))
        self._store(point, batch, seen, items, made)
        return self._results(batch, seen, items, made)

    # -- what was seen ----------------------------------------------------------------

    def _suspect_copies(self, batch):
        """A chip with another tag's code, or a code on another tag's chip."""
        pairs = [(one.uid, one.code) for _event, one in batch if one.uid and one.code]
        if not pairs:
            return
        event = batch[-1][0]
        # Chips and codes are unique in all companies; only those of this one are told.
        copies = self.env["farm.tag"].sudo()._contradicted(pairs)
        companies = (False, event.company_id.id)
        copies.filtered(lambda tag: tag.company_id.id in companies)._suspect(
            self._say_copy(), event
        )

    def _say_copy(self):
        return self.env._(
            "Its chip and its code are of two tags: one of them is a copy."
        )

    def _judge(self, point, batch, handler, settled):
        """What each sighting is, and the turn of those that count.

        What was settled before is left out.
        """
        for name in FLUSHED:
            self.env[name].flush_model()
        sightings: list[Sighting] = [sighting for _event, sighting in batch]
        misplaced, stays = handler._misplaced(point), handler._stays(point)
        rows = self.env.execute_query(
            judged(point, sightings, _times(batch), misplaced, stays)
        )
        seen = [Seen(*row) for row in rows]
        seen = [
            _without_things(one, batch[one.place][1])
            if one.outcome == "foreign"
            else one
            for one in seen
        ]
        if settled:
            seen = [
                one for one in seen if (batch[one.place][0], one.tag) not in settled
            ]
        tags = {one.tag for one in seen if one.outcome == "counted"}
        if tags and point.window_seconds:
            self.env.cr.execute(took_turn(point, tags, fields.Datetime.now()))
        return seen

    def _note_last_seen(self, point, batch, seen):
        tags = {one.tag_id for one in seen if one.outcome == "counted" and one.tag_id}
        if tags:
            event = batch[-1][0]
            device = event.device_id.id
            self.env.cr.execute(last_seen(point, device, tags, event.at))
            self.env["farm.tag"].invalidate_model()

    def _items(self, seen):
        """What the sightings that count, or repeat one that does, are of: by their
        places. The tag of the whole says more than those of its pieces.
        """
        counted = [one for one in seen if one.outcome == "counted"]
        whole = {one.lot_id for one in counted if not one.is_piece}
        tags = defaultdict(set)
        for one in counted:
            tags[one.lot_id].add(one.tag)
        items = {
            one.tag: Item(
                one.lot_id,
                one.package_id,
                0 if one.lot_id in whole else len(tags[one.lot_id]),
            )
            for one in counted
        }
        return {
            one.place: items[one.tag]
            for one in seen
            if one.outcome in ("counted", "repeated") and one.tag in items
        }

    def _store(self, point, batch, seen, items, made):
        times = _times(batch)
        rows = []
        for one in seen:
            event, sighting = batch[one.place]
            item = items.get(one.place)
            known = sighting._asdict() | one._asdict()
            known |= {"event_id": event.id, "device_id": event.device_id.id}
            known["at"] = times[one.place]
            known["reason"] = self._reason(event, one, made.refused.get(item))
            known["outcome"] = made.outcome(item, one.outcome)
            rows.append({name: known[name] for name in COLUMNS})
        if rows:
            self.env.cr.execute(stored(point, rows))
        self.env["farm.read"].invalidate_model()

    def _reason(self, event, one, error):
        if isinstance(error, AccessError):
            return event._say_no_right()
        if one.outcome == "refused":
            return self.env._("Its tag is suspected to be a copy: settle that first.")
        return str(error) if error else None

    # -- what came of it --------------------------------------------------------------

    def _results(self, batch, seen, items, made):
        by_event = {event: [] for event, _sighting in batch}
        for one in seen:
            by_event[batch[one.place][0]].append(one)
        return {
            event: self._result(event, ones, items, made)
            for event, ones in by_event.items()
        }

    def _result(self, event, seen, items, made):
        mine = list(
            dict.fromkeys(items[one.place] for one in seen if one.place in items)
        )
        errors = [made.refused[item] for item in mine if item in made.refused]
        text = " ".join(list(dict.fromkeys(map(str, errors)))[:NAMED])
        if mine and len(errors) == len(mine) and not event.has_refused_reads:
            lacks_right = isinstance(errors[0], AccessError)
            return errors[0] if lacks_right else UserError(text)
        pickings = self.env["stock.picking"].union(
            *(made.done[item] for item in mine if made.done.get(item))
        )
        outcomes = Counter(
            made.outcome(items.get(one.place), one.outcome) for one in seen
        )
        odd = sum(outcomes[outcome] for outcome in ODD)
        return Applied(
            code="odd" if odd else "",
            message=self._say_odd(odd, text) if odd else "",
            refs=self._refs(event, outcomes, pickings),
            links={
                "picking_id": pickings[:1].id or event.picking_id.id,
                "has_refused_reads": bool(outcomes["refused"]),
            },
        )

    def _refs(self, event, outcomes, pickings):
        """What became of the event's reads in all tries: those that were refused before
        have another outcome now."""
        before = event.refs if event.has_refused_reads else {}
        known = [name for name, _text in OUTCOMES if name in before]
        counts = Counter({name: before[name] for name in known})
        del counts["refused"]
        names = (*before.get("transfers", ()), *pickings.mapped("name"))
        return dict(counts + outcomes) | {"transfers": list(dict.fromkeys(names))}

    def _say_odd(self, odd, reasons):
        said = self.env._(
            "Tags that are unknown, another company's, at a wrong place or refused:"
            " %(count)s. Look at the reads.",
            count=odd,
        )
        return f"{said} {reasons}".strip()


def _times(batch):
    """When each was last seen: before its event, as the server believes that."""
    return [event.at - timedelta(seconds=one.ago) for event, one in batch]


def _without_things(one, sighting):
    """A tag of another company, without what that has: only how it was seen."""
    nothing = {"tag_id": None, "lot_id": None, "product_id": None, "package_id": None}
    return one._replace(tag=sighting.name, **nothing)
