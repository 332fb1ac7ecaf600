from odoo import api, fields, models
from odoo.exceptions import UserError

from ...gs1 import write_link
from ...gs1.keys import check_prefix, make_sscc
from .sentences import in_words

LINK_STEM = "https://id.gs1.org"


class ResCompany(models.Model):
    """What GS1 gave the company."""

    _inherit = "res.company"

    gs1_prefix = fields.Char(
        "GS1 Company Prefix", help="4 to 12 digits, as on GS1's certificate."
    )
    sscc_extension_digit = fields.Char("SSCC Extension Digit", size=1, default="0")
    sscc_first_serial = fields.Char(
        "First SSCC Serial Number",
        help="Where another program has given SSCC before: the number after its last.",
    )
    gs1_link_stem = fields.Char(
        "Digital Link Starts with",
        help="Where QR codes lead: your own resolver of GS1 Digital Links. Empty: that"
        " of GS1, https://id.gs1.org.",
    )
    organic_mark = fields.Image(
        "Organic Mark on Labels",
        max_width=1024,
        max_height=1024,
        help="Labels of lots from organic growing show it.",
    )

    @api.constrains("gs1_prefix", "sscc_extension_digit", "sscc_first_serial")
    def _check_sscc_numbers(self):
        for company in self.filtered("gs1_prefix"):
            with in_words(self.env, company.name):
                check_prefix(company.gs1_prefix)
                make_sscc(
                    company.gs1_prefix,
                    company.sscc_first_serial or 0,
                    company.sscc_extension_digit or "",
                )

    @api.constrains("gs1_link_stem")
    def _check_gs1_link_stem(self):
        for company in self.filtered("gs1_link_stem"):
            with in_words(self.env, company.name):
                write_link([("01", "09501101530003")], company.gs1_link_stem)

    def _check_gs1_prefix(self):
        if not self.gs1_prefix:
            raise UserError(
                self.env._(
                    "%(company)s has no GS1 company prefix. Set it in the settings of"
                    " Inventory, then SSCC can be given.",
                    company=self.name,
                )
            )

    def _get_gs1_link_stem(self):
        return (self.gs1_link_stem or LINK_STEM).rstrip("/")
