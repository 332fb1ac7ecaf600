from odoo import api, models
from odoo.addons.farm_traceability.trace import UP, trace
from odoo.addons.farm_traceability.wording import number_text
from odoo.fields import Domain
from odoo.tools import format_date

from .result import Result

MOST_PLACES = 50


class FarmScanLookUp(models.AbstractModel):
    """Look up: any scan shows what it is, where, how much, whose, and since when.

    Nothing is done.
    """

    _name = "farm.scan.look.up"
    _inherit = "farm.scan.scenario"
    _description = "Scan Screens: Look Up"
    _document_model = None

    @api.model
    def _title(self):
        return self.env._("Look Up")

    @api.model
    def _do_scan(self, _document, sent):
        meaning = self._meaning(sent, lambda _one: True)
        if isinstance(meaning, Result):
            return meaning
        facts = getattr(self, f"_facts_of_{meaning.kind}")(meaning)
        card = {"kind": meaning.kind, "id": meaning.id, "title": meaning.name} | facts
        return Result(meaning.name, answer={"card": card})

    # -- what is shown of each kind ---------------------------------------------------

    def _facts_of_lot(self, meaning):
        lot = self.env["stock.lot"].browse(meaning.id)
        return {
            "warning": lot.hold_reason or "",
            "facts": self._shown(
                (self.env._("Product"), lot.product_id.display_name),
                (self.env._("Expires"), self._day(lot.expiration_date)),
                (self.env._("Best before"), self._day(lot.use_date)),
                (self.env._("Grade"), lot.grade_id.name),
                (self.env._("Hands"), lot.remaining_count or lot.piece_count),
                *self._origin_facts(lot),
            ),
            "stock": self._stock(Domain("lot_id", "=", lot.id)),
        }

    def _origin_facts(self, lot):
        """Where it grew; of all harvests that it is made of."""
        origins = lot if lot.harvest_id else self._origins(lot)
        labels = {
            "farmer": self.env._("Farmer"),
            "plot": self.env._("Plot"),
            "region": self.env._("Region"),
            "certificate": self.env._("Certificate"),
        }
        return (
            *(
                (label, self._joined(origins, f"provenance_{name}"))
                for name, label in labels.items()
            ),
            (self.env._("Harvested"), self._days(origins.mapped("harvest_date"))),
        )

    def _origins(self, lot):
        """The lots that a lot began as; evidence is shown whole, of any company."""
        answer = trace(self.env, lot.ids, UP)
        return lot.sudo().browse(one.lot_id for one in answer.origins(lot.id))

    def _facts_of_new_lot(self, meaning):
        product = self._facts_of_product(meaning)
        unknown = self.env._("There is no lot %(lot)s here.", lot=meaning.lot_name)
        return product | {"warning": unknown}

    def _facts_of_product(self, meaning):
        product = self.env["product.product"].browse(meaning.product_id)
        return {
            "facts": self._shown(
                (self.env._("Product"), product.display_name),
                (self.env._("Category"), product.categ_id.display_name),
                (self.env._("Barcode"), product.barcode),
            ),
            "stock": self._stock(Domain("product_id", "=", product.id)),
        }

    def _facts_of_package(self, meaning):
        package = self.env["stock.package"].browse(meaning.id)
        return {
            "facts": self._shown(
                (self.env._("Place"), package.location_id.display_name),
                (self.env._("Type"), package.package_type_id.name),
                (self.env._("SSCC"), package._get_sscc()),
            ),
            "stock": self._stock(Domain("id", "in", package.contained_quant_ids.ids)),
        }

    def _facts_of_location(self, meaning):
        place = self.env["stock.location"].browse(meaning.id)
        return {
            "facts": self._shown(
                (self.env._("Place"), place.complete_name),
                (self.env._("Warehouse"), place.warehouse_id.name),
            ),
            "stock": self._stock(Domain("location_id", "child_of", place.id)),
        }

    def _facts_of_picking(self, meaning):
        picking = self.env["stock.picking"].browse(meaning.id)
        states = dict(picking._fields["state"]._description_selection(self.env))
        return {
            "facts": self._shown(
                (self.env._("Work"), picking.picking_type_id.display_name),
                (self.env._("For"), picking.partner_id.display_name),
                (self.env._("Status"), states[picking.state]),
                (self.env._("Scheduled"), self._day(picking.scheduled_date)),
            ),
            "stock": [],
        }

    # -- shown ------------------------------------------------------------------------

    def _shown(self, *facts):
        return [[label, str(value)] for label, value in facts if value]

    def _joined(self, records, name):
        return ", ".join(dict.fromkeys(filter(None, records.mapped(name))))

    def _day(self, moment):
        return moment and format_date(self.env, moment)

    def _days(self, days):
        known = sorted(filter(None, days))
        ends = dict.fromkeys(self._day(day) for day in (known[:1] + known[-1:]))
        return " – ".join(ends)

    def _stock(self, domain):
        """What lies where, in stock and on its way."""
        here = Domain("location_id.usage", "in", ("internal", "transit"))
        quants = self.env["stock.quant"].search(
            domain & here & Domain("quantity", "!=", 0), limit=MOST_PLACES
        )
        return [
            {
                "place": quant.location_id.display_name,
                "item": quant.lot_id.name or quant.product_id.display_name,
                "quantity": self._amount(quant.quantity, quant.product_uom_id),
                "free": self._amount(quant.available_quantity, quant.product_uom_id),
                "package": quant.package_id.name or "",
                "owner": quant.owner_id.display_name or "",
                "expires": self._day(quant.expiration_date) or "",
                "held": quant.is_on_hold,
            }
            for quant in quants.sorted(
                lambda one: (one.location_id.complete_name, one.lot_id.name or "")
            )
        ]

    def _amount(self, quantity, unit):
        return f"{number_text(self.env, quantity)} {unit.name}"
