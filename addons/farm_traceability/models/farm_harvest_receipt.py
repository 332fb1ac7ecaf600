from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command


class FarmHarvest(models.Model):
    """From the farm gate into stock: harvest, lots and receipt in one go."""

    _inherit = "farm.harvest"

    @api.model
    def receive_at_farm_gate(
        self, vals, bunches, picking_type_id=False, waiver_reason=""
    ):
        """Record a purchase at the farm gate.

        :param dict vals: values of the harvest (``cycle_id``, ``date``,
            ``harvested_by``, …)
        :param list bunches: one dict per lot: ``product_id``, ``quantity`` in the
            product's unit, and if known ``bunch_count`` (default 1), ``piece_count``
            (hands), ``grade_id``, ``lineage_code``
        :param int picking_type_id: operation type of the receipt; the company's
            first receipt type when empty
        :param str waiver_reason: why a quality manager receives in spite of an
            objection
        :return: the posted harvest, with its lots and its receipt
        :raises UserError: when a rule objects, or a line is not complete; then
            nothing is left behind, also for callers that go on with the next purchase
        """
        picking_type = self._farm_gate_picking_type(picking_type_id)
        totals = self._prepare_totals_vals(bunches)
        with self.env.cr.savepoint():
            harvest = self.create(vals | totals)
            harvest.action_post(waiver_reason)
            lots = harvest._create_lots(bunches, picking_type.default_location_dest_id)
            harvest._create_receipt(lots, bunches, picking_type)
        return harvest

    @api.model
    def _farm_gate_picking_type(self, picking_type_id=False):
        picking_types = self.env["stock.picking.type"]
        if picking_type_id:
            picking_type = picking_types.browse(picking_type_id)
            if picking_type.code != "incoming":
                raise UserError(
                    self.env._(
                        "%(name)s is not an operation type for receipts. Choose"
                        " another one.",
                        name=picking_type.display_name,
                    )
                )
            return picking_type
        picking_type = picking_types.search(
            [("code", "=", "incoming"), ("company_id", "=", self.env.company.id)],
            limit=1,
        )
        if not picking_type:
            raise UserError(
                self.env._(
                    "%(company)s has no operation type for receipts. Make a warehouse"
                    " first.",
                    company=self.env.company.name,
                )
            )
        return picking_type

    @api.model
    def _prepare_totals_vals(self, bunches):
        self._check_bunches(bunches)
        products = self.env["product.product"].browse(
            {bunch["product_id"] for bunch in bunches}
        )
        self._check_tracked(products)
        one_unit = products.uom_id if len(products.uom_id) == 1 else products.uom_id[:0]
        return {
            "bunch_count": sum(bunch.get("bunch_count", 1) for bunch in bunches),
            "quantity": one_unit and sum(bunch["quantity"] for bunch in bunches),
            "uom_id": one_unit.id,
        }

    @api.model
    def _check_bunches(self, bunches):
        if not bunches:
            raise UserError(self.env._("There is nothing to receive: add a bunch."))
        for number, bunch in enumerate(bunches, 1):
            if not bunch.get("product_id"):
                raise UserError(
                    self.env._(
                        "Line %(number)s has no product. Choose one.", number=number
                    )
                )
            # Written so that no number at all, a NaN, is refused as well.
            if not (bunch.get("quantity") or 0) > 0:
                raise UserError(
                    self.env._(
                        "Line %(number)s has no quantity. Weigh or count the bunch, or"
                        " remove the line.",
                        number=number,
                    )
                )
            if bunch.get("bunch_count", 1) < 1 or bunch.get("piece_count", 0) < 0:
                raise UserError(
                    self.env._(
                        "Line %(number)s: the number of hands or of bunches is not"
                        " possible. Count again.",
                        number=number,
                    )
                )

    @api.model
    def _check_tracked(self, products):
        untracked = products.filtered(lambda product: product.tracking != "lot")
        if untracked:
            raise UserError(
                self.env._(
                    "%(products)s is not tracked by lots. Set its tracking to “By Lots”"
                    " first.",
                    products=", ".join(untracked.mapped("display_name")),
                )
            )

    def _create_lots(self, bunches, location):
        """Make the lots of a posted harvest, one per bunch, in the bunches' order."""
        self.ensure_one()
        products = self.env["product.product"].browse(
            {bunch["product_id"] for bunch in bunches}
        )
        self._check_products(products)
        shared = {
            product.id: self._prepare_lot_vals(product, location)
            for product in products
        }
        names = self.crop_id._next_lot_names(self.date, len(bunches))
        # A thousand chatter messages "Lot created" would say less than the harvest.
        lots = (
            self.env["stock.lot"]
            .with_context(tracking_disable=True)
            .create(
                [
                    shared[bunch["product_id"]] | self._prepare_bunch_vals(bunch, name)
                    for bunch, name in zip(bunches, names, strict=True)
                ]
            )
        )
        for lot, bunch in zip(lots, bunches, strict=True):
            if bunch.get("lineage_code"):
                # Nobody may type it in later; here it comes from the bunch's tag.
                lot.sudo().lineage_code = bunch["lineage_code"]
        return lots

    def _check_products(self, products):
        strange = products.filtered(
            lambda product: product.farm_crop_id != self.crop_id
        )
        if strange:
            raise UserError(
                self.env._(
                    "%(products)s is not a product of %(crop)s.",
                    products=", ".join(strange.mapped("display_name")),
                    crop=self.crop_id.name,
                )
            )

    def _prepare_bunch_vals(self, bunch, name):
        pieces = bunch.get("piece_count", 0)
        return {
            "name": name,
            "product_id": bunch["product_id"],
            "piece_count": pieces,
            "remaining_count": pieces,
            "grade_id": bunch.get("grade_id") or self.grade_id.id,
        }

    def _create_receipt(self, lots, bunches, picking_type):
        picking = self.env["stock.picking"].create(
            self._prepare_receipt_vals(picking_type)
        )
        quantities = [bunch["quantity"] for bunch in bunches]
        self.env["stock.move"].create(
            self._prepare_receipt_move_vals_list(picking, lots, quantities)
        )
        picking.action_confirm()
        if picking_type.validate_farm_receipts:
            picking.move_ids.picked = True
            picking._action_done()
        return picking

    def _prepare_receipt_vals(self, picking_type):
        source = picking_type.default_location_src_id or self.env.ref(
            "stock.stock_location_suppliers"
        )
        return {
            "picking_type_id": picking_type.id,
            "location_id": source.id,
            "location_dest_id": picking_type.default_location_dest_id.id,
            "partner_id": self.farmer_id.id,
            "origin": self.name,
            "harvest_id": self.id,
            "scheduled_date": self.purchase_date or fields.Datetime.now(),
        }

    def _prepare_receipt_move_vals_list(self, picking, lots, quantities):
        """One move per product, one line per lot."""
        quantity_of = dict(zip(lots.ids, quantities, strict=True))
        shared = {
            "picking_id": picking.id,
            "location_id": picking.location_id.id,
            "location_dest_id": picking.location_dest_id.id,
        }
        return [
            shared
            | {
                "product_id": product.id,
                "product_uom": product.uom_id.id,
                "product_uom_qty": sum(quantity_of[lot.id] for lot in product_lots),
                "move_line_ids": [
                    Command.create(
                        shared
                        | {
                            "product_id": product.id,
                            "product_uom_id": product.uom_id.id,
                            "lot_id": lot.id,
                            "quantity": quantity_of[lot.id],
                        }
                    )
                    for lot in product_lots
                ],
            }
            for product, product_lots in lots.grouped("product_id").items()
        ]
