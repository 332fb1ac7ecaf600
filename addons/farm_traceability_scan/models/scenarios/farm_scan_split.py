from odoo import api, models
from odoo.addons.farm_traceability.wording import number_text
from odoo.exceptions import UserError

from .result import Result, question

MOST_HANDS = 500


class FarmScanSplit(models.AbstractModel):
    """Split a bunch into hands.

    1. the bunch is scanned; the screen says where it lies and what it weighs
    2. how many hands; every hand becomes a lot of its own
    """

    _name = "farm.scan.split"
    _inherit = "farm.scan.scenario"
    _description = "Scan Screens: Split a Bunch"
    _document_model = None

    @api.model
    def _title(self):
        return self.env._("Split a Bunch")

    @api.model
    def _do_scan(self, _document, sent):
        meaning = self._meaning(sent, lambda one: one.kind == "lot")
        if isinstance(meaning, Result):
            return meaning
        if meaning.kind != "lot":
            raise UserError(
                self.env._("“%(name)s” is no lot. Scan a lot.", name=meaning.name)
            )
        split = self._prepare(self.env["stock.lot"].browse(meaning.id), sent)
        if sent["quantity"] is None:
            return self._ask(split)
        return self._split(split, int(sent["quantity"]))

    def _prepare(self, lot, sent):
        """The split of what is free of a lot, not saved yet."""
        split = self.env["farm.lot.split"].new({"lot_id": lot.id})
        if sent["location_id"]:
            split.location_id = sent["location_id"]
        mine = self.env.user._get_scan_warehouses()
        if split.quantity <= 0 or split.location_id.warehouse_id not in mine:
            raise UserError(
                self.env._("Nothing of lot %(lot)s is free here.", lot=lot.name)
            )
        if not split.product_id:
            raise UserError(
                self.env._(
                    "%(product)s is not known to become hands. Split lot %(lot)s in"
                    " the office.",
                    product=lot.product_id.display_name,
                    lot=lot.name,
                )
            )
        return split

    def _ask(self, split):
        return question(
            "quantity",
            self.env._(
                "%(lot)s at %(place)s, %(quantity)s %(unit)s: how many hands?",
                lot=split.lot_id.name,
                place=split.location_id.display_name,
                quantity=number_text(self.env, split.quantity),
                unit=split.uom_id.name,
            ),
            suggested=split.remaining_count,
        )

    def _split(self, draft, pieces):
        if not 0 < pieces <= MOST_HANDS:
            raise UserError(
                self.env._("Say how many hands, 1 to %(most)s.", most=MOST_HANDS)
            )
        names = ("lot_id", "location_id", "product_id", "quantity")
        vals = draft._convert_to_write({name: draft[name] for name in names})
        split = self.env["farm.lot.split"].create(vals | {"piece_count": pieces})
        action = split.action_split()
        operation = self.env["farm.lot.operation"].browse(action["res_id"])
        lots = operation.output_ids.lot_id
        return Result(
            self.env._(
                "%(lot)s is %(count)s hands now.",
                lot=split.lot_id.name,
                count=len(lots),
            ),
            answer={"lots": [{"id": one.id, "name": one.name} for one in lots]},
        )
