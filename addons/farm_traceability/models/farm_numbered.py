from odoo import api, fields, models


class FarmNumbered(models.AbstractModel):
    """A record's name is the next number of the sequence with its model's code."""

    _name = "farm.numbered"
    _description = "Record with a Number for a Name"

    name = fields.Char(readonly=True, copy=False, default="/")

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            if vals.get("name", "/") == "/":
                vals["name"] = self.env["ir.sequence"].next_by_code(self._name)
        return super().create(vals_list)
