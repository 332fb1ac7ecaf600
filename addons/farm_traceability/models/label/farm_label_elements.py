from odoo import models

from .countries import NUMBERS

# The weight that six digits hold, in kg, for each number of decimals.
WEIGHT_DECIMALS = (3, 2, 1, 0)

WITHOUT_GTIN = {"00", "414", "417"}


class FarmLabelValues(models.AbstractModel):
    """GS1 elements on labels, by application identifier."""

    _inherit = "farm.label.values"

    def _elements(self, subject, origins):
        """Values by application identifier, of what is known.

        :rtype: dict[str, str]
        """
        elements = {
            **self._trade_elements(subject),
            **self._date_elements(subject, origins),
            **self._place_elements(subject, origins),
            **self._weight_elements(subject),
        }
        if subject.package:
            elements["00"] = subject.package._get_sscc()
        known = {code: value for code, value in elements.items() if value}
        if "01" in known:
            return known
        # All else describes a trade item, which no symbol can do without its GTIN.
        return {code: known[code] for code in WITHOUT_GTIN & set(known)}

    def _trade_elements(self, subject):
        product = subject.product
        # Whether it is a right one is asked where a symbol carries it.
        gtin = product.barcode.zfill(14) if product._looks_like_gtin() else ""
        is_serial = product.tracking == "serial"
        count = subject.count or (not self._is_weighed(product) and subject.quantity)
        return {
            "01": gtin,
            "02": gtin if subject.package else "",
            "21" if is_serial else "10": subject.lot.name,
            "30": str(subject.count or ""),
            "37": str(int(count or 0)) if count else "",
            "8200": self.env.company.website,
        }

    def _date_elements(self, subject, origins):
        lot = subject.lot
        first, last = self._harvest_days(origins)
        period = [first] if first == last else [first, last]
        return {
            "11": self._date_digits(first),
            "13": self._date_digits(self._packed_on(subject)),
            "15": self._date_digits(lot.use_date),
            "17": self._date_digits(lot.expiration_date),
            "7007": "".join(map(self._date_digits, period)),
        }

    def _place_elements(self, subject, origins):
        countries = {self._country(lot) for lot in origins}
        country = countries.pop() if len(countries) == 1 else None
        number = NUMBERS.get(country and country.code, "")
        plots = set(origins.plot_id.mapped("global_location_number"))
        return {
            "414": subject.location._get_gln() if subject.location else "",
            "416": plots.pop() if len(plots) == 1 else "",
            "417": self.env.company.partner_id.global_location_number,
            **dict.fromkeys(("422", "423", "426"), number),
        }

    def _country(self, lot):
        farmer = lot.farmer_id
        return farmer.country_id or lot.harvest_id.company_id.country_id

    def _weight_elements(self, subject):
        """The net weight by every number of decimals that holds it."""
        weight = self._weight(subject)
        numbers = {one: round(weight * 10**one) for one in WEIGHT_DECIMALS}
        return {
            f"310{decimals}": f"{number:06}"
            for decimals, number in numbers.items()
            if 0 < number < 1_000_000
        }
