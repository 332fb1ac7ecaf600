from odoo import api, fields, models
from odoo.exceptions import ValidationError

from .company_check import one_of_each_kind
from .stock_quant import ArrivalQuants


class StockMoveLine(models.Model):
    _inherit = "stock.move.line"

    harvest_id = fields.Many2one(
        "farm.harvest",
        index="btree_not_null",
        check_company=True,
        domain="[('state', '=', 'done'), ('company_id', '=', company_id)]",
        help="A new lot received on this line carries this harvest's provenance.",
    )

    def _prepare_new_lot_vals(self):
        vals = super()._prepare_new_lot_vals()
        harvest = self._get_harvest()
        if harvest:
            vals |= harvest._prepare_lot_vals(self.product_id, self.location_dest_id)
        return vals

    def _get_harvest(self):
        """The line's own harvest, else the transfer's if it is of the same crop."""
        # Its crop may be of an office whose records the user cannot open.
        theirs = self.picking_id.harvest_id
        same_crop = theirs.sudo().crop_id == self.product_id.farm_crop_id
        return self.harvest_id or (theirs if same_crop else theirs[:0])

    @api.constrains("harvest_id", "product_id")
    def _check_harvest_crop(self):
        # The crop may be one that the user cannot open.
        for line in self.sudo().filtered("harvest_id"):
            if line.product_id.farm_crop_id != line.harvest_id.crop_id:
                raise ValidationError(
                    self.env._(
                        "%(harvest)s is a harvest of %(crop)s, %(product)s is not."
                        " Choose another harvest on its line, or none.",
                        harvest=line.harvest_id.name,
                        crop=line.harvest_id.crop_id.name,
                        product=line.product_id.display_name,
                    )
                )

    def _give_harvest_to_known_lots(self):
        """Lots that were made before they came in for the first time, here."""
        lines = self.filtered(
            lambda line: (
                line.lot_id
                and not line.lot_id.harvest_id
                and line.location_id.should_bypass_reservation()
                and line._get_harvest()
            )
        )
        if not lines:
            return
        known = self._lots_moved_elsewhere(lines.lot_id)
        fresh = lines.filtered(lambda line: line.lot_id not in known)
        for harvest, of_harvest in fresh.grouped(StockMoveLine._get_harvest).items():
            of_harvest.lot_id._set_harvest(harvest)

    def _lots_moved_elsewhere(self, lots):
        # Where else a lot has been does not depend on what the user may open.
        lines = self.sudo().search(
            [
                ("lot_id", "in", lots.ids),
                ("state", "=", "done"),
                ("id", "not in", self.ids),
            ]
        )
        return self.env["stock.lot"].browse(lines.lot_id.ids)

    def _check_company(self, fnames=None):
        return super(
            StockMoveLine, one_of_each_kind(self, unlike=["lot_id"])
        )._check_company(fnames)

    # -- arrivals of new lots, in one go ------------------------------------------

    def _action_done(self):
        arrivals = ArrivalQuants(self._arriving_lines())
        result = super(
            StockMoveLine, self.with_context(arrival_quants=arrivals)
        )._action_done()
        self.env["stock.quant"]._create_arrivals(arrivals)
        self.exists()._give_harvest_to_known_lots()
        return result

    def _arriving_lines(self):
        """Lines that bring lots which have no quant yet from outside of the stock."""
        lines = self.filtered(
            lambda line: (
                line.lot_id
                and line.quantity > 0
                and line.product_id.is_storable
                and line.location_id.should_bypass_reservation()
                # Core places the package by its quants, in the middle of its work.
                and not line.result_package_id
            )
        )
        if not lines:
            return lines
        # Lots that move on in the same breath need their quants on the way.
        passing = (self - lines).lot_id
        known = self._lots_with_quants(lines.lot_id) | set(passing.ids)
        untracked = self._untracked_places(lines)
        return lines.filtered(
            lambda line: (
                line.lot_id.id not in known
                and (line.product_id, line.location_id) not in untracked
            )
        )

    def _lots_with_quants(self, lots):
        # As core's own look-ups in validation: quants of all companies count.
        groups = (
            self.env["stock.quant"]
            .sudo()
            ._read_group([("lot_id", "in", lots.ids)], ["lot_id"])
        )
        return {lot.id for (lot,) in groups}

    def _untracked_places(self, lines):
        """Sources with untracked stock, from which core would take first."""
        # As core's own look-ups in validation: quants of all companies count.
        groups = (
            self.env["stock.quant"]
            .sudo()
            ._read_group(
                [
                    ("lot_id", "=", False),
                    ("product_id", "in", lines.product_id.ids),
                    ("location_id", "in", lines.location_id.ids),
                ],
                ["product_id", "location_id"],
            )
        )
        return set(groups)

    def _synchronize_quant(
        self, quantity, location, action="available", in_date=False, **quants_value
    ):
        arrivals = self.env.context.get("arrival_quants")
        if not arrivals or self.id not in arrivals.line_ids:
            return super()._synchronize_quant(
                quantity, location, action, in_date, **quants_value
            )
        if action == "available":
            package = quants_value.get("package", self.package_id)
            arrivals.add(self, location, package, quantity)
        return 0, arrivals.in_date
