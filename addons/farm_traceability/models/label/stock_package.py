from odoo import api, fields, models

from ...gs1.keys import verify
from .sentences import in_words


class StockPackage(models.Model):
    _inherit = "stock.package"

    sscc = fields.Char(
        "SSCC",
        copy=False,
        help="Serial Shipping Container Code of this logistic unit, from GS1. A package"
        " whose name is one needs no other.",
    )

    _sscc_unique = models.UniqueIndex(
        "(sscc) WHERE sscc IS NOT NULL", "Another package has this SSCC already."
    )

    @api.constrains("sscc")
    def _check_sscc(self):
        for package in self.filtered("sscc"):
            with in_words(self.env, package.name):
                verify("SSCC", package.sscc)

    def _get_sscc(self):
        return self.sscc or (self.valid_sscc and self.name) or ""

    def action_give_sscc(self):
        """Give a number to each package that has none."""
        bare = self.filtered(lambda package: not package._get_sscc())
        bare.check_access("write")
        groups = bare.grouped(lambda package: package.company_id or self.env.company)
        for company, packages in groups.items():
            given = self.env["farm.sscc"]._give(packages, company)
            for package, number in zip(packages, given, strict=True):
                package.sscc = number.name
