from odoo import models
from odoo.fields import Domain

from .farm_scan_look_up_origin import MOST_TRACED


class FarmScanLookUp(models.AbstractModel):
    """Cards of goods, and of where they lie."""

    _inherit = "farm.scan.look.up"

    def _card_of_lot(self, meaning):
        lot = self.env["stock.lot"].browse(meaning.id)
        stock = self._lying(Domain("lot_id", "=", lot.id))
        return self._stock(stock, is_of_lot=True) | {
            "warning": lot.hold_reason or "",
            "facts": self._shown(
                (self.env._("Product"), lot.product_id.display_name),
                *self._stock_facts(stock),
                (self.env._("Expires"), self._day(lot.expiration_date)),
                (self.env._("Best before"), self._day(lot.use_date)),
                (self.env._("Grade"), lot.grade_id.name),
                (self.env._("Hands"), lot.remaining_count or lot.piece_count),
                *self._origin_facts(lot),
            ),
            "trace": self._trace_facts(lot),
            "link": self._link(lot, self.env._("Full trace in Odoo")),
        }

    def _card_of_new_lot(self, meaning):
        unknown = self.env._("There is no lot %(lot)s here.", lot=meaning.lot_name)
        return self._card_of_product(meaning) | {"warning": unknown}

    def _card_of_product(self, meaning):
        product = self.env["product.product"].browse(meaning.product_id)
        stock = self._lying(Domain("product_id", "=", product.id))
        return self._card_of_contents(
            stock,
            product,
            (self.env._("Product"), product.display_name),
            (self.env._("Category"), product.categ_id.display_name),
            (self.env._("Barcode"), product.barcode),
        )

    def _card_of_package(self, meaning):
        package = self.env["stock.package"].browse(meaning.id)
        stock = self._lying(Domain("id", "in", package.contained_quant_ids.ids))
        return self._card_of_contents(
            stock,
            package,
            (self.env._("Place"), package.location_id.display_name),
            (self.env._("Package type"), package.package_type_id.name),
            (self.env._("SSCC"), package._get_sscc()),
        )

    def _card_of_location(self, meaning):
        place = self.env["stock.location"].browse(meaning.id)
        stock = self._lying(Domain("location_id", "child_of", place.id))
        return self._card_of_contents(
            stock,
            place,
            (self.env._("Place"), place.complete_name),
            (self.env._("Warehouse"), place.warehouse_id.name),
        )

    def _card_of_contents(self, stock, record, *facts):
        inside = Domain("quant_ids", "any", stock)
        lots = self.env["stock.lot"].search(inside, limit=MOST_TRACED + 1)
        return self._stock(stock) | {
            "warning": self._held_text(inside) or "",
            "facts": self._shown(
                *facts, *self._content_facts(stock), *self._origin_facts(lots)
            ),
            "trace": self._trace_facts(lots),
            "link": self._link(record),
        }
