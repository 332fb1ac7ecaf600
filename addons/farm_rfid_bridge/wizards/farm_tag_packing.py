from odoo import fields, models


class FarmTagPacking(models.TransientModel):
    """Put a tag on a package: what reads it moves the package."""

    _name = "farm.tag.packing"
    _description = "Tag of a Package"

    tag_id = fields.Many2one("farm.tag", required=True)
    package_id = fields.Many2one("stock.package", required=True)
    kind = fields.Selection(
        [("crate", "Crate or Carton"), ("pallet", "Pallet")],
        required=True,
        default="pallet",
    )
    epc = fields.Char("EPC", help="What the chip says, as a URN; empty: nothing.")

    def action_put_on(self):
        self.ensure_one()
        return self.tag_id._put_on(self.package_id, self.kind, self.epc)
