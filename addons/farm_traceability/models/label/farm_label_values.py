from datetime import date
from typing import Any, NamedTuple

from odoo import api, models
from odoo.tools import format_date, formatLang, ormcache

from ...gs1 import Gs1Error
from ...gs1.keys import gtin_14, gtin_shortest
from ...trace import UP, trace
from ...wording import number_text
from .examples import EXAMPLE_ELEMENTS, EXAMPLE_TEXTS
from .res_company import LINK_STEM

# Farmers, plots and the like that a label of mixed lots names.
ORIGINS_NAMED = 3


class Subject(NamedTuple):
    """What one label is about; any part may be an empty record set.

    - ``record``: what it was printed from
    - ``quantity``: in the product's unit; ``count``: hands or pieces
    """

    record: Any
    product: Any
    lot: Any
    package: Any
    location: Any
    quantity: float = 0.0
    count: int = 0

    @property
    def key(self):
        """The package or lot that the label names."""
        return self.package or self.lot

    @property
    def name(self):
        return self.key.display_name


class FarmLabelValues(models.AbstractModel):
    """What stands on labels: texts, GS1 elements and pictures of what they are about.

    Each of the three is a dict that other add-ons add to: inherit ``_texts``,
    ``_elements`` or ``_images``.
    """

    _name = "farm.label.values"
    _description = "Values on Labels"

    @api.model
    def _contents(self, subjects):
        """What stands on the labels of subjects, in their order.

        :rtype: list[tuple[dict, dict, dict, str]] of texts, elements, pictures, and
            the address that Digital Links start with
        """
        origins = self._origins(subjects)
        # The company's own numbers are on its labels, whoever prints them.
        stem = self.env.company.sudo()._get_gs1_link_stem()
        # Pictures are asked for, not their sizes.
        values = self.with_context(bin_size=False)
        return [
            (*values._content(one, origins.get(one.lot, one.lot)), stem)
            for one in subjects
        ]

    def _content(self, subject, origins):
        return (
            self._texts(subject, origins),
            self._elements(subject, origins),
            self._images(subject, origins),
        )

    @api.model
    def _example(self):
        """Made-up content, as long as usual values are."""
        return EXAMPLE_TEXTS | self._example_days(), EXAMPLE_ELEMENTS, {}, LINK_STEM

    def _example_days(self):
        days = {
            "harvest_date": date(2026, 6, 15),
            "packed_date": date(2026, 6, 16),
            "best_before": date(2026, 6, 23),
            "expiry": date(2026, 6, 27),
        }
        return {name: format_date(self.env, day) for name, day in days.items()}

    @api.model
    def _origins(self, subjects):
        """The lots that each lot began as, largest share first.

        :rtype: dict[stock.lot, stock.lot]
        """
        lots = self.env["stock.lot"].concat(*{one.lot for one in subjects})
        # Evidence is shown whole, also of lots that are another company's.
        evidence = lots.sudo()
        made = evidence.filtered(lambda lot: not lot.harvest_id)
        answer = trace(self.env, made.ids, UP) if made else None
        return {
            lot: lot
            if lot not in made
            else lot.browse(one.lot_id for one in answer.origins(lot.id))
            for lot in evidence
        }

    # -- texts ------------------------------------------------------------------------

    def _texts(self, subject, origins):
        """Values of the placeholders of :data:`.farm_label_block.PLACEHOLDERS`.

        :param origins: the lots that the subject's lot began as
        :rtype: dict[str, str]
        """
        return {
            **self._product_texts(subject),
            **self._lot_texts(subject),
            **self._origin_texts(origins),
            **self._package_texts(subject),
            "quantity": self._quantity_text(subject),
            "weight": self._weight_text(subject),
            "count": str(subject.count or ""),
            "location": subject.location.display_name or "",
            "company": self.env.company.name,
        }

    def _product_texts(self, subject):
        product = subject.product
        currency = self.env.company.currency_id
        price = formatLang(self.env, product.lst_price, currency_obj=currency)
        return {
            "product": product.with_context(display_default_code=False).display_name
            or "",
            "product_code": product.default_code or "",
            "price": price if product.lst_price else "",
            "gtin": gtin_shortest(product.barcode) if self._has_gtin(product) else "",
        }

    def _lot_texts(self, subject):
        lot = subject.lot
        return {
            "lot": lot.name or "",
            "grade": lot.grade_id.name or "",
            "best_before": self._day_text(lot.use_date),
            "expiry": self._day_text(lot.expiration_date),
            "packed_date": self._day_text(self._packed_on(subject)),
        }

    def _origin_texts(self, origins):
        first, last = self._harvest_days(origins)
        days = {"first": self._day_text(first), "last": self._day_text(last)}
        texts = {
            name: self._joined(origins.mapped(f"provenance_{name}"))
            for name in ("farmer", "group", "plot", "region", "certificate")
        }
        return texts | {
            "harvest_date": days["first"]
            if first == last
            else self.env._("%(first)s to %(last)s", **days)
        }

    def _joined(self, names):
        named = list(dict.fromkeys(filter(None, names)))
        shown = ", ".join(named[:ORIGINS_NAMED])
        return f"{shown} …" if len(named) > ORIGINS_NAMED else shown

    def _package_texts(self, subject):
        return {
            "package": subject.package.name or "",
            "sscc": subject.package._get_sscc() if subject.package else "",
        }

    def _quantity_text(self, subject):
        if not subject.quantity:
            return ""
        unit = subject.product.uom_id
        return f"{number_text(self.env, subject.quantity)} {unit.name}"

    def _weight_text(self, subject):
        weight = self._weight(subject)
        return f"{number_text(self.env, weight, 3)} kg" if weight else ""

    def _day_text(self, moment):
        return self._shown_day(self._local_day(moment)) if moment else ""

    @ormcache("day", "self.env.lang", cache="stable")
    def _shown_day(self, day):
        return format_date(self.env, day)

    # -- pictures ---------------------------------------------------------------------

    def _images(self, subject, origins):
        """Base64 of pictures by the names of the block's selection."""
        schemes = origins.harvest_id.certificate_id.scheme_id
        marks = schemes.with_env(self.env).sudo().mapped("label_mark")
        organic = origins and all(origins.mapped("is_organic"))
        company = self.env.company
        return {
            # Odoo's own stand-in for a logo is for nobody's labels.
            "logo": not company.uses_default_logo and company.logo,
            "mark": next(filter(None, marks), False),
            "organic": organic and company.organic_mark,
        }

    # -- what several ask -------------------------------------------------------------

    def _has_gtin(self, product):
        try:
            return bool(product._looks_like_gtin() and gtin_14(product.barcode))
        except Gs1Error:
            return False

    def _harvest_days(self, origins):
        days = sorted(filter(None, origins.mapped("harvest_date")))
        return (days[0], days[-1]) if days else (None, None)

    def _packed_on(self, subject):
        if subject.package:
            return subject.package.pack_date
        return subject.lot.create_date if subject.lot.is_packed else None

    def _kilo(self):
        # Not ``env.ref``, which asks the database each time whether it still exists.
        kilo = self.env["ir.model.data"]._xmlid_to_res_id("uom.product_uom_kgm")
        return self.env["uom.uom"].browse(kilo)

    def _is_weighed(self, product):
        return bool(product) and product.uom_id._has_common_reference(self._kilo())

    def _weight(self, subject):
        """Net weight in kg."""
        product, quantity = subject.product, subject.quantity
        if self._is_weighed(product):
            return product.uom_id._compute_quantity(quantity, self._kilo(), round=False)
        return product.weight * quantity

    def _local_day(self, moment):
        """The day where the user is."""
        if not hasattr(moment, "hour"):
            return moment
        return self.env.tz.fromutc(moment).date()

    def _date_digits(self, moment):
        return self._local_day(moment).strftime("%y%m%d") if moment else ""
