from collections import defaultdict

from odoo import api, models
from odoo.addons.farm_traceability.wording import number_text
from odoo.fields import Domain

# Places with the same goods that an answer brings along.
MOST_NEAR = 20


class FarmScanMove(models.AbstractModel):
    """What a person chooses from by touch, where no symbol can be scanned."""

    _inherit = "farm.scan.move"

    def _alike(self, draft):
        """Stock of the same goods, also of other lots."""
        products = draft["package"].contained_quant_ids.product_id or draft["product"]
        alike = Domain("product_id", "in", products.ids) & self._lying_domain()
        return self.env["stock.quant"].search(alike, limit=200)

    def _near(self, quants):
        """Places where something lies, the most first.

        :return: dicts with ``id`` and ``amount``, for people
        """
        amounts = defaultdict(lambda: defaultdict(float))
        for quant in quants:
            amounts[quant.location_id][quant.product_uom_id] += quant.quantity
        places = sorted(amounts, key=lambda place: -sum(amounts[place].values()))
        return [
            {"id": place.id, "amount": self._amounts_text(amounts[place])}
            for place in places[:MOST_NEAR]
        ]

    def _amounts_text(self, amounts):
        return ", ".join(
            f"{number_text(self.env, quantity)} {unit.name}"
            for unit, quantity in amounts.items()
        )

    @api.model
    def _items(self, place):
        """What lies at a place: whole packages, and what is loose.

        :return: dicts with ``key`` as of a meaning, ``text`` that says the same when it
            is scanned, ``name`` and ``detail`` for people
        """
        found = self.env["stock.quant"].search(
            Domain("location_id", "child_of", place.id) & self._lying_domain(),
            limit=200,
        )
        packages = found.grouped("package_id")
        loose = packages.pop(self.env["stock.package"], found.browse())
        items = [self._package_item(*pair) for pair in packages.items()]
        parts = loose.grouped(lambda quant: (quant.product_id, quant.lot_id))
        return items + [self._item(*pair, part) for pair, part in parts.items()]

    def _package_item(self, package, quants):
        detail = ", ".join(quants.product_id.mapped("display_name"))
        return {
            "key": f"package,{package.id}",
            "text": package.name,
            "name": package.name,
            "detail": detail,
        }

    def _item(self, product, lot, quants):
        amount = self._amounts_text({product.uom_id: sum(quants.mapped("quantity"))})
        return {
            "key": f"lot,{lot.id}" if lot else f"product,{product.id}",
            "text": lot.name or product.barcode or product.display_name,
            "product_id": product.id,
            "name": lot.name or product.display_name,
            "detail": f"{amount} · {product.display_name}" if lot else amount,
        }
