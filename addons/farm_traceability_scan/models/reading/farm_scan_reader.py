from typing import NamedTuple

from odoo import api, models
from odoo.fields import Domain

from ..units import KILO, unit_of
from .look import Look, lineage_code, look_at
from .meaning import MODELS, Meaning

# More than this nobody chooses from.
MOST_MEANINGS = 20
GTIN_LENGTHS = (8, 12, 13, 14)


class Reading(NamedTuple):
    """A scan: what it looks like, and all that it may mean here."""

    look: Look
    meanings: list


class FarmScanReader(models.AbstractModel):
    """Says what a scan means: the one place on the server that does.

    A symbol that names its identifiers (GS1, Digital Link, EPC) is looked up by these;
    any other text is asked of every kind of record that may carry it. Other add-ons
    add kinds by ``_text_finders``. What is found is what the user may read. Nothing is
    guessed: with several meanings the person is asked.
    """

    _name = "farm.scan.reader"
    _description = "Reader of Scans"

    @api.model
    def _read(self, text, product=None):
        """What a scan means.

        :param str text: as it was scanned or typed
        :param product: the ``product.product`` that was scanned just before, if any
        :rtype: Reading
        """
        look = look_at(text)
        if look.kind == "wrong" or not look.text:
            return Reading(look, [])
        meanings = self._of_keys(look) if look.keys else []
        if not look.keys or look.text.isdecimal():
            # Digits that are a right number of GS1 may be the name of a lot as well.
            known = {one.key for one in meanings}
            others = self._of_text(look.text)
            meanings += [one for one in others if one.key not in known]
        if product and len(meanings) > 1:
            meanings = self._of_product(meanings, product) or meanings
        return Reading(look, [self._with_measures(one, look) for one in meanings])

    def _of_product(self, meanings, product):
        return [one for one in meanings if one.product_id in (product.id, None)]

    # -- symbols with identifiers -----------------------------------------------------

    def _of_keys(self, look):
        keys = look.keys
        if "sscc" in keys:
            return self._packages(
                Domain("sscc", "=", keys["sscc"]) | Domain("name", "=", keys["sscc"])
            )
        name = keys.get("serial") or keys.get("lot")
        gtin = keys.get("gtin") or keys.get("content")
        if gtin:
            products = self._products_of_gtin(gtin)
            return self._of_items(products, name) if name else products
        if name:
            return self._lots(Domain("name", "=", name))
        if "gln" in keys:
            return self._locations(Domain("global_location_number", "=", keys["gln"]))
        return []

    def _products_of_gtin(self, gtin):
        """Products and packagings whose barcode is this GTIN, however it is written."""
        digits = gtin.lstrip("0")
        ways = [
            digits.zfill(length) for length in GTIN_LENGTHS if length >= len(digits)
        ]
        return self._products(Domain("barcode", "in", ways)) + self._packagings(ways)

    def _of_items(self, products, name):
        """The lot of each product; one that is not there yet where there is none."""
        found = []
        for meaning in products:
            domain = Domain("name", "=", name)
            lots = self._lots(domain & Domain("product_id", "=", meaning.product_id))
            found += [one.having(quantity=meaning.quantity) for one in lots] or [
                meaning.having(
                    kind="new_lot", name=name, detail=meaning.name, lot_name=name
                )
            ]
        return found

    # -- any other text ---------------------------------------------------------------

    def _text_finders(self):
        """Methods that give the meanings of a text, for each kind of record."""
        return [
            self._pickings_of_text,
            self._harvests_of_text,
            self._packages_of_text,
            self._locations_of_text,
            self._lots_of_text,
            self._products_of_text,
        ]

    def _of_text(self, text):
        for operator in ("=", "=ilike"):
            value = text if operator == "=" else _escaped(text)
            found = [
                meaning
                for finder in self._text_finders()
                for meaning in finder(operator, value)
            ]
            if found:
                return found[:MOST_MEANINGS]
        return []

    def _pickings_of_text(self, operator, text):
        return self._found(
            "picking",
            Domain("name", operator, text),
            lambda one: one.partner_id.display_name or one.picking_type_id.name,
        )

    def _harvests_of_text(self, operator, text):
        domain = Domain("name", operator, text) & Domain("state", "=", "done")
        return self._found("harvest", domain, lambda one: one.farmer_id.display_name)

    def _packages_of_text(self, operator, text):
        return self._packages(Domain("name", operator, text))

    def _locations_of_text(self, operator, text):
        domain = Domain("barcode", operator, text)
        return self._locations(domain | Domain("complete_name", operator, text))

    def _lots_of_text(self, operator, text):
        codes = list(filter(None, {text, lineage_code(text)}))
        domain = Domain("name", operator, text)
        return self._lots(domain | Domain("lineage_code", "in", codes))

    def _products_of_text(self, operator, text):
        domain = Domain("barcode", operator, text)
        domain |= Domain("default_code", operator, text)
        suppliers = self.env["product.supplierinfo"].search(
            [("product_code", operator, text)], limit=MOST_MEANINGS
        )
        sold = (
            suppliers.product_id
            | suppliers.filtered(
                lambda one: not one.product_id
            ).product_tmpl_id.product_variant_ids
        )
        domain |= Domain("id", "in", sold.ids)
        return self._products(domain) + self._packagings([text])

    # -- records ----------------------------------------------------------------------

    def _found(self, kind, domain, detail, **values):
        model = self.env[MODELS[kind]]
        return [
            Meaning(kind, one.id, one.display_name, detail(one) or "")
            for one in model.search(domain, limit=MOST_MEANINGS)
        ]

    def _packages(self, domain):
        return self._found("package", domain, lambda one: one.location_id.display_name)

    def _locations(self, domain):
        inside = Domain("usage", "in", ("internal", "transit"))
        return self._found(
            "location", domain & inside, lambda one: one.warehouse_id.name
        )

    def _lots(self, domain):
        return [
            Meaning(
                "lot",
                lot.id,
                lot.name,
                lot.product_id.display_name,
                product_id=lot.product_id.id,
                lot_name=lot.name,
            )
            for lot in self.env["stock.lot"].search(domain, limit=MOST_MEANINGS)
        ]

    def _products(self, domain):
        return [
            self._product(product, product.default_code or product.categ_id.name)
            for product in self.env["product.product"].search(
                domain, limit=MOST_MEANINGS
            )
        ]

    def _packagings(self, codes):
        """Products by the barcode of a packaging, with as many as it holds."""
        packagings = self.env["product.uom"].search([("barcode", "in", codes)])
        return [
            self._product(one.product_id, one.uom_id.name).having(
                quantity=one.uom_id._compute_quantity(1, one.product_id.uom_id)
            )
            for one in packagings
            if one.product_id.has_access("read")
        ]

    def _product(self, product, detail):
        return Meaning(
            "product",
            product.id,
            product.display_name,
            detail or "",
            product_id=product.id,
        )

    # -- what else the symbol says ----------------------------------------------------

    def _with_measures(self, meaning, look):
        if not meaning.product_id:
            return meaning
        quantity = self._quantity(meaning, look)
        return meaning.having(quantity=quantity, dates=look.dates)

    def _quantity(self, meaning, look):
        """In the product's unit: its weight for what is weighed, else its count."""
        unit = self.env["product.product"].browse(meaning.product_id).uom_id
        kilo = unit_of(self.env, KILO)
        if look.weight is not None and unit._has_common_reference(kilo):
            return kilo._compute_quantity(look.weight, unit, round=False)
        if look.count is not None and not unit._has_common_reference(kilo):
            return look.count * (meaning.quantity or 1.0)
        return meaning.quantity

    # -- for people -------------------------------------------------------------------

    @api.model
    def _say_unknown(self, look):
        """What is not known, and what it looks like, in one sentence."""
        if look.problem:
            return look.problem.sentence(self.env._)
        shown = look.text if len(look.text) <= 40 else f"{look.text[:39]}…"
        named = {
            "gs1": self.env._("a GS1 symbol"),
            "link": self.env._("a GS1 Digital Link"),
            "epc": self.env._("an EPC"),
        }
        if lineage_code(look.text):
            named["text"] = self.env._("a lineage code")
        if look.kind in named:
            return self.env._(
                "“%(text)s” is %(look)s of something that is not known here.",
                text=shown,
                look=named[look.kind],
            )
        return self.env._(
            "“%(text)s” is no lot, product, package, place or document here. Scan"
            " another symbol of it, or ask in the office.",
            text=shown,
        )


def _escaped(text):
    """A text in which ``%`` and ``_`` stand for themselves."""
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
