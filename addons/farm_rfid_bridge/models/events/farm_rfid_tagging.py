from odoo import models
from odoo.exceptions import UserError

from ...protocol.problems import Damaged
from ..tag.farm_tag import CHIPS
from ..tag.farm_tag_register import check_once
from .results import Parked

LONGEST_UID = 10
LONGEST_MESSAGE = 1_000
GRAMS = 1000
LOCK = "SELECT id FROM stock_lot WHERE id = ANY(%s) ORDER BY id FOR NO KEY UPDATE"


class FarmRfidTagging(models.AbstractModel):
    """What kinds of events about tagged lots have in common."""

    _name = "farm.rfid.tagging"
    _inherit = ["farm.rfid.event"]
    _description = "Kind of Event about Tags"

    def _written(self, body):
        """The maps of a body that tell of a tag which was written, one for each."""
        return []

    def _pairs(self, body):
        """UID (hex or "") and lineage code of each tag that a body writes."""
        return [(self._uid(one), self._code(one)) for one in self._written(body)]

    def _check_written(self, event, body):
        """:raises Damaged: on nonsense about chips, before anything is a conflict"""
        check_once(uid for uid, _code in self._pairs(body))
        for one in self._written(body):
            self._prepare_written_vals(event, one)

    def _note_conflict(self, event, body, conflict):
        self.env["farm.tag"]._note_contradiction(self._pairs(body), event, conflict)
        return super()._note_conflict(event, body, conflict)

    def _uid(self, body):
        uid = body.optional("binary", "uid", longest=LONGEST_UID)
        return uid.hex() if uid else ""

    def _prepare_written_vals(self, event, body):
        """What the device says of the chip and of what it wrote there."""
        chip = body.optional("text", "chip", longest=32)
        payload = body.optional("binary", "payload", longest=LONGEST_MESSAGE)
        vals = {}
        if chip:
            if chip not in dict(CHIPS):
                raise Damaged(f"{body.where}chip is none that is known")
            vals["chip"] = chip
        if payload:
            vals |= {"payload": payload.hex(), "written_at": event.at}
        return vals

    # -- lots -------------------------------------------------------------------------

    def _lots_of(self, codes, event):
        """Lots of lineage codes, in their order; none of them can change meanwhile.

        :raises Parked: for the first that is not here
        :raises UserError: if one is another company's, its tag is suspected, or it lies
            where the device does not work
        """
        lots = self.env["stock.lot"].search([("lineage_code", "in", codes)])
        by_code = lots.grouped("lineage_code")
        for code in codes:
            if code not in by_code:
                self._check_not_foreign(code)
                raise Parked(code)
        self._check_trusted(codes, event)
        self._lock(lots)
        self._check_lies_here(event, lots)
        return lots.union(*(by_code[code] for code in codes))

    def _check_not_foreign(self, code):
        # A code is unique in all companies; whose it is, is not told.
        if self.env["stock.lot"].sudo().search_count([("lineage_code", "=", code)]):
            raise UserError(
                self.env._(
                    "%(code)s is a lot of another company: receive it first.", code=code
                )
            )

    def _check_trusted(self, codes, event):
        if event.waiver_reason:
            return
        tags = self.env["farm.tag"].search(
            [("lineage_code", "in", codes), ("state", "=", "suspected")], limit=1
        )
        if tags:
            raise UserError(
                self.env._(
                    "%(tag)s is suspected to be a copy: settle that first, and try"
                    " again.",
                    tag=tags.display_name,
                )
            )

    def _check_lies_here(self, event, lots):
        """:raises UserError: if something of lots lies where the device does not work;
        what lies nowhere yet may be spoken of"""
        if lots and event.device_id.location_ids:
            # Where things lie does not depend on what the user may open.
            self._check_works_at(event, self.sudo()._quants_of(lots).location_id)

    def _lock(self, lots):
        """Wait for other devices that work on the same lots.

        What another one has changed meanwhile ends the transaction, and it is begun
        anew; so the second one sees what is left.
        """
        self.env.flush_all()
        self.env.cr.execute(LOCK, [lots.ids])
        lots.invalidate_recordset()

    # -- what there is of them --------------------------------------------------------

    def _quants_of(self, lots):
        """What lies in the places of the company, reserved or not."""
        quants = self.env["stock.quant"]
        return quants.search(
            [*quants._get_operation_domain(), ("lot_id", "in", lots.ids)], order="id"
        )

    def _park_if_on_the_way(self, lot):
        """:raises Parked: if a receipt of the lot is not validated yet"""
        # Whether something is on the way does not depend on what the user may open.
        lines = self.env["stock.move.line"].sudo()
        coming = lines.search_count(
            [
                ("lot_id", "=", lot.id),
                ("state", "not in", ("done", "cancel")),
                ("location_id.usage", "not in", ("internal", "transit")),
                ("location_dest_id.usage", "=", "internal"),
            ],
            limit=1,
        )
        if coming:
            raise Parked(lot.lineage_code)

    def _in_unit(self, grams, uom):
        """Grams in a unit of weight."""
        kilo = self.env.ref("uom.product_uom_kgm")
        return kilo._compute_quantity(grams / GRAMS, uom, rounding_method="HALF-UP")

    def _is_weight(self, uom):
        return uom._has_common_reference(self.env.ref("uom.product_uom_kgm"))

    def _name_lots(self, lots, codes):
        """Give new lots the codes that are on their tags."""
        for lot, code in zip(lots, codes, strict=True):
            # Nobody may type a code in; here it comes from the tag.
            lot.sudo().lineage_code = code
